"""People, departments and jobs are kept in pages of their own: Django's are taken away."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group

admin.site.unregister(Group)
for model in apps.get_app_config("django_celery_beat").get_models():
    if admin.site.is_registered(model):
        admin.site.unregister(model)
