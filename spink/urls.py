"""Where each app's pages stand. Apps know their own routes only."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from spink.web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
for _module in (
    "spink.web.urls",
    "spink.accounts.web.urls",
    "spink.accounts.urls",
    "spink.catalogue.web.urls",
    "providers.web.urls",
    "placements.web.urls",
    "spink.api",
):
    try:
        if find_spec(_module):
            urlpatterns.append(path("", include(_module)))
    except ModuleNotFoundError:
        pass

handler400 = "spink.web.errors.bad_request"
handler403 = "spink.web.errors.forbidden"
handler404 = "spink.web.errors.not_found"
handler500 = "spink.web.errors.server_error"
