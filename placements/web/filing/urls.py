from django.urls import path

from placements.web.filing import views
from placements.web.filing.acute import views as acute

urlpatterns = [
    path("requests/", views.my_requests, name="my-requests"),
    path("requests/out-of-hours/", acute.placed_list, name="placed-acute"),
    path("requests/out-of-hours/new/", acute.begin, name="begin-acute"),
    path("requests/<reference:reference>/acute/", acute.place, name="acute"),
    path("requests/new/", views.start, name="start"),
    path("requests/<reference:reference>/edit/", views.edit, name="edit"),
    path("requests/<reference:reference>/edit/<slug:section>/", views.section, name="section"),
    path("requests/<reference:reference>/check/", views.check, name="check"),
    path(
        "requests/<reference:reference>/side-by-side/",
        views.begin_side_by_side,
        name="begin-side-by-side",
    ),
    path("requests/<reference:reference>/child/", views.add_child, name="add-child"),
    path("requests/<reference:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("requests/<reference:reference>/answer/", views.answer, name="answer"),
    path("requests/<reference:reference>/proposal/accept/", views.accept, name="accept-service"),
    path("requests/<reference:reference>/proposal/decline/", views.decline, name="decline-service"),
    path("requests/<reference:reference>/report/", views.report, name="report"),
    path("requests/<reference:reference>/complaint/", views.complain, name="complain"),
    path(
        "complaints/<int:complaint_id>/request/",
        views.request_of_complaint,
        name="request-of-complaint",
    ),
]
