"""The site: a request becomes a reading of the record, a result becomes a page."""
