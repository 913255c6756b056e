"""The certificate authority behind `./run --public`."""

import shutil
import ssl
import subprocess
from datetime import timedelta

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.verification import PolicyBuilder, Store

from tiepdan.common import clock
from tiepdan.config import local_ca


def _verify(folder, host):
    ca = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    server = x509.load_pem_x509_certificates((folder / "server.pem").read_bytes())[0]
    policy = PolicyBuilder().store(Store([ca])).time(clock.real_now())
    return policy.build_server_verifier(x509.DNSName(host)).verify(server, [])


def test_chain_verifies(tmp_path):
    """The server's certificate should chain to the CA and carry the host's name."""
    local_ca.ensure(tmp_path, "tiepdan.example")
    assert len(_verify(tmp_path, "tiepdan.example")) == 2
    context = ssl.create_default_context(cafile=tmp_path / "ca.pem")
    context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")


def test_one_certificate_for_both_names(tmp_path):
    """Pages and TURN should share one certificate; a name that is added later should renew it."""
    local_ca.ensure(tmp_path, "tiepdan.example")
    local_ca.ensure(tmp_path, "tiepdan.example", "turn.tiepdan.example")
    _verify(tmp_path, "tiepdan.example")
    _verify(tmp_path, "turn.tiepdan.example")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_openssl_agrees(tmp_path):
    """OpenSSL should accept the chain for an address too."""
    local_ca.ensure(tmp_path, "192.0.2.7")
    command = ["openssl", "verify", "-x509_strict", "-CAfile", "ca.pem", "-verify_ip", "192.0.2.7"]
    done = subprocess.run([*command, "server.pem"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_second_call_keeps_everything(tmp_path):
    """A second start should change nothing."""
    local_ca.ensure(tmp_path, "a.example")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    local_ca.ensure(tmp_path, "a.example")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(("host", "days"), [("b.example", 0), ("a.example", 340)])
def test_server_certificate_is_renewed(tmp_path, host, days):
    """Another host, or less than 30 days left, should renew the server's certificate only."""
    local_ca.ensure(tmp_path, "a.example")
    server, ca = ((tmp_path / name).read_bytes() for name in ("server.pem", "ca.pem"))
    with time_machine.travel(clock.real_now() + days * timedelta(days=1)):
        local_ca.ensure(tmp_path, host)
        _verify(tmp_path, host)
    assert (tmp_path / "server.pem").read_bytes() != server
    assert (tmp_path / "ca.pem").read_bytes() == ca


def test_keys_are_private(tmp_path):
    """Nobody else should be able to read the keys."""
    local_ca.ensure(tmp_path / "tls", "a.example")
    assert (tmp_path / "tls").stat().st_mode & 0o077 == 0
    for key in (tmp_path / "tls").glob("*.key"):
        assert key.stat().st_mode & 0o777 == 0o600


def test_certificate_of_the_office_is_left_alone(tmp_path):
    """A certificate that somebody else issued should never be replaced by ours."""
    key, name = local_ca._new_key(tmp_path / "server.key"), local_ca._name("An authority")
    own = local_ca._builder(name, name, key, timedelta(days=1)).sign(key, hashes.SHA256())
    (tmp_path / "server.pem").write_bytes(local_ca._pem(own))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    local_ca.ensure(tmp_path, "a.example")
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
