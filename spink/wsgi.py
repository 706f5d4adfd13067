import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from spink.web.proxies import BehindProxies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spink.settings.production")

application = BehindProxies(get_wsgi_application(), proxies=settings.PROXIES)
