"""Bank statements of others, CAMT.053 and CSV, read within bounds into one form."""
