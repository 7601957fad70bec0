from engagements.models.assignment import Declaration, EUInfluence, Project, ProjectYear, Trip
from engagements.models.document import Document
from engagements.models.engagement import Engagement, EngagementQuerySet, KeyCounter
from engagements.models.fact import Fact
from engagements.models.grant import EngagementGroupGrant, EngagementUserGrant
from engagements.models.judgement import Judgement
from engagements.models.partner import Partner, Priority

__all__ = [
    "Declaration",
    "Document",
    "EUInfluence",
    "Engagement",
    "EngagementGroupGrant",
    "EngagementQuerySet",
    "EngagementUserGrant",
    "Fact",
    "Judgement",
    "KeyCounter",
    "Partner",
    "Priority",
    "Project",
    "ProjectYear",
    "Trip",
]
