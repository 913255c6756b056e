"""What a document template is made of; `bodies.py` composes it, `layout.py` writes it to Word.

Text holds expressions of the template engine (`{{ … }}`); `**…**` is bold.
"""

from dataclasses import dataclass
from typing import TypeAlias

from tiepdan.documents import typography as t


@dataclass(frozen=True)
class P:
    """A paragraph."""

    text: str
    style: t.Style = t.BODY


@dataclass(frozen=True)
class If:
    """Blocks that stay only when the condition holds."""

    condition: str
    blocks: list["Block"]


@dataclass(frozen=True)
class For:
    """Blocks repeated for each element: `each` is «row in rows»."""

    each: str
    blocks: list["Block"]


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, width in millimetres and what stands in each row."""

    head: str
    width: float
    text: str
    style: t.Style = t.CELL


@dataclass(frozen=True)
class Table:
    """A ruled table with a repeated head and one row for each element."""

    each: str
    columns: list[Column]


@dataclass(frozen=True)
class Letterhead:
    """State name and motto, body, number, place and date; letters carry V/v below the number."""

    letter: bool = False


@dataclass(frozen=True)
class Heading:
    """Type name and abstract (tên loại, trích yếu)."""

    type_name: str


@dataclass(frozen=True)
class Columns:
    """Two columns without lines: for signatures and recipients, kept on one page."""

    left: list["Block"]
    right: list["Block"]
    left_width: float = t.TEXT_WIDTH / 2


@dataclass(frozen=True)
class SignerRows:
    """The signers of minutes, two in a row."""


Block: TypeAlias = P | If | For | Table | Letterhead | Heading | Columns | SignerRows
