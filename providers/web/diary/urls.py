from django.urls import path

from providers.web.diary import comparing, listing, undoing

EDITION = "register/diary/<int:edition_number>/"

urlpatterns = [
    path("register/diary/", listing.diary, name="diary"),
    path("register/diary/compare/", comparing.compare, name="diary-compare"),
    path(EDITION, listing.edition_page, name="diary-edition"),
    path(f"{EDITION}undo/", undoing.undo, name="diary-undo"),
]
