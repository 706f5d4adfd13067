from django.urls import path

from providers.web.control.complaints import filing, handling, own, settings

COMPLAINT = "control/complaints/<int:complaint_id>/"

urlpatterns = [
    path("complaints/", own.own_list, name="own-complaints"),
    path("complaints/<int:complaint_id>/", own.own_page, name="own-complaint"),
    path("control/complaints/", handling.complaint_list, name="complaints"),
    path("control/complaints/settings/", settings.settings, name="complaint-settings"),
    path(COMPLAINT, handling.complaint_page, name="complaint"),
    path(f"{COMPLAINT}finding/", settings.propose_review, name="complaint-finding"),
    path(f"{COMPLAINT}<slug:step>/", handling.take_step, name="complaint-step"),
    path("register/units/<path:code>/complaint/", filing.about_unit, name="complain-of-unit"),
    path(
        "register/providers/<int:provider_id>/complaint/",
        filing.about_provider,
        name="complain-of-provider",
    ),
]
