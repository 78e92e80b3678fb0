"""Pages of contributions: listed, opened with what can be done now, pledged, accounted for in a statement."""
