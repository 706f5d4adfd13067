from spink.accounts.web.keeping import routes_of
from spink.catalogue.web import kept

urlpatterns = [route for each in kept.ALL for route in routes_of(each)]
