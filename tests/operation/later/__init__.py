"""An app that only a newer version of the program has."""
