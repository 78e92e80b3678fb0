"""A server that is set up wrongly does not start."""


class Misconfigured(ValueError):
    """A variable says something that cannot be meant; the message says which one, and what to do."""
