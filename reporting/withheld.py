"""A printed edition is frozen, and secrecy is not: what was marked after the print stands in the file in clear."""

from django.db.models import F, Func, Q, QuerySet

from engagements.enums import Part
from engagements.models import Engagement
from engagements.permission import access_of, named_ids
from organisation.models import User
from reporting.models import AnnualReport

REGIONS = "visits.region."


def is_withheld(report: AnnualReport, user: User) -> bool:
    """Whether something behind the edition's numbers was marked since, of which this person is no named reader."""
    return marked_since(report, "").exclude(id__in=named_ids(access_of(user))).exists()


def is_country_masked_since(report: AnnualReport) -> bool:
    """Whether a country that the edition counted in its region was marked since. Then no region of it is listed, for
    anybody: the one list that lacked a visit would tell where that visit came from."""
    since = marked_since(report, REGIONS)
    return since.filter(Q(is_secret=True) | Q(secret_fields__contains=[Part.COUNTERPART.value])).exists()


def marked_since(report: AnnualReport, codes: str) -> QuerySet[Engagement]:
    """What was marked after the print, of what stands behind the figures whose codes begin so."""
    figures = report.figures.filter(code__startswith=codes)
    behind = figures.annotate(behind=Func(F("engagement_ids"), function="unnest")).values("behind")
    return Engagement.objects.filter(secrecy_at__gt=report.made_at, id__in=behind)
