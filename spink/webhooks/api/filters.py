import django_filters
from django.utils.translation import gettext_lazy as _

from spink.webhooks.domain.types import MessageType
from spink.webhooks.models import State, WebhookDelivery


class DeliveryFilter(django_filters.FilterSet):  # type: ignore[misc]
    endpoint = django_filters.UUIDFilter(
        field_name="endpoint", help_text=_("Only those to this endpoint.")
    )
    state = django_filters.ChoiceFilter(
        choices=State.choices, help_text=_("Only those in this state.")
    )
    type = django_filters.ChoiceFilter(
        choices=[(one.value, one.value) for one in MessageType],
        help_text=_("Only those of this type."),
    )
    reference = django_filters.CharFilter(
        field_name="subject", max_length=40, help_text=_("Only those about this request.")
    )

    class Meta:
        model = WebhookDelivery
        fields: list[str] = []


PARAMETERS = frozenset(DeliveryFilter.base_filters)
