from django.urls import path

from spink.web import views

urlpatterns = [
    path("session/", views.session, name="session"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
