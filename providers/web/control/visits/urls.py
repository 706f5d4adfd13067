from django.urls import path

from providers.web.control.visits import pages, questions

VISIT = "control/visits/<int:visit_id>/"

urlpatterns = [
    path("control/visits/", pages.plan, name="visits"),
    path("control/visits/questions/", questions.template_list, name="visit-templates"),
    path("control/visits/questions/<str:service>/", questions.template, name="visit-template"),
    path(VISIT, pages.visit_page, name="visit"),
    path(f"{VISIT}<slug:visit_step>/", pages.take_step, name="visit-step"),
    path("register/units/<path:code>/visit/", pages.new_visit, name="visit-new"),
]
