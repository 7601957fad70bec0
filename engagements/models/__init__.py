from engagements.models.assignment import Declaration, EUInfluence, Project, ProjectYear, Trip
from engagements.models.disclosure import Disclosure
from engagements.models.document import Document
from engagements.models.engagement import Engagement, EngagementQuerySet, KeyCounter
from engagements.models.evidence import (
    Consultation,
    ExaminedForum,
    Frame,
    FundingLine,
    InitiativeLink,
    PlannedActivity,
)
from engagements.models.fact import Fact
from engagements.models.grant import EngagementGroupGrant, EngagementUserGrant, GrantEvent
from engagements.models.judgement import Judgement
from engagements.models.partner import Partner, Priority

__all__ = [
    "Consultation",
    "Declaration",
    "Disclosure",
    "Document",
    "EUInfluence",
    "Engagement",
    "EngagementGroupGrant",
    "EngagementQuerySet",
    "EngagementUserGrant",
    "ExaminedForum",
    "Fact",
    "Frame",
    "FundingLine",
    "GrantEvent",
    "InitiativeLink",
    "Judgement",
    "KeyCounter",
    "Partner",
    "PlannedActivity",
    "Priority",
    "Project",
    "ProjectYear",
    "Trip",
]
