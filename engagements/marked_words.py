"""Words of a marked part that stand in the open in another: a title is by default "Besök från Utrechts kommun".

A part is covered by its fields (engagements.masking), so whatever else says the same words is found here: when a mark is
set that part is marked with it, and later nobody can write them where they would be read by all. A marked title takes the
names in it with it as well. In which forms a word is found: engagements.word_forms.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import override

from engagements.enums import Kind, Part
from engagements.masking import DETAIL, FIELDS, fields_of
from engagements.models import Engagement, Partner
from engagements.rules import RuleBroken
from engagements.showing import country_name
from engagements.word_forms import Phrase, phrases, told_by

Column = tuple[str, str]  # a model by its label in small letters, and a field
ENGAGEMENT = "engagements.engagement"
LABELS = tuple(sorted({label for models in FIELDS.values() for label in models}))
# Texts that every reader sees and no part covers: the words can only be taken out of them.
UNCOVERABLE: dict[str, tuple[str, ...]] = {
    "engagements.euinfluence": ("policy_area",),
    "engagements.project": ("programme",),
    "memberships.membership": ("theme", "interval_reason"),
    "memberships.agreement": ("theme", "interval_reason"),
}


def with_telling(engagement: Engagement, parts: Collection[str], *, typed: Iterable[str]) -> list[str]:
    """These parts, with those that say the same words, and theirs in turn.

    Raises RuleBroken when the words stand in what no part covers, or in what is `typed` for all to read.
    """
    texts, found = texts_of(engagement), set(parts)
    while more := standing(texts, found):
        found |= more.keys()
    require_coverable(engagement, [(part, phrase) for part in found for phrase in phrases_of(texts, part)], typed)
    return [part.value for part in Part if part in found]


def standing(texts: dict[Column, set[str]], parts: Collection[str]) -> dict[Part, str]:
    """The open parts that say a marked part's words, each with that part; and those whose names a marked title says."""
    marked = [(part, phrase) for part in parts for phrase in phrases_of(texts, part)]
    titles = titles_of(texts) if Part.TITLE in parts else set()
    found: dict[Part, str] = {}
    for (label, name), said in texts.items():
        if name in fields_of(label, parts) or (label, name) not in COVERED_BY:
            continue
        named = ((Part.TITLE.value, phrase) for text in said for phrase in phrases(name, text))
        told = told_by(said, marked) or (titles and told_by(titles, named))
        if told:
            found.setdefault(COVERED_BY[label, name], told)
    return found


def titles_of(texts: dict[Column, set[str]]) -> set[str]:
    columns = [(label, name) for label, names in FIELDS[Part.TITLE].items() for name in names]
    return {text for column in columns for text in texts.get(column, ())}


def require_coverable(engagement: Engagement, marked: list[tuple[str, Phrase]], typed: Iterable[str]) -> None:
    if told := told_by(typed, marked):
        raise RuleBroken(
            _("Lagrum och grund läses av alla, och innehåller ord ur ”%(part)s”. Skriv dem utan de orden.")
            % {"part": Part(told).label}
        )
    for label, names in UNCOVERABLE.items():
        for row in rows_of(label, engagement):
            for name in names:
                if told_by([plain(row, name)], marked):
                    raise RuleBroken(
                        _(
                            "”%(field)s” kan inte döljas för sig, och innehåller ord som ska markeras. Markera hela ärendet."
                        )
                        % {"field": row._meta.get_field(name).verbose_name}
                    )


def phrases_of(texts: dict[Column, set[str]], part: str) -> set[Phrase]:
    columns = [(label, name) for label, names in FIELDS[Part(part)].items() for name in names]
    return {phrase for column in columns for text in texts.get(column, ()) for phrase in phrases(column[1], text)}


def texts_of(engagement: Engagement) -> dict[Column, set[str]]:
    """Every text that some part covers, with what it has said before: the history shows that too."""
    found: dict[Column, set[str]] = {}
    for label in LABELS:
        names = fields_of(label, Part)
        for row in versions(label, engagement):
            for name in names:
                if text := plain(row, name):
                    found.setdefault((label, name), set()).add(text)
    return found


def versions(label: str, engagement: Engagement) -> Iterator[Any]:
    for row in rows_of(label, engagement):
        yield row
        if label == ENGAGEMENT or label.endswith(f".{DETAIL[Kind(engagement.kind)]}"):
            yield from row.history.all()


def rows_of(label: str, engagement: Engagement) -> list[Any]:
    """The rows of one model that belong to this engagement, as they are stored and covered for nobody."""
    if label == ENGAGEMENT:
        return list(Engagement.objects.filter(pk=engagement.pk))
    model = label.partition(".")[2]
    if model in DETAIL.values() and model != DETAIL[Kind(engagement.kind)]:
        return []
    return list(apps.get_model(label)._base_manager.filter(engagement=engagement.pk))


def plain(row: Any, name: str) -> str:
    """The field as anybody reads it: a country by its names, a partner by its own."""
    value = getattr(row, row._meta.get_field(name).attname)
    if not value:
        return ""
    if name == "partner":
        partner = Partner.objects.get(pk=value)
        return str(partner)
    if name == "country":
        return country_in_words(str(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def country_in_words(code: str) -> str:
    """In both languages, the longer first."""
    said = []
    for language in ("sv", "en"):
        with override(language):
            said.append(country_name(code))
    return " ".join(dict.fromkeys(said))


# The part that would cover a column: the first of those that can.
COVERED_BY: dict[Column, Part] = {
    (label, name): part for part in reversed(Part) for label, names in FIELDS[part].items() for name in names
}


def refuse_marked_word(sender: Any, instance: Any, raw: bool = False, **_rest: Any) -> None:
    """Before any save: what is marked in one part is not written in another that is open."""
    label = sender._meta.label_lower
    if raw or label not in LABELS:
        return
    engagement = instance if label == ENGAGEMENT else instance.engagement
    if engagement is None or not engagement.secret_fields or not engagement.pk:
        return
    written = written_in(instance)
    if not written:
        return
    texts = texts_of(engagement) | {(label, name): {text} for name, text in written.items()}
    covered = fields_of(label, engagement.secret_fields)
    checked = texts if written.keys() & set(covered) else {(label, name): texts[label, name] for name in written}
    marked = {
        column: said for column, said in texts.items() if column[1] in fields_of(column[0], engagement.secret_fields)
    }
    for part, told in standing(marked | checked, engagement.secret_fields).items():
        raise RuleBroken(
            _(
                "Ord ur ”%(told)s”, som är sekretessmarkerat, skulle stå öppet i ”%(part)s”. "
                "Skriv utan dem, eller be den som får sekretessmarkera att markera ”%(part)s” också."
            )
            % {"told": Part(told).label, "part": part.label}
        )


def written_in(row: Any) -> dict[str, str]:
    """The texts that a save would change, by field."""
    names = fields_of(row._meta.label_lower, Part)
    stored = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
    said = {name: plain(row, name) for name in names}
    return {name: text for name, text in said.items() if text and (stored is None or text != plain(stored, name))}
