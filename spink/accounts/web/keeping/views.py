"""The pages of everything that is kept: the list, a new row, a row with what hangs on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web import trail
from spink.accounts.web.keeping.forms import KeptForm, Narrowing, said_of
from spink.accounts.web.keeping.kept import Child, Column, Kept, kept_for, kept_of
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock, keeping
from spink.web import wording
from spink.web.filtering import chosen_filters
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50
for_administrators = for_those_who(Capability.ADMINISTER)


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    cells: list[tuple[Column, Any]]
    state: str
    word: str


@require_safe
@for_administrators
def kept_list(request: WallRequest, slug: str) -> HttpResponse:
    kept = kept_of(slug)
    narrowing = Narrowing(request.GET, kept)
    page = Paginator(narrowing.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kept": kept,
        "filter": narrowing,
        "chosen": chosen_filters(narrowing),
        "page_of": page,
        "rows": shown(kept, page.object_list),
        "trail": crumbs(Crumb(str(kept.title))),
    }
    return render(request, "accounts/keeping/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def kept_new(request: WallRequest, slug: str, row_id: str = "") -> HttpResponse:
    """Of a kind with a parent: hanging on the row of the address."""
    kept = kept_of(slug)
    parent = _parent(kept, row_id)
    row = kept.model(**({kept.parent: parent} if parent is not None else {}))
    form = kept.form(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and _add(kept, form, request):
        messages.success(request, _("%(name)s is added.") % {"name": kept.named(form.instance)})
        return redirect(_after(kept, form.instance))
    context = _context(kept, form, parent) | {"title": kept.new, "children": []}
    return render(request, "accounts/keeping/form.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def kept_row(request: WallRequest, slug: str, row_id: str) -> HttpResponse:
    kept = kept_of(slug)
    row = _row(kept, row_id)
    name = str(kept.named(row))
    form = kept.form(request.POST or None, instance=row)
    outdated = None
    if request.method == "POST" and form.is_valid():
        try:
            if _change(kept, form, request):
                return redirect(_after(kept, row))
        except keeping.Outdated as error:
            outdated = error.row
            form.seen_now(outdated)
    context = _context(kept, form, getattr(row, kept.parent, None)) | {
        "title": name,
        "fixed": [(form_label(kept, one), said_of(row, one)) for one in kept.form.fixed],
        "children": [_child(kept_of(one), row) for one in kept.children],
        "state": period_state(row),
        "meanwhile": form.differing_from(outdated) if outdated else [],
        "outdated": outdated,
        "history": trail.of_subject(kept.subject, str(row.pk)),
    }
    status = 409 if outdated else _status(form)
    return render(request, "accounts/keeping/form.html", context, status=status)


def routes_of(kept: Kept) -> list[URLPattern]:
    here, given = f"administration/{kept.slug}", {"slug": kept.slug}
    rows = path(f"{here}/", kept_list, given, f"kept-{kept.slug}")
    new = path(f"{here}/new/", kept_new, given, f"kept-{kept.slug}-new")
    children = [
        path(f"{here}/<slug:row_id>/{one}/new/", kept_new, {"slug": one}, f"kept-{one}-new")
        for one in kept.children
    ]
    return [
        *([] if kept.parent else [rows]),
        *([new] if kept.new and not kept.parent else []),
        *children,
        path(f"{here}/<slug:row_id>/", kept_row, given, f"kept-{kept.slug}-row"),
    ]


def shown(kept: Kept, rows: Any) -> list[Row]:
    return [
        Row(
            name=str(kept.named(row)),
            url=kept.url_of(row),
            cells=[(column, column.value(row)) for column in kept.columns],
            state=state,
            word=word,
        )
        for row in rows
        for state, word in [period_state(row)]
    ]


def crumbs(*further: Crumb) -> list[Crumb]:
    return [Crumb(_("Administration"), reverse("administration")), *further]


def form_label(kept: Kept, name: str) -> Any:
    return kept.form.base_fields[name].label


def _add(kept: Kept, form: KeptForm, request: WallRequest) -> bool:
    try:
        keeping.add(form.instance, by=request.user.actor, check=kept.check)
    except ValidationError as refused:
        _say(form, refused)
        return False
    return True


def _change(kept: Kept, form: KeptForm, request: WallRequest) -> bool:
    """Raises Outdated."""
    seen = form.cleaned_data["seen"]
    try:
        changed = keeping.change(
            form.instance, form.given, seen=seen, by=request.user.actor, check=kept.check
        )
    except ValidationError as refused:
        _say(form, refused)
        return False
    if changed:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was changed."))
    return True


def _say(form: KeptForm, refused: ValidationError) -> None:
    """At the field where the form has it, else at the top."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _context(kept: Kept, form: KeptForm, parent: Any) -> dict[str, Any]:
    if parent is not None:
        above = kept_for(parent)
        way = [*_way_to(above), Crumb(str(parent), above.url_of(parent))]
    else:
        way = _way_to(kept)
    here = str(kept.named(form.instance)) if form.is_of_kept_row else str(kept.new)
    return {"kept": kept, "form": form, "trail": crumbs(*way, Crumb(here)), "back": way[-1].url}


def _way_to(kept: Kept) -> list[Crumb]:
    return [] if kept.parent else [Crumb(str(kept.title), kept.url)]


def _parent(kept: Kept, row_id: str) -> Any:
    if not kept.parent:
        return None
    model = kept.model._meta.get_field(kept.parent).related_model
    return _found(model._default_manager, row_id)


def _row(kept: Kept, row_id: str) -> Any:
    return _found(kept.rows(), row_id)


def _found(rows: Any, row_id: str) -> Any:
    try:
        return rows.get(pk=row_id)
    except (rows.model.DoesNotExist, ValueError):
        raise Http404 from None


def _child(kept: Kept, row: Any) -> Child:
    rows = kept.rows().filter(**{kept.parent: row})
    return Child(kept, shown(kept, rows), kept.new_url(row))


def _after(kept: Kept, row: Any) -> str:
    """The list, or the page of what the row hangs on."""
    if not kept.parent:
        return kept.url_of(row)
    parent = getattr(row, kept.parent)
    return kept_for(parent).url_of(parent)


def _status(form: KeptForm) -> int:
    return 422 if form.errors else 200


def period_state(row: Any) -> tuple[str, str]:
    """Nothing for what holds and has no end."""
    today: date = clock.today()
    begins, ends = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    if begins and begins > today:
        return "new", _("From %(day)s") % {"day": wording.day(begins)}
    if ends and ends < today:
        return "none", _("Ended %(day)s") % {"day": wording.day(ends)}
    if ends:
        return "waiting", _("Through %(day)s") % {"day": wording.day(ends)}
    return "", ""
