"""The nouns: what everybody in a programme talks about, as frozen values."""
