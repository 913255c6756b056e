"""Many invented filings, poured into the tables past the models: what searching is measured on."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID

# ruff: noqa: SIM905 - lists of names read better as one line of words

COLUMNS: dict[str, Sequence[str]] = {
    "matters_person": (
        "id", "created_at", "full_name", "id_number", "phone", "commune_id", "folded_name",
    ),
    "matters_petitioner": (
        "id", "created_at", "full_name", "sex", "id_number", "phone", "address",
        "printed_address", "commune_id", "person_id",
    ),
    "matters_filing": (
        "id", "created_at", "tracking_code", "check_digest", "identity_protected", "needs",
        "language", "state", "channel", "petitioner_id", "headcount", "subject", "content",
        "request", "received_at", "received_at_agency_id",
    ),
    "matters_searchentry": ("filing_id", "words"),
}  # fmt: skip
SURNAMES = {
    "Nguyễn": 28, "Trần": 10, "Hoàng": 9, "Nông": 8, "Lê": 7, "Phạm": 6, "Vi": 5, "Lý": 5,
    "Lương": 4, "Bế": 3, "Đàm": 2, "Mông": 2, "Triệu": 2, "Chu": 2, "Dương": 2, "Phùng": 1,
}  # fmt: skip
MIDDLE = ["Thị", "Thị", "Thị", "Văn", "Văn", "Văn", "Thị Thu", "Đức", "Minh", "Hữu", "Ngọc", ""]
GIVEN = (
    "An Anh Ánh Bình Bảo Cường Chiến Dung Dũng Đạt Đông Giang Hà Hải Hạnh Hiền Hiếu Hoa Hoà Hòa "
    "Hoá Hồng Huệ Hùng Hương Kiên Lan Liên Linh Loan Long Mai Minh Nam Nga Ngân Nhung Oanh Phong "
    "Phúc Quân Quý Quỳnh Sơn Tâm Tài Thắng Thanh Thảo Thơm Thuỷ Thủy Thuý Thúy Toàn Trang Tú Tuấn "
    "Tùng Vân Vinh Xuân Yến"
).split()
ASKS = ["Đề nghị", "Khiếu nại", "Phản ánh", "Kiến nghị", "Đề nghị xem xét", "Xin gặp về"]
ABOUT = [
    "thu hồi đất", "bồi thường đất", "cấp giấy chứng nhận quyền sử dụng đất", "tranh chấp đất",
    "ranh giới đất rừng", "tái định cư", "đường vào thôn", "hỗ trợ hộ nghèo", "cầu treo bị hỏng",
    "nước sinh hoạt", "ô nhiễm mỏ đá", "chế độ người có công", "giá đất bồi thường", "trường học",
    "xây dựng trái phép", "kết luận thanh tra", "mương thuỷ lợi", "chợ phiên", "bãi rác", "điện",
]  # fmt: skip
FIRST = "Nà Bản Khuổi Pác Co Lũng Tà Kéo Phai Cốc Thâm Nậm".split()
SECOND = (
    "Ang Bó Cạn Chang Dài Éng Hin Kham Lạc Liền Mạ Mò Nưa Oong Pàn Piàng Quang Roọc Sla Tặc Thoi "
    "Tồng Ùn Vài Xiêng Ỷ Bay Chòi Đuổng Lầu"
).split()


def pour(rows: int, *, seed: int = 7) -> None:
    """So many filings of invented people, oldest first, spread over all communes."""
    from django.db import connection, transaction  # noqa: PLC0415 - after Django is set up

    batch = 20_000
    people = list(_people(max(1, rows * 6 // 10), Random(seed)))  # noqa: S311 - no secrets
    for begin in range(0, len(people), batch):
        with transaction.atomic():
            _insert(connection, "matters_person", people[begin : begin + batch])
    random = Random(seed + 1)  # noqa: S311 - no secrets
    for begin in range(0, rows, batch):
        made = [_filing(n, people, random) for n in range(begin, min(rows, begin + batch))]
        with transaction.atomic():
            for table, each in zip(list(COLUMNS)[1:], zip(*made, strict=True), strict=True):
                _insert(connection, table, each)


def hamlet(random: Random) -> str:
    """One of some thousand names; of a million filings each is in a thousand."""
    return f"{random.choice(FIRST)} {random.choice(SECOND)} {random.randrange(1, 9)}"


def _people(count: int, random: Random) -> Iterator[tuple[Any, ...]]:
    from tiepdan.common import clock  # noqa: PLC0415 - after Django is set up
    from tiepdan.common.folding import fold  # noqa: PLC0415

    units = [unit for unit in _agencies() if unit]
    weights = list(accumulate(SURNAMES.values()))
    now = clock.now()
    for number in range(count):
        surname = random.choices(list(SURNAMES), cum_weights=weights)[0]
        name = " ".join(f"{surname} {random.choice(MIDDLE)} {random.choice(GIVEN)}".split())
        digits, phone = f"020{number:09d}", f"09{number:08d}"
        yield _key(random), now, name, digits, phone, random.choice(units), fold(name)


def _filing(number: int, people: list[tuple[Any, ...]], random: Random) -> list[tuple[Any, ...]]:
    from tiepdan.matters.search_index import entry_words  # noqa: PLC0415 - after Django is set up

    person, now, name, digits, phone, unit, _folded = random.choice(people)
    key, petitioner = _key(random), _key(random)
    at = now - timedelta(days=3000) + timedelta(minutes=4 * number)
    place = hamlet(random)
    subject = f"{random.choice(ASKS)} {random.choice(ABOUT)} thôn {place}"
    code = f"LS-{number:07X}"
    agency = _agencies()[unit if random.random() < 0.8 else None]
    return [
        (petitioner, now, name, "", digits, phone, f"thôn {place}", "", unit, person),
        (
            key, now, code, "0" * 64, False, "[]", "", "received", "in_person", petitioner, 1,
            subject, "Đề nghị xem xét.", "", at, agency,
        ),
        (key, entry_words(f"{code} {name} {digits} {subject}", (agency, unit), protected=False)),
    ]  # fmt: skip


_known: dict[UUID | None, UUID] = {}


def _agencies() -> dict[UUID | None, UUID]:
    """Each commune's committee, and the board for those who come to the province."""
    if not _known:
        from tiepdan.org.models import Agency  # noqa: PLC0415 - after Django is set up
        from tiepdan.org.queries import reception_board  # noqa: PLC0415

        _known.update(Agency.objects.exclude(unit=None).values_list("unit", "pk"))
        _known[None] = reception_board().pk
    return _known


def _key(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _insert(connection: Any, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{name}"' for name in COLUMNS[table])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(COLUMNS[table]))
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - names of ours
            [[v.hex if isinstance(v, UUID) else v for v in row] for row in rows],
        )
