"""The event stream of a sitting (SSE): every row after the last one seen, once and in order."""

import asyncio
import json
import signal
import threading
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import FrameType
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from tiepdan.accounts.models import User
from tiepdan.common import clock
from tiepdan.room.views.access import sitting_or_404
from tiepdan.room.views.display import has_key
from tiepdan.sittings import permissions, queries
from tiepdan.sittings.actions.events import EVERYONE, listen
from tiepdan.sittings.models import Sitting, SittingEvent
from tiepdan.sittings.roles import Act

LOOK_EVERY = 0.2
HEARTBEAT = 15.0
HALL = frozenset({EVERYONE})
"""What a display in a hall may know: that something for everyone happened, not what."""

POINTER = "pointer"
"""Kind of what is told and never kept: where on a page somebody points."""

MOST_WAITING = 1000
"""Rows a reader may be behind (they come a few a second at most)."""

P = ParamSpec("P")
T = TypeVar("T")
Row = dict[str, Any]
Subscriber = asyncio.Queue[Row | None]
"""Rows as they come; None: the server is going away."""

_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="su-kien")


@require_GET
async def events(request: HttpRequest, sitting: UUID) -> StreamingHttpResponse:
    """Stream what this person may know, from `Last-Event-ID` or else `?after=` on."""
    audiences = await sync_to_async(_audiences)(request, sitting)
    session = None if audiences == HALL else request.session.session_key or ""
    told = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    after = int(told) if told.isdecimal() else 0
    response = StreamingHttpResponse(
        _stream(sitting, after, audiences, session), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _audiences(request: HttpRequest, key: UUID) -> Collection[str] | None:
    """None knows everything; raises PermissionDenied for who has no part in the sitting."""
    try:
        found = sitting_or_404(key)
        return HALL if has_key(request, found) else _known_to(request.user, found)
    finally:
        # The stream stays open for hours: the request's own connection must not.
        if not connection.in_atomic_block:
            connection.close()


def _known_to(user: User | AnonymousUser, sitting: Sitting) -> Collection[str] | None:
    if permissions.may(user, Act.SEE_EVERYTHING, sitting):
        return None
    own = {seat.code for seat in permissions.own_seats(user, sitting)}
    if not own:
        raise PermissionDenied
    return own | {EVERYONE}


async def _stream(
    sitting: UUID, after: int, audiences: Collection[str] | None, session: str | None
) -> AsyncIterator[bytes]:
    feed = Feed.of(sitting)
    subscriber: Subscriber = asyncio.Queue(MOST_WAITING)
    clock_of_loop = asyncio.get_running_loop().time
    asked_at = clock_of_loop()
    feed.subscribe(subscriber)
    try:
        # The past is read when the reader is looking already: nothing falls between the two.
        await feed.looking.wait()
        yield b"retry: 1000\n\nevent: heartbeat\ndata:\n\n"
        for row in await _in_thread(_rows, sitting, after):
            after = row["sequence"]
            if _may_know(row, audiences):
                yield _message(row, bare=session is None)
        while True:
            if clock_of_loop() - asked_at > HEARTBEAT:
                if session is not None and not await _in_thread(_is_signed_in, session):
                    return
                asked_at = clock_of_loop()
                # Also while only rows come that this reader may not know.
                yield b"event: heartbeat\ndata:\n\n"
            try:
                fresh = await asyncio.wait_for(subscriber.get(), HEARTBEAT)
            except TimeoutError:
                continue
            if fresh is None:
                return
            if _is_news(fresh, after) and _may_know(fresh, audiences):
                yield _message(fresh, bare=session is None)
            after = max(after, fresh["sequence"])
    finally:
        feed.leave(subscriber)


class Feed:
    """The one reader of a sitting in this process: looks for new rows, tells its subscribers.

    It lives while somebody listens and holds no database connection between looks.
    """

    _all: dict[tuple[asyncio.AbstractEventLoop, UUID], "Feed"] = {}

    def __init__(self, sitting: UUID) -> None:
        self._sitting = sitting
        self.subscribers: set[Subscriber] = set()
        self._task: asyncio.Task[None] | None = None
        self.looking = asyncio.Event()
        self._news = asyncio.Event()

    @classmethod
    def of(cls, sitting: UUID) -> "Feed":
        """The reader of that sitting in the running loop."""
        _end_with_server()
        key = (asyncio.get_running_loop(), sitting)
        return cls._all.setdefault(key, cls(sitting))

    @classmethod
    def wake(cls, sitting: UUID) -> None:
        """Look at once: this process has written events of the sitting (from any thread)."""
        for (loop, key), feed in list(cls._all.items()):
            if key == sitting:
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(feed._news.set)  # noqa: SLF001 - one of ours

    @classmethod
    def point(cls, sitting: UUID, seats: Collection[str], data: dict[str, Any]) -> None:
        """Tell these seats (and who knows everything) where somebody points; nothing is kept."""
        for (loop, key), feed in list(cls._all.items()):
            if key != sitting:
                continue
            for seat in seats:
                row = {"sequence": 0, "kind": POINTER, "data": data, "audience": seat}
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(feed._tell, row)  # noqa: SLF001 - one of ours

    @classmethod
    def end_all(cls) -> None:
        """The server stops: let every stream end, so that nobody waits for them."""
        for (loop, _), feed in list(cls._all.items()):
            for subscriber in list(feed.subscribers):
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(_end, subscriber)

    def subscribe(self, subscriber: Subscriber) -> None:
        """Start telling; the first subscriber starts the looking."""
        self.subscribers.add(subscriber)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())

    def leave(self, subscriber: Subscriber) -> None:
        """Stop telling; with the last subscriber the looking ends."""
        self.subscribers.discard(subscriber)
        if not self.subscribers:
            if self._task:
                self._task.cancel()
            for key in [key for key, feed in self._all.items() if feed is self]:
                del self._all[key]

    def _tell(self, row: Row) -> None:
        for subscriber in self.subscribers:
            _put(subscriber, row)

    async def _look(self) -> None:
        after: int | None = None
        while True:
            try:
                if after is None:
                    after = await _in_thread(_newest, self._sitting)
                    self.looking.set()
                rows = await _in_thread(_rows, self._sitting, after)
            except Exception:  # noqa: BLE001 - the database may be away: look again
                rows = []
            for row in rows:
                after = row["sequence"]
                self._tell(row)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LOOK_EVERY)
            self._news.clear()


def _put(subscriber: Subscriber, row: Row) -> None:
    """One row more for a reader; who lets too many pile up is sent away, to ask again."""
    if subscriber.full():
        _end(subscriber)
    else:
        subscriber.put_nowait(row)


def _end(subscriber: Subscriber) -> None:
    """Let the reader's stream end, whatever it has not read."""
    while not subscriber.empty():
        subscriber.get_nowait()
    subscriber.put_nowait(None)


def _is_signed_in(session: str) -> bool:
    """Whether the web session still stands and its person may still work here."""
    user = SessionStore(session).get(SESSION_KEY)
    return user is not None and User.objects.filter(pk=user, is_active=True).exists()


listen(Feed.wake)


def _newest(sitting: UUID) -> int:
    newest = SittingEvent.objects.filter(sitting_id=sitting).order_by("-sequence").first()
    return newest.sequence if newest else 0


def _rows(sitting: UUID, after: int) -> list[Row]:
    return [
        {
            "sequence": row.sequence,
            "kind": row.kind,
            "at": row.at.astimezone(clock.VIETNAM).isoformat(),
            "data": row.data,
            "audience": row.audience,
        }
        for row in queries.events_after(sitting, after)
    ]


def _is_news(row: Row, after: int) -> bool:
    return bool(row["kind"] == POINTER or row["sequence"] > after)


def _may_know(row: Row, audiences: Collection[str] | None) -> bool:
    return audiences is None or row["audience"] in audiences


def _message(row: Row, *, bare: bool = False) -> bytes:
    if row["kind"] == POINTER:
        return f"event: pointer\ndata: {json.dumps(row['data'])}\n\n".encode()
    if bare:
        row = {**row, "kind": "changed", "data": {}}
    told = {name: value for name, value in row.items() if name != "audience"}
    return f"id: {row['sequence']}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n".encode()


async def _in_thread(ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Ask the database in a thread of ours and give the connection back at once."""

    def asked() -> T:
        try:
            return ask(*args, **kwargs)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(_threads, asked)


_is_listening = False


def _end_with_server() -> None:
    """Open streams would hold up the server's end: put ourselves before its own handlers."""
    global _is_listening  # noqa: PLW0603 - signal handlers are one per process
    if _is_listening or threading.current_thread() is not threading.main_thread():
        return
    _is_listening = True
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if callable(before):
            signal.signal(number, _first_ours(before))


def _first_ours(
    before: Callable[[int, FrameType | None], Any],
) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        Feed.end_all()
        before(number, frame)

    return handle
