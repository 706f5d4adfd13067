from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template import loader


class DescribedField(BoundField):
    """A field whose control says by itself what it is: its look, and whether it is required."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            return built
        own = (widget or self.field.widget).attrs.get("class", "")
        built["class"] = f"ds-input {own}".strip()
        if self.field.required and not self.use_fieldset:
            built["aria-required"] = "true"
        return built

    @property
    def is_single_checkbox(self) -> bool:
        return getattr(self.field.widget, "input_type", "") == "checkbox" and not self.use_fieldset

    @property
    def is_optional(self) -> bool:
        """Not so where it may be saved empty but is needed later (`needed_later` on the field)."""
        return not self.field.required and not getattr(self.field, "needed_later", False)

    @property
    def anchor(self) -> str:
        """Where a link in the error summary leads: the first control of the field."""
        return f"{self.auto_id}_0" if self.use_fieldset and self.auto_id else self.id_for_label


class Renderer(DjangoTemplates):
    """Renders our forms with our components, and leaves the widgets' own markup to Django."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = DescribedField

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/forms/"):
            return super().get_template(template_name)
        return loader.get_template(template_name)
