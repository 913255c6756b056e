"""nginx as the one door: its configuration, written at each start into `var/run`."""

import os
import socket
from pathlib import Path

from django.conf import settings

from tiepdan.config import engine
from tiepdan.config.ports import ports
from tiepdan.video.adapters.livekit import cluster

_TEMPLATE = Path(__file__).with_name("nginx.conf")
_SHARED_TEMPLATE = Path(__file__).with_name("nginx-443.conf")
# Behind the shared port every client would look like this machine.
_REAL_CLIENT = "    set_real_ip_from 127.0.0.1;\n    real_ip_header proxy_protocol;"
_STREAM = Path("/usr/lib/nginx/modules/ngx_stream_module.so")
"""Debian's libnginx-mod-stream; where nginx has streams built in there is nothing to load."""
_TEMPORARY = ("body", "proxy", "fastcgi", "uwsgi", "scgi")


def write_config() -> Path:
    """Write `nginx.conf` for this copy and make the folders it names; the file."""
    run, log = settings.RUN_DIR, settings.DATA_DIR / "log"
    for folder in [log, *(run / "nginx" / name for name in _TEMPORARY)]:
        folder.mkdir(parents=True, exist_ok=True)
    text = _TEMPLATE.read_text(encoding="utf-8")
    for word, value in _words(run, log).items():
        text = text.replace(f"@{word}@", value)
    path = Path(run) / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


def command(config: Path) -> list[str]:
    """Start nginx in the foreground with our file only."""
    return ["nginx", "-p", str(config.parent), "-c", str(config), "-e", "stderr"]


def _words(run: Path, log: Path) -> dict[str, str]:
    return {
        **_shared(),
        "tls": str(settings.DATA_DIR / "tls"),
        "run": str(run),
        "log": str(log),
        "mime": "/etc/nginx/mime.types",
        # Without this a master that runs as root hands its work to a user who may not read var/.
        "user": "user root root;" if os.geteuid() == 0 else "",
        "web": str(ports().web),
        "engines": _engines(),
        "static": str(settings.STATIC_ROOT),
        "documents": str(settings.DOCUMENTS_DIR),
        "recordings": str(settings.RECORDINGS_DIR),
        "listen": _listen(),
        "redirect": _redirect() if settings.HTTPS else "",
    }


def _engines() -> str:
    """The group `engine`; of several, a group for each: itself, and the others should it be away.

    The gate names the group of the engine that has the room.
    """
    each = map(ports, range(1, settings.ENGINES + 1))
    servers = [f"server 127.0.0.1:{one.signalling}" for one in each]
    groups = {"engine": servers[0]}
    if not cluster.is_one():
        groups |= {f"engine{number}": server for number, server in enumerate(servers, 1)}
    return "\n".join(
        f"  upstream {name} {{ {own} max_fails=0;"
        + "".join(f" {other} backup;" for other in servers if other != own)
        + " }"
        for name, own in groups.items()
    )


def _shared() -> dict[str, str]:
    """Port 443 shared by the name a browser asks for; nothing without a TURN name."""
    if not settings.TURN_HOST:
        return {"modules": "", "by_name": ""}
    return {
        "by_name": _SHARED_TEMPLATE.read_text(encoding="utf-8"),
        "modules": f"load_module {_STREAM};" if _STREAM.exists() else "",
        "door": _addresses(ports().https, "0.0.0.0", "[::]", ""),  # noqa: S104 - the public door
        "turn_host": settings.TURN_HOST,
        "turn_addresses": " ".join(
            f"server {engine.address()}:{ports(number).turn_tcp} max_fails=0;"
            for number in range(1, settings.ENGINES + 1)
        ),
        "pages": str(ports().pages),
        "turn_tls": str(ports().turn_tls),
    }


def _listen() -> str:
    if not settings.HTTPS:
        # Without HTTPS, browsers give camera and microphone to localhost only.
        return _addresses(ports().http, "127.0.0.1", "[::1]", "")
    tls = settings.DATA_DIR / "tls"
    door = _addresses(ports().https, "0.0.0.0", "[::]", " ssl")  # noqa: S104 - the public door
    if settings.TURN_HOST:
        door = f"    listen 127.0.0.1:{ports().pages} ssl proxy_protocol;\n{_REAL_CLIENT}"
    return (
        door
        + f"\n    ssl_certificate {tls}/server.pem;\n    ssl_certificate_key {tls}/server.key;"
        + "\n    ssl_protocols TLSv1.2 TLSv1.3;\n    ssl_session_cache shared:tls:4m;"
    )


def _redirect() -> str:
    listen = _addresses(ports().http, "0.0.0.0", "[::]", "")  # noqa: S104 - the public door
    return f"  server {{\n{listen}\n    return 301 {settings.PUBLIC_URL}$uri;\n  }}"


def _addresses(port: int, ipv4: str, ipv6: str, flags: str) -> str:
    hosts = [ipv4, ipv6] if _has_ipv6() else [ipv4]
    only = {ipv6: " ipv6only=on"}
    return "\n".join(f"    listen {host}:{port}{flags}{only.get(host, '')};" for host in hosts)


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
