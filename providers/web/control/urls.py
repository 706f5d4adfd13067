from django.urls import path

from providers.web.control import (
    documents,
    findings,
    noting,
    review_follows,
    review_steps,
    reviews,
    vetting_steps,
    vettings,
    waiting,
)
from providers.web.control.complaints import urls as complaints
from providers.web.control.visits import urls as visits

CHECK = "control/checks/<int:provider_check_id>/documents/"
FINDING = "control/findings/<int:finding_id>/"
REVIEW = "control/reviews/<int:in_depth_id>/"
VETTING = "control/vettings/<int:vetting_id>/"

urlpatterns = [
    *complaints.urlpatterns,
    path("control/count/", waiting.count, name="control-count"),
    *visits.urlpatterns,
    path("control/", findings.control, name="control"),
    path("control/findings/", findings.inbox, name="findings"),
    path(FINDING, findings.finding_page, name="finding"),
    path(f"{FINDING}take/", findings.take, name="finding-take"),
    path(f"{FINDING}owner/", findings.hand_over, name="finding-owner"),
    path(f"{FINDING}reopen/", findings.reopen, name="finding-reopen"),
    path("register/providers/<int:provider_id>/findings/new/", noting.note, name="finding-note"),
    path("control/vettings/", vettings.vetting_list, name="vettings"),
    path("control/vettings/settings/", vettings.settings, name="vetting-settings"),
    path(VETTING, vettings.vetting_page, name="vetting"),
    path(f"{VETTING}take/", vettings.take, name="vetting-take"),
    path(f"{VETTING}owner/", vettings.hand_over, name="vetting-owner"),
    path(f"{VETTING}checks/<slug:check_code>/", vetting_steps.check, name="vetting-check"),
    path(f"{VETTING}decide/<slug:decision>/", vetting_steps.decide, name="vetting-decide"),
    path(
        "register/providers/<int:provider_id>/vettings/new/",
        vetting_steps.begin,
        name="vetting-begin",
    ),
    path(CHECK, documents.documents, name="check-documents"),
    path(f"{CHECK}<uuid:document_id>/", documents.document, name="check-document"),
    path(f"{CHECK}<uuid:document_id>/remove/", documents.remove, name="check-document-remove"),
    path("control/reviews/", reviews.review_list, name="reviews"),
    path(REVIEW, reviews.review_page, name="review"),
    path(f"{REVIEW}owner/", reviews.hand_over, name="review-owner"),
    path(f"{REVIEW}checks/<slug:check_code>/", review_steps.check, name="review-check"),
    path(f"{REVIEW}steps/<slug:review_step>/", review_steps.step, name="review-step"),
    path(f"{REVIEW}stops/<int:stop_id>/", review_follows.name_stop, name="review-stop"),
    path(f"{REVIEW}view/", review_steps.advise, name="review-advise"),
    path(f"{REVIEW}offences/", review_steps.offences, name="review-offences"),
    path(
        "register/providers/<int:provider_id>/reviews/new/",
        review_steps.open_one,
        name="review-open",
    ),
]
