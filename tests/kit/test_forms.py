from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError

from stockholm_intl.kit import forms
from stockholm_intl.kit.fields import TextField


class VisitForm(forms.Form):
    groups = [
        ("Vem frågar", ["sender", "country"]),
        ("När", ["first_day"], "Ungefär räcker."),
    ]
    purpose = forms.TextField(label="Varför?", required=False, max_length=20)
    first_day = forms.DateField(label="Första dagen")
    sender = forms.LineField(label="Avsändare", help_text="Den som vill komma.")
    country = django_forms.ChoiceField(label="Land", choices=[("", "---------"), ("NL", "Nederländerna")])
    shape = django_forms.ChoiceField(
        label="Slag", choices=[("a", "Studiebesök"), ("b", "Digitalt")], widget=django_forms.RadioSelect
    )


FILLED = {"sender": "Utrechts kommun", "country": "NL", "first_day": "2027-01-19", "shape": "a"}


def message(field: django_forms.Field, value: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    return str(refusal.value.messages[0])


def test_a_filled_form_gives_clean_values() -> None:
    form = VisitForm({**FILLED, "sender": "  Utrechts\u200b kommun "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["sender"] == "Utrechts kommun"
    assert form.cleaned_data["first_day"] == date(2027, 1, 19)


@pytest.mark.parametrize("value", ["", "   ", "\u200b", "\u3164"])
def test_a_line_that_shows_nothing_is_missing(value: str) -> None:
    assert message(forms.LineField(), value) == "Fältet är tomt. Fyll i det."


def test_a_text_too_long_is_told_its_length_and_the_limit() -> None:
    told = message(forms.LineField(max_length=200), "x" * 10_000)
    assert told == "Texten är 10\u00a0000 tecken. Korta den till högst 200."


def test_length_is_counted_after_cleaning() -> None:
    assert forms.LineField(max_length=3).clean(" a\u200bbc ") == "abc"


@pytest.mark.parametrize("value", ["a\x00b", "\ud800"])
@pytest.mark.parametrize("field", [forms.LineField(), TextField()])
def test_unfit_characters_are_refused_with_a_way_out(field: django_forms.Field, value: str) -> None:
    assert "inte går att spara" in message(field, value)


def test_a_browsers_line_ends_are_no_change() -> None:
    field = TextField(required=False)
    assert not field.has_changed("a\nb", "a\r\nb ")
    assert field.has_changed("a\nb", "a\r\nc")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "Datumet saknas"),
        ("igår", "år-månad-dag"),
        ("22/11/2026", "år-månad-dag"),
        ("20261122", "år-månad-dag"),
        ("2026-02-30", "finns inte i kalendern"),
        ("0000-01-01", "mellan 1900 och 2100"),
        ("2101-01-01", "mellan 1900 och 2100"),
        ("٢٠٢٦-٠١-٠١", "år-månad-dag"),
        ("2026-11-22\x00", "år-månad-dag"),
    ],
)
def test_a_wrong_date_is_told_how_to_mend_it(value: str, told: str) -> None:
    assert told in message(forms.DateField(), value)


def test_a_date_no_browser_would_show_is_kept_in_a_plain_input() -> None:
    assert 'type="text"' in str(VisitForm({"first_day": "2026-02-30"})["first_day"])
    assert 'type="date"' in str(VisitForm({"first_day": "2026-02-28"})["first_day"])
    assert 'value="2026-02-28"' in str(VisitForm(initial={"first_day": date(2026, 2, 28)})["first_day"])


@pytest.mark.parametrize(("typed", "number"), [("14", 14), ("1 200", 1200), ("1\u00a0200", 1200), ("-3", -3)])
def test_whole_numbers_are_read_as_swedes_write_them(typed: str, number: int) -> None:
    assert forms.IntegerField().clean(typed) == number


@pytest.mark.parametrize("typed", ["många", "1,5", "1e9", "9" * 5000, "٣", "NaN", "0x1"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert message(forms.IntegerField(), typed) == "Skriv ett heltal med siffror, till exempel 14."


def test_a_number_out_of_bounds_is_told_the_bound() -> None:
    assert message(forms.IntegerField(min_value=1), "0") == "Skriv ett tal som är minst 1."
    assert "högst 2\u00a0147\u00a0483\u00a0647" in message(forms.IntegerField(), "3000000000")


@pytest.mark.parametrize(("typed", "number"), [("12 500,50", "12500.50"), ("0.5", "0.5"), ("7", "7")])
def test_decimals_take_comma_and_point(typed: str, number: str) -> None:
    assert forms.DecimalField().clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1,2,3", "NaN", "Infinity", "1e400", "tolv"])
def test_what_is_no_decimal_number_is_refused(typed: str) -> None:
    assert "decimalkomma" in message(forms.DecimalField(), typed)


def test_too_many_decimals_or_digits_are_refused() -> None:
    assert "högst 2 decimaler" in message(forms.DecimalField(), "1,234")
    assert "högst" in message(forms.DecimalField(max_digits=5), "12345")


def test_a_decimal_is_shown_again_with_its_comma() -> None:
    assert forms.DecimalField().prepare_value(Decimal("12500.50")) == "12500,50"


def test_fields_stand_under_their_headings_and_the_rest_last() -> None:
    groups = [(g.heading, [f.name for f in g.fields], g.help) for g in VisitForm().grouped()]
    assert groups == [
        ("Vem frågar", ["sender", "country"], ""),
        ("När", ["first_day"], "Ungefär räcker."),
        ("", ["purpose", "shape"], ""),
    ]


def test_the_summary_follows_the_page_and_links_to_each_field() -> None:
    form = VisitForm({"purpose": "x" * 21})
    assert [(line.label, line.target) for line in form.error_lines()] == [
        ("Avsändare:", "id_sender"),
        ("Land:", "id_country"),
        ("Första dagen:", "id_first_day"),
        ("Varför?", "id_purpose"),
        ("Slag:", "id_shape_0"),
    ]


def test_an_empty_choice_says_choose_and_a_foreign_one_is_refused() -> None:
    assert "Välj …" in str(VisitForm()["country"])
    assert "---------" not in str(VisitForm()["country"])
    form = VisitForm({**FILLED, "country": "XX"})
    assert form.errors["country"] == ["Välj ett av alternativen i listan."]


def test_a_message_of_the_forms_own_is_left_alone() -> None:
    class Own(forms.Form):
        name = django_forms.EmailField(error_messages={"required": "Vart ska svaret gå?"})

    assert Own({}).errors["name"] == ["Vart ska svaret gå?"]


def test_a_wrong_field_is_tied_to_its_help_and_its_error() -> None:
    html = VisitForm({**FILLED, "sender": ""})["sender"].as_field_group()
    assert 'aria-describedby="id_sender_helptext id_sender_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_sender_error"' in html


def test_choices_beside_each_other_are_a_fieldset_with_a_legend() -> None:
    html = VisitForm()["shape"].as_field_group()
    assert "<fieldset" in html
    assert html.index("<legend>") < html.index("Slag") < html.index("</legend>")


def test_an_optional_field_says_so() -> None:
    assert "(frivilligt)" in VisitForm()["purpose"].as_field_group()
    assert "(frivilligt)" not in VisitForm()["sender"].as_field_group()


def test_what_was_typed_is_kept_and_escaped() -> None:
    html = VisitForm({**FILLED, "sender": "<b>" + "x" * 300})["sender"].as_field_group()
    assert "&lt;b&gt;xxx" in html
    assert "<b>" not in html


def test_a_model_form_gets_the_clean_fields_by_itself() -> None:
    class JobForm(forms.ModelForm):
        class Meta(forms.ModelForm.Meta):
            from stockholm_intl.kit.models import Job as model

            fields = ["title", "message"]

    form = JobForm({"title": "a\x00b", "message": ""})
    assert isinstance(form.fields["title"], forms.LineField)
    assert form.fields["title"].max_length == 200
    assert isinstance(form.fields["message"], forms.TextField)
    assert "inte går att spara" in form.errors["title"][0]
