"""Every form that officials come upon, and bad input sent through it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.cast import People
from tests.corpus import TEXTS, faults_of
from tests.web.form_reader import Form, forms_of, links_of
from tests.web.pages import signed_in

ROLES = ["head", "officer", "chair", "clerk_a", "secretary", "registrar", "department_officer"]
AWAY = {"desk:sign_out", "room:events", "portal:uploads"}
_SAME_PAGE_TWICE = 3
_THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Door:
    """A form, and the browser of somebody who may send it."""

    client: Client
    name: str
    form: Form


def doors(cast: People, start: list[str]) -> list[Door]:
    """Every form that the roles come upon when they follow links, each address's name once."""
    found: dict[tuple[str, frozenset[str]], Door] = {}
    for role in ROLES:
        client = signed_in(getattr(cast, role))
        for address, page in walk(client, start):
            for form in forms_of(page, address):
                name = name_of(form.action)
                if name and name not in AWAY:
                    place = _THING.sub("*", urlsplit(form.action).path)
                    found.setdefault((place, frozenset(form.data)), Door(client, name, form))
    return list(found.values())


def name_of(address: str) -> str:
    """The name of the view there; empty when it is not ours."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:  # another site, a mark on the page
        return ""
    return match.view_name


def walk(client: Client, start: list[str]) -> Iterator[tuple[str, Any]]:
    """Pages reachable by links, a few of each kind."""
    waiting, seen = list(start), set()
    kinds: dict[str, int] = {}
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        name = name_of(address)
        if address in seen or not name or name in AWAY or kinds.get(name, 0) >= _SAME_PAGE_TWICE:
            continue
        seen.add(address)
        page = client.get(address)
        if page.status_code == 200 and "html" in page["Content-Type"]:
            kinds[name] = kinds.get(name, 0) + 1
            waiting += [link for link in links_of(page) if link.startswith(("/", "?"))]
            yield address, page


def send(door: Door, said: str) -> list[str]:
    """The answer and the page after it, everything undone afterwards; faults of both."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # durable blocks may stand in it
    with around:
        data = door.form.filled(TEXTS[said])
        ask = door.client.post if door.form.method == "post" else door.client.get
        answer = ask(door.form.action, data)
        faults = faults_of(answer)
        if answer.status_code == 302 and answer["Location"].startswith("/"):
            faults += faults_of(door.client.get(answer["Location"]))
            for page in ["/ban-lam-viec/don/"]:
                faults += faults_of(door.client.get(page))
        transaction.set_rollback(True)
    return [f"{door.name} with «{said}»: {fault}" for fault in faults]


def faults_behind(found: list[Door]) -> list[str]:
    """The whole corpus through each form in which one types."""
    return [
        fault for door in found if door.form.free for said in TEXTS for fault in send(door, said)
    ]
