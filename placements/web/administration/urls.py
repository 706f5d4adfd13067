from django.urls import path

from placements.web.administration import views

ONE = "administration/office-hours/<slug:municipality>/"

urlpatterns = [
    path("administration/office-hours/", views.office_list, name="offices"),
    path(ONE, views.office, name="office"),
    path(f"{ONE}closed/", views.add_closed_day, name="add-closed-day"),
    path(f"{ONE}closed/usual/", views.add_usual_days, name="add-usual-days"),
    path(f"{ONE}closed/remove/", views.remove_closed_day, name="remove-closed-day"),
]
