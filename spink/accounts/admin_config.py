from django.contrib.admin.apps import AdminConfig


class SpinkAdminConfig(AdminConfig):
    """Django's administration with a door of our own."""

    default_site = "spink.accounts.admin_site.SpinkAdminSite"
