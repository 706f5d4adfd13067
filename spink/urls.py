"""Where each app's pages stand. Apps know their own routes only."""

from django.contrib import admin
from django.urls import include, path

from spink.web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("spink.api")),
    path("", include("spink.web.urls")),
    path("", include("spink.accounts.web.urls")),
    path("", include("spink.webhooks.web.urls")),
    path("", include("spink.catalogue.web.urls")),
    path("", include("providers.web.urls")),
    path("", include("placements.web.urls")),
]
handler400 = "spink.web.errors.bad_request"
handler403 = "spink.web.errors.forbidden"
handler404 = "spink.web.errors.not_found"
handler500 = "spink.web.errors.server_error"
