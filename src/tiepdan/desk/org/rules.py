"""The rules in force, and setting those the law leaves open (quy định đang áp dụng)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.desk.conduct import done_before, finish, typed
from tiepdan.desk.guards import OfficialRequest, may, official
from tiepdan.desk.org.forms import RuleForm
from tiepdan.org import rulebook
from tiepdan.org.actions import set_rule
from tiepdan.org.models import RuleSetting
from tiepdan.org.rulebook import Rule


@dataclass(frozen=True)
class Trust:
    """How sure we are of a rule: a word, its colour and its sign."""

    word: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Line:
    """One rule as the page shows it, and what was chosen for a later day, if anything."""

    rule: Rule
    trust: Trust
    coming: RuleSetting | None

    @property
    def coming_words(self) -> str:
        """The value to come as people say it."""
        return self.rule.words(self.coming.value) if self.coming else ""


@official()
@require_GET
def rules_in_force(request: OfficialRequest) -> HttpResponse:
    """Every rule in force today: what it says, its article, how sure we are, since when."""
    later = RuleSetting.objects.filter(valid_from__gt=clock.today()).order_by("at", "created_at")
    coming = {one.key: one for one in later}
    lines = [
        Line(one, trust_of(one), coming.get(one.key) if one.is_setting else None)
        for one in rulebook.in_force(clock.today())
    ]
    return render(
        request,
        "desk/rules.html",
        {
            "settings": sorted((one for one in lines if one.rule.is_setting), key=_doubt),
            "fixed": [line for line in lines if not line.rule.is_setting],
            "may_set": may(request.user, Ability.SET_RULE),
            "may_edit": may(request.user, Ability.EDIT_TEMPLATE),
            "today": clock.today(),
        },
    )


@official()
def rule_set(request: OfficialRequest, key: str) -> HttpResponse:
    """One rule with all its choices so far; whoever may chooses anew, with reason and day."""
    may_set = may(request.user, Ability.SET_RULE)
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    try:
        rule = rulebook.rule(key, clock.today())
    except rulebook.MissingRuleError:
        raise Http404 from None
    form = RuleForm(typed(request), rule=rule)
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        chosen = form.attempt(
            lambda: set_rule(
                key=key,
                value=form.value,
                valid_from=form.cleaned_data["valid_from"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        )
        if chosen:
            where = reverse("desk:rules")
            return finish(request, form.key, where, _("Đã ghi giá trị mới của quy định."))
    made = RuleSetting.objects.filter(key=key).select_related("by")
    choices = [(one, rule.words(one.value)) for one in made]
    shown = {"rule": rule, "trust": trust_of(rule), "choices": choices}
    return render(
        request,
        "desk/rule.html",
        shown | {"form": form if may_set and rule.is_setting else None},
    )


def _doubt(line: Line) -> tuple[bool, bool, float]:
    """What acts contradict each other on first, then what was not read, then our own defaults."""
    return not line.rule.open, not line.rule.is_statutory, line.rule.confidence


def trust_of(rule: Rule) -> Trust:
    """How sure we are of it, in words; said plainly when no law asks for it."""
    percent = round(rule.confidence * 100)
    if rule.open:
        return Trust(_("Các văn bản trái nhau"), "warn", "triangle-alert")
    if not rule.is_statutory:
        return Trust(_("Không do luật định"), "info", "pencil")
    if rule.confidence < rulebook.SURE:
        word = _("Chưa chắc chắn ({percent}%)").format(percent=percent)
        return Trust(word, "warn", "triangle-alert")
    if rule.confidence < 1:
        word = _("Khá chắc ({percent}%), chưa đọc nguyên văn").format(percent=percent)
        return Trust(word, "muted", "circle-dot")
    return Trust(_("Đã đọc trong văn bản"), "ok", "circle-check")
