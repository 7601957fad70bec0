"""What the rows of memberships and agreements tell the checks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from engagements.enums import IN_FORCE_STATES, MEMBERSHIP_KINDS, Kind, Part, State
from engagements.gathering import last_written, witnesses
from engagements.masking import MASK, cover_values, open_in
from engagements.models import Engagement
from engagements.strategy import words
from memberships.models import Agreement, Membership, Review

BEGUN = IN_FORCE_STATES | {State.CLOSED}


@witnesses
def of_membership(engagement: Engagement) -> Mapping[str, Any]:
    """C8, C12, C18: when it is reviewed, what it costs and what the city is already in."""
    detail = getattr(engagement, "membership", None) if engagement.kind == Kind.MEMBERSHIP else None
    if detail is None:
        return {}
    found = {
        "theme": detail.theme,
        "themes": words.themes(detail.theme),
        "same_theme": same_theme(engagement, detail.theme),
    }
    if engagement.cost is None and detail.annual_fee is not None:
        found |= {"cost": detail.annual_fee, "has_rate": detail.fee_currency == "SEK" or not detail.annual_fee}
    return found | review(engagement, detail)


@witnesses
def of_agreement(engagement: Engagement) -> Mapping[str, Any]:
    """C2-C8, C12: what an agreement holds."""
    detail = getattr(engagement, "agreement", None) if engagement.kind == Kind.AGREEMENT else None
    if detail is None:
        return {}
    return {
        "theme": detail.theme,
        "themes": words.themes(detail.theme),
        "same_theme": same_theme(engagement, detail.theme),
        "activity_text": detail.activity,
        "our_benefit": detail.our_benefit,
        "their_benefit": detail.their_benefit,
        "benefit_written": last_written(detail, "our_benefit", "their_benefit"),
        "starts_on": detail.entered_on,
        "ends_on": detail.ends_on,
        "renewals": earlier(engagement, detail),
    } | review(engagement, detail)


def review(engagement: Engagement, detail: Membership | Agreement) -> dict[str, Any]:
    return {
        "review_due_on": detail.review_by,
        "review_is_open": Review.objects.open().filter(engagement=engagement).exists(),
        "interval_months": detail.interval_months,
        "interval_reason": detail.interval_reason,
    }


def same_theme(engagement: Engagement, theme: str) -> tuple[int, ...]:
    """Memberships in force with the same theme, those left out that have been looked at.

    What is secret is not told, nor is a name that is masked compared with: else one could guess until it counts.
    """
    if not theme.strip():
        return ()
    rows = Engagement.objects.filter(
        kind=Kind.MEMBERSHIP, state__in=IN_FORCE_STATES, is_secret=False, membership__theme__iexact=theme.strip()
    ).exclude(pk=engagement.pk)
    found = [cover_values(dict(row)) for row in rows.values("pk", "counterpart", "title", "secret_fields")]
    looked_at = [forum.name.lower() for forum in engagement.forums.all()] if found else []
    return tuple(row["pk"] for row in found if not is_named(names_of(row), looked_at))


def names_of(row: Mapping[str, Any]) -> list[str]:
    """Those anybody may read."""
    return [row[name] for name in ("counterpart", "title") if row[name] != str(MASK)]


def is_named(names: Iterable[str], looked_at: Iterable[str]) -> bool:
    return any(name and (name.lower() in one or one in name.lower()) for name in names for one in looked_at)


def earlier(engagement: Engagement, detail: Agreement) -> int:
    """C6: how many agreements of the same form the body has had with the same counterpart before this one.

    Whose counterpart is masked is not counted: nobody finds out who it is by writing an agreement with the name.
    """
    same = Q(partner=engagement.partner_id) if engagement.partner_id else Q(counterpart__iexact=engagement.counterpart)
    if not engagement.partner_id and not engagement.counterpart:
        return 0
    rows = Engagement.objects.filter(
        same, kind__in=MEMBERSHIP_KINDS, body=engagement.body_id, state__in=BEGUN, is_secret=False,
        agreement__agreement_type=detail.agreement_type, agreement__entered_on__lt=detail.entered_on,
    )  # fmt: skip
    return open_in(rows, Part.COUNTERPART).exclude(pk=engagement.pk).count()
