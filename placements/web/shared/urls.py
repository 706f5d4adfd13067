from django.urls import path

from placements.web.shared import views
from placements.web.shared.attachments import views as attachments

ONE = "requests/<reference:reference>/"
DOCUMENT = f"{ONE}documents/<uuid:attachment_id>"

urlpatterns = [
    path("requests/<reference:reference>/", views.request_page, name="request"),
    path("requests/<reference:reference>/timeline/", views.timeline_page, name="timeline"),
    path("requests/<reference:reference>/write/", views.write, name="write"),
    path(f"{ONE}documents/", attachments.documents, name="documents"),
    path(f"{ONE}documents/<uuid:attachment_id>/", attachments.document, name="document"),
    path(
        f"{ONE}documents/<uuid:attachment_id>/take-back/", attachments.take_back, name="take-back"
    ),
]
