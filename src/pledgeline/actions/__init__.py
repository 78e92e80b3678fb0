"""One function for each thing a person does: all writes happen here."""
