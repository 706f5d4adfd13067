from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

MARKUP = "<script>alert(1)</script>"


def shown(source: str, **context: Any) -> str:
    template = Template("{% load spink_ui spink_wording %}" + source)
    return " ".join(template.render(Context(context)).split())


def test_tag_says_its_word_beside_the_shape() -> None:
    assert shown('{% tag "working" "Matchas" %}') == (
        '<span class="ds-tag tag is-working">Matchas</span>'
    )
    assert shown('{% state "old" "Osäkert" %}') == '<span class="state is-old">Osäkert</span>'


def test_unknown_state_is_a_mistake_of_the_page() -> None:
    with pytest.raises(TemplateSyntaxError, match="'happy' is no state"):
        shown('{% tag "happy" "Glad" %}')


def test_chips_are_a_named_list_and_nothing_when_empty() -> None:
    assert shown('{% chips words "Möts" %}', words=["a"]) == (
        '<ul class="chips" aria-label="Möts"><li class="chip">a</li></ul>'
    )
    assert shown('{% chips words "Möts" %}', words=[]) == ""


@pytest.mark.parametrize(
    "source",
    [
        '{% tag "new" text %}',
        '{% state "new" text %}',
        '{% chips words "Möts" %}',
        "{% card text %}{{ text }}{% endcard %}",
        '{% section text "x" aside=text %}{{ text }}{% endsection %}',
        '{% alert "info" title=text %}{{ text }}{% endalert %}',
        "{% fact text %}{{ text }}{% endfact %}",
        "{% heading text reference=text due=text due_note=text %}{{ text }}{% endheading %}",
        '{% rung 1 text "r" state="new" word=text note=text %}{{ text }}{% endrung %}',
        "{% need_panel text %}{{ text }}{% endneed_panel %}",
        '{% offer text "o" above=text below=text action=text %}{{ text }}{% endoffer %}',
        '{% empty text url="#" action=text %}',
        "{% progress 1 2 text %}",
        "{% actions text counted=text %}{{ text }}{% endactions %}",
        '{% include "components/timeline.html" with entries=rows only %}',
        '{% include "components/messages.html" with entries=rows only %}',
        '{% include "components/near_misses.html" with units=rows only %}',
        '{% include "components/reasons.html" with reasons=rows only %}',
        '{% include "components/tasks.html" with tasks=rows only %}',
        '{% include "components/steps.html" with steps=rows label=text only %}',
        '{% include "components/tabs.html" with tabs=rows label=text only %}',
        '{% include "components/crumbs.html" with trail=rows only %}',
        '{% include "components/chosen_filters.html" with chosen=rows only %}',
        '{% include "components/confirm.html" with question=text consequences=words submit=text %}',
    ],
)
def test_no_component_lets_markup_through(source: str) -> None:
    row = dict.fromkeys(
        ["name", "under", "reason", "detail", "action", "text", "who", "note", "title", "word",
         "label", "url", "action_url"], MARKUP
    )  # fmt: skip
    row |= {"state": "new", "count": 1, "at": None}
    html = shown(source, text=MARKUP, words=[MARKUP], rows=[row])
    assert MARKUP not in html
    assert "&lt;script&gt;" in html


def test_card_without_a_title_is_no_landmark() -> None:
    assert shown("{% card %}x{% endcard %}").startswith('<div class="ds-card card">')
    titled = shown('{% card "Beslut" id="d" level=3 %}x{% endcard %}')
    assert titled.startswith(
        '<section class="ds-card card" aria-labelledby="d"> <header><h3 id="d">Beslut</h3>'
    )


def test_fact_with_a_change_link_says_what_is_changed() -> None:
    html = shown('{% fact "Namn" change="/namn/" %}Anna{% endfact %}')
    assert '<a class="small" href="/namn/">Ändra<span class="hidden"> Namn</span></a>' in html


def test_pages_keep_the_filters_of_the_address() -> None:
    page = Paginator(range(100), 10).page(2)
    request = RequestFactory().get("/?q=a%26b&page=2")
    html = shown("{% pagination page %}", page=page, request=request)
    assert 'href="?q=a%26b&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_single_page_has_no_links() -> None:
    page = Paginator(range(5), 10).page(1)
    assert shown("{% pagination page %}", page=page, request=RequestFactory().get("/")) == ""


def test_step_that_is_done_says_so_without_its_tick() -> None:
    steps = [{"title": "Skickad", "note": "", "state": "done"}]
    html = shown(
        '{% include "components/steps.html" with steps=steps label="x" only %}', steps=steps
    )
    assert '<span class="hidden">, klart</span>' in html


def test_filters_say_nothing_of_what_is_not_there() -> None:
    source = "[{{ none|day }}{{ none|kronor }}{{ none|moment }}{{ none|km }}{% rate none %}]"
    assert shown(source, none=None) == "[]"
