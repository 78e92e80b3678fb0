"""Bytes to values and back: folders of files in, tables out."""
