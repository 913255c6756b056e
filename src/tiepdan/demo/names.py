"""Invented people: plausible names of Lạng Sơn (Kinh, Tày, Nùng, Dao), drawn from a seed."""

from random import Random

SURNAMES = [
    "Nông", "Hoàng", "Lý", "Vi", "Lương", "Bế", "Đàm", "Hà", "Mông", "Triệu", "Chu", "Dương",
    "La", "Lâm", "Phùng", "Đặng", "Bàn", "Nguyễn", "Trần", "Phạm", "Lê", "Vũ",
]  # fmt: skip
WOMEN = {
    "middle": ["Thị", "Thị Thu", "Thị Bích", "Thuý", "Thị Kim", "Ngọc"],
    "given": ["Hiền", "Lan", "Hoa", "Nguyệt", "Thơm", "Mai", "Xuân", "Hạnh", "Vân", "Yến", "Liên"],
}
MEN = {
    "middle": ["Văn", "Đức", "Quang", "Minh", "Xuân", "Hữu", "Thế"],
    "given": [
        "Hùng",
        "Sơn",
        "Thành",
        "Kiên",
        "Tài",
        "Quý",
        "Phong",
        "Lâm",
        "Toàn",
        "Vinh",
        "Cường",
    ],
}


class NameSource:
    """Draws names that do not repeat; the same seed gives the same names."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - names, not secrets
        self._used: set[str] = set()

    def draw(self) -> str:
        """A name nobody has had yet."""
        while True:
            parts = self.random.choice([WOMEN, MEN])
            name = " ".join(
                [
                    self.random.choice(SURNAMES),
                    self.random.choice(parts["middle"]),
                    self.random.choice(parts["given"]),
                ]
            )
            if name not in self._used:
                self._used.add(name)
                return name
