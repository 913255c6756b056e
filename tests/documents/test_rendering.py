"""Filling in the templates: what stands in the Word file."""

from io import BytesIO

import docx
import pytest
from django.core.management import call_command
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError, UndefinedError

from tests.documents.papers import edited, opened, parts_of, text_of, unsaved
from tiepdan.documents import rendering
from tiepdan.documents.bodies import BODIES
from tiepdan.documents.invented import AN
from tiepdan.documents.kinds import KINDS, DocumentKind
from tiepdan.documents.layout import build
from tiepdan.documents.management.commands import build_document_templates
from tiepdan.documents.rendering import render_docx
from tiepdan.documents.samples import SAMPLES

EVERY_KIND = pytest.mark.parametrize("kind", list(DocumentKind))


@EVERY_KIND
def test_every_kind_renders(kind):
    """Each kind should say its title, number, day and signer, and leave no sign of the engine."""
    text = text_of(opened(unsaved(kind)))
    title, context = SAMPLES[kind]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert title in text.replace("\u00a0", " ")
    assert f"05/{KINDS[kind].symbol(context['letterhead'])}" in text
    assert f"{context['letterhead']['place_name']}, ngày 03 tháng 02 năm 2026" in text
    assert not {"{{", "{%", "}}", "%}"} & {text[i : i + 2] for i in range(len(text))}


@EVERY_KIND
def test_signer_stands_in_it(kind):
    """Each kind should carry the signature's name; minutes those of their signers."""
    _, context = SAMPLES[kind]
    signers = context.get("signers") or [context["signature"]]
    text = text_of(opened(unsaved(kind)))
    assert all(signer["name"] in text for signer in signers)


@EVERY_KIND
def test_templates_are_as_described(kind, tmp_path):
    """The kept .docx should say what the description says; `build_document_templates` mends it."""
    build(BODIES[kind]).save(str(tmp_path / "fresh.docx"))
    kept = rendering.TEMPLATES / KINDS[kind].template
    assert parts_of((tmp_path / "fresh.docx").read_bytes()) == parts_of(kept.read_bytes())


def test_command_writes_every_template(tmp_path, monkeypatch, capsys):
    """The command should write one template of each kind."""
    monkeypatch.setattr(build_document_templates, "TEMPLATES", tmp_path)
    call_command("build_document_templates")
    assert {path.name for path in tmp_path.iterdir()} == {kind.template for kind in KINDS.values()}


@EVERY_KIND
def test_draft_looks_like_one(kind):
    """A draft should be marked on every page and have neither number nor day."""
    file = opened(unsaved(kind, issued=False))
    section = file.sections[0]
    for place in (section.first_page_header, section.footer):
        assert "DỰ THẢO" in [paragraph.text for paragraph in place.paragraphs]
    assert f"        /{KINDS[kind].symbol(SAMPLES[kind][1]['letterhead'])}" in text_of(file)


def test_issued_carries_no_draft_mark():
    """An issued document should not be marked as a draft."""
    section = opened(unsaved(DocumentKind.INVITATION)).sections[0]
    for place in (section.first_page_header, section.footer):
        assert "DỰ THẢO" not in [paragraph.text for paragraph in place.paragraphs]


@pytest.mark.parametrize(
    "name",
    [
        "{{7*7}}",
        "{{ letterhead.__class__ }}",
        "{% for x in recipients %}x{% endfor %}",
        "{%p if draft %}",
        "{_{ 7*7 }_}",
        '<w:b/> & "An" <script>',
        "Nguyễn\u2028An",
    ],
)
def test_names_stay_what_was_typed(name):
    """What looks like a template or XML in a name should stay literal text."""
    document = unsaved(DocumentKind.RECEIPT, petitioner=AN | {"name": name}, abstract=name)
    text = text_of(opened(document))
    assert text.count(name) >= 2
    assert "49" not in text


def test_line_breaks_are_kept():
    """Lines of a longer text should become paragraphs of their own."""
    text = text_of(opened(unsaved(DocumentKind.RECEIPT, abstract="Một\n\nHai")))
    assert "\nNội dung: Một.\nHai.\n" in text


def test_given_template_is_used():
    """A template that is given should be used instead of ours."""
    own = edited(DocumentKind.RECEIPT, "Của xã: {{ tracking_code }}")
    content = render_docx(unsaved(DocumentKind.RECEIPT), BytesIO(own))
    assert "Của xã: TD-7K3M-Q9XF" in text_of(docx.Document(BytesIO(content)))


def test_unknown_name_in_own_template_is_an_error():
    """A misspelt name should fail, not leave a hole in an official paper."""
    own = edited(DocumentKind.RECEIPT, "{{ tracking_kode }}")
    with pytest.raises(UndefinedError, match="tracking_kode"):
        render_docx(unsaved(DocumentKind.RECEIPT), BytesIO(own))


@pytest.mark.parametrize(
    "text", ["{{ ''.__class__.__mro__ }}", "{{ letterhead.__init__.__globals__ }}"]
)
def test_own_template_reaches_no_python(text):
    """An edited template should get nothing but the document."""
    own = edited(DocumentKind.RECEIPT, text)
    with pytest.raises((SecurityError, TemplateError)):
        render_docx(unsaved(DocumentKind.RECEIPT), BytesIO(own))


def test_qr_leads_to_the_tracking_page():
    """A receipt should hold one picture: the code."""
    assert len(opened(unsaved(DocumentKind.RECEIPT)).inline_shapes) == 1
