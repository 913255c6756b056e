"""The layout of official documents as data: NĐ 30/2020/NĐ-CP, Phụ lục I, mục I and II.

Lengths in millimetres, sizes in points. Each style says which rule it follows; officials find
the styles under these names in Word.
"""

from dataclasses import dataclass
from typing import Literal

FONT = "Times New Roman"  # mục I.4: Unicode, TCVN 6909:2001, black
PAGE = (210, 297)  # mục I.1: A4
MARGIN_TOP, MARGIN_BOTTOM = 20, 20  # mục I.3: 20-25
# mục I.3: 30-35, 15-20; Word counts in twentieths of a point, and 15 mm would become 14.99.
MARGIN_LEFT, MARGIN_RIGHT = 30, 15.02
TEXT_WIDTH = PAGE[0] - MARGIN_LEFT - MARGIN_RIGHT
LEFT_COLUMN = 68  # body, number; the rest of the width holds state name, motto, date
RIGHT_COLUMN = TEXT_WIDTH - LEFT_COLUMN
HEADER_DISTANCE = 10  # the page number stands in the top margin

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True)
class Style:
    """A paragraph style; `indent` is the first line's, `level` marks a heading for PDF tags."""

    name: str
    size: float
    source: str
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Align = "center"
    before: float = 0
    after: float = 0
    line: float = 1.0
    indent: float = 0
    hanging: float = 0
    left: float = 0
    right: float = 0
    level: int | None = None
    keep_with_next: bool = False


STATE_NAME = Style("Quốc hiệu", 12.5, "II.1: 12-13 bold capitals", bold=True)
MOTTO = Style("Tiêu ngữ", 13.5, "II.1: 13-14 bold, first letters capital", bold=True)
PARENT = Style("Cơ quan chủ quản", 12.5, "II.2: 12-13 upright capitals", caps=True)
ISSUER = Style("Cơ quan ban hành", 12.5, "II.2: 12-13 bold capitals", bold=True, caps=True)
NUMBER = Style("Số ký hiệu", 13, "II.3: 13 upright", before=4)
PLACE_DATE = Style("Địa danh ngày tháng", 13, "II.4: 13-14 italic", italic=True, before=4)
TYPE_NAME = Style(
    "Tên loại", 14, "II.5: 13-14 bold capitals", bold=True, caps=True, before=14, level=0,
    keep_with_next=True,
)  # fmt: skip
ABSTRACT = Style(
    "Trích yếu", 14, "II.5: 13-14 bold upright", bold=True, left=15, right=15,
    keep_with_next=True,
)  # fmt: skip
LETTER_ABSTRACT = Style(
    "Trích yếu công văn", 12.5, "II.5: «V/v», 12-13 upright, 6 pt below the number", before=6
)
ADDRESSEE = Style("Kính gửi", 14, "II.9: 13-14 upright", before=12, after=6)
ADDRESSEE_LINE = Style(
    "Kính gửi từng nơi", 14, "II.9: 13-14, one line each, «-» and «;»", align="left", hanging=4,
    left=48, after=2,
)  # fmt: skip
BASIS = Style(
    "Căn cứ", 14, "II.6a: 13-14 italic", italic=True, align="justify", after=6, line=1.05,
    indent=12.7,
)  # fmt: skip
BODY = Style(
    "Nội dung", 14, "II.6: 13-14 justified, indent 1 or 1.27 cm, paragraphs at least 6 pt apart",
    align="justify", after=6, line=1.05, indent=12.7,
)  # fmt: skip
FACT = Style(
    "Thông tin", 14, "as Nội dung, but short lines are not stretched", align="left", after=6,
    line=1.05, left=12.7,
)  # fmt: skip
CLOSING = Style(
    "Đoạn kết", 14, "as Nội dung, but never parted from the signature", align="justify", after=6,
    line=1.05, indent=12.7, keep_with_next=True,
)  # fmt: skip
SECTION = Style(
    "Mục", 14, "II.6: heading 13-14 bold", bold=True, align="justify", before=4, after=6,
    line=1.05, indent=12.7, level=1, keep_with_next=True,
)  # fmt: skip
CELL = Style("Ô bảng", 12, "tables: readable on paper", align="left", before=2, after=2)
CELL_CENTRE = Style("Ô bảng giữa", 12, "tables: counts and marks", before=2, after=2)
CELL_HEAD = Style(
    "Đầu bảng", 12, "tables: repeated on each page", bold=True, before=2, after=2,
    keep_with_next=True,
)  # fmt: skip
AUTHORITY = Style(
    "Quyền hạn chức vụ", 14, "II.7: 13-14 bold capitals", bold=True, caps=True,
    keep_with_next=True,
)  # fmt: skip
SIGN_NOTE = Style("Ghi chú ký", 12, "Mẫu biên bản: how to sign", italic=True, keep_with_next=True)
SIGN_SPACE = Style("Chỗ ký", 14, "II.7, II.8: room for signature and seal", keep_with_next=True)
SIGNER = Style("Họ tên người ký", 14, "II.7: 13-14 bold, no titles", bold=True)
RECIPIENT_LABEL = Style(
    "Nơi nhận nhãn", 12, "II.9: 12 bold italic", bold=True, italic=True, align="left", before=4
)
RECIPIENT = Style("Nơi nhận", 11, "II.9: 11 upright, «-» and «;»", align="left", hanging=2.5)
PAGE_NUMBER = Style("Số trang", 14, "I.7: 13-14 upright Arabic, centred in the top margin")
DRAFT_MARK = Style("Dấu dự thảo", 13, "a draft must not look issued", bold=True, align="right")
GAP = Style("Khoảng cách", 4, "air between blocks", keep_with_next=True)
CODE = Style("Mã tra cứu", 16, "the tracking code, to be read aloud", bold=True)
CODE_NOTE = Style("Chú thích mã", 11, "what the code is for", italic=True)
CODE_NOTE_BOLD = Style("Mã kiểm tra", 13, "the second factor of the look-up", bold=True)
RULE = Style("Đường kẻ", 1, "II.1, II.2, II.5: lines below motto, body and abstract")

STYLES = [
    STATE_NAME, MOTTO, PARENT, ISSUER, NUMBER, PLACE_DATE, TYPE_NAME, ABSTRACT, LETTER_ABSTRACT,
    ADDRESSEE, ADDRESSEE_LINE, BASIS, BODY, FACT, CLOSING, SECTION, CELL, CELL_CENTRE, CELL_HEAD,
    AUTHORITY, SIGN_NOTE, SIGN_SPACE, SIGNER, RECIPIENT_LABEL, RECIPIENT, PAGE_NUMBER, DRAFT_MARK,
    CODE, CODE_NOTE, CODE_NOTE_BOLD, RULE, GAP,
]  # fmt: skip

MOTTO_RULE = 61.0  # as long as the motto
ISSUER_RULE = 20.0  # a third to a half of the body's line
ABSTRACT_RULE = 45.0  # a third to a half of the abstract's line
