"""The tables as a Django application."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "pledgeline.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
