"""A printed edition is frozen, and secrecy is not: what was marked after the print stands in the file in clear."""

from django.db.models import F, Func

from engagements.models import Engagement
from engagements.permission import access_of, named_ids
from organisation.models import User
from reporting.models import AnnualReport


def is_withheld(report: AnnualReport, user: User) -> bool:
    """Whether something behind the edition's numbers was marked since, of which this person is no named reader."""
    behind = report.figures.annotate(behind=Func(F("engagement_ids"), function="unnest")).values("behind")
    since = Engagement.objects.filter(secrecy_at__gt=report.made_at, id__in=behind)
    return since.exclude(id__in=named_ids(access_of(user))).exists()
