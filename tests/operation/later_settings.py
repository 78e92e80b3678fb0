"""The settings of a newer version of the program, which has one app more."""

from pledgeline.server.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.operation.later"]  # noqa: F405
