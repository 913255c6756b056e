"""Templates that officials edit in Word: looked through, kept, chosen."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader

from tests.documents.papers import edited, issued, text_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents import fields, storage, templates
from tiepdan.documents.containers import Unpacking
from tiepdan.documents.jobs import render_document
from tiepdan.documents.kinds import KINDS, DocumentKind
from tiepdan.documents.models import TemplateChoice
from tiepdan.documents.samples import SAMPLES

EVERY_KIND = pytest.mark.parametrize("kind", list(DocumentKind))
UNPACKING = Unpacking(50_000_000, 200)
KIND = DocumentKind.GUIDANCE


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DOCUMENTS_DIR = tmp_path / "documents"


@pytest.fixture
def sound(monkeypatch):
    """A template found sound, without waiting for LibreOffice."""
    monkeypatch.setattr(templates.office, "to_pdf", lambda _docx: b"%PDF-1.7")
    return templates.examine(KIND, edited(KIND, "Phòng tiếp dân: {{ contact }}"), UNPACKING)


def refusal(kind, content):
    with pytest.raises(RuleRefusedError) as refused:
        templates.examine(kind, content, UNPACKING)
    return refused.value.message


def with_part(content, name, text):
    """The same DOCX with one part more."""
    whole = BytesIO(content)
    with ZipFile(whole, "a") as archive:
        archive.writestr(name, text)
    return whole.getvalue()


@EVERY_KIND
def test_every_kind_has_sample_and_meanings(kind):
    """Each kind should have a sample that fills its template, and a meaning of every field."""
    _title, context = SAMPLES[kind]
    assert KINDS[kind].needs <= context.keys()
    shown = fields.fields_of(KINDS[kind])
    assert {"{{ letterhead.issuer_name }}", "{{ number_text }}"} <= {one.written for one in shown}
    assert all(one.meaning for one in shown)


@pytest.mark.office
def test_ours_pass_their_own_check():
    """Our own template should pass what is asked of edited ones, every font embedded."""
    sound = templates.examine(
        KIND, templates.TEMPLATES.joinpath("guidance.docx").read_bytes(), UNPACKING
    )
    for page in PdfReader(BytesIO(sound.preview)).pages:
        for font in page["/Resources"]["/Font"].values():
            found = font.get_object()
            inner = (
                found["/DescendantFonts"][0].get_object() if "/DescendantFonts" in found else found
            )
            assert "/FontFile2" in inner["/FontDescriptor"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ nguoi_gui }} {{ noi_dung }}", "nguoi_gui, noi_dung"),
        ("{{ petitioner.ten }}", "ten"),
        ("{{ petitioner.name", "viết sai"),
        ("{{ ''.__class__.__mro__ }}", "không được phép"),
        ("{% if group_size > 1 %}x{% endif %}", "group_size"),
        ("{{ filed_on|ngai }}", "ngai"),
    ],
)
def test_what_is_wrong_is_said_plainly(text, said):
    """A wrong field should be named, a forbidden one refused."""
    assert said in refusal(KIND, edited(KIND, text))


def test_what_is_no_template():
    """Other files, macros, and what fetches from elsewhere should be refused."""
    ours = edited(KIND, "")
    assert "không phải văn bản Word" in refusal(KIND, b"%PDF-1.7")
    assert "macro" in refusal(KIND, with_part(ours, "word/vbaProject.bin", "x"))
    code = '<w:p xmlns:w="x"><w:instrText>INCLUDEPICTURE "http://a/"</w:instrText></w:p>'
    assert "INCLUDE" in refusal(KIND, with_part(ours, "word/header9.xml", code))


def test_number_and_day_are_needed():
    """A template without number, day and the mark of a draft should be refused."""
    empty = BytesIO()
    docx.Document().save(empty)
    assert "number_text, date_text, draft" in refusal(KIND, empty.getvalue())


def test_chosen_version_makes_documents(cast, sound):
    """Only after somebody chooses it should a version make documents, which remember it."""
    version = templates.add_template(sound=sound, by=cast.head)
    assert templates.chosen_version(KIND) is None
    templates.choose_template(kind=KIND, version=version, by=cast.registrar)
    document = issued(cast.head, KIND)
    assert render_document.call(str(document.pk))
    document.refresh_from_db()
    assert document.template_sha256 == version.docx_sha256
    with storage.open_file(document.docx_name) as file:
        assert "Phòng tiếp dân: " in text_of(docx.Document(file))


def test_back_to_ours(cast, sound):
    """Ours should come back with one act; the version, and who chose when, should stay."""
    version = templates.add_template(sound=sound, by=cast.head)
    templates.choose_template(kind=KIND, version=version, by=cast.head)
    templates.choose_template(kind=KIND, version=None, by=cast.registrar)
    assert templates.in_force(KIND) == (templates.TEMPLATES / "guidance.docx").read_bytes()
    assert [choice.by for choice in TemplateChoice.objects.all()] == [cast.registrar, cast.head]
    assert templates.add_template(sound=sound, by=cast.head).number == version.number + 1


def test_choice_that_changes_nothing(cast, sound):
    """What is in force already, or of another kind, should be refused."""
    version = templates.add_template(sound=sound, by=cast.head)
    with pytest.raises(RuleRefusedError):
        templates.choose_template(kind=KIND, version=None, by=cast.head)
    with pytest.raises(RuleRefusedError):
        templates.choose_template(kind=DocumentKind.URGING, version=version, by=cast.head)
