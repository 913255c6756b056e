"""What the supervisor says to the person at the terminal, in plain Vietnamese."""

import sys

from django.conf import settings

from tiepdan.config import local_ca
from tiepdan.config.ports import ports
from tiepdan.config.processes import Child

_SHOWN = 14
"""Accounts printed at the start: everybody of the province and a few communes."""


def say(text: str) -> None:
    """One line for the person who watches."""
    sys.stdout.write(f"==> {text}\n")
    sys.stdout.flush()


def fail(text: str) -> None:
    """Why it cannot go on."""
    sys.stdout.flush()
    sys.stderr.write(f"Lỗi: {text}\n")


def door() -> tuple[str, int]:
    """Where nginx is asked on this machine, whatever name the public uses."""
    return "127.0.0.1", ports().https if settings.HTTPS else ports().http


def ready(children: list[Child]) -> None:
    """Everything answers: addresses, accounts, and for a public copy trust and ports."""
    say("Đang chạy: " + ", ".join(child.name for child in children) + ".")
    lines = [f"Mở trình duyệt: {settings.PUBLIC_URL}/", *_trust(), *_accounts()]
    sys.stdout.write("\n" + "\n".join(lines) + "\n\nDừng: Ctrl-C\n")
    sys.stdout.flush()


def _trust() -> list[str]:
    if not settings.HTTPS:
        return []
    mine, authority = ports(), settings.DATA_DIR / "tls" / "ca.pem"
    return [
        "",
        "Máy khác muốn vào thì cài chứng thư này làm nơi cấp tin cậy (Trusted Root):",
        f"  {authority}",
        f"  SHA-256 {local_ca.fingerprint(authority)}",
        "  Windows: nháy đúp > Install Certificate > Trusted Root Certification Authorities",
        "  Debian/Ubuntu: chép vào /usr/local/share/ca-certificates/tiepdan.crt, chạy",
        "  update-ca-certificates; Chrome và Firefox: Cài đặt > Chứng chỉ > Nhập",
        f"Mở trên tường lửa: {mine.https}/tcp (trang và báo hiệu)",
        *[
            f"  {one.ice_tcp}/tcp và {one.media_udp}/udp (hình và tiếng),"
            f" {one.turn_udp}/udp (STUN/TURN)"
            for one in map(ports, range(1, settings.ENGINES + 1))
        ],
        *_closed_networks(),
    ]


def _closed_networks() -> list[str]:
    """Where only 443/tcp passes: what the network has to know of us."""
    if not settings.TURN_HOST:
        return []
    return [f"Mạng chỉ cho qua 443/tcp: tên {settings.TURN_HOST} phải trỏ về cùng địa chỉ này."]


def _accounts() -> list[str]:
    path = settings.DATA_DIR / "demo-accounts.txt"
    if not (settings.DEMO and path.exists()):
        return []
    lines = path.read_text("utf-8").splitlines()
    more = len(lines) - _SHOWN
    rest = [f"… và {more} tài khoản nữa của các xã, phường."] if more > 0 else []
    return ["", f"Tài khoản trình diễn (đủ trong {path}):", *lines[:_SHOWN], *rest]
