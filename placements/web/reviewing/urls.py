from django.urls import path

from placements.web.reviewing import views

HERE = "administration/access-log"

urlpatterns = [
    path("requests/<reference:reference>/readers/", views.readers, name="readers"),
    path(f"{HERE}/", views.access_log, name="access-log"),
    path(f"{HERE}/reviews/", views.reviews, name="access-reviews"),
    path(f"{HERE}/reviews/numbers/", views.numbers, name="access-review-numbers"),
    path(f"{HERE}/reviews/<int:review_id>/", views.review, name="access-review"),
    path(f"{HERE}/reviews/<int:review_id>/<int:position>/", views.judge, name="access-reading"),
]
