"""People, departments, jobs and API clients are kept in pages of their own: Django's are taken
away."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group

from spink.accounts.models import ApiClient

admin.site.unregister(Group)
for kept in ("django_celery_beat", "oauth2_provider"):
    for model in (*apps.get_app_config(kept).get_models(), ApiClient):
        if admin.site.is_registered(model):
            admin.site.unregister(model)
