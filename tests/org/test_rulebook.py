"""Dated rules with their citations."""

from datetime import date
from pathlib import Path

import pytest

from tiepdan.org import rulebook

PROFILES = sorted(p.stem for p in (Path(rulebook.__file__).parent / "rulebooks").glob("*.toml"))
TODAY = date(2026, 12, 1)
NEEDED = {
    "chair_reception_days_per_month",
    "denunciation_online",
    "identification_needed",
    "large_group_from",
    "minutes_per_turn",
    "online_from",
    "online_needs_consent",
    "online_until",
    "publish_before",
    "reasoned_reply_within",
    "reception_day_of_month",
    "registration_channels",
    "representatives_few",
    "representatives_more",
    "representatives_more_from",
    "result_answer_within",
    "result_notice_within",
    "tracking_prefix",
}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_rule_is_cited(profile):
    """Every rule should name its article, where that was read, and how sure we are."""
    assert [
        rule.key
        for rule in rulebook.all_rules(profile)
        if not (rule.article.strip() and rule.source.strip() and 0 < rule.confidence <= 1)
    ] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_is_complete(profile):
    """Every profile should answer every question the product asks today."""
    assert {rulebook.rule(key, TODAY, profile).key for key in NEEDED} == NEEDED


@pytest.mark.parametrize("profile", PROFILES)
def test_one_rule_at_a_time(profile):
    """Of one file's rules with the same key only one should hold on a day."""
    rules = rulebook.all_rules(profile)
    own = rules[
        : len(rules) - (len(rulebook.all_rules("law-2026")) if profile != "law-2026" else 0)
    ]
    in_force = [rule.key for rule in own if rule.holds(TODAY)]
    assert len(in_force) == len(set(in_force))


def test_local_choice_wins(settings):
    """Lạng Sơn's own rule should win over the default of the law's file."""
    settings.PROFILE = "lang-son"
    assert rulebook.rule("reception_day_of_month", TODAY).article.startswith("QĐ 2080/QĐ-UBND")
    assert rulebook.text("tracking_prefix", TODAY) == "LS"


def test_default_where_nothing_local(settings):
    """A province without choices of its own should get the defaults."""
    settings.PROFILE = "law-2026"
    assert rulebook.text("tracking_prefix", TODAY) == "TD"
    assert rulebook.number("reception_day_of_month", TODAY) == 15


def test_rules_change_with_their_day():
    """A personal number should be needed from 1 July 2026 on, not before (Luật 136/2025/QH15)."""
    assert rulebook.flag("identification_needed", date(2026, 7, 1))
    assert not rulebook.flag("identification_needed", date(2026, 6, 30))


def test_no_rule_before_the_law():
    """A day on which no rule holds should fail loudly instead of guessing."""
    with pytest.raises(rulebook.MissingRuleError):
        rulebook.rule("identification_needed", date(2014, 6, 30))


def test_last_day_counts():
    """A rule should hold on its last day and not on the day after."""
    rule = rulebook.Rule("k", 1, "days", "a", "s", 1.0, date(2026, 1, 1), date(2026, 1, 31))
    assert rule.holds(date(2026, 1, 31))
    assert not rule.holds(date(2026, 2, 1))


@pytest.mark.parametrize(
    ("reader", "key"),
    [
        (rulebook.number, "tracking_prefix"),
        (rulebook.number, "denunciation_online"),
        (rulebook.texts, "online_from"),
    ],
)
def test_wrong_type_is_refused(reader, key):
    """Reading a rule as what it is not should fail loudly."""
    with pytest.raises(TypeError):
        reader(key, TODAY)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("chair_reception_days_per_month", 1),
        ("large_group_from", 5),
        ("result_answer_within", 10),
        ("reasoned_reply_within", 10),
        ("publish_before", 5),
        ("representatives_few", 2),
        ("representatives_more_from", 10),
        ("representatives_more", 5),
        ("minutes_per_turn", 30),
    ],
)
def test_numbers_of_the_law(settings, key, value):
    """The numbers of law and plan should stand in the rulebook."""
    settings.PROFILE = "lang-son"
    assert rulebook.number(key, TODAY) == value


def test_hours_of_the_plan(settings):
    """Lạng Sơn's afternoon should last from 14:00 to 17:00 (QĐ 2193, mục III.3.2b)."""
    settings.PROFILE = "lang-son"
    hours = [rulebook.text(key, TODAY) for key in ("online_from", "online_until")]
    assert hours == ["14:00", "17:00"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("department_head_reception_days_per_month", 1),
        ("complaint_time_bar", 90),
        ("complaint_discipline_time_bar", 15),
        ("send_first_decision_within", 3),
        ("appeal_within", 30),
        ("appeal_remote_within", 45),
        ("publish_second_decision_within", 15),
        ("handle_denunciation_several_places_within", 10),
        ("denunciation_acceptance_notice_within", 5),
        ("denunciation_posting_days", 15),
        ("receipt_copies", 3),
    ],
)
def test_numbers_to_look_up(key, value):
    """The law's other numbers should stand there to be looked up, and say that nothing counts."""
    found = rulebook.rule(key, TODAY)
    assert (found.value, found.shown_only) == (value, True)


def test_commune_chairman_since_july():
    """A commune's chairman should receive one day a week, from 1 July 2026 two days a month."""
    before, since = (
        rulebook.rule("commune_chair_reception_days", date(2026, *day)) for day in [(6, 30), (7, 1)]
    )
    assert (before.value, before.unit) == (1, "days a week")
    assert (since.value, since.unit) == (2, "days a month")
