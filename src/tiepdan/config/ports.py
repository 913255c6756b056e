"""The ports of one copy of the product, all shifted by `TIEPDAN_PORT_OFFSET`."""

import socket
from dataclasses import dataclass

from django.conf import settings

from tiepdan.video.adapters.livekit import cluster


@dataclass(frozen=True, slots=True)
class Ports:
    """Where each part listens; `http`, and with HTTPS also `https`, are the one door.

    With a TURN name, `https` is shared by name: behind it pages listen on `pages`, and nginx
    takes TLS off on `turn_tls` before the engine's `turn_tcp`. `redis` is for several engines.
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
    redis: int


def ports(engine: int = 1) -> Ports:
    """The ports of this copy; `engine`: of several, the one whose ports are asked for."""
    shift = settings.PORT_OFFSET
    further = engine - 1
    media = 7880 + shift + cluster.PORTS_EACH * further
    return Ports(
        http=8080 + shift,
        https=8443 + shift,
        web=8001 + shift,
        signalling=media,
        ice_tcp=media + 1,
        media_udp=media + 2,
        turn_udp=3478 + shift + further,
        turn_tcp=5349 + shift + further,
        turn_tls=8445 + shift,
        pages=8444 + shift,
        redis=cluster.redis_port(),
    )


def taken() -> list[str]:
    """One plain sentence for each port that another program holds already."""
    mine = ports()
    streams = [("cổng vào", mine.http), ("web", mine.web)]
    if settings.HTTPS:
        streams.append(("cổng vào HTTPS", mine.https))
    if settings.TURN_HOST:
        streams += [("TURN/TLS", mine.turn_tls), ("trang", mine.pages)]
    if not cluster.is_one():
        streams.append(("Redis", mine.redis))
    datagrams = []
    for one in map(ports, range(1, settings.ENGINES + 1)):
        streams += [("báo hiệu", one.signalling), ("media TCP", one.ice_tcp)]
        streams += [("TURN", one.turn_tcp)] if settings.TURN_HOST else []
        datagrams += [("media UDP", one.media_udp), ("STUN/TURN", one.turn_udp)]
    busy = [(name, "tcp", n) for name, n in streams if not _free(n, socket.SOCK_STREAM)]
    busy += [(name, "udp", n) for name, n in datagrams if not _free(n, socket.SOCK_DGRAM)]
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
