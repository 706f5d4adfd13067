from django.urls import path

from spink.catalogue.api import views

urlpatterns = [
    path("service-types", views.ServiceTypesView.as_view(), name="service-types"),
    path("special-needs", views.SpecialNeedsView.as_view(), name="special-needs"),
    path("legal-bases", views.LegalBasesView.as_view(), name="legal-bases"),
    path("reason-codes", views.ReasonCodesView.as_view(), name="reason-codes"),
]
