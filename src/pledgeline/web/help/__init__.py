"""Help: the handbook, the glossary, the guided tour and what is new, served by the site itself."""
