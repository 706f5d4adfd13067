from django.urls import path

from spink.web import views

urlpatterns = [
    path("session/", views.session, name="session"),
    path("administration/", views.administration_pages, name="administration"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
