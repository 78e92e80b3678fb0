"""The audit trail as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "pledgeline.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
