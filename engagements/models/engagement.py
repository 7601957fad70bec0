"""The engagement: what every matter of the city's international work has in common (on screen: ärende)."""

from typing import TYPE_CHECKING, Any, Self, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from engagements.enums import (
    OPEN_STATES,
    WAITING_STATES,
    Burden,
    Financing,
    Instrument,
    Kind,
    Part,
    Place,
    Scope,
    State,
    Step,
    Sustainability,
    place_of,
    state_word,
)
from engagements.strategy.editions import CURRENT
from stockholm_intl.kit.partial_dates import PARTIAL_DATE

if TYPE_CHECKING:
    from organisation.models import User
    from organisation.queries import Access


def unless_secret(field: str, part: Part) -> Case:
    """The field as the search may know it: nobody finds a matter by a word that is masked in it, not even the named."""
    masked = When(secret_fields__contains=[part.value], then=Value(""))
    return Case(masked, default=F(field), output_field=models.TextField())


class EngagementQuerySet(models.QuerySet["Engagement"]):
    # whose eyes the rows are for: what is marked secret in them is covered as they are fetched
    _reader: "Access | None" = None

    def read_by(self, access: "Access") -> Self:
        rows = cast("Self", self._chain())  # type: ignore[attr-defined]
        rows._reader = access
        return rows

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._reader = self._reader
        return cast("Self", clone)

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._reader is not None:
            from engagements.masking import cover_fetched  # masking reads this model

            cover_fetched(self._reader, self._result_cache or [], self._fields)  # type: ignore[attr-defined]

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        if self._reader is not None:
            raise TypeError("rows that somebody reads are fetched whole, so that they can be covered")
        return super().iterator(*args, **kwargs)

    def visible_to(self, user: "User") -> Self:
        """Those this person may read; every list, count, search, export and paper starts here."""
        from engagements.permission import visible_to  # the permission module reads this model

        return cast("Self", visible_to(user, self))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING_STATES)

    def registered(self) -> Self:
        return self.exclude(state=State.DRAFT)


class Engagement(models.Model):
    # who and what
    key = models.CharField(_("ärende"), max_length=20, unique=True, null=True, blank=True, editable=False)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    kind = models.CharField(_("slag"), max_length=16, choices=Kind.choices, editable=False)
    state = models.CharField(_("läge"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False)
    title = models.CharField(_("rubrik"), max_length=200, blank=True)
    summary = models.TextField(_("beskrivning"), blank=True)
    body = models.ForeignKey("organisation.Body", models.PROTECT, related_name="engagements", verbose_name=_("organ"))
    contact = models.ForeignKey(
        "organisation.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("handläggare"),
    )
    counterpart = models.CharField(_("motpart"), max_length=200, blank=True)
    partner = models.ForeignKey(
        "engagements.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("part i registret"),
    )
    country = CountryField(_("land"), blank=True)

    # when
    happens = models.CharField(_("tid"), max_length=10, blank=True)
    starts_on = models.DateField(_("första dag"), null=True, blank=True)
    ends_on = models.DateField(_("sista dag"), null=True, blank=True)
    respond_by = models.DateField(_("svara senast"), null=True, blank=True)

    # why: the strategy
    edition = models.CharField(_("strategins utgåva"), max_length=8, default=CURRENT, editable=False)
    main_direction = models.CharField(_("huvudinriktning"), max_length=24, blank=True)
    other_directions = ArrayField(models.CharField(max_length=24), default=list, blank=True, verbose_name=_("övriga"))
    motives = models.JSONField(_("motiv"), default=dict, blank=True)
    goal = models.CharField(_("mål i plan eller budget"), max_length=300, blank=True)
    sustainability = ArrayField(
        models.CharField(max_length=12, choices=Sustainability.choices),
        default=list,
        blank=True,
        verbose_name=_("hållbarhet"),
    )

    # what the router asks (strategy 2016 sections 4-5)
    scope = models.CharField(_("räckvidd"), max_length=12, choices=Scope.choices, blank=True)
    instrument = models.CharField(_("form"), max_length=24, choices=Instrument.choices, blank=True)
    step = models.CharField(_("steg"), max_length=8, choices=Step.choices, default=Step.NEW)
    burden = models.CharField(_("belastning"), max_length=8, choices=Burden.choices, blank=True)
    on_behalf_of_ks = models.BooleanField(_("för kommunstyrelsen"), null=True, blank=True)
    financing = models.CharField(_("finansiering"), max_length=10, choices=Financing.choices, blank=True)
    cost = models.DecimalField(_("kostnad"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("valuta"), max_length=3, default="SEK")
    rate_date = models.DateField(_("kursdag"), null=True, blank=True)

    # secrecy: a mark is a warning, each request is judged anew
    is_secret = models.BooleanField(_("sekretessmarkerat"), default=False, editable=False)
    secrecy_paragraph = models.CharField(_("lagrum"), max_length=80, blank=True)
    secrecy_ground = models.CharField(_("grund"), max_length=300, blank=True)
    # the parts only the named may read (engagements.masking); not marked as a whole, the rest is open
    secret_fields = ArrayField(
        models.CharField(max_length=12, choices=Part.choices),
        default=list,
        db_default=[],
        blank=True,
        editable=False,
        verbose_name=_("sekretessmarkerade uppgifter"),
    )
    secrecy_at = models.DateTimeField(_("sekretessmarkerat den"), null=True, blank=True, editable=False)
    secrecy_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    # the decision that stands now; each decision taken has a row of its own in `decisions`
    proposal = models.CharField(_("förslag"), max_length=12, blank=True, editable=False)
    proposal_text = models.TextField(_("förslagets text"), blank=True)
    decision_note = models.TextField(_("beslutets motivering"), blank=True, editable=False)
    decided_at = models.DateTimeField(_("beslutat"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    # once the decision is approved: from then on only a correction changes what was decided (engagements.locking)
    locked_at = models.DateTimeField(_("låst"), null=True, blank=True, editable=False)

    # its life
    version = models.PositiveIntegerField(default=1, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("skapat"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(_("ändrat"), default=timezone.now, editable=False)
    registered_at = models.DateTimeField(_("registrerat"), null=True, blank=True, editable=False)
    registered_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    closed_at = models.DateTimeField(_("avslutat"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(_("exempel"), default=False, editable=False)
    source = models.TextField(_("källa"), blank=True)
    fingerprint = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    search = models.GeneratedField(
        expression=SearchVector(unless_secret("title", Part.TITLE), weight="A", config="swedish")
        + SearchVector(unless_secret("counterpart", Part.COUNTERPART), weight="B", config="swedish")
        + SearchVector("registry_number", weight="A", config="simple")
        + SearchVector(unless_secret("summary", Part.SUMMARY), weight="C", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # the parts that are covered in this very instance, for its reader (engagements.masking)
    covered_parts: frozenset[str] = frozenset()

    objects = EngagementQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")
        ordering = ["-updated_at", "-id"]
        permissions = [
            ("read_engagement", "Läsa ett delat ärende"),
            ("prepare_engagement", "Bereda ett delat ärende"),
            ("decide_engagement", "Besluta ett ärende som har lämnats över"),
        ]
        constraints = [
            models.CheckConstraint(name="engagement_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="engagement_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="engagement_key_from_registration",
                condition=Q(state=State.DRAFT, key__isnull=True) | (~Q(state=State.DRAFT) & Q(key__isnull=False)),
            ),
            models.CheckConstraint(
                name="engagement_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="engagement_date_partial", condition=Q(happens__regex=PARTIAL_DATE)),
            models.CheckConstraint(
                name="engagement_main_not_also_other",
                condition=Q(main_direction="") | ~Q(other_directions__contains=[F("main_direction")]),
            ),
            models.CheckConstraint(
                name="engagement_cost_not_negative", condition=Q(cost__isnull=True) | Q(cost__gte=0)
            ),
            models.CheckConstraint(
                name="engagement_secret_says_why",
                condition=Q(is_secret=False, secret_fields=[]) | ~Q(secrecy_paragraph=""),
            ),
            models.UniqueConstraint(
                name="engagement_registry_number_once",
                fields=["body", "registry_number"],
                condition=~Q(registry_number=""),
            ),
        ]
        indexes = [
            models.Index(F("updated_at").desc(), F("id").desc(), name="engagement_newest"),
            models.Index("body", F("updated_at").desc(), F("id").desc(), name="engagement_body_newest"),
            models.Index("kind", F("updated_at").desc(), F("id").desc(), name="engagement_kind_newest"),
            models.Index("country", F("updated_at").desc(), F("id").desc(), name="engagement_country_newest"),
            models.Index(F("starts_on").desc(nulls_last=True), F("id").desc(), name="engagement_date"),
            models.Index("body", F("starts_on").desc(nulls_last=True), F("id").desc(), name="engagement_body_date"),
            models.Index("body", F("id").desc(), name="engagement_body_id"),
            # which editions there are matters of with a direction: the filter offers theirs
            models.Index(fields=["edition"], name="engagement_edition", condition=~Q(main_direction="")),
            # few are marked: the head's list of those that nobody answers for (engagements.rescue)
            models.Index(fields=["body"], name="engagement_marked", condition=Q(is_secret=True) | ~Q(secret_fields=[])),
            GinIndex(
                F("search"),
                Func(F("body_id"), template="(ARRAY[%(expressions)s])"),
                name="engagement_search",
            ),
        ]

    def __str__(self) -> str:
        draft = _("Utkast")
        return f"{self.key or draft} {self.title}"

    def get_absolute_url(self) -> str:
        """The one page of this matter; a draft is reached by number, a registered one by key."""
        place = self.place
        if self.key is None:
            return reverse(f"{place}_draft", args=[self.pk])
        return reverse(f"{place}_detail", args=[self.key])

    @property
    def place(self) -> Place:
        """Which of the places on screen it belongs to."""
        return place_of(self.kind)

    @property
    def state_word(self) -> str:
        return str(state_word(self.kind, self.state))

    @property
    def directions(self) -> list[str]:
        """The main direction first, then the others; empty while none is chosen."""
        return [self.main_direction, *self.other_directions] if self.main_direction else list(self.other_directions)


class KeyCounter(models.Model):
    """The last number given in a year. The row is locked while a key is taken, so no number is lost or given twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
