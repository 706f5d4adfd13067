from django.urls import path

from placements.web.selfcheck import results, views

HERE = "self-checks"

urlpatterns = [
    path(f"{HERE}/", views.self_checks, name="self-checks"),
    path(f"{HERE}/results/", results.results, name="self-check-results"),
    path(f"{HERE}/results.csv", results.results_csv, name="self-check-results-csv"),
    path(f"{HERE}/<int:check_id>/", views.self_check, name="self-check"),
    path(f"{HERE}/<int:check_id>/lock/", views.lock, name="lock-self-check"),
    path(f"{HERE}/<int:check_id>/<int:position>/", views.one_request, name="self-check-request"),
]
