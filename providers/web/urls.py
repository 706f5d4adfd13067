from django.urls import path

from providers.web import providers, units

app_name = "providers"

urlpatterns = [
    path("register/", units.register, name="register"),
    path("register/units/", units.unit_list, name="units"),
    path("register/units/<path:code>/", units.unit_page, name="unit"),
    path("register/providers/", providers.provider_list, name="providers"),
    path("register/providers/<int:provider_id>/", providers.provider_page, name="provider"),
]
