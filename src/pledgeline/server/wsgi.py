"""The site as a WSGI application, for any server that speaks it."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from pledgeline.server.database import wait_briefly
from pledgeline.server.letters import VisitorRequest

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]", "::1")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")

application = get_wsgi_application()
application.request_class = VisitorRequest
wait_briefly(connections.settings["default"])

if not settings.HTTPS and not {*settings.ALLOWED_HOSTS} <= {*LOCAL_HOSTS}:
    logging.getLogger(__name__).warning(
        "others reach this site (PLEDGELINE_HOSTS) over plain http: passwords and sessions can be read on the way. "
        "Put a server that speaks https in front of it and set PLEDGELINE_HTTPS=1"
    )
