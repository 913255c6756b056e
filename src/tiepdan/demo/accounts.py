"""Accounts to sign in with: random passwords, written down once in the data directory."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from tiepdan.accounts.models import Grant, Role, User
from tiepdan.common.codes import ALPHABET, GROUP
from tiepdan.demo.names import NameSource
from tiepdan.org.models import Agency, AgencyKind

GROUPS = 3
PRIVATE = 0o600


@dataclass(frozen=True)
class Post:
    """An account's place: login, role, body, title in documents."""

    username: str
    role: Role
    agency: str
    title: str


POSTS = [
    Post("chutich", Role.CHAIR, "ubnd-tinh", "Chủ tịch"),
    Post("truongban", Role.BOARD_HEAD, "ban-tcd", "Trưởng ban"),
    Post("chuyenvien", Role.BOARD_OFFICER, "ban-tcd", "Chuyên viên"),
    Post("thuky", Role.SECRETARY, "ban-tcd", "Chuyên viên"),
    Post("vanthu", Role.REGISTRAR, "ubnd-tinh", "Văn thư"),
    Post("kythuat", Role.OPERATOR, "ban-tcd", "Kỹ thuật viên"),
    Post("thanhtra", Role.INSPECTOR, "ubnd-tinh", "Thanh tra viên"),
    Post("so-nnmt", Role.AGENCY_OFFICER, "so-nnmt", "Chuyên viên"),
    Post("so-xd", Role.AGENCY_OFFICER, "so-xd", "Chuyên viên"),
]
CLERK_TITLE = "Công chức tiếp công dân"


class QuickHasher(Argon2PasswordHasher):
    """Argon2 at a hundredth of its cost, for passwords of 60 random bits that nobody guesses.

    Seventy accounts would take ten seconds otherwise. Django hashes again at its usual cost when
    somebody signs in for the first time.
    """

    time_cost = 1
    memory_cost = 1024
    parallelism = 1


def accounts_file() -> Path:
    """Where the passwords stand: `username<TAB>password<TAB>who` in each line."""
    return Path(settings.DATA_DIR) / "demo-accounts.txt"


def make_accounts(names: NameSource) -> None:
    """Create everybody with a password of their own and write the passwords down."""
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    posts = POSTS + [
        Post(code, Role.COMMUNE_CLERK, code, CLERK_TITLE)
        for code, agency in sorted(agencies.items())
        if agency.kind == AgencyKind.COMMUNE_COMMITTEE
    ]
    hasher, lines, users, grants = QuickHasher(), [], [], []
    for post in posts:
        password, agency = _password(), agencies[post.agency]
        user = User(
            username=post.username,
            password=hasher.encode(password, hasher.salt()),
            full_name=names.draw(),
            title=post.title,
            is_demo=True,
        )
        users.append(user)
        grants.append(Grant(user=user, agency=agency, role=post.role))
        lines.append(f"{post.username}\t{password}\t{user.full_name}, {_who(post, agency)}\n")
    User.objects.bulk_create(users)
    Grant.objects.bulk_create(grants)
    _write_down("".join(lines))


def _who(post: Post, agency: Agency) -> str:
    return f"{post.role.label}, {agency.short_name}"


def _password() -> str:
    """Sixty random bits in three groups that are easy to type: `k7mq-3xfd-9wnr`."""
    letters = ALPHABET.lower()
    return "-".join("".join(secrets.choice(letters) for _ in range(GROUP)) for _ in range(GROUPS))


def _write_down(text: str) -> None:
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
