"""The parts that pages are put together from. Use and arguments: docs/pages.md."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template import loader
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from spink.web.forms import said_in_summary

register = template.Library()

STATES = frozenset(
    [
        "new",
        "working",
        "waiting",
        "fits",
        "done",
        "fresh",
        "urgent",
        "late",
        "old",
        "stopped",
        "protected",
        "none",
        "reserve",
    ]
)


def _part(part: str, /, **context: Any) -> SafeString:
    return loader.render_to_string(f"components/{part}.html", context)


def _known(state: str) -> str:
    if state not in STATES:
        raise template.TemplateSyntaxError(f"{state!r} is no state; states: {sorted(STATES)}")
    return state


# Words with a shape


@register.simple_tag
def tag(state: str, word: str) -> SafeString:
    return format_html('<span class="ds-tag tag is-{}">{}</span>', _known(state), word)


@register.simple_tag
def state(state: str, word: str) -> SafeString:
    return format_html('<span class="state is-{}">{}</span>', _known(state), word)


@register.simple_tag
def chips(words: Iterable[str], label: str, missing: bool = False) -> SafeString:
    """Nothing at all where there are no words."""
    look = "chip chip-missing" if missing else "chip"
    items = format_html_join("", '<li class="{}">{}</li>', ((look, word) for word in words))
    return (
        format_html('<ul class="chips" aria-label="{}">{}</ul>', label, items) if items else items
    )


# Frames around what a page says


@register.simple_block_tag
def heading(
    content: str,
    title: str,
    reference: str = "",
    due: str = "",
    due_note: str = "",
    late: bool = False,
) -> SafeString:
    return _part(
        "heading",
        content=SafeString(content.strip()),
        title=title,
        reference=reference,
        due=due,
        due_note=due_note,
        late=late,
    )


@register.simple_block_tag
def card(content: str, title: str = "", id: str = "", **options: Any) -> SafeString:
    """Options: link, link_text, aside, tight, body (False: no padding), footer, level."""
    return _part("card", content=content, title=title, id=id, **{"body": True, **options})


@register.simple_block_tag
def section(content: str, title: str, id: str, **options: Any) -> SafeString:
    """Options: link, link_text, aside."""
    return _part("section", content=content, title=title, id=id, **options)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", **options: Any) -> SafeString:
    """Kinds: info, success, warning, danger. Options: line (in one), id, link, link_text, role."""
    return _part("alert", content=content, kind=kind, title=title, **options)


@register.simple_block_tag
def facts(content: str, look: str = "") -> SafeString:
    """Looks, several with a space between: narrow, text, two, body, tight."""
    looks = {"body": "card-body", "tight": "card-tight"}
    classes = " ".join(looks.get(word, f"facts-{word}") for word in look.split())
    return format_html('<dl class="facts {}">{}</dl>', classes, content)


@register.simple_block_tag
def fact(content: str, term: str, change: str = "", missing: bool = False) -> SafeString:
    return _part("fact", content=content, term=term, change=change, missing=missing)


@register.simple_block_tag
def actions(content: str, label: str, counted: str = "", note: str = "") -> SafeString:
    return _part("actions", content=content, label=label, counted=counted, note=note)


@register.simple_block_tag
def rung(content: str, step: int, title: str, id: str, **options: Any) -> SafeString:
    """Options: look (later, empty or nothing), state, word, note."""
    return _part("rung", content=content, step=step, title=title, id=id, **options)


@register.simple_block_tag
def need_panel(content: str, title: str) -> SafeString:
    return _part("need_panel", content=content, title=title)


@register.simple_block_tag
def offers(content: str, count: int) -> SafeString:
    look = {1: "offers-one", 2: ""}.get(count, "offers-three")
    return format_html('<div class="offers {}">{}</div>', look, content)


@register.simple_block_tag
def offer(content: str, name: str, id: str, **options: Any) -> SafeString:
    """Options: url, above, below, action, action_url, main."""
    return _part("offer", content=content, name=name, id=id, **options)


@register.simple_tag
def empty(text: str, url: str = "", action: str = "") -> SafeString:
    return _part("empty", text=text, url=url, action=action)


@register.simple_tag
def progress(done: int, total: int, text: str, name: object = "") -> SafeString:
    """`name` tells it from others on the same page."""
    return _part("progress", done=done, total=total, text=text, name=name)


# Forms


@register.simple_tag
def error_summary(
    *sources: forms.BaseForm | Iterable[forms.BaseForm], title: str = ""
) -> SafeString:
    """Every error of these forms and formsets; nothing at all where there is none."""
    problems = [problem for form in _forms(sources) for problem in _problems(form)]
    return _part("error_summary", problems=problems, title=title) if problems else SafeString("")


def _forms(sources: Sequence[Any]) -> Iterable[forms.BaseForm]:
    for source in sources:
        if isinstance(source, forms.BaseForm):
            yield source
        elif source:
            yield from source


def _problems(form: forms.BaseForm) -> Iterable[tuple[str, str]]:
    """The text of each error, and the address of the control it speaks of (empty: the whole)."""
    for text in form.non_field_errors():
        yield str(text), ""
    for bound in form:
        anchor = "" if bound.is_hidden else getattr(bound, "anchor", bound.id_for_label)
        for text in said_in_summary(bound):
            yield text, anchor or ""


# Lists in pages


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(n, _query(context, n) if isinstance(n, int) else "") for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": _query(context, page.number - 1),
        "next": _query(context, page.number + 1),
    }


def _query(context: template.Context, number: int) -> str:
    """The address's own filters, with another page."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
