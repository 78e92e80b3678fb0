"""How an installation is kept: who may read its files, backups, new versions, and what is wrong with it."""
