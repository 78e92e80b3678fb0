"""The promises of Pledgeline, checked: the folders mirror the rooms of the package."""
