"""In which forms a marked word is found again, when somebody else's text says it.

Found: large and small letters, with and without accents and rings (Malmö, malmo), the genitive's s, hyphens and points
between words, signs that are not seen, and words that begin or end with a proper name of at least four letters: its
definite form, who lives there, and what is put together with it (Utrechtaren, Utrechtbesöket, Storoslo).

Not found: another name for the same (Haag, The Hague; a country's adjective where it does not begin with the name), a name
that loses letters inside a word (Europa, europeisk), the indefinite form of what was marked in the definite (Zebrabolaget,
ett zebrabolag), a name of several words written as one, what is misspelt, and a name in the middle of a word. Those who
mark read the matter through for such.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# What holds a name: each word of it tells as much as the whole ("Utrecht" of "Utrechts kommun").
NAMES = {"counterpart", "partner", "country", "place", "addressee", "funder", "congress_venue", "sender_name"}
# A person's name is not put together with other words, but begins many ("Anna": annan).
PERSONS = {"sender_name"}
# What lists several: each of them tells.
LISTS = {"delegation", "participants", "attested_by", "post_of_trust", "sender_email"}
# Of other texts only the whole is looked for, and not one so short that anybody would write it.
FEWEST, SHORTEST = 3, 3
# A name so short, inside another word, is mostly there by chance; at the end of one it takes a longer name, or a large
# letter, for what ends with a proper name is one itself (Storoslo).
JOINED, JOINED_LAST = 4, 6
WORD = re.compile(r"[^\W_]+")
BETWEEN = re.compile(r"[,;\n]|\s(?:och|and)\s")
# What follows a name in its definite form; what else follows is a word of its own, of three letters or more.
ENDINGS = {"n", "en", "et", "ns", "ens", "ets"}
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """In small letters, without accents, rings and what is not seen."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Cf"})


def words_of(text: str) -> list[str]:
    """As they are written, each letter one sign."""
    seen = (sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) not in {"Mn", "Cf"})
    return WORD.findall("".join(seen))


def stem(word: str) -> str:
    """Without the genitive's s: "Utrechts"."""
    return word.removesuffix("s") if len(word) > SHORTEST else word


# Words that stand in many names and tell none.
ORDINARY_WORDS = (
    "stad", "staden", "stadens", "kommun", "region", "regionen", "city", "town", "municipality", "university",
    "universitet", "universitetet", "högskolan", "institute", "institutet", "ministry", "ministeriet", "council",
    "rådet", "office", "network", "nätverk", "nätverket", "association", "föreningen", "federation", "foundation",
    "commission", "kommissionen", "parliament", "parlamentet", "department", "the", "of", "for", "and", "europa",
    "europe", "european", "europeiska", "nordic", "nordiska", "international", "internationella", "national",
    "nationella", "world", "united", "förenta", "förenade", "foreign", "affairs", "republic", "republiken", "north",
    "south", "new", "nya", "stora", "san", "saint", "stockholm", "sverige", "sweden", "svenska",
)  # fmt: skip
ORDINARY = frozenset(stem(fold(word)) for word in ORDINARY_WORDS)
# Words of names that begin many a word of everybody's.
COMMON_WORDS = (
    "global", "local", "urban", "smart", "green", "open", "climate", "klimat", "health", "energy", "water", "digital",
    "social", "sport", "bank", "union", "forum", "centre", "center", "central", "alliance", "partner", "culture", "science",
    "research", "innovation", "cities", "ambassad", "academy", "group", "capital", "public", "transport", "port",
)  # fmt: skip
COMMON = frozenset(stem(word) for word in COMMON_WORDS)
# Names that end words of everybody's: resultaten, övriga, intressen, industrier, nordpolen, roman.
BY_CHANCE = {"aten", "riga", "essen", "trier", "polen", "oman", "lund", "berg", "borg"}
# Words of everybody's that begin with a name: Gent, Split, Borg, Mora, Vara, Peru, Essen, Porto, Bari.
EVERYDAY = (
    "gentemot", "gentl", "gentrif", "splitt", "borgen", "borgm", "moral", "varakt", "peruk", "essent", "essens",
    "portof", "portoko", "barist",
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """What tells a marked text: words that stand together, or a name that may also be a part of a word."""

    words: str
    is_name: bool = False


class Said:
    """A text as it is read for phrases."""

    def __init__(self, text: str) -> None:
        self.bare = bare(text)
        self.words = [(fold(word), word[0].isupper()) for word in words_of(text)]

    def tells(self, phrase: Phrase) -> bool:
        if phrase.is_name:
            return any(is_joined(word, phrase.words, is_large=is_large) for word, is_large in self.words)
        return phrase.words in self.bare


def bare(text: str) -> str:
    """Its words in small letters with a space around each, so that a phrase is looked for by whole words."""
    return f" {' '.join(stem(fold(word)) for word in words_of(text))} "


def is_joined(word: str, name: str, *, is_large: bool) -> bool:
    """Whether the word begins or ends with the name and is another word than it."""
    if word.startswith(name) and not word.startswith(EVERYDAY):
        rest = word.removeprefix(name)
        return rest in ENDINGS or len(rest) >= SHORTEST
    if not word.endswith(name) or name in BY_CHANCE:
        return False
    before = len(word) - len(name)
    return before >= 2 if len(name) >= JOINED_LAST else before >= SHORTEST and is_large


def phrases(name: str, text: str) -> set[Phrase]:
    """What would tell the marked text, in one column's words."""
    whole = bare(text)
    if name in NAMES:
        found = {Phrase(whole), *(Phrase(bare(word)) for word in telling_words(text))}
        found |= set() if name in PERSONS else {Phrase(one, is_name=True) for one in joined_names(text)}
        return found - {Phrase("  ")}
    if name in LISTS:
        return {Phrase(bare(part)) for part in BETWEEN.split(text) if len(words_of(part)) > 1}
    return {Phrase(whole)} if len(whole.split()) >= FEWEST else set()


def telling_words(text: str) -> list[str]:
    return [word for word in words_of(text) if word[0].isupper() and len(word) >= SHORTEST and not is_ordinary(word)]


def is_ordinary(word: str) -> bool:
    return stem(fold(word)) in ORDINARY


def joined_names(text: str) -> set[str]:
    """The names that are looked for inside words. A last s is the genitive's before a word of no name's own, and else a part
    of the name: "Oslos kommun" is of Oslo, and "Paris" is not of Pari.
    """
    words, telling = words_of(text), set(telling_words(text))
    names = {fold(word) for word in telling}
    for word, after in pairwise(words):
        if word in telling and (after[0].islower() or is_ordinary(after)):
            names.add(stem(fold(word)))
    return {name for name in names if len(name) >= JOINED and stem(name) not in COMMON}


def told_by(texts: Iterable[str], marked: Iterable[tuple[str, Phrase]]) -> str:
    """The marked part whose words one of the texts says, or nothing."""
    read = [Said(text) for text in texts]
    return next((part for part, phrase in marked if any(text.tells(phrase) for text in read)), "")
