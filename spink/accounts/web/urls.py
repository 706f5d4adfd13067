from django.contrib.auth.views import LogoutView
from django.urls import path

from spink.accounts.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", views.set_language, name="set_language"),
    path("password/", views.OwnPasswordView.as_view(), name="password"),
    path("duty/", views.duty, name="duty"),
    path("duty/end/", views.end_duty, name="end-duty"),
]
