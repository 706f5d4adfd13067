from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from spink.web.forms import Form, said_in_summary


class Stop(Form):
    name = forms.CharField(label="Namn", max_length=5, help_text="Som i avtalet.")
    start = forms.DateField(label="Önskad start", required=False)
    reason = forms.ChoiceField(
        label="Skäl",
        choices=[("a", "Tillsyn"), ("b", "Ekonomi")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett skäl för stoppet"},
    )
    sure = forms.BooleanField(label="Jag har läst")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_start(self) -> Any:
        if self.cleaned_data["start"] and self.cleaned_data["start"].year < 2000:
            raise forms.ValidationError("Startdagen ligger för långt tillbaka")
        return self.cleaned_data["start"]


GOOD = {"name": "Ekhag", "start": "2026-03-05", "reason": "a", "sure": "on"}


def rendered(form: forms.BaseForm, field: str) -> str:
    return " ".join(form[field].as_field_group().split())


def summary(*forms_: Any, tag: str = "{% error_summary form %}") -> str:
    template = Template("{% load spink_ui %}" + tag)
    return " ".join(template.render(Context({"form": forms_[0], "more": forms_[1:]})).split())


def test_good_form_is_valid_and_has_no_summary() -> None:
    form = Stop(GOOD)
    assert form.is_valid()
    assert summary(form) == ""


def test_field_names_its_hint_and_error() -> None:
    html = rendered(Stop({**GOOD, "name": ""}), "name")
    assert html == (
        '<div class="ds-field field has-error"> <label class="ds-label" for="id_name">Namn</label> '
        '<p data-field="description" id="id_name_helptext">Som i avtalet.</p> '
        '<div id="id_name_error"><p class="ds-validation-message error" '
        'data-field="validation">Fyll i det här fältet</p></div> '
        '<input type="text" name="name" maxlength="5" aria-invalid="true" '
        'aria-describedby="id_name_helptext id_name_error" class="ds-input" '
        'aria-required="true" id="id_name"> </div>'
    )


def test_optional_field_says_so() -> None:
    html = rendered(Stop(), "start")
    assert 'Önskad start <span class="optional">(valfritt)</span>' in html
    assert "aria-required" not in html


def test_choices_are_a_fieldset_with_the_error_tied_to_it() -> None:
    html = rendered(Stop({**GOOD, "reason": ""}), "reason")
    assert html.startswith(
        '<fieldset class="ds-fieldset field has-error" aria-describedby="id_reason_error">'
    )
    assert html.count('<div class="ds-field option">') == 2
    assert '<label class="ds-label" for="id_reason_1">Ekonomi</label>' in html


def test_what_was_typed_is_kept_also_where_it_is_wrong() -> None:
    form = Stop({**GOOD, "start": "i <b>morgon</b>"})
    html = rendered(form, "start")
    assert 'value="i &lt;b&gt;morgon&lt;/b&gt;"' in html


def test_own_text_of_the_form_wins_over_ours() -> None:
    form = Stop({**GOOD, "reason": ""})
    assert form.errors == {"reason": ["Välj ett skäl för stoppet"]}


def test_our_text_wins_over_djangos() -> None:
    form = Stop({**GOOD, "start": "i morgon"})
    assert form.errors == {
        "start": ["Skriv datumet som år, månad och dag, till exempel 2026-03-05"]
    }


def test_class_of_the_form_keeps_djangos_texts() -> None:
    Stop()
    texts = Stop.base_fields["start"].error_messages
    assert texts["invalid"] == forms.DateField.default_error_messages["invalid"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, ["Namn: fyll i det här fältet"]),
        ({"reason": ""}, ["Välj ett skäl för stoppet"]),
        ({"start": "1999-01-01"}, ["Startdagen ligger för långt tillbaka"]),
    ],
)
def test_summary_names_the_field_where_the_text_does_not(
    wrong: dict[str, str], said: list[str]
) -> None:
    form = Stop({**GOOD, **wrong})
    assert [text for bound in form for text in said_in_summary(bound)] == said


def test_summary_counts_and_links_to_the_controls() -> None:
    html = summary(Stop({**GOOD, "name": "", "reason": ""}))
    assert "Inget är sparat än: 2 uppgifter behöver rättas" in html
    assert '<a href="#id_name">Namn: fyll i det här fältet</a>' in html
    assert '<a href="#id_reason_0">Välj ett skäl för stoppet</a>' in html


def test_summary_of_several_forms_and_a_title_of_its_own() -> None:
    first, second = Stop({**GOOD, "name": ""}, prefix="a"), Stop({"b-name": ""}, prefix="b")
    html = summary(first, second, tag='{% error_summary form more title="Inte skickat" %}')
    assert "Inte skickat</h2>" in html
    assert 'href="#id_a-name"' in html
    assert 'href="#id_b-name"' in html


def test_summary_escapes_what_a_form_says() -> None:
    form = Stop(GOOD)
    form.add_error(None, "<script>alert(1)</script>")
    assert "&lt;script&gt;" in summary(form)
    assert "<script>" not in summary(form)


def test_hidden_field_has_no_look() -> None:
    assert str(Stop()["token"]) == '<input type="hidden" name="token" id="id_token">'


class DayForm(Form):
    day = forms.DateField()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-12-03", date(2026, 12, 3)),
        ("20261203", date(2026, 12, 3)),
        ("3/12 2026", date(2026, 12, 3)),
        ("3/12/2026", date(2026, 12, 3)),
        ("3.12.2026", date(2026, 12, 3)),
        ("12/13/2026", None),
        ("3/12/26", None),
        ("12-03", None),
    ],
)
def test_day_is_read_as_swedes_write_it_and_never_the_month_first(
    language: str, written: str, read: date | None
) -> None:
    with translation.override(language):
        form = DayForm({"day": written})
        assert (form.is_valid(), form.cleaned_data.get("day")) == (read is not None, read)
