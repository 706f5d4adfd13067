from django.urls import path

from placements.web.shared import views

urlpatterns = [
    path("requests/<reference:reference>/", views.request_page, name="request"),
    path("requests/<reference:reference>/timeline/", views.timeline_page, name="timeline"),
    path("requests/<reference:reference>/write/", views.write, name="write"),
]
