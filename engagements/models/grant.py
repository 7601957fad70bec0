from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase


class GrantTerms(models.Model):
    """Why somebody outside the owning body sees an engagement, and until when."""

    reason = models.CharField(_("skäl"), max_length=300, blank=True)
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    given_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    # shared on the page by a person; the others follow from an operation (a referral) and end with it
    by_hand = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True


class EngagementUserGrant(GrantTerms, UserObjectPermissionBase):
    """guardian's row for one person, with a real foreign key to the engagement."""

    content_object = models.ForeignKey("engagements.Engagement", models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        indexes = [models.Index(fields=["user", "content_object"], name="user_grant_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.content_object}"


class EngagementGroupGrant(GrantTerms, GroupObjectPermissionBase):
    """guardian's row for one body's group, with a real foreign key to the engagement."""

    content_object = models.ForeignKey("engagements.Engagement", models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
        indexes = [models.Index(fields=["group", "content_object"], name="group_grant_body")]

    def __str__(self) -> str:
        return f"{self.group}: {self.content_object}"


class GrantEvent(models.Model):
    """That a grant was given or taken back. Never changed; the guardian rows come and go, these stay."""

    engagement = models.ForeignKey("engagements.Engagement", models.CASCADE, related_name="grant_events")
    given = models.BooleanField()
    person = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey("organisation.Body", models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(max_length=12)
    reason = models.CharField(_("skäl"), max_length=300, blank=True)
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("delning")
        verbose_name_plural = _("delningar")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["engagement", "-at"], name="grant_event_newest")]
        constraints = [
            models.CheckConstraint(
                name="grant_event_to_one",
                condition=Q(person__isnull=True, body__isnull=False) | Q(person__isnull=False, body__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id}: {self.person or self.body}"
