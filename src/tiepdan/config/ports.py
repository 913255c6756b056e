"""The ports of one copy of the product, all shifted by `TIEPDAN_PORT_OFFSET`."""

import socket
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Ports:
    """Where each part listens; `http`, and with HTTPS also `https`, are the one door.

    With a TURN name, `https` is shared by name: behind it pages listen on `pages`, and nginx
    takes TLS off on `turn_tls` before the engine's `turn_tcp`.
    """

    http: int
    https: int
    web: int
    signalling: int
    ice_tcp: int
    media_udp: int
    turn_udp: int
    turn_tcp: int
    turn_tls: int
    pages: int


def ports() -> Ports:
    """The ports of this copy."""
    shift = settings.PORT_OFFSET
    return Ports(
        http=8080 + shift,
        https=8443 + shift,
        web=8001 + shift,
        signalling=7880 + shift,
        ice_tcp=7881 + shift,
        media_udp=7882 + shift,
        turn_udp=3478 + shift,
        turn_tcp=5349 + shift,
        turn_tls=8445 + shift,
        pages=8444 + shift,
    )


def taken() -> list[str]:
    """One plain sentence for each port that another program holds already."""
    mine = ports()
    streams = {"cổng vào": mine.http, "web": mine.web, "báo hiệu": mine.signalling}
    streams["media TCP"] = mine.ice_tcp
    if settings.HTTPS:
        streams["cổng vào HTTPS"] = mine.https
    if settings.TURN_HOST:
        streams |= {"TURN": mine.turn_tcp, "TURN/TLS": mine.turn_tls, "trang": mine.pages}
    datagrams = {"media UDP": mine.media_udp, "STUN/TURN": mine.turn_udp}
    busy = [(name, "tcp", n) for name, n in streams.items() if not _free(n, socket.SOCK_STREAM)]
    busy += [(name, "udp", n) for name, n in datagrams.items() if not _free(n, socket.SOCK_DGRAM)]
    return [
        f"Cổng {number}/{kind} ({name}) đang có chương trình khác dùng."
        for name, kind, number in busy
    ]


def _free(number: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            # A connection that has just ended does not hold the port; a listener does.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", number))  # noqa: S104 - a look, closed at once
        except OSError:
            return False
    return True
