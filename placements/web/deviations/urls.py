from django.urls import path

from placements.web.deviations import filing, handling, own

DEVIATION = "control/deviations/<int:deviation_id>/"

urlpatterns = [
    path("deviations/", own.own_list, name="own-deviations"),
    path("deviations/new/", filing.file, name="file-deviation"),
    path("deviations/<int:deviation_id>/", own.own_page, name="own-deviation"),
    path("requests/<reference:reference>/deviation/", filing.file_about_request, name="remark"),
    path("control/deviations/", handling.deviation_list, name="deviations"),
    path("control/deviations/count/", handling.count, name="deviations-count"),
    path(DEVIATION, handling.deviation_page, name="deviation"),
    path(f"{DEVIATION}<slug:deviation_step>/", handling.take_step, name="deviation-step"),
]
