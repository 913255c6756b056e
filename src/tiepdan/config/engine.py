"""The media engine of this copy: its configuration, written at each start into `var/run`."""

import json
import shutil
import socket
from pathlib import Path

from django.conf import settings

from tiepdan.config.ports import ports
from tiepdan.video.adapters.livekit import cluster

_LOOPBACK = "127.0.0.1"
_REPORTED = (
    "participant_joined", "participant_left", "participant_connection_aborted", "room_finished",
)  # fmt: skip


class UnknownHostError(RuntimeError):
    """The public host has no address: nobody could send it pictures."""


def binary() -> Path:
    """Where the built engine lies."""
    return Path(settings.BIN_DIR) / "livekit-server"


def write_config(number: int = 1) -> Path:
    """Write `engine.yaml` (as JSON, which is YAML) for this copy; the file, mode 0600.

    `number`: of several engines, which. Raises UnknownHostError when the public host cannot be
    resolved.
    """
    told = _config(_addresses(), number) | ({} if cluster.is_one() else _shared(number))
    return _private(f"{cluster.name_of(number)}.yaml", json.dumps(told, indent=2))


def write_redis_config() -> Path:
    """Write `redis.conf`: this machine alone, a password, what it knows in `run/redis`.

    It is kept so that Redis may crash under a sitting, and is forgotten at the copy's next start.
    """
    folder = Path(settings.RUN_DIR) / "redis"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lines = [
        f"bind {_LOOPBACK}",
        f"port {cluster.redis_port()}",
        f"requirepass {json.dumps(settings.ENGINE_SECRET)}",
        f"dir {json.dumps(str(folder), ensure_ascii=False)}",
        'save ""',
        "appendonly yes",
        "set-proc-title no",  # it would be written over the environment, by which we are known
    ]
    return _private("redis.conf", "\n".join(lines) + "\n")


def _private(name: str, text: str) -> Path:
    path = Path(settings.RUN_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    return path


def _shared(number: int) -> dict[str, object]:
    """What makes one of several engines a node of the cluster."""
    return {
        "region": cluster.name_of(number),
        "redis": {
            "address": f"{_LOOPBACK}:{cluster.redis_port()}",
            "password": settings.ENGINE_SECRET,
        },
        "node_selector": {"kind": "any", "sort_by": "rooms", "algorithm": "lowest"},
    }


def _config(addresses: tuple[str, str], number: int) -> dict[str, object]:
    told, local = addresses
    mine = ports(number)
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
            # The seat chooses the way. Where the engine chooses it waits for better ones to appear:
            # 1 s on one it learnt from the first packet (most of them here), 2 s behind TURN.
            "use_ice_lite": True,
            # Firefox leaves the choice to the engine all the same.
            "prflx_acceptance_min_wait": "200ms",
            "relay_acceptance_min_wait": "500ms",
            # How often a whole picture may be asked of a camera. Who enters a turn waits for one:
            # at the engine's own 1 s their first picture is late by as much.
            "pli_throttle": {
                "low_quality": "200ms",
                "mid_quality": "400ms",
                "high_quality": "400ms",
            },
            "ips": {"includes": [f"{local}/32"]},
        },
        "room": {"auto_create": False},
        "turn": _turn(told, local, number),
        "keys": {settings.ENGINE_KEY: settings.ENGINE_SECRET},
        "logging": {"level": "warn"},
        "webhook": {
            "api_key": settings.ENGINE_KEY,
            "urls": [f"http://{_LOOPBACK}:{mine.web}/phong/engine/webhook"],
            # Each report costs a look at the room, at the moment when everybody moves.
            "filter_params": {"include_events": list(_REPORTED)},
        },
    }


def _turn(told: str, local: str, number: int) -> dict[str, object]:
    """The ways round a closed network; the peers behind them are the engine alone.

    Browsers are always told `turns:NAME:443`: nginx takes TLS off there and passes the rest on.
    """
    turn: dict[str, object] = {
        "enabled": True,
        "udp_port": ports(number).turn_udp,
        "domain": settings.TURN_HOST or settings.PUBLIC_HOST,
        "bind_addresses": [local],
        "allow_restricted_peer_cidrs": sorted({f"{told}/32", f"{local}/32"}),
    }
    if settings.TURN_HOST:
        turn |= {"tls_port": ports(number).turn_tcp, "external_tls": True}
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
