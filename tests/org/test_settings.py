"""What the law leaves open is the province's choice, with reason and day."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tiepdan.audit.models import Entry
from tiepdan.common.clock import VIETNAM
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.org import rulebook
from tiepdan.org.actions import set_rule
from tiepdan.org.models import RuleSetting

NOW = datetime(2026, 12, 1, 9, tzinfo=VIETNAM)
FROM = date(2026, 12, 10)


def choose(cast, key="result_notice_within", value=7, **other):
    """The head of the board sets a rule."""
    told = {"valid_from": FROM, "reason": "Quyết định của Chủ tịch", "by": cast.head, "at": NOW}
    return set_rule(key=key, value=value, **(told | other))


def test_setting_counts_from_its_day(cast):
    """A choice should count from its day on, and say that it was made here."""
    choose(cast)
    assert rulebook.number("result_notice_within", date(2026, 12, 9)) == 5
    found = rulebook.rule("result_notice_within", FROM)
    assert (found.value, found.set_here, found.valid_from) == (7, True, FROM)
    assert (
        found.sentence
        == "Ban hành thông báo kết quả tiếp công dân trong 7 ngày làm việc sau buổi tiếp."
    )


def test_newest_choice_counts(cast):
    """A new choice should be a new row that counts, the old one stay."""
    choose(cast)
    choose(cast, value=9, at=NOW.replace(hour=10))
    assert rulebook.number("result_notice_within", FROM) == 9
    assert RuleSetting.objects.count() == 2


def test_choice_is_logged(cast):
    """The choice should stand in the log."""
    choose(cast)
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.detail["value"], entry.detail["key"]) == (
        "set_rule", 7, "result_notice_within",
    )  # fmt: skip


def test_statutory_rule_stays(cast):
    """What an act says for certain should not be changed, even by a row in the table."""
    with pytest.raises(RuleRefusedError):
        choose(cast, "accept_complaint_within", 30)
    RuleSetting.objects.create(
        key="accept_complaint_within", value=30, valid_from=date(2020, 1, 1), reason="x", at=NOW,
        by=cast.head,
    )  # fmt: skip
    rulebook.forget()
    assert rulebook.number("accept_complaint_within", FROM) == 10


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("result_notice_within", 0),
        ("result_notice_within", 100_000),
        ("result_notice_within", True),
        ("result_notice_within", "7"),
        ("denunciation_online", "yes"),
        ("registration_channels", ["telephone"]),
        ("online_from", "25:00"),
        ("online_from", "14:00"),
        ("extension_counts_from", "somewhere"),
        ("tracking_prefix", " "),
        ("tracking_prefix", "lạng sơn"),
        ("host_body", " "),
        ("attachment_megabytes", 61),
    ],
)
def test_impossible_values_are_refused(cast, settings, key, value):
    """Only a value of the rule's type and bounds should be taken; certain hours not at all."""
    settings.PROFILE = "lang-son"
    with pytest.raises(RuleRefusedError):
        choose(cast, key, value)
    assert not RuleSetting.objects.exists()


@pytest.mark.parametrize("other", [{"valid_from": date(2026, 11, 30)}, {"reason": "  "}])
def test_no_choice_without_reason_or_for_the_past(cast, other):
    """What was done stays done, and every choice has its reason."""
    with pytest.raises(RuleRefusedError):
        choose(cast, **other)


def test_a_page_asks_once(cast):
    """A hundred lookups should read the table once."""
    choose(cast)
    rulebook.forget()
    with CaptureQueriesContext(connection) as asked:
        for _ in range(100):
            rulebook.number("result_notice_within", FROM)
    assert len(asked) == 1


def test_kept_settings_grow_old(cast):
    """Another process's choice should be seen when what was read has grown old."""
    choose(cast)
    rulebook.keep([], seconds=3600)
    assert rulebook.number("result_notice_within", FROM) == 5
    rulebook.keep([], seconds=0)
    assert rulebook.number("result_notice_within", FROM) == 7


def test_named_profile_is_as_written(cast):
    """A profile read by name should be what its file says."""
    choose(cast)
    assert rulebook.rule("result_notice_within", FROM, "law-2026").value == 5


@pytest.mark.parametrize(
    ("key", "hour"),
    [("online_from", "17:00"), ("online_from", "25:00"), ("online_until", "9:00")],
)
def test_hours_stay_in_order(cast, settings, key, hour):
    """A reception should begin before it ends, at hours that exist."""
    settings.PROFILE = "law-2026"
    with pytest.raises(RuleRefusedError):
        choose(cast, key, hour)
    choose(cast, "online_from", "08:00")
    assert rulebook.text("online_from", FROM) == "08:00"
