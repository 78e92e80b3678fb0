"""Reports on pages: read in, decided on, compared, used."""
