from memberships.forms.filters import MembershipFilter, ReviewFilter
from memberships.forms.matters import FORMS, AgreementForm, MatterForm, MembershipForm, UpkeepForm, initial_of
from memberships.forms.steps import ProposalForm, ReviewForm

__all__ = [
    "FORMS",
    "AgreementForm",
    "MatterForm",
    "MembershipFilter",
    "MembershipForm",
    "ProposalForm",
    "ReviewFilter",
    "ReviewForm",
    "UpkeepForm",
    "initial_of",
]
