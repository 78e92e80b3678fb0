"""The tables: how the nouns are kept, who may see what, and a whole record read at once."""
