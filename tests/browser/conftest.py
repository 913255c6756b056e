"""A browser, and people already signed in; the database is asked before and after only."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import BrowserContext, sync_playwright

from tests.journeys.stage import CHROMIUM
from tiepdan.accounts.models import User

Open = Callable[..., "contextmanager[BrowserContext]"]


@pytest.fixture
def browser(live_server: object, tmp_path: Path, settings: LazySettings) -> Open:
    """Opens a clean profile, of nobody or of somebody signed in, on the test's own server.

    `args` are further switches of Chromium.
    """
    if not finders.find("islands/upload.js"):
        pytest.skip("the front end is not built")
    settings.DOCUMENTS_DIR = tmp_path / "documents"

    @contextmanager
    def opened(
        user: User | None = None, args: Sequence[str] = (), **traits: object
    ) -> Iterator[BrowserContext]:
        cookies = []
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            value = client.cookies[name].value
            cookies.append({"name": name, "value": value, "url": str(live_server)})
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=[*CHROMIUM, *args]
            )
            context = chromium.new_context(base_url=str(live_server), locale="vi-VN", **traits)
            context.add_cookies(cookies)
            context.set_default_timeout(15_000)
            yield context
            chromium.close()

    return opened
