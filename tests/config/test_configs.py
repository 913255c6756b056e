"""The files the supervisor writes for nginx and the engine."""

import json
import os
import socket
import ssl
import subprocess
import time

import pytest
from django.conf import settings as django_settings

from tiepdan.config import engine, local_ca, nginx, ports


@pytest.fixture
def copy(settings, tmp_path):
    """Settings of a copy with a data directory of its own."""
    settings.DATA_DIR = tmp_path
    settings.RUN_DIR = tmp_path / "run"
    settings.HTTPS = False
    return settings


def _nginx_accepts(config):
    command = [*nginx.command(config), "-t", "-q"]
    path = f"{os.environ['PATH']}:/usr/sbin"
    done = subprocess.run(command, env={"PATH": path}, capture_output=True, check=False)
    return done.returncode == 0 and not done.stderr, done.stderr


def test_nginx_accepts_the_local_config(copy):
    """Nginx should take our file without a word."""
    assert _nginx_accepts(nginx.write_config()) == (True, b"")


def test_nginx_accepts_the_public_config(copy):
    """Nginx should take the HTTPS file and its certificate."""
    copy.HTTPS = True
    copy.PUBLIC_URL = "https://127.0.0.1:8443"
    local_ca.ensure(copy.DATA_DIR / "tls", "127.0.0.1")
    config = nginx.write_config()
    assert _nginx_accepts(config) == (True, b"")
    assert "return 301 https://127.0.0.1:8443$uri;" in config.read_text(encoding="utf-8")


def test_every_word_is_filled_in(copy):
    """No placeholder should be left in what nginx reads."""
    words = nginx.write_config().read_text(encoding="utf-8").split()
    assert [word for word in words if word.count("@") > 1] == []


def test_engine_stays_on_this_machine(copy):
    """Without --public the engine should listen on, and tell, the loopback address only."""
    written = json.loads(engine.write_config().read_text(encoding="utf-8"))
    assert written["bind_addresses"] == ["127.0.0.1"]
    assert written["rtc"]["ips"] == {"includes": ["127.0.0.1/32"]}
    assert written["turn"]["bind_addresses"] == ["127.0.0.1"]
    assert written["room"] == {"auto_create": False}


def test_engine_signalling_is_never_public(copy):
    """With --public only media should be reachable, signalling stays behind nginx."""
    copy.HTTPS, copy.PUBLIC_HOST = True, "192.0.2.7"
    written = json.loads(engine.write_config().read_text(encoding="utf-8"))
    assert written["bind_addresses"] == ["127.0.0.1"]
    assert written["rtc"]["node_ip"] == "192.0.2.7"
    # One address only: of two that are told as one, the engine answers on one alone.
    assert written["rtc"]["enable_loopback_candidate"] is False
    assert len(written["rtc"]["ips"]["includes"]) == 1


def test_engine_config_is_private(copy):
    """Files with the engine's secret should be ours alone."""
    assert engine.write_config().stat().st_mode & 0o077 == 0
    assert engine.write_redis_config().stat().st_mode & 0o077 == 0


def test_two_engines_have_ports_of_their_own(shared):
    """Each of two engines should have its own ports and name; one alone should need no Redis."""
    alone = json.loads(engine.write_config().read_text(encoding="utf-8"))
    shared.ENGINES = 2
    both = [json.loads(engine.write_config(one).read_text(encoding="utf-8")) for one in (1, 2)]
    taken = [[one["port"], one["rtc"]["tcp_port"], one["turn"]["tls_port"]] for one in both]
    datagrams = [[one["rtc"]["udp_port"], one["turn"]["udp_port"]] for one in both]
    assert len({port for ports in taken for port in ports}) == 6
    assert len({port for ports in datagrams for port in ports}) == 4
    assert [one["region"] for one in both] == ["engine-1", "engine-2"]
    assert alone == {name: both[0][name] for name in alone}
    assert "redis" not in alone


def test_nginx_accepts_two_engines(shared):
    """Nginx should take a group for each engine, and TURN/TLS of either."""
    shared.ENGINES = 2
    config = nginx.write_config()
    assert _nginx_accepts(config) == (True, b"")
    second = ports.ports(2).signalling
    assert f"upstream engine2 {{ server 127.0.0.1:{second}" in config.read_text(encoding="utf-8")


def test_unknown_host_is_refused(copy):
    """A public host without an address should be refused in plain words."""
    copy.HTTPS, copy.PUBLIC_HOST = True, "nowhere.invalid"
    with pytest.raises(engine.UnknownHostError, match=r"nowhere\.invalid"):
        engine.write_config()


def test_taken_port_is_named(copy):
    """A port somebody else listens on should be named before anything starts."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        copy.PORT_OFFSET = other.getsockname()[1] - 8001
        told = [line for line in ports.taken() if "(web)" in line]
    assert told == [f"Cổng {8001 + copy.PORT_OFFSET}/tcp (web) đang có chương trình khác dùng."]


@pytest.fixture
def shared(copy):
    """A public copy whose HTTPS port is shared by name."""
    copy.HTTPS, copy.PUBLIC_URL, copy.PUBLIC_HOST = True, "https://127.0.0.1", "127.0.0.1"
    copy.TURN_HOST = "turn.tiepdan.test"
    copy.PORT_OFFSET = 20_000 + os.getpid() % 200 * 23
    local_ca.ensure(copy.DATA_DIR / "tls", "127.0.0.1", copy.TURN_HOST)
    return copy


def test_nginx_accepts_the_shared_port(shared):
    """Nginx should take the file that shares 443 between pages and TURN/TLS by name."""
    config = nginx.write_config()
    assert _nginx_accepts(config) == (True, b"")
    words = config.read_text(encoding="utf-8").split()
    assert [word for word in words if word.count("@") > 1] == []


def test_engine_names_our_machine_only(shared):
    """Browsers should be told our own STUN, TURN and TURN/TLS, whose only peer is the engine."""
    written = json.loads(engine.write_config().read_text(encoding="utf-8"))
    assert written["rtc"]["stun_servers"] == [f"127.0.0.1:{ports.ports().turn_udp}"]
    assert written["turn"] == {
        "enabled": True,
        "udp_port": ports.ports().turn_udp,
        "domain": "turn.tiepdan.test",
        "bind_addresses": ["127.0.0.1"],
        "allow_restricted_peer_cidrs": ["127.0.0.1/32"],
        "tls_port": ports.ports().turn_tcp,
        "external_tls": True,
    }


def test_the_shared_port_tells_names_and_clients_apart(shared):
    """Django should still see each client's address; the TURN name should reach the engine."""
    command = nginx.command(nginx.write_config())
    path = {"PATH": f"{os.environ['PATH']}:/usr/sbin"}
    with (
        _listener(ports.ports().web) as web,
        _listener(ports.ports().turn_tcp) as turn,
        subprocess.Popen(command, env=path) as process,
    ):
        try:
            assert b"X-Forwarded-For: 127.0.0.9\r\n" in _said(web, "127.0.0.1", b"GET / HTTP/1.0")
            assert _said(turn, shared.TURN_HOST, b"not for Django") == b"not for Django\r\n\r\n"
        finally:
            process.terminate()


def _listener(port):
    return socket.create_server(("127.0.0.1", port))


def _said(behind, name, words):
    """What the server behind nginx hears when a client at 127.0.0.9 says `words` to `name`."""
    context = ssl.create_default_context(cafile=django_settings.DATA_DIR / "tls" / "ca.pem")
    behind.settimeout(10)
    with (
        _connected(ports.ports().https) as plain,
        context.wrap_socket(plain, server_hostname=name) as client,
    ):
        client.sendall(words + b"\r\n\r\n")
        with behind.accept()[0] as heard:
            return heard.recv(4096)


def _connected(port):
    limit = time.monotonic() + 10
    while True:
        try:
            return socket.create_connection(
                ("127.0.0.1", port), timeout=10, source_address=("127.0.0.9", 0)
            )
        except ConnectionRefusedError:
            assert time.monotonic() < limit, "nginx does not listen"
            time.sleep(0.05)
