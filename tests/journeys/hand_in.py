"""Hand in one scanned paper with each filing of a rehearsed reception.

Run with the copy's own settings in the environment: it works on that copy's data.
"""

import io
import os
import sys

import django
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
LINES = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ĐƠN ĐỀ NGHỊ",
    "Tôi đề nghị đo đạc lại thửa đất 1.250 m² tại thôn Nà Hoa",
    "và xem xét lại phương án bồi thường, hỗ trợ.",
]


def sheet(number: int) -> Image.Image:
    """A page of writing as a scanner gives it, A4 at 150 dots an inch."""
    page = Image.new("RGB", (1240, 1754), "#f7f5ee")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 34)
    for line, text in enumerate([*LINES, f"Trang {number}"]):
        pen.text((120, 160 + 90 * line), text, fill="#1d2530", font=font)
    for line in range(14):
        pen.line((120, 680 + 62 * line, 1120 - 40 * (line % 3), 680 + 62 * line), "#8a8f98", 3)
    return page


def main() -> None:
    """Attach to every filing of the sitting named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from tiepdan.accounts.models import Grant, Role  # noqa: PLC0415 - after Django's set-up
    from tiepdan.matters.attachments import attach  # noqa: PLC0415
    from tiepdan.sittings.models import Sitting  # noqa: PLC0415

    officer = Grant.objects.filter(role=Role.BOARD_OFFICER)[0].user
    file = io.BytesIO()
    sheet(1).save(file, "PDF", save_all=True, append_images=[sheet(2), sheet(3)], resolution=150)
    for row in Sitting.objects.get(pk=sys.argv[1]).reception.appointments.all():
        paper = SimpleUploadedFile("Don-de-nghi.pdf", file.getvalue())
        attach(filing=row.filing, upload=paper, by=officer)


if __name__ == "__main__":
    main()
