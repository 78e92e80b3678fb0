"""The site as an ASGI application, as `pledgeline up` serves it."""

from pledgeline.server.serving import Site
from pledgeline.server.wsgi import application as wsgi

from pledgeline.server.rates import takes_a_core  # isort: skip (the settings are set up by the line above)

application = Site(wsgi, takes_a_core)
