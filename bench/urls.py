"""All that Spink answers, and beside it the calls that were written by hand to compare with."""

from django.urls import include, path

from bench import by_hand
from spink import urls as spink

urlpatterns = [
    path("api/by-hand/placement-requests", by_hand.requests),
    path("api/by-hand/placement-requests/<str:reference>", by_hand.request),
    path("", include("spink.urls")),
]
handler400, handler403 = spink.handler400, spink.handler403
handler404, handler500 = spink.handler404, spink.handler500
