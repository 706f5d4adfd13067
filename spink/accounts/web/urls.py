from django.contrib.auth.views import LogoutView
from django.urls import path

from spink.accounts.web import changes, jobs, organisation, views
from spink.accounts.web.api_clients import views as api_clients
from spink.accounts.web.keeping import routes_of
from spink.accounts.web.people import views as people

urlpatterns = [
    path("", views.start, name="start"),
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", views.set_language, name="set_language"),
    path("password/", views.OwnPasswordView.as_view(), name="password"),
    path("shortcuts/", views.shortcuts, name="shortcuts"),
    path("duty/", views.duty, name="duty"),
    path("duty/end/", views.end_duty, name="end-duty"),
    path("password/<uidb64>/<token>/", views.SetPasswordView.as_view(), name="set-password"),
    path("administration/people/", people.people, name="people"),
    path("administration/people/new/", people.new_person, name="new-person"),
    path("administration/people/<int:user_id>/", people.person, name="person"),
    path("administration/people/<int:user_id>/change/", people.change_person, name="change-person"),
    path("administration/people/<int:user_id>/switch/", people.switch_person, name="switch-person"),
    path("administration/people/<int:user_id>/link/", people.send_link, name="password-link"),
    path("administration/people/<int:user_id>/roles/new/", people.new_role, name="new-role"),
    path(
        "administration/people/<int:user_id>/roles/<int:role_id>/end/",
        people.end_role,
        name="end-role",
    ),
    path("administration/api-clients/", api_clients.api_clients, name="api-clients"),
    path("administration/api-clients/new/", api_clients.new_client, name="new-api-client"),
    path("administration/api-clients/<int:client_id>/", api_clients.api_client, name="api-client"),
    path(
        "administration/api-clients/<int:client_id>/secret/",
        api_clients.new_secret,
        name="new-api-secret",
    ),
    path(
        "administration/api-clients/<int:client_id>/end/",
        api_clients.end_client,
        name="end-api-client",
    ),
    path("administration/duty-shifts/", changes.duty_shifts, name="duty-shifts"),
    path("administration/jobs/", jobs.jobs_page, name="jobs"),
    path("administration/trail/", changes.trail_page, name="trail"),
    *(route for each in organisation.ALL for route in routes_of(each)),
]
