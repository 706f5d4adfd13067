from django.urls import path

from placements.web.decisions import figures, views

urlpatterns = [
    path("decisions/", views.not_carried_out, name="not-carried-out"),
    path("decisions/figures/", figures.figures, name="not-carried-out-figures"),
    path("decisions/figures.csv", figures.figures_csv, name="not-carried-out-csv"),
    path("decisions/<reference:reference>/", views.explain_delay, name="explain-delay"),
]
