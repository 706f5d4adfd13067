from django.urls import path, register_converter
from django.urls.converters import PathConverter

from providers.api import views


class CodeConverter(PathConverter):
    """A code may hold a slash. It never holds NUL, which no log of ours could keep either."""

    regex = "[^\0]+"


register_converter(CodeConverter, "code")

urlpatterns = [
    path("providers", views.ProvidersView.as_view(), name="providers"),
    path("providers/<code:code>", views.ProviderView.as_view(), name="provider"),
    path("care-units", views.CareUnitsView.as_view(), name="care-units"),
    path("care-units/<code:code>", views.CareUnitView.as_view(), name="care-unit"),
    path("stops-in-force", views.StopsInForceView.as_view(), name="stops-in-force"),
]
