"""The web application, served by uvicorn behind nginx."""

import os
import sys

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
# Pages are rendered in threads; the loop, which hands on calls and events, must not wait its turn
# for as long as Python's usual 5 ms behind each of them.
sys.setswitchinterval(0.0005)
application = get_asgi_application()
