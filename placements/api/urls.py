from django.urls import path

import placements.reference  # noqa: F401 - its converter is in the addresses
from placements.api import attachments, previews, statistics, views

ONE = "placement-requests/<reference:reference>"
DOCUMENT = f"{ONE}/attachments/<uuid:attachment_id>"

urlpatterns = [
    path("placement-requests", views.RequestsView.as_view(), name="placement-requests"),
    path(ONE, views.RequestView.as_view(), name="placement-request"),
    path(f"{ONE}/recommendations", views.RecommendationsView.as_view(), name="recommendations"),
    path(f"{ONE}/timeline-entries", views.TimelineView.as_view(), name="timeline-entries"),
    path(f"{ONE}/messages", views.MessagesView.as_view(), name="messages"),
    path(f"{ONE}/information-answers", views.AnswerView.as_view(), name="information-answers"),
    path(f"{ONE}/outcome-feedback", views.OutcomeView.as_view(), name="outcome-feedback"),
    path(f"{ONE}/attachments", attachments.AttachmentsView.as_view(), name="attachments"),
    path(DOCUMENT, attachments.AttachmentView.as_view(), name="attachment"),
    path(
        f"{DOCUMENT}/content",
        attachments.AttachmentContentView.as_view(),
        name="attachment-content",
    ),
    path(
        f"{DOCUMENT}/withdrawal",
        attachments.AttachmentWithdrawalView.as_view(),
        name="attachment-withdrawal",
    ),
    path("match-previews", previews.MatchPreviewsView.as_view(), name="match-previews"),
    path("statistics", statistics.StatisticsView.as_view(), name="statistics"),
    path(f"{ONE}/withdrawal", views.WithdrawalView.as_view(), name="withdrawal"),
]
