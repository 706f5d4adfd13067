from django.urls import path

from placements.web.filing import views

urlpatterns = [
    path("requests/", views.my_requests, name="my-requests"),
    path("requests/new/", views.start, name="start"),
    path("requests/<reference:reference>/edit/", views.edit, name="edit"),
    path("requests/<reference:reference>/edit/<slug:section>/", views.section, name="section"),
    path("requests/<reference:reference>/check/", views.check, name="check"),
    path("requests/<reference:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("requests/<reference:reference>/answer/", views.answer, name="answer"),
    path("requests/<reference:reference>/report/", views.report, name="report"),
]
