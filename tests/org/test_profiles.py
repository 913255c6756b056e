"""Six provinces and the bare law differ in data alone."""

import re
from datetime import date
from pathlib import Path

import pytest

import tiepdan
from tiepdan.org import rulebook

TODAY = date(2026, 12, 1)
LOCAL = ["son-la", "nghe-an", "dong-thap", "lang-son", "quang-ngai"]
PROFILES = ["law-2026", *LOCAL]
PACKAGE = Path(tiepdan.__file__).parent
MAY_NAME_ONE = {"config", "demo"}
"""The default of a setting, and the invented people of one province."""


def test_every_file_is_a_profile():
    """Beside the law there should be the five plans that were read, and no other file."""
    folder = PACKAGE / "org" / "rulebooks"
    assert {path.stem for path in folder.glob("*.toml")} == set(PROFILES)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_questions_are_answered(profile):
    """Every profile should answer the same keys, with a value of the same type."""
    base = {one.key: one for one in rulebook.all_rules("law-2026") if one.holds(TODAY)}
    found = {one.key for one in rulebook.all_rules(profile) if one.holds(TODAY)}
    assert found == set(base)
    for key, one in base.items():
        assert type(rulebook.rule(key, TODAY, profile).value) is type(one.value), key


@pytest.mark.parametrize("profile", PROFILES)
def test_every_rule_says_something(profile):
    """Every rule should say what it means, with its value in the sentence, and may have it."""
    for one in rulebook.all_rules(profile):
        assert "{}" in one.says, one.key
        assert "{}" not in one.sentence
        assert one.admits(one.value), one.key
        assert one.sentence.endswith("."), one.key


@pytest.mark.parametrize("profile", LOCAL)
def test_local_values_name_their_section(profile):
    """What a plan says should be cited by its section, unless no act asks for it."""
    own = [one for one in rulebook.all_rules(profile) if one not in rulebook.all_rules("law-2026")]
    assert own
    for one in own:
        cited = re.search(r"mục|Điều|phần", one.article)
        assert cited or not one.is_statutory, (one.key, one.article)


@pytest.mark.parametrize("profile", PROFILES)
def test_uncertain_is_a_setting(profile):
    """What no act asks for, or was not read for certain, should be a setting, else not."""
    for one in rulebook.all_rules(profile):
        uncertain = one.open or not one.is_statutory or one.confidence < 0.9
        assert one.is_setting == uncertain


@pytest.mark.parametrize(
    ("profile", "off_for_certain"),
    [("son-la", True), ("nghe-an", True), ("dong-thap", False), ("lang-son", False),
     ("quang-ngai", False), ("law-2026", True)],
)  # fmt: skip
def test_denunciations_are_off(profile, off_for_certain):
    """Nobody receives denunciations online; where the plan contradicts QĐ 748 it may be set."""
    found = rulebook.rule("denunciation_online", TODAY, profile)
    assert (found.value, not found.is_setting) == (False, off_for_certain)


@pytest.mark.parametrize(
    ("profile", "key", "value"),
    [
        ("son-la", "host_body", "Thanh tra tỉnh"),
        ("nghe-an", "host_body", "Văn phòng UBND tỉnh (Ban Tiếp công dân tỉnh)"),
        ("nghe-an", "hub_line_mbps", 30),
        ("nghe-an", "site_line_mbps", 5),
        ("dong-thap", "recordings_kept_at", "điểm cầu cấp Tỉnh"),
        ("dong-thap", "registration_channels", ["in_person", "letter", "commune", "online"]),
        ("lang-son", "registration_channels", ["in_person", "letter"]),
        ("lang-son", "board_reports_monthly", True),
        ("son-la", "board_reports_monthly", False),
        ("lang-son", "citizens_place", "phòng họp trực tuyến UBND cấp xã nơi cư trú"),
        ("quang-ngai", "hub_place", "phòng họp trực tuyến tại trụ sở UBND tỉnh"),
    ],
)
def test_facts_of_the_plans(profile, key, value):
    """What each plan says should stand in its profile."""
    assert rulebook.rule(key, TODAY, profile).value == value


def test_districts_are_gone():
    """A place that named a district should name the commune since 1 July 2025."""
    before, since = (
        rulebook.rule("citizens_place", day, "dong-thap").value
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    )
    assert "huyện" in before
    assert "huyện" not in since


def test_no_code_knows_a_profile():
    """No code should ask which province it serves."""
    name = re.compile("|".join(rf"[\"\']{one}[\"\']" for one in PROFILES))
    assert [
        str(path)
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] not in MAY_NAME_ONE
        and name.search(path.read_text(encoding="utf-8"))
    ] == []
