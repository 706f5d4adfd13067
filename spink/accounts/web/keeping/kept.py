"""What a table is, told once, that administrators keep in pages: list, new, change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import ModelChoiceField
from django.urls import reverse
from django.utils.text import capfirst

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.accounts.web import trail
from spink.accounts.web.keeping.forms import KeptForm
from spink.foundation.keeping import Check
from spink.web import administration
from spink.web.navigation import Text


@dataclass(frozen=True, kw_only=True)
class Column:
    """A `wide` one holds sentences."""

    label: Text
    value: Callable[[Any], Any]
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Rows that are told by `form`, listed by `columns` after their name.

    Those with a `parent` (the name of a foreign key) stand on their parent's page. `narrowed_by`
    is a choice or a foreign key to filter by, `named` what a row is called. `check` refuses what
    the row alone cannot tell. Without `new` rows come with the software and are only changed.
    `note` stands above the list.
    """

    slug: str
    form: type[KeptForm]
    title: Text
    empty: Text
    new: Text = ""
    columns: tuple[Column, ...] = ()
    about: Text = ""
    note: Text = ""
    parent: str = ""
    children: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    narrowed_by: str = ""
    order: tuple[Any, ...] = ()
    joined: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    check: Check | None = None
    named: Callable[[Any], Any] = str
    position: int = 0

    @property
    def model(self) -> Any:
        return self.form._meta.model

    @property
    def is_dated(self) -> bool:
        return any(field.name == "valid_to" for field in self.model._meta.concrete_fields)

    @property
    def subject(self) -> str:
        """What the trail calls such a row."""
        return str(self.model._meta.model_name)

    @property
    def url(self) -> str:
        return reverse(f"kept-{self.slug}")

    def new_url(self, parent: Any = None) -> str:
        return reverse(f"kept-{self.slug}-new", args=[parent.pk] if parent is not None else [])

    def url_of(self, row: Any) -> str:
        return reverse(f"kept-{self.slug}-row", args=[row.pk])

    def rows(self) -> Any:
        found = self.model._default_manager.select_related(*self.joined)
        found = found.prefetch_related(*self.prefetched)
        return found.order_by(*self.order) if self.order else found


@dataclass(frozen=True)
class Child:
    """The rows of one kind that hang on a row, as its page shows them."""

    kept: Kept
    rows: list[Any]
    new_url: str


_registered: dict[str, Kept] = {}


def register(*these: Kept) -> None:
    """Called from the ready() of an app: the trail tells of them, and the hub leads to them."""
    for kept in these:
        _registered[kept.slug] = kept
        trail.register(_subject_of(kept))
        if not kept.parent:
            administration.register(_page_of(kept))


def _subject_of(kept: Kept) -> trail.Subject:
    return trail.Subject(
        code=kept.subject,
        label=kept.title,
        fields=_words_of_fields(kept),
        said=lambda name, value: _word_of(kept, name, value),
        url=lambda row_id: reverse(f"kept-{kept.slug}-row", args=[row_id]),
    )


def _words_of_fields(kept: Kept) -> dict[str, Text]:
    words: dict[str, Text] = {
        name: field.label or name for name, field in kept.form.base_fields.items()
    }
    if kept.parent:
        above = kept.model._meta.get_field(kept.parent).related_model
        words[kept.parent] = capfirst(above._meta.verbose_name)
    return words


def _word_of(kept: Kept, name: str, value: Any) -> Any:
    """A code in the words of the field's choices."""
    field: Any = kept.form.base_fields.get(name)
    if isinstance(field, ModelChoiceField):
        return value
    return dict(getattr(field, "choices", ())).get(value, value)


def _page_of(kept: Kept) -> administration.Page:
    return administration.Page(
        label=kept.title,
        about=kept.about,
        url_name=f"kept-{kept.slug}",
        position=kept.position,
        visible=lambda user: can(user.reach, Capability.ADMINISTER),
    )


def kept_for(row: Any) -> Kept:
    return next(kept for kept in _registered.values() if kept.model is type(row))


def kept_of(slug: str) -> Kept:
    return _registered[slug]


def all_kept() -> list[Kept]:
    return list(_registered.values())
