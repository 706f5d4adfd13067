from spink.accounts.web.keeping.forms import KeptForm
from spink.accounts.web.keeping.kept import Column, Kept, register
from spink.accounts.web.keeping.views import routes_of

__all__ = ["Column", "Kept", "KeptForm", "register", "routes_of"]
