from django.urls import path

from providers.web.control import findings, noting

FINDING = "control/findings/<int:finding_id>/"

urlpatterns = [
    path("control/findings/", findings.inbox, name="findings"),
    path(FINDING, findings.finding_page, name="finding"),
    path(f"{FINDING}take/", findings.take, name="finding-take"),
    path(f"{FINDING}owner/", findings.hand_over, name="finding-owner"),
    path(f"{FINDING}reopen/", findings.reopen, name="finding-reopen"),
    path("register/providers/<int:provider_id>/findings/new/", noting.note, name="finding-note"),
]
