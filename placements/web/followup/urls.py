from django.urls import path

from placements.web.followup import files, report, rows

HERE = "control/follow-up"

urlpatterns = [
    path(f"{HERE}/", report.follow_up, name="follow-up"),
    path(f"{HERE}.csv", files.follow_up_csv, name="follow-up-csv"),
    path(f"{HERE}.xlsx", files.follow_up_xlsx, name="follow-up-xlsx"),
    path(f"{HERE}/<slug:measure>/", rows.rows, name="follow-up-rows"),
]
