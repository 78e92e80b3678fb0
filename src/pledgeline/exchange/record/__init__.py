"""A public record as a folder of files: read with every finding at its place."""

from pledgeline.exchange.record.catalogue import WARNINGS
from pledgeline.exchange.record.folder import FILES, RecordReading, read_folder, read_rows
from pledgeline.exchange.record.settings import read_settings, shipped

__all__ = ["FILES", "WARNINGS", "RecordReading", "read_folder", "read_rows", "read_settings", "shipped"]
