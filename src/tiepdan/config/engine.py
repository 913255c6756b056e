"""The media engine of this copy: its configuration, written at each start into `var/run`."""

import json
import socket
from pathlib import Path

from django.conf import settings

from tiepdan.config.ports import ports

_LOOPBACK = "127.0.0.1"


class UnknownHostError(RuntimeError):
    """The public host has no address: nobody could send it pictures."""


def binary() -> Path:
    """Where the built engine lies."""
    return Path(settings.BIN_DIR) / "livekit-server"


def write_config() -> Path:
    """Write `engine.yaml` (as JSON, which is YAML) for this copy; the file, mode 0600.

    Raises UnknownHostError when the public host cannot be resolved.
    """
    path = Path(settings.RUN_DIR) / "engine.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(_config(_addresses()), indent=2), encoding="utf-8")
    return path


def _config(addresses: tuple[str, str]) -> dict[str, object]:
    told, local = addresses
    mine = ports()
    return {
        "port": mine.signalling,
        # Signalling and the control API stay on this machine: nginx is the only way in.
        "bind_addresses": [_LOOPBACK],
        "rtc": {
            "udp_port": mine.media_udp,
            "tcp_port": mine.ice_tcp,
            "use_external_ip": False,
            # One address only: the engine tells `node_ip` for each it listens on, and of two
            # with the same name it answers on one alone.
            "enable_loopback_candidate": local == _LOOPBACK,
            "node_ip": told,
            # Ours, named although TURN/UDP answers STUN too: a browser that is told to use
            # TURN/TLS only would otherwise be handed public STUN servers.
            "stun_servers": [f"{told}:{mine.turn_udp}"],
            "ips": {"includes": [f"{local}/32"]},
        },
        "room": {"auto_create": False},
        "turn": _turn(told, local),
        "keys": {settings.ENGINE_KEY: settings.ENGINE_SECRET},
        "logging": {"level": "warn"},
        "webhook": {
            "api_key": settings.ENGINE_KEY,
            "urls": [f"http://{_LOOPBACK}:{mine.web}/phong/engine/webhook"],
        },
    }


def _turn(told: str, local: str) -> dict[str, object]:
    """The ways round a closed network; the peers behind them are the engine alone.

    Browsers are always told `turns:NAME:443`: nginx takes TLS off there and passes the rest on.
    """
    turn: dict[str, object] = {
        "enabled": True,
        "udp_port": ports().turn_udp,
        "domain": settings.TURN_HOST or settings.PUBLIC_HOST,
        "bind_addresses": [local],
        "allow_restricted_peer_cidrs": sorted({f"{told}/32", f"{local}/32"}),
    }
    if settings.TURN_HOST:
        turn |= {"tls_port": ports().turn_tcp, "external_tls": True}
    return turn


def address() -> str:
    """The machine's own address on which the engine takes media."""
    return _addresses()[1]


def _addresses() -> tuple[str, str]:
    """The address clients are told, and the machine's own address behind it."""
    if not settings.HTTPS:
        return _LOOPBACK, _LOOPBACK
    try:
        told = str(socket.getaddrinfo(settings.PUBLIC_HOST, None, socket.AF_INET)[0][4][0])
    except OSError as error:
        raise UnknownHostError(f"Không tìm thấy địa chỉ của {settings.PUBLIC_HOST}.") from error
    return told, told if _is_ours(told) else _own_address(told)


def _is_ours(address: str) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _own_address(towards: str) -> str:
    """Behind a router: the address with which this machine would send to `towards`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((towards, 9))  # sends nothing: only asks which way it would go
        return str(probe.getsockname()[0])
