from django.urls import path

from providers.web import corrections, providers, unit_map, units
from providers.web.control import urls as control
from providers.web.diary import urls as diary
from providers.web.files import downloads, uploads
from providers.web.keeping import agreements, places, settings
from providers.web.keeping import providers as kept_providers
from providers.web.keeping import units as kept_units
from providers.web.stops import lifting, listing, own, setting

app_name = "providers"

UNIT = "register/units/<path:code>/"
PROVIDER = "register/providers/<int:provider_id>/"
GROUP = "register/groups/<int:group_id>/"
AGREEMENT = "register/agreements/<int:agreement_id>/"
LOT = "register/lots/<int:lot_id>/"
AGREED = "register/agreed/<int:agreed_id>/"
PRICE = "register/prices/<int:price_id>/"

urlpatterns = [
    *control.urlpatterns,
    *diary.urlpatterns,
    path("register/", units.register, name="register"),
    path("register/settings/", settings.settings, name="settings"),
    path("register/places/", places.places, name="places"),
    path("register/planned/<int:plan_id>/cancel/", kept_units.cancel_plan, name="plan_cancel"),
    path("register/stops/", listing.stop_list, name="stops"),
    path("register/stops/<int:stop_id>/lift/", lifting.lift_stop, name="stop_lift"),
    path("register/units/", units.unit_list, name="units"),
    path("register/map/", unit_map.unit_map, name="map"),
    path("register/files/", uploads.files, name="files"),
    path("register/files/template.xlsx", downloads.template, name="template"),
    path("register/files/register.xlsx", downloads.workbook, name="workbook"),
    path("register/files/register.json", downloads.everything, name="everything"),
    path("register/files/csv/<slug:slug>/", downloads.one_kind, name="one-kind"),
    path("register/files/<uuid:upload_id>/", uploads.upload_page, name="upload"),
    path("register/files/<uuid:upload_id>/confirm/", uploads.confirm, name="confirm-upload"),
    path("register/files/<uuid:upload_id>/again/", uploads.review_again, name="review-again"),
    path("register/files/<uuid:upload_id>/discard/", uploads.discard, name="discard-upload"),
    path("register/corrections/", corrections.correction_list, name="corrections"),
    path("register/corrections/<int:correction_id>/", corrections.settle, name="settle-correction"),
    path(f"{UNIT}change/<slug:section>/", kept_units.change_unit, name="unit_change"),
    path(f"{UNIT}count/", places.count, name="unit_count"),
    path(f"{UNIT}agree/", agreements.agree, name="unit_agree"),
    path(f"{UNIT}stop/", setting.stop_unit, name="unit_stop"),
    path(f"{UNIT}if-stopped/", own.if_unit_stopped, name="unit_if_stopped"),
    path(UNIT, units.unit_page, name="unit"),
    path("register/providers/", providers.provider_list, name="providers"),
    path("register/providers/new/", kept_providers.new_provider, name="provider_new"),
    path(f"{PROVIDER}change/", kept_providers.change_provider, name="provider_change"),
    path(f"{PROVIDER}end/", kept_providers.end_provider, name="provider_end"),
    path(f"{PROVIDER}stop/", setting.stop_provider, name="provider_stop"),
    path(f"{PROVIDER}if-stopped/", own.if_provider_stopped, name="provider_if_stopped"),
    path(f"{PROVIDER}units/new/", kept_units.new_unit, name="unit_new"),
    path(PROVIDER, providers.provider_page, name="provider"),
    path("register/groups/", kept_providers.group_list, name="groups"),
    path("register/groups/new/", kept_providers.new_group, name="group_new"),
    path(f"{GROUP}change/", kept_providers.change_group, name="group_change"),
    path(f"{GROUP}stop/", setting.stop_group, name="group_stop"),
    path(f"{GROUP}if-stopped/", own.if_group_stopped, name="group_if_stopped"),
    path(GROUP, kept_providers.group_page, name="group"),
    path("register/agreements/", agreements.agreement_list, name="agreements"),
    path("register/agreements/new/", agreements.new_agreement, name="agreement_new"),
    path(f"{AGREEMENT}change/", agreements.change_agreement, name="agreement_change"),
    path(f"{AGREEMENT}end/", agreements.end_agreement, name="agreement_end"),
    path(f"{AGREEMENT}lots/new/", agreements.new_lot, name="lot_new"),
    path(AGREEMENT, agreements.agreement_page, name="agreement"),
    path(f"{LOT}change/", agreements.change_lot, name="lot_change"),
    path(LOT, agreements.lot_page, name="lot"),
    path(f"{AGREED}change/", agreements.change_agreed, name="agreed_change"),
    path(f"{AGREED}leave/", agreements.leave_lot, name="agreed_leave"),
    path(f"{AGREED}prices/new/", agreements.new_price, name="price_new"),
    path(AGREED, agreements.agreed_page, name="agreed"),
    path(f"{PRICE}change/", agreements.change_price, name="price_change"),
    path(f"{PRICE}remove/", agreements.remove_price, name="price_remove"),
]
