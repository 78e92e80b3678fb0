"""The site as a WSGI application, for any server that speaks it."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from pledgeline.server.database import wait_briefly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")

application = get_wsgi_application()
wait_briefly(connections.settings["default"])
