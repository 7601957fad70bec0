"""Writing a matter down: new, draft, edit, remove. What was typed is never lost.

A place subclasses `Writing` and says which forms and which operations; the way through them is the same everywhere.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements.enums import Kind, Place
from engagements.models import Engagement
from engagements.operations import delete_draft, register_engagement
from engagements.permission import access_of, bodies_for
from engagements.routing import edition_for, edition_of
from engagements.rules import EditConflict, RuleBroken, editable
from engagements.views.crumbs import around, place_crumb
from engagements.views.detail import get_engagement
from engagements.views.guard_panel import warn_of_checks
from engagements.views.way_panel import beside
from organisation.enums import Action
from organisation.models import Body, User
from stockholm_intl.kit import clock
from stockholm_intl.kit.fragments import wants_part

# Fields that steer the form and say nothing of the matter.
CONTROLS = frozenset({"version", "reason", "submission", "body"})
page_or_form = require_http_methods(["GET", "HEAD", "POST"])
Refused = (RuleBroken, IntegrityError)


class Writing(ABC):
    """`place` begins the names of its addresses: visit_new, visit_draft, visit_edit, visit_remove, visit_list."""

    place: ClassVar[Place]
    kinds: ClassVar[frozenset[Kind]]
    slugs: ClassVar[dict[str, Kind]] = {}  # how the address says which kind, where the place has several
    template: ClassVar[str]

    # --- what a place says of itself

    @abstractmethod
    def words(self, kind: Kind) -> tuple[str, str]:
        """The heading of the page, and what its button says."""

    @abstractmethod
    def form(self, kind: Kind, **values: Any) -> Any:
        """An AimedForm; `values` are data or initial, bodies, edition and stage."""

    @abstractmethod
    def initial(self, engagement: Engagement | None) -> dict[str, Any]:
        """The form's values from the rows, or a fresh submission."""

    @abstractmethod
    def keep(self, kind: Kind, draft: Engagement | None, submission: Any, **said: Any) -> Engagement:
        """Save the draft, by the place's own operation; `said` is body, by, at, matter and details."""

    @abstractmethod
    def change(self, engagement: Engagement, **said: Any) -> object:
        """Change what is registered; `said` is by, at, seen_version, reason, matter and details."""

    def register(self, draft: Engagement, *, by: User) -> Engagement:
        return register_engagement(engagement=draft, by=by, at=clock.now())

    def registered(self, engagement: Engagement) -> str:
        """What happened, and what comes next."""
        return _("Ärendet är registrerat som %(key)s. Nästa steg är ett förslag.") % {"key": engagement.key}

    def may_begin(self, user: User) -> None:
        """Raises PermissionDenied for who has no mandate to write anything down."""
        if not bodies_for(user, Action.PREPARE).exists():
            raise PermissionDenied(_("Du har inget mandat att registrera ärenden här."))

    def editable(self, engagement: Engagement) -> bool:
        return editable(engagement.state)

    def more(self, kind: Kind) -> dict[str, Any]:
        """What else the place's own template shows."""
        return {}

    # --- the way through

    def views(self) -> tuple[Callable[..., HttpResponse], ...]:
        """(new, draft, edit, remove) as the addresses call them."""
        return page_or_form(self.new), page_or_form(self.draft), page_or_form(self.edit), require_POST(self.remove)

    def new(self, request: HttpRequest) -> HttpResponse:
        self.may_begin(request.user)  # type: ignore[arg-type]
        first, *_rest = [*self.slugs.values(), *self.kinds]
        return self.begin(request, self.slugs.get(request.GET.get("slag", ""), first))

    def begin(self, request: HttpRequest, kind: Kind) -> HttpResponse:
        if request.method == "POST":
            return self.sent(request, kind)
        return self.page(request, self.form(kind, initial=self.initial(None), bodies=own_bodies(request)), kind)

    def draft(self, request: HttpRequest, pk: int) -> HttpResponse:
        engagement = get_engagement(request, pk=pk, kinds=self.kinds, needs=Action.PREPARE)
        if engagement.key:
            return redirect(engagement)
        kind = Kind(engagement.kind)
        if request.method == "POST":
            return self.sent(request, kind, draft=engagement)
        values = {"initial": self.initial(engagement), "edition": edition_of(engagement)}
        form = self.form(kind, bodies=own_bodies(request), **values)
        return self.page(request, form, kind, draft=engagement)

    def sent(self, request: HttpRequest, kind: Kind, *, draft: Engagement | None = None) -> HttpResponse:
        """Save the draft, and register it when that button was pressed. Autosave asks for one line of text back."""
        user: Any = request.user
        auto, only_draft = "auto" in request.GET, "utkast" in request.POST
        stage = "draft" if auto or only_draft else "new"
        judged_under = edition_for(draft, on=clock.today())
        form = self.form(kind, data=request.POST, bodies=own_bodies(request), edition=judged_under, stage=stage)
        if not form.is_valid():
            if auto:
                return HttpResponse(_("Inte sparat ännu: något behöver ändras."))
            return self.page(request, form, kind, draft=draft, status=422)
        try:
            draft = self.keep(kind, draft, form.cleaned_data["submission"], **self.said(form, draft, user))
            if auto:
                return self.saved(request, draft)
            if only_draft:
                messages.success(request, _("Utkastet är sparat. Det finns på ditt skrivbord."))
                return redirect(draft)
            engagement = self.register(draft, by=user)
        except Refused as problem:
            say_on(form, problem)
            return self.page(request, form, kind, draft=draft, status=422)
        messages.success(request, self.registered(engagement))
        warn_of_checks(request, engagement)
        return redirect(engagement)

    def saved(self, request: HttpRequest, draft: Engagement) -> HttpResponse:
        """When it was kept; beside it, for htmx, who decides now that more is known.

        The address becomes the draft's: reloading shows it, and going back after registering finds what was registered.
        """
        text = _("Sparat %(time)s") % {"time": f"{timezone.localtime(clock.now()):%H.%M}"}
        if not wants_part(request):
            return HttpResponse(text)
        words = {"text": text, **beside(Kind(draft.kind), draft)}
        answer = render(request, "engagements/way/saved.html", words)
        answer["HX-Replace-Url"] = draft.get_absolute_url()
        return answer

    def said(self, form: Any, before: Engagement | None, user: User) -> dict[str, Any]:
        return {
            "body": form.cleaned_data.get("body"),
            "by": user,
            "at": clock.now(),
            "matter": form.matter(before),
            "details": form.details(),
        }

    def edit(self, request: HttpRequest, key: str) -> HttpResponse:
        engagement = get_engagement(request, key=key, kinds=self.kinds, needs=Action.PREPARE)
        if not self.editable(engagement):
            raise PermissionDenied(_("Ärendet väntar på beslut eller är beslutat och kan inte ändras här."))
        if request.method != "POST":
            form = self.edit_form(request, engagement, initial=self.initial(engagement))
            return self.page(request, form, Kind(engagement.kind), editing=engagement)
        form = self.edit_form(request, engagement, data=request.POST)
        if not form.is_valid():
            return self.page(request, form, Kind(engagement.kind), editing=engagement, status=422)
        try:
            self.save_edit(form, engagement, by=request.user)
        except EditConflict as problem:
            return self.conflict(request, form, engagement, problem)
        except Refused as problem:
            say_on(form, problem)
            return self.page(request, form, Kind(engagement.kind), editing=engagement, status=422)
        messages.success(request, _("Ändringen är sparad."))
        warn_of_checks(request, engagement)
        return redirect(engagement)

    def edit_form(self, request: HttpRequest, engagement: Engagement, **values: Any) -> Any:
        values |= {"bodies": possible_owners(request, engagement), "edition": edition_of(engagement), "stage": "edit"}
        return self.form(Kind(engagement.kind), **values)

    def save_edit(self, form: Any, engagement: Engagement, *, by: Any) -> None:
        said = self.said(form, engagement, by)
        body = said.pop("body")
        self.change(
            engagement,
            **said | {"matter": said["matter"] | ({"body": body} if body else {})},
            seen_version=form.cleaned_data["version"] or 0,
            reason=form.cleaned_data["reason"],
        )

    def conflict(self, request: HttpRequest, form: Any, engagement: Engagement, problem: EditConflict) -> HttpResponse:
        """Both texts side by side; saving once more is then a choice made with open eyes."""
        engagement = Engagement.objects.select_related("body").get(pk=engagement.pk)
        differing = show_both(form, self.initial(engagement), engagement.version, problem)
        kind = Kind(engagement.kind)
        return self.page(request, form, kind, editing=engagement, status=409, differing=differing)

    def remove(self, request: HttpRequest, pk: int) -> HttpResponse:
        engagement = get_engagement(request, pk=pk, kinds=self.kinds, needs=Action.PREPARE)
        try:
            delete_draft(engagement=engagement, by=request.user)  # type: ignore[arg-type]
        except RuleBroken as problem:
            messages.error(request, str(problem))
            return redirect(engagement)
        messages.success(request, _("Utkastet är borttaget."))
        return redirect(f"{self.place}_list")

    # --- the page

    def page(
        self,
        request: HttpRequest,
        form: Any,
        kind: Kind,
        *,
        draft: Engagement | None = None,
        editing: Engagement | None = None,
        status: int = 200,
        differing: list[dict[str, str]] | None = None,
    ) -> HttpResponse:
        context = self.about_edit(editing) if editing else self.about_new(kind, draft)
        context |= {"form": form, "kind": kind.value, "differing": differing, **self.more(kind)}
        context |= beside(kind, editing or draft)
        return render(request, self.template, context, status=status)

    def about_new(self, kind: Kind, draft: Engagement | None) -> dict[str, Any]:
        title, submit = self.words(kind)
        action = reverse(f"{self.place}_draft", args=[draft.pk]) if draft else self.new_address(kind)
        back = reverse(f"{self.place}_list")
        return {
            "title": title,
            "crumbs": [place_crumb(self.place)],
            "action": action,
            "autosave_url": f"{action}{'&' if '?' in action else '?'}auto=1",
            "submit": submit,
            "second": {"name": "utkast", "label": _("Spara utkast")},
            "cancel": {"url": back, "label": _("Avbryt")},
            "draft": draft,
            "remove_url": reverse(f"{self.place}_remove", args=[draft.pk]) if draft else "",
        }

    def about_edit(self, editing: Engagement) -> dict[str, Any]:
        return around(editing) | {
            "title": _("Ändra uppgifterna"),
            "action": reverse(f"{self.place}_edit", args=[editing.key]),
            "submit": _("Spara ändringen"),
            "editing": editing,
        }

    def new_address(self, kind: Kind) -> str:
        slug = next((slug for slug, of in self.slugs.items() if of == kind), "")
        return reverse(f"{self.place}_new") + (f"?slag={slug}" if slug else "")


def own_bodies(request: HttpRequest) -> Any:
    return bodies_for(request.user, Action.PREPARE)  # type: ignore[arg-type]


def possible_owners(request: HttpRequest, engagement: Engagement) -> Any:
    """Whose a registered matter may be said to be: a guest who prepares it does not take it over."""
    owner = Body.objects.filter(pk=engagement.body_id)
    prepares_there = engagement.body_id in access_of(request.user).bodies(Action.PREPARE)  # type: ignore[arg-type]
    return own_bodies(request) | owner if prepares_there else owner


def say_on(form: Any, problem: Exception) -> None:
    """Tell on the form what an operation or the database refused. Raises what is no refusal."""
    if isinstance(problem, IntegrityError):
        if "registry_number" not in str(problem):
            raise problem
        form.add_error("registry_number", _("Numret finns redan på ett annat ärende hos organet. Kontrollera det."))
    else:
        form.add_error(None, str(problem))


def show_both(form: Any, theirs: dict[str, Any], version: int, problem: EditConflict) -> list[dict[str, str]]:
    """The fields where the saved text and the typed one differ; saving once more is then a choice with open eyes."""
    data = form.data.copy()
    data["version"] = str(version)
    form.data = data
    form.add_error(None, str(problem))
    both = {name: (shown(theirs.get(name)), shown(form.cleaned_data.get(name))) for name in form.fields}
    return [
        {"label": str(form.fields[name].label), "theirs": saved, "yours": typed}
        for name, (saved, typed) in both.items()
        if name not in CONTROLS and saved != typed
    ]


def shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    return "" if value is None else str(value)
