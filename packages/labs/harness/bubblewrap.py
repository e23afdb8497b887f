"""The loop of CPython under bubblewrap: requests on descriptor 3, replies on 4, one JSON text a line.

Follows harness.py in the same module. Limits are set here, before any line of the learner's code, and cannot be raised.
"""

import os
import resource

_read, _write = os.read, os.write
REQUESTS, REPLIES = 3, 4
MIB = 1024 * 1024
# What the interpreter itself has mapped before the first submission (measured: 20 MiB on Debian 12), with room.
BASE_MIB = 48


def _limit(kind, value):
    resource.setrlimit(kind, (value, value))


def _send(text):
    data = (text + "\n").encode("ascii")
    while data:
        data = data[_write(REPLIES, data) :]


def _lines():
    held = []
    while True:
        chunk = _read(REQUESTS, 1 << 20)
        if not chunk:
            return
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            held.append(part)
            yield b"".join(held).decode("utf-8")
            held = []
        held.append(rest)


def _serve():
    sys.path[:] = [path for path in sys.path if path]
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 32)
    _limit(resource.RLIMIT_FSIZE, 1 * MIB)
    _limit(resource.RLIMIT_MSGQUEUE, 0)
    _limit(resource.RLIMIT_MEMLOCK, 0)
    runner = Runner(lambda text: _send(_dumps({"out": text})))
    _send(_dumps({"ready": True}))
    for line in _lines():
        request = _loads(line)
        if request["op"] == "open":
            _limit(resource.RLIMIT_AS, (request["memoryMb"] + BASE_MIB) * MIB)
            _limit(resource.RLIMIT_CPU, request["cpuSeconds"])
        _send(runner.answer(request))


_serve()
