"""The pages on which somebody is refused, or a filing is not taken up or discontinued."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests import cast as everyone
from tests.documents.papers import opened, text_of
from tests.web.pages import signed_in
from tiepdan.audit.queries import entries_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.models import Document
from tiepdan.matters.actions import handle_filing, turn_away, withdraw_filing
from tiepdan.matters.models import Filing
from tiepdan.matters.states import Outcome

pytestmark = pytest.mark.django_db


def page_of(user, filing: Filing) -> str:
    """The filing's page as somebody sees it."""
    return signed_in(user).get(reverse("desk:filing", args=[filing.pk])).content.decode()


def test_refusing_at_the_counter_from_the_page(cast):
    """A clerk should refuse from the filing's page; paper and line of history show it."""
    filing = everyone.filing(cast)
    where = reverse("desk:filing_turn_away", args=[filing.pk])
    assert where in page_of(cast.clerk_a, filing)
    client = signed_in(cast.clerk_a)
    asked = client.post(where, {"ground": "2", "reason": ""})
    assert asked.context["form"].errors["reason"]
    assert asked.context["form"].fields["ground"].choices[-1][0] == "4"
    assert client.post(where, {"ground": "2", "reason": "Vi phạm nội quy"}).status_code == 302
    page = page_of(cast.clerk_a, filing)
    assert filing.notices.get().paper.number_text in page
    assert "Từ chối tiếp (" in page
    assert signed_in(cast.chair).get(where).status_code == 403


def test_not_taking_up_from_the_page(cast):
    """The chairman should find both ways on what waits to be taken up."""
    filing = everyone.classified_filing(cast)
    handle_filing(filing=filing, outcome=Outcome.ACCEPTANCE, reasons=["Đủ"], by=cast.officer)
    where = reverse("desk:filing_not_accept", args=[filing.pk])
    page = page_of(cast.chair, filing)
    assert where in page
    assert reverse("desk:filing_accept", args=[filing.pk]) in page
    assert signed_in(cast.chair).post(where, {"reasons": "Hết thời hiệu"}).status_code == 302
    page = page_of(cast.chair, filing)
    assert where not in page
    assert filing.notices.get().paper.number_text in page


def test_discontinuing_from_the_page(cast):
    """What was taken up and taken back should ask the chairman for a decision."""
    filing = everyone.proposed_filing(cast)
    client = signed_in(cast.chair)
    client.post(
        reverse("desk:filing_accept", args=[filing.pk]), {"responsible": str(cast.department.pk)}
    )
    withdraw_filing(filing=filing, reason="Thỏa thuận xong", by=cast.officer)
    where = reverse("desk:filing_discontinue", args=[filing.pk])
    assert where in page_of(cast.chair, filing)
    assert client.post(where, {"reason": "Công dân rút đơn"}).status_code == 302
    assert where not in page_of(cast.chair, filing)


def test_turned_away_before_there_is_a_filing(cast):
    """Who is refused at the door should get the numbered notice; only this counter reads it."""
    client = signed_in(cast.clerk_a)
    where = reverse("desk:turn_away_new")
    told = {
        "full_name": "Lò Văn Kha",
        "address": "thôn Nà Hoa",
        "subject": "Đất đai",
        "ground": "1",
    }
    asked = client.post(where, told | {"reason": ""})
    assert set(asked.context["form"].errors) == {"reason"}
    assert not Document.objects.exists()
    told |= {"reason": "Người đến say rượu, không nói được.", "submission_key": str(uuid4())}
    answer = client.post(where, told)
    other = signed_in(cast.clerk_a).post(where, told)  # whose session knows nothing of the first
    assert other["Location"] == answer["Location"]
    paper = Document.objects.get()
    assert answer["Location"] == reverse("desk:turned_away", args=[paper.pk])
    assert paper.state == "issued"
    assert paper.issuer == cast.commune_a.code
    text = text_of(opened(paper))
    for words in ("Lò Văn Kha", "khoản 1", "say rượu", "Nông Văn Dũng", paper.number_text):
        assert words in text
    assert "Lò Văn Kha" in client.get(answer["Location"]).content.decode()
    assert [entry.verb for entry in entries_of(paper)][-1] == "turn_away"
    assert not Filing.objects.exists()
    for other in (cast.clerk_b, cast.outsider):
        assert signed_in(other).get(answer["Location"]).status_code == 404
    assert signed_in(cast.chair).get(where).status_code == 403


def test_ground_three_is_not_for_the_door(cast):
    """The third ground should stay the head's, also before there is a filing."""
    with pytest.raises(RuleRefusedError) as caught:
        turn_away(full_name="Lò Văn Kha", address="", subject="x", ground="3", reason="y",
                  by=cast.clerk_a)  # fmt: skip
    assert caught.value.rule == "head_only"
    with pytest.raises(RuleRefusedError):
        turn_away(full_name="Lò Văn Kha", address="", subject="x", ground="1", reason="y",
                  by=cast.registrar)  # fmt: skip
