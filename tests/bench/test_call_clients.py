"""The browserless call presses the button that the chair's page has."""

import re

from django.urls import reverse

from bench import call_clients
from tests.sittings.factories import opened


def test_the_button_of_the_next_call_is_found(client, cast):
    """The button, its act and its appointment should be read from the real page."""
    afternoon = opened(cast)
    client.force_login(cast.chair)
    page = client.get(reverse("room:chair", args=[afternoon.sitting.pk])).content.decode()
    form = call_clients._FORM.search(page)
    assert form
    assert re.fullmatch(r"/phong/[0-9a-f-]+/chu-tri/call/", form[1])
    [(name, key)] = call_clients._HIDDEN.findall(form[0])
    assert (name, len(key)) == ("appointment", 36)
