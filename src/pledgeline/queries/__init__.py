"""What doors show: each list and figure is worked out here, once, for pages, files and commands alike."""
