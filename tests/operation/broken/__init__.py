"""An app whose migration fails."""
