from django.urls import path

from spink.webhooks.api import views

ENDPOINT = "webhook-endpoints/<uuid:endpoint_id>"
DELIVERY = "webhook-deliveries/<uuid:message_id>"

urlpatterns = [
    path("webhook-endpoints", views.EndpointsView.as_view(), name="webhook-endpoints"),
    path(ENDPOINT, views.EndpointView.as_view(), name="webhook-endpoint"),
    path(f"{ENDPOINT}/secret-rotations", views.RotationsView.as_view(), name="webhook-rotations"),
    path(f"{ENDPOINT}/tests", views.TestsView.as_view(), name="webhook-tests"),
    path("webhook-deliveries", views.DeliveriesView.as_view(), name="webhook-deliveries"),
    path(DELIVERY, views.DeliveryView.as_view(), name="webhook-delivery"),
    path(f"{DELIVERY}/replays", views.ReplaysView.as_view(), name="webhook-replays"),
]
