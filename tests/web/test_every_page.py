"""What holds for every address: who gets in, the policy against inline script, no fault."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.web.pages import signed_in

NAMESPACES = {"portal", "desk"}


def _named(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _named(entry, entry.namespace or namespace)
        elif isinstance(entry, URLPattern) and entry.name and namespace in NAMESPACES:
            yield f"{namespace}:{entry.name}"


PAGES = sorted(set(_named(get_resolver())))


def _simple():
    """Names of pages whose whole address takes no argument."""
    names = []
    for name in PAGES:
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        names.append(name)
    return names


SIMPLE = _simple()
MORE = {
    "desk:filing_handle": ["guided"],
    "desk:deadline_change": ["gia-han"],
    "desk:compare": [uuid4()],
    "desk:person_merge": [uuid4()],
    "desk:template_use": [uuid4()],
    "desk:template_version": ["pdf"],
}
"""What some addresses need besides the thing's key."""
ROLES = [
    "chair", "head", "officer", "secretary", "registrar", "operator", "inspector", "clerk_a",
    "department_officer", "stranger",
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_no_page_fails_for_any_role(cast, role):
    """Every page without arguments should answer every role plainly."""
    client = signed_in(getattr(cast, role))
    for name in SIMPLE:
        if name == "desk:sign_out":
            continue
        response = client.get(reverse(name))
        assert response.status_code in {200, 302, 403, 405}, (name, response.status_code)


@pytest.mark.parametrize("role", ["head", "chair", "clerk_a"])
def test_what_does_not_exist_is_not_found(cast, role):
    """Every page about one thing should answer plainly when there is no such thing."""
    client = signed_in(getattr(cast, role))
    for name in set(PAGES) - set(SIMPLE):
        page = reverse(name, args=[uuid4(), *MORE.get(name, [])])
        for response in (client.get(page), client.post(page)):
            assert response.status_code in {403, 404, 405}, (name, response.status_code)
        outside = {302} if name.startswith("desk:") else {404, 405}
        assert Client().get(page).status_code in outside, name


@pytest.mark.django_db
def test_anonymous_is_sent_to_the_door():
    """Nobody should see a desk page without signing in."""
    for name in SIMPLE:
        if not name.startswith("desk:") or name.startswith("desk:sign"):
            continue
        response = Client().get(reverse(name))
        assert response.status_code == 302, name
        assert response["Location"].startswith("/dang-nhap/?next="), name


def test_every_page_forbids_inline_script(cast):
    """Every answer should carry the policy, and no page anything the policy would stop."""
    client = signed_in(cast.head)
    for name in SIMPLE:
        response = client.get(reverse(name))
        policy = response["Content-Security-Policy"]
        assert "unsafe-inline" not in policy, name
        assert "script-src 'self'" in policy, name
        body = response.content.decode()
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=\"", body), name
        for script in re.findall(r"<script[^>]*>", body):
            assert "src=" in script or "application/json" in script, (name, script)


def test_one_filled_button_a_page(cast):
    """A page should have at most one filled button: the next thing to do."""
    for role in ROLES:
        client = signed_in(getattr(cast, role))
        for name in SIMPLE:
            body = client.get(reverse(name)).content.decode()
            assert len(re.findall(r'class="button[^"]* primary"', body)) <= 1, (role, name)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/khong-co/", "/ban-lam-viec/don/khong-co/"])
def test_missing_page_speaks_plainly(page):
    """A wrong address should be answered in Vietnamese, with a way on."""
    response = Client().get(page)
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()
