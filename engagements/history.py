"""Who changed what, when and why, read from the history rows of an engagement and its detail row."""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.enums import Part, Sustainability, state_word
from engagements.masking import MARKED, MASK, hides
from engagements.models import Engagement, GrantEvent
from engagements.rescue import NAMED
from engagements.shared_reasons import reason_of
from engagements.showing import country_name, direction_name
from organisation.enums import Action

SHOWN = 30
# Bookkeeping and what is told elsewhere on the page.
QUIET = {
    "id", "key", "kind", "version", "submission", "created_at", "created_by", "updated_at", "registered_at",
    "registered_by", "closed_at", "is_sample", "fingerprint", "decided_at", "decided_by", "locked_at", "engagement",
    "currency", "edition", "search", "step", "review_by", "source", "secrecy_at", "secrecy_by",
}  # fmt: skip
LONG = 160


def history_of(engagement: Engagement, detail: Any = None) -> list[dict[str, Any]]:
    """Entries newest first: {at, who, why, what, changes: [{label, old, new}]}. Saves in one moment are one entry."""
    entries = changes_in(engagement.history.all(), engagement)
    if detail is not None:
        entries += changes_in(detail.history.all(), engagement)
    entries += grants_in(engagement)
    entries.sort(key=lambda entry: entry["at"], reverse=True)
    return merged(entries)[:SHOWN]


# Each says what those before it say as well.
WIDER: list[str] = [Action.READ, Action.PREPARE, Action.DECIDE]


def grants_in(engagement: Engagement) -> list[dict[str, Any]]:
    """Who was given the engagement, and from whom it was taken back. Of what was given at once the most is told."""
    events: dict[tuple[Any, ...], GrantEvent] = {}
    for event in engagement.grant_events.select_related("person", "body", "by"):
        at_once = (event.at, event.person_id, event.body_id, event.given)
        if at_once not in events or WIDER.index(event.action) > WIDER.index(events[at_once].action):
            events[at_once] = event
    return [
        {
            "at": event.at,
            "who": str(event.by) if event.by else _("Systemet"),
            "why": why_said(event.reason, engagement),
            "what": shared_words(event),
            "changes": [],
        }
        for event in list(events.values())[:SHOWN]
    ]


def shared_words(event: GrantEvent) -> str:
    said = {"to": event.person or event.body, "day": event.valid_to.isoformat() if event.valid_to else ""}
    if not event.given:
        return _("Slutade dela ärendet med %(to)s.") % said
    if event.action == Action.DECIDE:
        return _("Lämnade ärendet till %(to)s för beslut.") % said
    to_prepare = event.action == Action.PREPARE
    if event.valid_to:
        words = (
            _("Delade ärendet med %(to)s, för att läsa och bereda till och med %(day)s.")
            if to_prepare
            else _("Delade ärendet med %(to)s, för att läsa till och med %(day)s.")
        )
    else:
        words = (
            _("Delade ärendet med %(to)s, för att läsa och bereda.")
            if to_prepare
            else _("Delade ärendet med %(to)s, för att läsa.")
        )
    return words % said


def changes_in(history: Any, engagement: Engagement) -> list[dict[str, Any]]:
    rows = list(history.select_related("history_user").order_by("-history_date", "-history_id")[: SHOWN + 1])
    fields = [field for field in engagement_fields(rows) if field.name not in QUIET]
    entries = [entry(now, differences(then, now, fields, engagement), engagement) for now, then in pairwise(rows)]
    if rows and len(rows) <= SHOWN and rows[-1].history_type == "+" and rows[-1].instance_type is Engagement:
        entries.append(entry(rows[-1], [], engagement, _("Ärendet lades upp.")))
    return [found for found in entries if found["changes"] or found["what"] or found["why"]]


def engagement_fields(rows: list[Any]) -> Iterable[Field]:
    if not rows:
        return []
    kept = {field.name for field in rows[0]._meta.get_fields()}
    return [field for field in rows[0].instance_type._meta.concrete_fields if field.name in kept]


def entry(row: Any, changes: list[dict[str, str]], engagement: Engagement, what: str = "") -> dict[str, Any]:
    who = str(row.history_user) if row.history_user else _("Systemet")
    return {
        "at": row.history_date,
        "who": who,
        "why": why_said(row.history_change_reason or "", engagement),
        "what": what,
        "changes": changes,
    }


def why_said(why: str, engagement: Engagement) -> str:
    """Free text, and often the decision's own: who does not read all of the matter reads it not. The mark's is a paragraph."""
    if why.startswith(NAMED):
        return reason_of(why, by_hand=True, is_covered=bool(engagement.covered_parts))
    return masked(why) if engagement.covered_parts and not why.startswith(MARKED) else why


def differences(then: Any, now: Any, fields: Iterable[Field], engagement: Engagement) -> list[dict[str, str]]:
    found = []
    for field in fields:
        old, new = getattr(then, field.attname), getattr(now, field.attname)
        if old != new:
            hidden = hides(engagement, now.instance_type._meta.label_lower, field.name)
            say = masked if hidden else partial(said, field, engagement=engagement)
            found.append({"label": label(field), "old": say(old), "new": say(new)})
    return found


def label(field: Field) -> str:
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def masked(value: Any) -> str:
    """What it was and what it became stays with the named, also when it was written before the mark."""
    return str(MASK) if value else ""


def said(field: Field, value: Any, engagement: Engagement) -> str:
    """The value in words, short."""
    if value in (None, "", [], {}):
        return ""
    if field.name == "state":
        return str(state_word(engagement.kind, value)).lower()
    if field.name == "proposal":
        return str(PROPOSALS.get(value, value))
    if field.name == "main_direction":
        return direction_name(value, engagement.edition).lower()
    if field.name == "sustainability":
        return ", ".join(str(Sustainability(code).label) for code in value)
    if field.name == "secret_fields":
        return ", ".join(str(Part(code).label).lower() for code in value)
    if field.name == "other_directions":
        return ", ".join(direction_name(code, engagement.edition).lower() for code in value)
    if field.name == "motives":
        return "; ".join(str(text) for text in value.values())
    if field.name == "country":
        return country_name(str(value))
    if isinstance(value, bool):
        return str(YES_NO[value])
    if field.is_relation:
        related: Any = field.related_model
        row = related._default_manager.filter(pk=value).first()
        return str(row or "")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    text = str(value)
    return text if len(text) <= LONG else f"{text[:LONG]} …"


PROPOSALS = {"accept": gettext_lazy("bifall"), "decline": gettext_lazy("avslag")}
YES_NO = {True: gettext_lazy("ja"), False: gettext_lazy("nej")}


def merged(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What one person did within two seconds was one thing: the engagement and its detail row saved together."""
    result: list[dict[str, Any]] = []
    for found in entries:
        last = result[-1] if result else None
        told_twice = last and (
            (last["what"] and found["what"]) or (two_reasons(last, found) and tells(last) and tells(found))
        )
        if (
            last
            and not told_twice
            and last["who"] == found["who"]
            and abs((last["at"] - found["at"]).total_seconds()) < 2
        ):
            last["changes"] += found["changes"]
            last["why"] = reasons(found, last)
            last["what"] = last["what"] or found["what"]
        else:
            result.append(found)
    return result


def tells(one: dict[str, Any]) -> bool:
    """Whether it says what happened, and not only why."""
    return bool(one["changes"] or one["what"])


def two_reasons(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["why"] and other["why"] and one["why"] != other["why"])


def reasons(first: dict[str, Any], then: dict[str, Any]) -> str:
    """Both, where they differ: the person's own, and that of the step it belongs to."""
    if two_reasons(first, then):
        return f"{first['why'].rstrip('.')}. {then['why']}"
    return str(then["why"] or first["why"])
