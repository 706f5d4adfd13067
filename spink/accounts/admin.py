"""People and departments are kept in pages of their own: Django's are taken away."""

from django.contrib import admin
from django.contrib.auth.models import Group

admin.site.unregister(Group)
