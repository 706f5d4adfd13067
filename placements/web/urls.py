"""The pages of the two sides of a request, and those that both share."""

from django.urls import include, path

import placements.reference  # noqa: F401 - its converter is in the addresses

app_name = "placements"

urlpatterns = [
    path("", include("placements.web.administration.urls")),
    path("", include("placements.web.decisions.urls")),
    path("", include("placements.web.deviations.urls")),
    path("", include("placements.web.filing.urls")),
    path("", include("placements.web.followup.urls")),
    path("", include("placements.web.placing.urls")),
    path("", include("placements.web.reviewing.urls")),
    path("", include("placements.web.selfcheck.urls")),
    path("", include("placements.web.shared.urls")),
]
