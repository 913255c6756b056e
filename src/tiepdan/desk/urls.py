"""Addresses of the desk pages and of signing in."""

from django.urls import URLPattern, URLResolver, include, path

from tiepdan.desk.accounts.views import SignIn, SignOut
from tiepdan.desk.documents import templates
from tiepdan.desk.documents.views import document_file
from tiepdan.desk.followup import views as followup
from tiepdan.desk.matters import (
    affairs,
    board,
    counter,
    deadlines,
    denunciations,
    leads,
    likeness,
    notices,
    papers,
    people,
    search,
)
from tiepdan.desk.matters import views as matters
from tiepdan.desk.org import rules
from tiepdan.desk.org import views as org
from tiepdan.desk.recordings import views as recordings
from tiepdan.desk.reports import registers
from tiepdan.desk.reports import views as reports
from tiepdan.desk.scheduling import views as scheduling
from tiepdan.desk.sittings import views as sittings
from tiepdan.desk.today.views import today

app_name = "desk"

_COUNTER = [
    path("moi/", counter.filing_new, name="filing_new"),
    path("the-can-cuoc/", counter.card_read, name="card_read"),
    path("<uuid:pk>/bien-nhan/", counter.filing_receipt, name="filing_receipt"),
    path("<uuid:pk>/bien-nhan/to-giay/", counter.receipt_paper, name="receipt_paper"),
    path("<uuid:pk>/bien-nhan/pdf/", counter.receipt_pdf, name="receipt_pdf"),
]
_LEADS = [
    path("", leads.leads, name="leads"),
    path("moi/", leads.lead_new, name="lead_new"),
    path("<uuid:pk>/", leads.lead, name="lead"),
]
_FILINGS = [
    *_COUNTER,
    path("", matters.filings, name="filings"),
    path("tu-choi-tiep/", notices.turn_away_new, name="turn_away_new"),
    path("tu-choi-tiep/<uuid:pk>/", notices.turned_away, name="turned_away"),
    path("to-cao/mau-07/", denunciations.protection_request, name="protection_request"),
    path("to-cao/", denunciations.denunciation_new, name="denunciation_new"),
    path("<uuid:pk>/so-niem-phong/", denunciations.sealed_sheet, name="sealed_sheet"),
    path("<uuid:pk>/niem-phong/", denunciations.filing_seal, name="filing_seal"),
    path("to-trinh/", board.list_submit, name="list_submit"),
    path("trung/", likeness.filing_duplicates, name="filing_duplicates"),
    path("<uuid:pk>/", matters.filing, name="filing"),
    path("<uuid:pk>/phan-loai/", board.filing_classify, name="filing_classify"),
    path("<uuid:pk>/de-xuat/", board.filing_propose, name="filing_propose"),
    path("<uuid:pk>/tra-loi/", board.filing_decline, name="filing_decline"),
    path("<uuid:pk>/xu-ly/<slug:outcome>/", board.filing_handle, name="filing_handle"),
    path("<uuid:pk>/thu-ly/", board.filing_accept, name="filing_accept"),
    path(
        "<uuid:pk>/khong-thu-ly/",
        notices.filing_notice,
        {"act": notices.NOT_ACCEPT},
        name="filing_not_accept",
    ),
    path(
        "<uuid:pk>/tu-choi-tiep/",
        notices.filing_notice,
        {"act": notices.TURN_AWAY},
        name="filing_turn_away",
    ),
    path(
        "<uuid:pk>/dinh-chi/",
        notices.filing_notice,
        {"act": notices.DISCONTINUE},
        name="filing_discontinue",
    ),
    path("<uuid:pk>/tuong-tu/", affairs.similar, name="similar"),
    path("<uuid:pk>/so-sanh/<uuid:other>/", affairs.compare, name="compare"),
    path("<uuid:pk>/tach/", affairs.filing_split, name="filing_split"),
    path("<uuid:pk>/dai-dien/", people.companion_add, name="companion_add"),
    path("dai-dien/<uuid:pk>/cham-dut/", people.companion_end, name="companion_end"),
    path("<uuid:pk>/doan/", people.members_edit, name="members_edit"),
    path("<uuid:pk>/ho-tro/", people.needs_edit, name="needs_edit"),
    path("vu-viec/<uuid:pk>/", affairs.matter, name="matter"),
    path("<uuid:pk>/tieu-huy/", board.filing_destroy, name="filing_destroy"),
    path("<uuid:pk>/dong-y/", board.filing_consent, name="filing_consent"),
    path(
        "<uuid:pk>/rut/", notices.filing_notice, {"act": notices.WITHDRAW}, name="filing_withdraw"
    ),
    path("thoi-han/<uuid:pk>/don-doc/", deadlines.deadline_urge, name="deadline_urge"),
    path("thoi-han/<uuid:pk>/<slug:act>/", deadlines.deadline_change, name="deadline_change"),
    path("giay-to/<uuid:pk>/", matters.attachment_file, name="attachment_file"),
    path("<uuid:pk>/giay-to/them/", papers.papers_add, name="papers_add"),
]
_RECEPTIONS = [
    path("", scheduling.receptions, name="receptions"),
    path("moi/", scheduling.reception_new, name="reception_new"),
    path("<uuid:pk>/", scheduling.reception, name="reception"),
    path("<uuid:pk>/xep-luot/", scheduling.reception_place, name="reception_place"),
    path("<uuid:pk>/cong-bo/", scheduling.reception_publish, name="reception_publish"),
    path("<uuid:pk>/moi-co-quan/", scheduling.reception_invite, name="reception_invite"),
    path("<uuid:pk>/phieu-hen/", scheduling.reception_slips, name="reception_slips"),
    path("<uuid:pk>/huy/", scheduling.reception_cancel, name="reception_cancel"),
    path("<uuid:pk>/mo-phong/", scheduling.reception_prepare, name="reception_prepare"),
]
_AFTERWARDS = [
    path("phong-hop/", sittings.rooms, name="rooms"),
    path("buoi-tiep/<uuid:pk>/", sittings.sitting, name="sitting"),
    path("buoi-tiep/<uuid:pk>/ky-bien-ban/", sittings.sitting_sign, name="sitting_sign"),
    path("luot/<uuid:pk>/soan-thong-bao/", followup.notice_draft, name="notice_draft"),
    path("thong-bao/<uuid:pk>/", followup.notice, name="notice"),
    path("thong-bao/<uuid:pk>/duyet/", followup.notice_approve, name="notice_approve"),
    path("thong-bao/<uuid:pk>/ban-hanh/", followup.notice_issue, name="notice_issue"),
    path("giao-viec/", followup.assignments, name="assignments"),
    path("giao-viec/<uuid:pk>/", followup.assignment, name="assignment"),
    path("giao-viec/<uuid:pk>/bao-cao/", followup.assignment_answer, name="assignment_answer"),
    path("giao-viec/<uuid:pk>/tra-lai/", followup.assignment_return, name="assignment_return"),
    path("giao-viec/<uuid:pk>/xong/", followup.assignment_close, name="assignment_close"),
]
_RECORDINGS = [
    path("", recordings.recordings, name="recordings"),
    path("<uuid:pk>/", recordings.recording, name="recording"),
    path("xem/<uuid:pk>/", recordings.viewing, name="viewing"),
    path("xem/<uuid:pk>/tep/", recordings.viewing_file, name="viewing_file"),
]
_RULES = [
    path("", rules.rules_in_force, name="rules"),
    path("<slug:key>/", rules.rule_set, name="rule_set"),
]
_TEMPLATES = [
    path("", templates.template_list, name="templates"),
    path("<slug:kind>/", templates.template, name="template"),
    path("<slug:kind>/tai-ve/", templates.template_download, name="template_download"),
    path("<slug:kind>/di-kem/", templates.template_use, name="template_ours"),
    path("<slug:kind>/<uuid:pk>/dung/", templates.template_use, name="template_use"),
    path("ban/<uuid:pk>/<slug:form>/", templates.template_version, name="template_version"),
]
_DESK: list[URLPattern | URLResolver] = [
    path("", today, name="today"),
    path("tim/", search.search, name="search"),
    path("don/", include(_FILINGS)),
    path("dau-moi/", include(_LEADS)),
    path("cong-dan/", people.people, name="people"),
    path("cong-dan/<uuid:pk>/", people.person, name="person"),
    path("cong-dan/<uuid:pk>/gop/<uuid:other>/", people.person_merge, name="person_merge"),
    path("cong-dan/gop/<uuid:pk>/tach/", people.person_part, name="person_part"),
    path("duyet/", board.decisions, name="decisions"),
    path("duyet/<uuid:pk>/", board.decide_one, name="decide"),
    path("lich-tiep/", include(_RECEPTIONS)),
    *_AFTERWARDS,
    path("ban-ghi/", include(_RECORDINGS)),
    path("bao-cao/", reports.reports, name="reports"),
    path("so/<slug:which>/", registers.register, name="register"),
    path("bao-cao/chot/", reports.report_freeze, name="report_freeze"),
    path("bao-cao/<uuid:pk>/tai-ve/", reports.report_file, name="report_file"),
    path("diem-cau/", org.sites, name="sites"),
    path("diem-cau/<uuid:pk>/duong-truyen/", org.site_line, name="site_line"),
    path("quy-dinh/", include(_RULES)),
    path("mau-van-ban/", include(_TEMPLATES)),
    path("ngay-nghi/", org.days_off, name="days_off"),
    path("ngay-nghi/de-xuat/", org.days_off_propose, name="days_off_propose"),
    path("ngay-nghi/<uuid:pk>/bo/", org.day_off_remove, name="day_off_remove"),
    path("van-ban/<uuid:pk>/docx/", document_file, {"form": "docx"}, name="document_docx"),
    path("van-ban/<uuid:pk>/pdf/", document_file, {"form": "pdf"}, name="document_pdf"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("dang-nhap/", SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", SignOut.as_view(), name="sign_out"),
    path("ban-lam-viec/", include(_DESK)),
]
