"""The accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pledgeline.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
