"""Pages that show every component once. For tests only; no such route exists in the product."""

from django.urls import path

from spink.web.views import session
from tests.gallery import views

urlpatterns = [
    path("", views.show, {"name": "parts"}, name="parts"),
    path("match/", views.show, {"name": "match"}, name="match"),
    path("request/", views.show, {"name": "request"}, name="request"),
    path("queue/", views.show, {"name": "queue"}, name="queue"),
    path("form/", views.form, name="form"),
    path("sent/", views.form, {"sent": True}, name="sent"),
    path("fails/<str:how>/", views.fail, name="fails"),
    path("session/", session, name="session"),
    path("language/", views.form, name="set_language"),
    path("logout/", views.form, name="logout"),
    path("accessibility/", views.form, name="accessibility"),
]

handler400 = "spink.web.errors.bad_request"
handler403 = "spink.web.errors.forbidden"
handler404 = "spink.web.errors.not_found"
handler500 = "spink.web.errors.server_error"
