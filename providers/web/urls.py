from django.urls import path

from providers.web import corrections, providers, units
from providers.web.files import downloads, uploads

app_name = "providers"

urlpatterns = [
    path("register/", units.register, name="register"),
    path("register/units/", units.unit_list, name="units"),
    path("register/units/<path:code>/", units.unit_page, name="unit"),
    path("register/files/", uploads.files, name="files"),
    path("register/files/template.xlsx", downloads.template, name="template"),
    path("register/files/register.xlsx", downloads.workbook, name="workbook"),
    path("register/files/register.json", downloads.everything, name="everything"),
    path("register/files/csv/<slug:slug>/", downloads.one_kind, name="one-kind"),
    path("register/files/<uuid:upload_id>/", uploads.upload_page, name="upload"),
    path("register/files/<uuid:upload_id>/confirm/", uploads.confirm, name="confirm-upload"),
    path("register/files/<uuid:upload_id>/again/", uploads.review_again, name="review-again"),
    path("register/files/<uuid:upload_id>/discard/", uploads.discard, name="discard-upload"),
    path("register/providers/", providers.provider_list, name="providers"),
    path("register/providers/<int:provider_id>/", providers.provider_page, name="provider"),
    path("register/corrections/", corrections.correction_list, name="corrections"),
    path("register/corrections/<int:correction_id>/", corrections.settle, name="settle-correction"),
]
