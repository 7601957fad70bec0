from django.contrib import admin
from django.db import models

from engagements.models import Partner, Priority
from stockholm_intl.kit.admin import RegisterAdmin, site


@admin.register(Partner, site=site)
class PartnerAdmin(RegisterAdmin):
    list_display = ["name", "acronym", "kind", "country", "theme", "owner"]
    list_filter = ["kind"]
    search_fields = ["name", "acronym", "theme"]
    autocomplete_fields = ["owner"]
    list_select_related = ["owner"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = [
        "name", "acronym", "kind", "country", "theme", "homepage", "city_wide", "owner", "since_year",
        "annual_fee_sek", "source", "reason",
    ]  # fmt: skip


@admin.register(Priority, site=site)
class PriorityAdmin(RegisterAdmin):
    list_display = ["__str__", "body", "valid_from", "valid_to", "decided_by"]
    search_fields = ["theme", "decided_by"]
    autocomplete_fields = ["body"]
    list_select_related = ["body"]
    fields = ["is_watch", "theme", "countries", "body", "valid_from", "valid_to", "decided_by", "reason"]
