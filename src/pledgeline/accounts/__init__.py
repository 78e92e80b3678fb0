"""People: their accounts, their memberships, what each role may, their sessions, and the desk."""
