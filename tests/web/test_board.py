"""Classifying, proposing, answering, deciding: each through its page."""

from django.urls import reverse

from tests import cast as everyone
from tests.web.pages import error_beside, signed_in, text
from tiepdan.documents.states import DocumentState
from tiepdan.matters.models import Filing
from tiepdan.matters.states import FilingState, Verdict


def _page(name, filing):
    return reverse(f"desk:{name}", args=[filing.pk])


def test_officer_classifies(cast):
    """The board's officer should say what a filing is and come back to it."""
    filing = everyone.filing(cast)
    data = {
        "kind": "complaint", "competence": "own", "settled_before": "no", "online_ground": "c",
        "summary": "Đất đai.",
    }  # fmt: skip
    response = signed_in(cast.officer).post(_page("filing_classify", filing), data, follow=True)
    assert "Chờ đề xuất" in text(response)
    assert "Đề xuất Chủ tịch tiếp" in text(response)
    assert Filing.objects.get().state == FilingState.CLASSIFIED


def test_online_without_consent_is_refused_beside_the_form(cast):
    """Proposing online without consent should be refused with its article, beside the field."""
    filing = everyone.classified_filing(cast, consents=False)
    response = signed_in(cast.head).post(
        _page("filing_propose", filing), {"form": "online", "reason": "Đi lại khó khăn"}
    )
    assert "chưa đồng ý tiếp trực tuyến" in error_beside(response, "form")
    assert "QĐ 2193" in error_beside(response, "form")
    assert "Đi lại khó khăn" in response.content.decode()


def test_decline_issues_the_letter(cast):
    """Declining should issue the reasoned letter in the same press."""
    filing = everyone.classified_filing(cast)
    data = {"reasons": "Thuộc thẩm quyền xã.\nĐã trả lời.", "guidance": "Gửi UBND xã."}
    response = signed_in(cast.head).post(_page("filing_decline", filing), data, follow=True)
    reply = Filing.objects.get().disposition.reply
    assert reply.state == DocumentState.ISSUED
    assert reply.context["reasons"] == ["Thuộc thẩm quyền xã.", "Đã trả lời."]
    assert reply.number_text in text(response)


def test_decline_without_reason_is_asked_again(cast):
    """Declining without a reason should be asked again beside the field."""
    filing = everyone.classified_filing(cast)
    response = signed_in(cast.head).post(_page("filing_decline", filing), {"guidance": "Xã."})
    assert error_beside(response, "reasons")
    assert Filing.objects.get().state == FilingState.CLASSIFIED


def test_chairman_agrees_with_one_press(cast):
    """The chairman's yes should be one press on the card."""
    filing = everyone.proposed_filing(cast)
    client = signed_in(cast.chair)
    assert filing.petitioner.full_name in text(client.get("/ban-lam-viec/duyet/"))
    client.post(reverse("desk:decide", args=[filing.disposition.pk]), {"verdict": "approved"})
    assert Filing.objects.get().disposition.decision.verdict == Verdict.APPROVED
    assert "Không còn trường hợp nào" in text(client.get("/ban-lam-viec/duyet/"))


def test_refusal_needs_a_reason(cast):
    """The chairman's no should ask for the reason, which the citizen then gets in writing."""
    filing = everyone.proposed_filing(cast)
    client, page = signed_in(cast.chair), reverse("desk:decide", args=[filing.disposition.pk])
    assert "lý do" in error_beside(client.post(page, {"verdict": "refused"}), "reason")
    client.post(page, {"verdict": "refused", "reason": "Sở đang giải quyết."})
    assert Filing.objects.get().disposition.reply.state == DocumentState.ISSUED


def test_second_decision_is_told_plainly(cast):
    """A card pressed in two windows should say that it was decided already."""
    filing = everyone.approved_filing(cast)
    page = reverse("desk:decide", args=[filing.disposition.pk])
    response = signed_in(cast.chair).post(page, {"verdict": "approved"})
    assert "đã được quyết định" in text(response)


def test_only_the_chair_decides(cast):
    """Nobody but the chairman should reach the decision."""
    filing = everyone.proposed_filing(cast)
    page = reverse("desk:decide", args=[filing.disposition.pk])
    for user in (cast.head, cast.secretary, cast.clerk_a, cast.operator):
        assert signed_in(user).post(page, {"verdict": "approved"}).status_code == 403


def test_citizen_takes_the_filing_back(cast):
    """Withdrawing should ask for the reason and end the filing."""
    filing = everyone.filing(cast)
    client, page = signed_in(cast.clerk_a), _page("filing_withdraw", filing)
    assert error_beside(client.post(page), "reason")
    client.post(page, {"reason": "Đã được xã giải quyết."})
    assert Filing.objects.get().state == FilingState.WITHDRAWN


def test_timeline_tells_who_did_what(cast):
    """The filing's page should tell every act with its author, and mask the number."""
    filing = everyone.proposed_filing(cast)
    page = signed_in(cast.head).get(_page("filing", filing))
    shown = text(page)
    for word in ("Tiếp nhận đơn", "Phân loại", "Đề xuất Chủ tịch tiếp", cast.officer.full_name):
        assert word in shown
    assert filing.petitioner.id_number not in page.content.decode()
