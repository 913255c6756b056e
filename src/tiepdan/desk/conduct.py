"""What every form of the desk does: try the act, say a refusal beside the field, go on."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tiepdan.common.transitions import RuleRefusedError

Result = TypeVar("Result")
REMEMBERED_SUBMISSIONS = 20
_DONE = "done_submissions"


KEY = "submission_key"


class DeskForm(forms.Form):
    """A form sent once: a second press of the same page leads to the first one's result.

    A refusal is said beside the field that bears the rule's name or that `FIELD_OF_RULE` names.
    """

    FIELD_OF_RULE: ClassVar[Mapping[str, str]] = {}
    use_required_attribute = False
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["submission_key"].initial = uuid4
        for name, field in self.fields.items():
            field.error_messages["required"] = _("Hãy điền mục «{label}».").format(
                label=field.label or name
            )

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """Do it; a refusal becomes an error of the form and the result is None."""
        try:
            return act()
        except RuleRefusedError as refusal:
            own = refusal.rule if refusal.rule in self.fields else None
            self.add_error(self.FIELD_OF_RULE.get(refusal.rule, own), refusal_words(refusal))
            return None

    @property
    def key(self) -> UUID | None:
        """The key of this page's submission, once the form is valid."""
        key: UUID | None = self.cleaned_data.get("submission_key")
        return key

    def answers(self) -> dict[str, Any]:
        """What was answered, by name; without the key of the submission."""
        return {name: told for name, told in self.cleaned_data.items() if name != KEY}


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is nothing; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def refusal_words(refusal: RuleRefusedError) -> str:
    """What a refusal says to a person, with its article."""
    if refusal.rule == "transition":
        return _(
            "Việc này không còn làm được: trạng thái đã thay đổi, có thể người khác vừa xử lý. "
            "Hãy xem lại trang."
        )
    return f"{refusal.message} ({refusal.article})" if refusal.article else refusal.message


def done_before(request: HttpRequest, key: UUID | None) -> str:
    """Where the first submission with this key led; empty when there was none."""
    done: dict[str, str] = request.session.get(_DONE, {})
    return done.get(str(key), "") if key else ""


def finish(request: HttpRequest, key: UUID | None, where: str, said: str = "") -> HttpResponse:
    """Remember where the submission led, say what was done, go there."""
    if key:
        done: dict[str, str] = request.session.get(_DONE, {})
        kept = dict(list(done.items())[1 - REMEMBERED_SUBMISSIONS :])
        request.session[_DONE] = kept | {str(key): where}
    if said:
        messages.success(request, said)
    return redirect(where)


def press(
    request: HttpRequest, act: Callable[[], object], *, where: str, said: str
) -> HttpResponse:
    """A button without fields: do it and go on, or say why not; both on the page `where`."""
    try:
        act()
    except RuleRefusedError as refusal:
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, said)
    return redirect(where)
