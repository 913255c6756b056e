"""A certificate authority of this installation, so that `./run --public` can serve HTTPS.

Made once in `var/tls`; whoever trusts `ca.pem` reaches the pages without a warning. A real server
puts its own certificate there instead, which is never touched (docs/how-to/real-server.md).
"""

import ipaddress
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tiepdan.common import clock

CA_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=365)
RENEW_BEFORE = timedelta(days=30)
_CLOCK_SKEW = timedelta(hours=1)
_CA_NAME = "Tiếp Dân – chứng thư nội bộ"


def ensure(folder: Path, *hosts: str) -> Path:
    """One certificate for all `hosts` in `folder`, made or renewed when needed; the CA's file.

    `server.pem` (with its chain) and `server.key` are what nginx reads. Keys are mode 0600.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ca_file, ca_key_file = folder / "ca.pem", folder / "ca.key"
    if not (ca_file.exists() and ca_key_file.exists()):
        key = _new_key(ca_key_file)
        ca_file.write_bytes(_pem(_make_ca(key)))
    ca = x509.load_pem_x509_certificate(ca_file.read_bytes())
    if not _still_good(folder / "server.pem", hosts, ca):
        ca_key = _read_key(ca_key_file)
        server = _make_server(hosts, _new_key(folder / "server.key"), ca, ca_key)
        (folder / "server.pem").write_bytes(_pem(server) + _pem(ca))
    return ca_file


def fingerprint(ca_file: Path) -> str:
    """The SHA-256 fingerprint a person compares before trusting the CA."""
    certificate = x509.load_pem_x509_certificate(ca_file.read_bytes())
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _still_good(path: Path, hosts: Sequence[str], ca: x509.Certificate) -> bool:
    if not path.exists():
        return False
    certificate = x509.load_pem_x509_certificates(path.read_bytes())[0]
    if _CA_NAME not in certificate.issuer.rfc4514_string():
        return True  # the office's own: theirs to renew
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        certificate.issuer == ca.subject
        and all(_general_name(host) in names for host in hosts)
        and certificate.not_valid_after_utc - clock.real_now() > RENEW_BEFORE
    )


def _make_ca(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    # Two installations on one network must not carry the same name: browsers would mix them up.
    mark = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()[:8]
    name = _name(f"{_CA_NAME} {mark}")
    usage = _usage(sign_certificates=True)
    return (
        _builder(name, name, key, CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def _make_server(
    hosts: Sequence[str],
    key: ec.EllipticCurvePrivateKey,
    ca: x509.Certificate,
    ca_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    web_server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    return (
        _builder(_name(hosts[0][:64]), ca.subject, key, SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(names, critical=False)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(web_server, critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(ca_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, life: timedelta
) -> x509.CertificateBuilder:
    now = clock.real_now()
    own_key = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + life)
        .add_extension(own_key, critical=False)
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _new_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    draft.replace(path)
    return key


def _read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} is not a key of ours")
    return key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
