from django.urls import path

from placements.web.administration import standard_texts, views

ONE = "administration/office-hours/<slug:municipality>/"

TEXTS = "administration/standard-texts/"

urlpatterns = [
    path(TEXTS, standard_texts.text_list, name="standard-texts"),
    path(f"{TEXTS}new/", standard_texts.new_text, name="new-standard-text"),
    path(f"{TEXTS}<int:text_id>/", standard_texts.one_text, name="standard-text"),
    path(f"{TEXTS}<int:text_id>/end/", standard_texts.end_text, name="end-standard-text"),
    path("administration/office-hours/", views.office_list, name="offices"),
    path(ONE, views.office, name="office"),
    path(f"{ONE}closed/", views.add_closed_day, name="add-closed-day"),
    path(f"{ONE}closed/usual/", views.add_usual_days, name="add-usual-days"),
    path(f"{ONE}closed/remove/", views.remove_closed_day, name="remove-closed-day"),
]
