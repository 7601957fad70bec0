"""The page Vem beslutar? asks through the address; a judgement about one engagement is sent with its reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.enums import Step
from engagements.strategy.competence import Facts, route
from engagements.strategy.editions import Edition, Question
from engagements.strategy.editions.shapes import YES_NO
from stockholm_intl.kit.forms import Form, TextField, dress

JUDGED = "judged"
STEPS = [(Step.NEW, _("Nytt")), (Step.REVIEW, _("Omprövning")), (Step.EXIT, _("Utträde eller paus"))]
FACTS = ("scope", "burden", "on_behalf_of_ks", "abroad", "financing", "level", "theme", "prioritised")


def radios(question: Question, language: str, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=question.text(language),
        choices=[(choice.code, choice.name(language)) for choice in question.choices],
        widget=forms.RadioSelect,
        required=required,
    )


def facts_from(data: Any, edition: Edition) -> Facts:
    """What the address tells; what it says that is no answer is not told."""
    told: dict[str, Any] = {}
    for name in FACTS:
        question = edition.question(name)
        if question and question.choice(data.get(name)):
            told[name] = YES_NO.get(data[name], data[name])
    if data.get("instrument") in edition.instrument_codes:
        told["instrument"] = data["instrument"]
    if data.get("step") in Step.values:
        told["step"] = data["step"]
    return Facts(**told, judged=data.get(JUDGED) or None)


class WayForm(Form):
    """What is answered so far, and the next question, in the edition's order; `data` is what the address says."""

    def __init__(self, data: Any, *, edition: Edition, language: str) -> None:
        told = data.copy()
        told.setdefault("step", Step.NEW)
        super().__init__(told)
        self.facts = facts_from(data, edition)
        self.way = route(self.facts, edition)
        for question in edition.questions:
            if question.code == "instrument":
                self.fields["instrument"] = self.instrument(question, edition, language)
                if self.facts.instrument and edition.has_steps([self.facts.instrument]):
                    self.fields["step"] = forms.ChoiceField(
                        label=_("Är det nytt?"), choices=STEPS, widget=forms.RadioSelect, required=False
                    )
            elif self.shows(question, edition):
                self.fields[JUDGED if question.is_judgement else question.code] = radios(question, language)
        for field in self.fields.values():
            dress(field)
            field.show_optional = False  # type: ignore[attr-defined]

    def shows(self, question: Question, edition: Edition) -> bool:
        """What is answered, what is next, and once all is answered what may still be said."""
        if not question.choices:
            return False
        if question in (*self.way.questions[:1], self.way.judged):
            return True
        if self.facts.instrument is None:
            return question.code == "scope"
        belongs = question.code in edition.asked_about([self.facts.instrument])
        return belongs and (question.code in self.answered or not self.way.questions)

    @property
    def answered(self) -> set[str]:
        return {name for name in FACTS if getattr(self.facts, name) is not None}

    @staticmethod
    def instrument(question: Question, edition: Edition, language: str) -> forms.ChoiceField:
        choices = [("", _("Välj …")), *((one.code, one.name(language)) for one in edition.instruments)]
        return forms.ChoiceField(label=question.text(language), choices=choices, required=False)


class ChoiceForm(Form):
    """One question about an engagement's way, answered with the reason."""

    question = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Svar"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("Varför?"), max_length=1_000, help_text=_("Står i ärendet med ditt namn, för den som beslutar.")
    )

    def __init__(self, *args: Any, asked: Question, language: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"question": asked.code}, **kwargs)
        self.fields["answer"] = radios(asked, language, required=True)
        self.fields["answer"].label = _("Svar")  # the question itself is the page's heading
        dress(self.fields["answer"])
