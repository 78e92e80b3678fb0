"""Backups: everything an installation has, in one file that proves itself.

A backup is a zip archive. Its manifest, written last, says from which database it is, how many rows each table
has, a checkpoint of all books, the digest of every part, and where the keys lie that are not in it.
"""

from pledgeline.operation.backups.archive import NoBackup
from pledgeline.operation.backups.last import note, noted
from pledgeline.operation.backups.making import DoesNotVerify, back_up
from pledgeline.operation.backups.manifest import Manifest
from pledgeline.operation.backups.restoring import CannotRestore, restore

__all__ = ["CannotRestore", "DoesNotVerify", "Manifest", "NoBackup", "back_up", "note", "noted", "restore"]
