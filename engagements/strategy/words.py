"""What words tell when nobody has ticked a box: only enough to ask, never enough to refuse."""

import re

# In this order: an embassy in a city is an embassy.
COUNTERPARTS = (
    (
        "eu",
        r"\beu\b|eu-kommissionen|europeiska kommissionen|europaparlament|europeiska regionkommittén|europeiska unionens råd",
    ),
    (
        "state",
        r"ambassad|embassy|ministeri|ministry|minister\b|departement|regering|(?<!local )government|utrikes|president|generalkonsul",
    ),
    ("academia", r"universitet|universit[éy]|högskola|college|institut|akademi|academy"),
    ("network", r"nätverk|network|eurocities|alliance|allians|koalition|coalition"),
    (
        "organisation",
        r"organi[sz]ation|society|association|federation|förbund|union\b|council|\bråd\b|rådet\b|sällskap|förening|"
        r"foundation|stiftelse|committee|kommitté|samarbete|parliament of mayors|\bc40\b|\boecd\b|un-habitat|kongress",
    ),
    ("company", r"\bab\b|\bas\b|\bgmbh\b|\bltd\b|\binc\b|\bs\.?a\.?\b|bolag"),
    ("region", r"\bregion\b|regionen\b|\blän\b|landsting|county|provins|province"),
    (
        "city",
        r"kommun\b|kommunen\b|stad\b|staden\b|stads\b|stadskansli|\bcity\b|municipality|municipal|huvudstad|borgmästar",
    ),
)
TOUCHES = {
    "security": r"försvar|militär|säkerhetspoliti|krig|sanktion|vapen|underrättelse|military|sanctions",
    "aid": r"bistånd|återuppbyggnad|humanitär|nödhjälp|humanitarian",
}
DUTIES = re.compile(
    r"rapporter|redovis|\bmål\b|målet|procent|%|halver|senast|till (?:år )?20\d\d|target|commit", re.IGNORECASE
)
REGION_FIELDS = re.compile(
    r"medicin|läkar|sjuk|hälso|kardio|onko|neuro|kirurg|tandvård|vaccin|farma|psykia|diabet|kollektivtrafik|trafik|transport|"
    r"tunnelbana|järnväg",
    re.IGNORECASE,
)
WORDS = re.compile(r"\w+")
YEARS = re.compile(r"\b20\d\d\b")
SHORT = 4  # letters of och, med, inom: a word that short tells nothing
# What is taken off before a word is looked for by its beginning: hållbara, hållbart, klimatbudgetarna.
ENDINGS = re.compile(r"(?<=\w{4})(?:arna|erna|orna|ar|er|or|en|et|na|a|e|n|s|t)$")
BETWEEN_THEMES = re.compile(r"\s*(?:[,;/+&]|\boch\b|\bsamt\b)\s*", re.IGNORECASE)


def counterpart_kind(name: str) -> str | None:
    """What kind of counterpart a name speaks of; None when it tells nothing."""
    lowered = name.lower()
    return next((kind for kind, pattern in COUNTERPARTS if re.search(pattern, lowered)), None)


def touches(text: str) -> frozenset[str]:
    return frozenset(tag for tag, pattern in TOUCHES.items() if re.search(pattern, text, re.IGNORECASE))


def speaks_of_duty(text: str) -> bool | None:
    """Whether commitments bind to report or reach a target; None when nothing is written."""
    return bool(DUTIES.search(text)) if text.strip() else None


def in_the_regions_field(text: str) -> bool:
    """Medicine and traffic, where Region Stockholm is host together with the city (R7)."""
    return bool(REGION_FIELDS.search(text))


def last_year(text: str) -> int | None:
    years = YEARS.findall(text)
    return max(map(int, years)) if years else None


def themes(text: str) -> tuple[str, ...]:
    """One theme or several, as they are listed in a line."""
    return tuple(part for part in BETWEEN_THEMES.split(text.strip()) if part)


def speaks_of(theme: str, text: str) -> bool:
    """Whether a text is about a theme: about one of those it lists, by every word of it that tells something.

    A word is found by its beginning, whatever its ending: klimatbudgetar in klimatbudgetens, but budget not in it.
    """
    said = WORDS.findall(text.lower())
    return any(all(any(word.startswith(stem) for word in said) for stem in telling(one)) for one in themes(theme))


def telling(theme: str) -> list[str]:
    """The beginnings of the words of a theme that say something; of all its words where all are short."""
    words = WORDS.findall(theme.lower())
    return [ENDINGS.sub("", word) for word in words if len(word) > SHORT] or words
