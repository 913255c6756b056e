"""A site whose network lets only 443/tcp through: media comes by TURN/TLS, nobody does anything."""

import json
import shutil
import subprocess

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import test_public as public
from tests.journeys.stage import Stage

TURN = "turn.tiepdan.test"
TABLE = f"tiepdan-{public.NUMBER}"

other_network = public.other_network
pytestmark = [
    *public.pytestmark,
    pytest.mark.skipif(
        not (shutil.which("nft") and shutil.which("certutil")),
        reason="nftables and NSS tools are not installed",
    ),
]


@pytest.fixture
def only_443(other_network):
    """The site's own firewall drops all but 443/tcp; 443 is our HTTPS port; our address."""
    to_us = f"ip daddr {other_network} tcp dport 443 redirect to :{8443 + public.SHIFT}"
    ours = f"""table ip {TABLE} {{
      chain to_us {{ type nat hook prerouting priority dstnat; {to_us}; }}
      chain from_here {{ type nat hook output priority -100; {to_us}; }}
    }}"""
    theirs = """table inet site {
      chain out { type filter hook output priority 0; policy drop;
        oifname "lo" accept; tcp dport 443 accept; }
    }"""
    _nft([], ours)
    try:
        _nft(public._INSIDE, theirs)
        yield other_network
    finally:
        subprocess.run(["nft", "delete", "table", "ip", TABLE], check=True)


def _nft(prefix, rules):
    done = subprocess.run(
        [*prefix, "nft", "-f", "-"], input=rules, text=True, capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"this machine gives no firewall: {done.stderr}")


@pytest.fixture
def copy(tmp_path, only_443):
    """A public copy on port 443 of an address, with a name for TURN."""
    own = {"TIEPDAN_PUBLIC_URL": f"https://{only_443}", "TIEPDAN_TURN_HOST": TURN}
    yield from public.run_copy(tmp_path, public._environment(tmp_path, only_443) | own)


def test_media_where_only_443_passes(copy, tmp_path, only_443):
    """Both should receive; the site by a relay over TLS; the page knows no address but ours."""
    _process, environment, said = copy
    assert TURN in said
    told = json.loads(public._rehearse(environment))
    (tmp_path / "out").mkdir()
    with sync_playwright() as playwright:
        stage = Stage(
            playwright, environment["TIEPDAN_PUBLIC_URL"], tmp_path, tmp_path / "out",
            chromium={"site": _chromium_that_trusts_us(tmp_path, only_443)},
        )  # fmt: skip
        public._meet(stage, told)
        site = stage.pages[f"seat:{told['seat']}"]
        assert site.evaluate("tiepdanStage.mediaPath()") == "relay/tls"
        assert stage.pages["seat:hub"].evaluate("tiepdanStage.mediaPath()") == "udp"
        for page in (site, stage.pages["seat:hub"]):
            assert foreign(page.evaluate("tiepdanStage.iceServers()"), only_443) == []


def foreign(addresses, ours):
    """Addresses the engine named to the browser that are not ours; there must be some of ours."""
    assert addresses
    hosts = [address.split("?")[0].split(":")[1] for address in addresses]
    return [host for host in hosts if host not in {ours, TURN}]


def _chromium_that_trusts_us(folder, address):
    """A browser at the site with our authority in its store, and the TURN name in its resolver."""
    home = folder / "home"
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    trust = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*trust, "-N", "--empty-password"], check=True)
    authority = ["-A", "-n", "tiepdan", "-t", "C,,", "-i", str(folder / "tls" / "ca.pem")]
    subprocess.run([*trust, *authority], check=True)
    script = folder / "chromium-behind-443"
    script.write_text(
        f"#!/bin/sh\nexport HOME={home}\n"
        f'exec {" ".join(public._INSIDE)} /usr/bin/chromium "$@" '
        f'"--host-resolver-rules=MAP {TURN} {address}"\n'
    )
    script.chmod(0o700)
    return str(script)
