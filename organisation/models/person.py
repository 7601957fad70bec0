from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class User(AbstractUser):
    """A person who signs in. Deactivated when they leave, never deleted: history must keep its names."""

    title = models.CharField(_("titel"), max_length=120, blank=True)
    is_sample = models.BooleanField(_("exempel"), default=False)

    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    def __str__(self) -> str:
        return self.get_full_name() or self.username
