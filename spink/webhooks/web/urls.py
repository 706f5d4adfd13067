from django.urls import path

from spink.webhooks.web import views

ONE = "administration/webhooks/<uuid:endpoint_id>/"

urlpatterns = [
    path("administration/webhooks/", views.webhooks, name="webhooks"),
    path(ONE, views.webhook, name="webhook"),
    path(f"{ONE}again/", views.send_again, name="send-webhook-again"),
    path(f"{ONE}switch/", views.switch, name="switch-webhook"),
]
