"""Templates officials edit in Word: looked through, kept, chosen, taken back (mẫu văn bản)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents import fields, office, storage
from tiepdan.documents.containers import BrokenFileError, Unpacking, UnsafeFileError, check_docx
from tiepdan.documents.kinds import DocumentKind, KindOfDocument, kind_of
from tiepdan.documents.models import Document, TemplateChoice, TemplateVersion
from tiepdan.documents.rendering import TEMPLATES, environment, render_docx
from tiepdan.documents.samples import SAMPLES
from tiepdan.documents.states import DocumentState

_FETCHING = re.compile("INCLUDE|DDE|(?<!HYPER)LINK|IMPORT|DATABASE", re.IGNORECASE)
"""Word's fields that bring in something from elsewhere; runs may part and join their names."""
_FIELD_CODES = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=[\"']([^\"']*)[\"']")
_ALWAYS = ("number_text", "date_text", "draft")
"""What no official paper may lack: number, day, and the mark of a draft."""


@dataclass(frozen=True)
class Sound:
    """A template that was looked through: its bytes and a sample made from it, as PDF."""

    kind: DocumentKind
    docx: bytes
    preview: bytes


def in_force(kind: str) -> bytes:
    """The template that documents of this kind are made from now."""
    chosen = chosen_version(kind)
    if chosen is None:
        return (TEMPLATES / kind_of(kind).template).read_bytes()
    with storage.open_file(chosen.docx_name) as file:
        return file.read()


def chosen_version(kind: str) -> TemplateVersion | None:
    """The edited template in force; None when it is ours."""
    choice = TemplateChoice.objects.filter(kind=kind).select_related("version__by").first()
    return choice.version if choice else None


def examine(kind: DocumentKind, content: bytes, unpacking: Unpacking) -> Sound:
    """Look through an edited template and make a sample of it; several seconds.

    Raises RuleRefusedError("template") that says in plain words what is wrong with it.
    """
    _safe(content, unpacking)
    _complete(kind_of(kind), content)
    try:
        sample = render_docx(sample_of(kind), BytesIO(content))
    except UndefinedError as fault:
        raise _refused(
            "Mẫu dùng một ô không có trong loại văn bản này: {fault}.", fault=_name_in(str(fault))
        ) from fault
    except TemplateError as fault:
        raise _broken(fault) from fault
    except (ValueError, TypeError, KeyError, ArithmeticError, SyntaxError) as fault:
        raise _refused("Mẫu không điền được: {fault}.", fault=str(fault)) from fault
    try:
        return Sound(kind, content, office.to_pdf(sample))
    except office.ConversionError as fault:
        raise _refused("Không chuyển được mẫu này sang PDF. Hãy lưu lại bằng Word.") from fault


@transaction.atomic
def add_template(
    *, sound: Sound, by: AbstractBaseUser, at: datetime | None = None
) -> TemplateVersion:
    """Keep a template that was looked through; it is not in force before somebody chooses it."""
    at = at or clock.now()
    known = TemplateVersion.objects.select_for_update().filter(kind=sound.kind)
    number = (known.aggregate(last=Max("number"))["last"] or 0) + 1
    stem = f"templates/{sound.kind}/{number}"
    docx = storage.write(stem, "docx", sound.docx)
    version = TemplateVersion.objects.create(
        kind=sound.kind,
        number=number,
        docx_name=docx.name,
        docx_sha256=docx.sha256,
        docx_size=docx.size,
        preview_name=storage.write(stem, "pdf", sound.preview).name,
        at=at,
        by_id=by.pk,
    )
    _record("add_template", version, by, at)
    return version


@transaction.atomic
def choose_template(
    *,
    kind: DocumentKind,
    version: TemplateVersion | None,
    by: AbstractBaseUser,
    at: datetime | None = None,
) -> TemplateChoice:
    """From now on make documents of this kind from that version; None: from ours again.

    Documents issued before keep their files. Raises RuleRefusedError when it is in force already.
    """
    at = at or clock.now()
    if version is not None and version.kind != kind:
        raise _refused("Mẫu này thuộc loại văn bản khác.")
    if chosen_version(kind) == version:
        raise _refused("Mẫu này đang được dùng.")
    choice = TemplateChoice.objects.create(kind=kind, version=version, at=at, by_id=by.pk)
    _record("choose_template", choice, by, at)
    return choice


def sample_of(kind: DocumentKind) -> Document:
    """An issued document about invented people, not stored."""
    title, context = SAMPLES[kind]
    symbol = kind_of(kind).symbol(context["letterhead"])
    return Document(
        kind=kind,
        title=title,
        context=context,
        state=DocumentState.ISSUED,
        number=5,
        symbol=symbol,
        issued_on=date(2026, 12, 15),
    )


def _safe(content: bytes, unpacking: Unpacking) -> None:
    try:
        check_docx(BytesIO(content), unpacking)
    except BrokenFileError as fault:
        raise _refused("Tệp này không phải văn bản Word (.docx).") from fault
    except UnsafeFileError as fault:
        raise _refused(
            "Tệp có chứa macro, tệp nhúng, liên kết ra ngoài hoặc phần lạ. Hãy lưu lại bằng Word "
            "dưới dạng «Word Document (*.docx)»."
        ) from fault
    with ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    codes = (one or other for part in parts for one, other in _FIELD_CODES.findall(part))
    if _FETCHING.search(b"".join(codes).decode(errors="replace")):
        raise _refused("Mẫu có trường lấy nội dung từ nơi khác (INCLUDE, LINK, DDE). Hãy bỏ đi.")


def _complete(kind: KindOfDocument, content: bytes) -> None:
    """Every name it asks for is there, and what no official paper may lack is asked for."""
    try:
        asked = DocxTemplate(BytesIO(content)).get_undeclared_template_variables(environment())
    except TemplateError as fault:
        raise _broken(fault) from fault
    except (ValueError, KeyError, SyntaxError) as fault:
        raise _refused("Tệp này không phải văn bản Word (.docx).") from fault
    unknown = sorted(asked - kind.needs - fields.MADE.keys() - fields.CODE.keys())
    if unknown:
        raise _refused(
            "Mẫu dùng ô không có trong loại văn bản này: {names}. Xem danh sách ô bên dưới.",
            names=", ".join(unknown),
        )
    lacking = [name for name in _ALWAYS if name not in asked]
    if lacking:
        raise _refused(
            "Mẫu thiếu phần bắt buộc: {names} (số, ngày, dấu «DỰ THẢO»). Hãy sửa từ mẫu đang dùng.",
            names=", ".join(lacking),
        )


def _broken(fault: TemplateError) -> RuleRefusedError:
    if isinstance(fault, SecurityError):
        return _refused("Mẫu gọi điều không được phép; chỉ dùng các ô trong danh sách.")
    if isinstance(fault, TemplateSyntaxError):
        return _refused(
            "Mẫu có chỗ viết sai giữa các dấu ngoặc nhọn: {fault}.",
            fault=fault.message or "",
        )
    return _refused("Mẫu không điền được: {fault}.", fault=fault.message or "")


def _name_in(words: str) -> str:
    """The field's name out of the engine's «... has no attribute 'name'»."""
    quoted: list[str] = re.findall(r"'([^']+)'", words)
    return quoted[-1] if quoted else words


def _refused(message: str, **values: str) -> RuleRefusedError:
    return RuleRefusedError("template", message, **values)


def _record(
    verb: str, on: TemplateVersion | TemplateChoice, by: AbstractBaseUser, at: datetime
) -> None:
    version = on if isinstance(on, TemplateVersion) else on.version
    number = version.number if version else 0
    sha256 = version.docx_sha256 if version else ""
    record(
        verb=verb,
        on=on,
        by=by,
        at=at,
        detail={"kind": on.kind, "version": number, "sha256": sha256},
    )
