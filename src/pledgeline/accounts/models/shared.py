"""What the processes of the site have to know together for a while: codes that were used, attempts that were made.

Django's cache in the database keeps it (`CACHES` in the settings). In the memory of each process it would be forgotten
by the next one: a code that one worker has taken would open the account once more at another.
"""

from django.db import models


class SharedForAWhile(models.Model):
    """A row as `django.core.cache.backends.db` writes it. Nothing else reads or writes here."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_shared"

    def __str__(self) -> str:
        return f"until {self.expires:%Y-%m-%d %H:%M}"
