"""Several engines as one: LiveKit's own cluster, which keeps in Redis who has which room.

An engine that dies leaves its rooms listed, and the others go on sending to it for five seconds.
So whoever sees it end calls `forget`: from then on it has no rooms and gets none.
"""

import http.client
import socket
from urllib.parse import urlsplit

from django.conf import settings

PORTS_EACH = 3
"""Signalling, media over TCP and over UDP: the next engine's stand that much higher."""

TIMEOUT = 1.0  # seconds; Redis stands on this machine and answers in under a millisecond

_FORGET = """
local nodes = redis.call('HGETALL', 'nodes')
for i = 1, #nodes, 2 do
  if string.find(nodes[i + 1], ARGV[1], 1, true) then redis.call('HDEL', 'nodes', nodes[i]) end
end
local lost = 0
for _, room in ipairs(redis.call('HKEYS', 'rooms')) do
  local id = redis.call('HGET', 'room_node_map', room)
  if not id or redis.call('HEXISTS', 'nodes', id) == 0 then
    for _, hash in ipairs({'rooms', 'room_internal', 'room_node_map'}) do
      redis.call('HDEL', hash, room)
    end
    redis.call('DEL', 'room_participants:' .. room)
    lost = lost + 1
  end
end
return tostring(lost)
"""
_HOLDER = """
local id = redis.call('HGET', 'room_node_map', ARGV[1])
local node = id and redis.call('HGET', 'nodes', id)
return node and string.match(node, 'engine%-(%d)') or ''
"""
# Both read the node's protobuf as text: its `region` is the name that we gave the engine.


def is_one() -> bool:
    """Whether there is one engine alone, and no Redis."""
    return int(settings.ENGINES) == 1


def name_of(number: int) -> str:
    """What an engine is called, in its configuration and for people; numbers begin at 1."""
    return "engine" if is_one() else f"engine-{number}"


def addresses() -> list[str]:
    """Where the engines take signalling and control calls, the first one's first."""
    first = urlsplit(settings.ENGINE_URL)
    return [
        f"http://{first.hostname}:{(first.port or 80) + PORTS_EACH * further}"
        for further in range(settings.ENGINES)
    ]


def redis_port() -> int:
    """Where this copy's own Redis listens, on the loopback."""
    return 7879 + int(settings.PORT_OFFSET)


def forget(number: int) -> int:
    """The engine has ended: its rooms are gone for the others too; how many that were.

    Raises OSError when Redis does not answer.
    """
    return int(_ask("EVAL", _FORGET, "0", name_of(number)))


def holder(room_name: str) -> int:
    """Number of the engine that has the room; 0 when none has, or Redis does not answer."""
    if is_one():
        return 1
    try:
        return int(_ask("EVAL", _HOLDER, "0", room_name) or 0)
    except OSError:
        return 0


def address_of(room_name: str) -> str:
    """Signalling address of the engine that has the room; of some engine when that is unknown."""
    return addresses()[(holder(room_name) or 1) - 1]


def redis_answers() -> bool:
    """Whether Redis takes our questions."""
    try:
        return _ask("PING") == "PONG"
    except OSError:
        return False


def engine_answers(address: str) -> bool:
    """Whether an engine lives: without Redis it says that it is not well, but its rooms go on."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def _ask(*words: str) -> str:
    """One question in Redis' own protocol (RESP); raises OSError."""
    with socket.create_connection(("127.0.0.1", redis_port()), TIMEOUT) as link:
        link.sendall(_array("AUTH", settings.ENGINE_SECRET) + _array(*words))
        with link.makefile("rb") as answer:
            answer.readline()  # of AUTH: when that failed, so does the question
            line = answer.readline().decode()
            if line.startswith("+"):
                return line[1:].strip()
            if line.startswith("$"):
                return answer.read(int(line[1:])).decode()
    raise OSError(f"Redis: {line.strip() or 'no answer'}")


def _array(*words: str) -> bytes:
    parts = [word.encode() for word in words]
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(one), one) for one in parts)
