"""Finding people by what they are."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tiepdan.accounts.models import Role, User
from tiepdan.documents.contexts import Signature
from tiepdan.org.models import Agency


def people_with(role: Role, agency: Agency | None = None) -> QuerySet[User]:
    """Active people with that role, in `agency` when one is given, by name."""
    grants = {"grants__role": role} | ({"grants__agency": agency} if agency else {})
    return User.objects.filter(is_active=True, **grants).distinct().order_by("full_name", "pk")


def agencies_of(user: User) -> QuerySet[Agency]:
    """Where the user holds some role."""
    return Agency.objects.filter(grants__user=user).distinct()


def signature_of(user: User, authority: Sequence[str] = ()) -> Signature:
    """How the user signs (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7).

    `authority` are the lines above: `["TM. Ủy ban nhân dân"]`, `["KT. Chủ tịch"]`.
    """
    return {"authority": list(authority), "position": user.title, "name": str(user)}
