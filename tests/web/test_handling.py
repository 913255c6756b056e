"""The pages on which a filing is classified in full and brought to one of the law's outcomes."""

import pytest
from django.urls import reverse

from tests import cast as everyone
from tests.web.pages import signed_in
from tiepdan.matters.models import Filing
from tiepdan.matters.states import FilingKind, Outcome

pytestmark = pytest.mark.django_db
FOUND = {
    "kind": "complaint", "competence": "other_body", "competent_body": "Sở Xây dựng",
    "field": "land", "settled_before": "first", "missing_conditions": ["no_date"],
    "online_ground": "", "extraordinary_ground": "", "summary": "Đất đai.",
}  # fmt: skip


def test_findings_are_kept_and_shown(cast):
    """What the board finds should stand on the filing's page, in words."""
    filing = everyone.filing(cast)
    client = signed_in(cast.officer)
    client.post(reverse("desk:filing_classify", args=[filing.pk]), FOUND)
    page = client.get(reverse("desk:filing", args=[filing.pk])).content.decode()
    for words in ("Sở Xây dựng", "đất đai, nhà cửa", "Không ghi ngày", "Đã giải quyết lần đầu"):
        assert words in page, words


def test_field_of_another_kind(cast):
    """A field that the kind does not have should be refused beside the field."""
    filing = everyone.filing(cast)
    page = signed_in(cast.officer).post(
        reverse("desk:filing_classify", args=[filing.pk]), FOUND | {"field": "corruption"}
    )
    assert page.context["form"].errors["field"]


def test_only_admitted_outcomes_have_buttons(cast):
    """The page should offer what the law admits, and say why it offers nothing else."""
    filing = everyone.classified_filing(cast, in_competence=False)
    page = signed_in(cast.officer).get(reverse("desk:filing", args=[filing.pk])).content.decode()
    assert reverse("desk:filing_handle", args=[filing.pk, "guided"]) in page
    assert reverse("desk:filing_handle", args=[filing.pk, "transferred"]) not in page
    assert "thì hướng dẫn công dân, không chuyển đơn" in page


def test_guiding_from_the_page(cast):
    """Guiding should issue the paper in the same press and lead back to the filing."""
    filing = everyone.classified_filing(cast, in_competence=False)
    where = reverse("desk:filing_handle", args=[filing.pk, "guided"])
    told = {"reasons": "Không thuộc thẩm quyền", "to_body": "Tòa án nhân dân khu vực 1"}
    answer = signed_in(cast.officer).post(where, told)
    assert answer.status_code == 302
    disposition = Filing.objects.get(pk=filing.pk).disposition
    assert disposition.outcome == Outcome.GUIDED
    assert disposition.reply


def test_refused_outcome_is_said_on_the_form(cast):
    """An outcome the law does not admit should be said on the page, with its article."""
    filing = everyone.classified_filing(cast, kind=FilingKind.COMPLAINT)
    where = reverse("desk:filing_handle", args=[filing.pk, "guided"])
    page = signed_in(cast.officer).post(where, {"reasons": "x"})
    assert "TT 05/2021/TT-TTCP" in page.content.decode()


def test_unknown_outcome_is_not_found(cast):
    """An outcome that has no page should be 404."""
    filing = everyone.classified_filing(cast)
    where = reverse("desk:filing_handle", args=[filing.pk, "burnt"])
    assert signed_in(cast.officer).get(where).status_code == 404
