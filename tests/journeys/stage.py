"""What a journey plays on: three browsers, the people in them, and the list of what happened."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "var" / "front-build" / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = {"width": 1440, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
CHROMIUM = [
    "--no-sandbox",
    # Three browsers that encode 20 pictures a second each want more than two cores.
    "--use-fake-device-for-media-stream=fps=10",
    "--use-fake-ui-for-media-stream",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=OptimizationHints,MediaRouter,WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-renderer-backgrounding",
]


OWN_SCHEMES = {"data", "blob", "chrome", "chrome-extension"}
"""What never leaves the machine; the browser's own PDF reader is an extension."""


class JourneyError(AssertionError):
    """The product did not do what the person expected."""


def expect(condition: object, words: str) -> None:
    """Stop the journey with `words` unless the condition holds."""
    if not condition:
        raise JourneyError(words)


@dataclass
class Story:
    """The journey's own list: what it did, to be counted against the report."""

    registered: list[str] = field(default_factory=list)
    consented: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    received_online: list[str] = field(default_factory=list)
    carried_over: list[str] = field(default_factory=list)
    persons: int = 0
    faults: int = 0


@dataclass
class Stage:
    """Browsers, results and measurements of one journey."""

    playwright: Playwright
    base_url: str
    data_dir: Path
    out: Path
    chromium: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    """More of them for every browser."""
    viewport: dict[str, int] = field(default_factory=lambda: DESKTOP)
    browsers: dict[str, Browser] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    story: Story = field(default_factory=Story)
    measured: dict[str, float] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def browser(self, place: str) -> Browser:
        """The one browser of a place; started when first used."""
        if place not in self.browsers:
            self.browsers[place] = self.playwright.chromium.launch(
                executable_path=self.chromium.get(place, "/usr/bin/chromium"),
                args=[*CHROMIUM, *self.options],
            )
        return self.browsers[place]

    def context(self, place: str) -> BrowserContext:
        """A clean profile in the browser of `place`; it complains of foreign requests."""
        context = self.browser(place).new_context(
            viewport=self.viewport,
            locale="vi-VN",
            permissions=["camera", "microphone"],
            ignore_https_errors=True,
        )
        context.set_default_timeout(20_000)
        home = urlsplit(self.base_url).netloc

        def note(url: str) -> None:
            parts = urlsplit(url)
            if parts.scheme not in OWN_SCHEMES and parts.netloc != home:
                self.complaints.append(f"yêu cầu ra ngoài: {parts.scheme}://{parts.netloc}")

        context.on("request", lambda request: note(request.url))
        context.on("weberror", lambda error: self.complaints.append(f"lỗi trang: {error.error}"))
        context.on("console", lambda message: self._heard(message.text))
        return context

    def _heard(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.complaints.append(f"CSP: {text[:200]}")

    def visitor(self, name: str, place: str) -> Page:
        """A person who does not sign in."""
        if name not in self.pages:
            self.pages[name] = self.context(place).new_page()
        return self.pages[name]

    def person(self, username: str, place: str = "hub") -> Page:
        """The page of an official, signed in with the demo account's printed password."""
        if username in self.pages:
            return self.pages[username]
        page = self.visitor(username, place)
        self.go(page, "/dang-nhap/")
        self.look(page, "dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(self._password(username))
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url("**/ban-lam-viec/**")
        return page

    def second_page(self, username: str, name: str) -> Page:
        """Another tab of the same person (the same web session)."""
        if name not in self.pages:
            self.pages[name] = self.pages[username].context.new_page()
        return self.pages[name]

    def go(self, page: Page, path: str) -> None:
        """Open an address of ours; anything but success stops the journey."""
        answer = page.goto(self.base_url.rstrip("/") + path if path.startswith("/") else path)
        expect(answer and answer.ok, f"{path} trả lời {answer and answer.status}")

    def _password(self, username: str) -> str:
        accounts = (self.data_dir / "demo-accounts.txt").read_text(encoding="utf-8")
        for line in accounts.splitlines():
            words = line.split("\t")
            if words[0] == username:
                return words[1]
        raise JourneyError(f"không có tài khoản {username}")

    def look(self, page: Page, name: str, *, telephone: bool = False) -> None:
        """Look at a page as a person would: axe finds nothing, a picture is kept."""
        if name in self.looked_at:
            return
        self.looked_at.add(name)
        page.wait_for_load_state()
        self._accessible(page, name)
        self._picture(page, name)
        if telephone:
            page.set_viewport_size(TELEPHONE)
            wide = page.evaluate("document.documentElement.scrollWidth")
            self._picture(page, f"{name}-390")
            page.set_viewport_size(DESKTOP)
            expect(wide <= TELEPHONE["width"], f"{name} rộng {wide} px trên điện thoại")

    def _picture(self, page: Page, name: str) -> None:
        path = self.out / "screenshots" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, animations="disabled", caret="initial")
        self.keep("screenshots", path)

    def _accessible(self, page: Page, name: str) -> None:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']}))"
            ".violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`)"
        )
        expect(not found, f"axe trên trang {name} ({page.url}): {'; '.join(found)}")

    def keep(self, kind: str, path: Path) -> None:
        """Note a result that lies under the out folder."""
        self.files.setdefault(kind, []).append(str(path.relative_to(self.out)))

    def wait_until(self, condition, words, seconds: float = 20.0, every: float = 0.1) -> float:
        """Wait for a condition; the seconds it took.  `words`: a text, or what makes it."""
        begin = time.monotonic()
        while not condition():
            if time.monotonic() - begin > seconds:
                told = words() if callable(words) else words
                raise JourneyError(f"{told} (chờ {seconds:.0f} giây)")
            self._let_pages_live(every)
        return time.monotonic() - begin

    def _let_pages_live(self, seconds: float) -> None:
        # Playwright's own events are handled only inside its calls.
        some = next(iter(self.pages.values()), None)
        if some is None:
            time.sleep(seconds)
        else:
            some.wait_for_timeout(seconds * 1000)

    def write_summary(self, steps: list[dict[str, object]]) -> None:
        """`journey.json`: what lies where, what was measured, which steps were done."""
        kinds = [
            "recordings",
            "minutes",
            "notice_docx",
            "notice_pdf",
            "report_xlsx",
            "evidence_packages",
            "screenshots",
        ]
        summary = {kind: self.files.get(kind, []) for kind in kinds}
        summary |= {"measured": self.measured, "steps": steps}
        (self.out / "journey.json").write_text(
            json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
