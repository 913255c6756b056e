"""The web application, served by uvicorn behind nginx."""

import gc
import os
import sys

from django.core.asgi import get_asgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
# Pages are rendered in threads; the loop, which hands on calls and events, must not wait its turn
# for as long as Python's usual 5 ms behind each of them.
sys.setswitchinterval(0.0005)
application = get_asgi_application()
# All pages' code is read now, not while the first person waits; and what is loaded stays for good,
# so a collection of garbage need not walk through it in the middle of an answer (70 ms).
get_resolver().url_patterns  # noqa: B018 - reading it imports them
gc.collect()
gc.freeze()
