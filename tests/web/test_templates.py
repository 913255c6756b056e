"""The pages on which templates of papers are edited."""

from io import BytesIO

import pytest
from django.urls import reverse

from tests.documents.papers import edited
from tests.web.pages import error_beside, signed_in, text
from tiepdan.documents import templates
from tiepdan.documents.kinds import KINDS, DocumentKind
from tiepdan.documents.models import TemplateVersion

pytestmark = pytest.mark.django_db
KIND = DocumentKind.URGING
PAGE = f"/ban-lam-viec/mau-van-ban/{KIND}/"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DOCUMENTS_DIR = tmp_path / "documents"


def handed_in(client, added):
    file = BytesIO(edited(KIND, added))
    file.name = "mau.docx"
    return client.post(PAGE, {"template": file}, follow=True)


def test_every_kind_is_listed(cast):
    """The registrar should find every kind with its source."""
    page = text(signed_in(cast.registrar).get(reverse("desk:templates")))
    for kind in KINDS.values():
        assert kind.source in page


def test_only_who_is_charged_with_it(cast):
    """Head of the board and registrar should get in, nobody else."""
    assert signed_in(cast.head).get(PAGE).status_code == 200
    for role in ("officer", "chair", "secretary", "clerk_a"):
        assert signed_in(getattr(cast, role)).get(PAGE).status_code == 403


@pytest.mark.office
def test_edit_preview_use_and_back(cast):
    """An edited template should be kept, shown, used, and taken back with one press."""
    client = signed_in(cast.registrar)
    assert client.get(f"{PAGE}tai-ve/").content == templates.in_force(KIND)
    assert "giữ thành bản 1" in text(handed_in(client, "Điện thoại: {{ contact }}"))
    version = TemplateVersion.objects.get()
    preview = client.get(reverse("desk:template_version", args=[version.pk, "pdf"]))
    assert preview["X-Accel-Redirect"].endswith(version.preview_name)
    assert templates.chosen_version(KIND) is None
    client.post(reverse("desk:template_use", args=[KIND, version.pk]))
    assert templates.chosen_version(KIND) == version
    assert "Đang dùng" in text(client.get(PAGE))
    client.post(reverse("desk:template_ours", args=[KIND]))
    assert templates.chosen_version(KIND) is None


def test_unknown_field_is_said_beside_the_file(cast):
    """What is wrong should be said beside the field, naming the field of the template."""
    page = handed_in(signed_in(cast.head), "{{ nguoi_gui }}")
    assert "nguoi_gui" in error_beside(page, "template")
    assert not TemplateVersion.objects.exists()


def test_blank_request_for_protection(cast):
    """Mẫu 07 should be a blank form to print, without anything to type in."""
    page = signed_in(cast.clerk_a).get(reverse("desk:protection_request"))
    assert "Biện pháp đề nghị áp dụng" in text(page)
    assert '<input type="text"' not in page.content.decode()
