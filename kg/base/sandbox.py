"""What a worker cannot do, whatever it is asked: take all memory, run on when nobody waits, open a connection.

Each function does what the system can and says whether it could; none of them is the only guard.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys

__all__ = ["arm", "die_with", "disarm", "forbid_network", "limit_memory", "quiet"]

_X32 = 0x40000000  # the same calls by their other numbers
_AUDIT = {  # architecture, then socket, connect and io_uring_setup, which opens sockets too
    "x86_64": (0xC000003E, 41, 42, 425, _X32 + 41, _X32 + 42, _X32 + 425),
    "aarch64": (0xC00000B7, 198, 203, 425),
}
_DEATH_SIGNAL, _SET_SECCOMP, _FILTER, _NO_NEW_PRIVILEGES = 1, 22, 2, 38  # of prctl(2)
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EACCES
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # of Berkeley packet filters


def limit_memory(more: int) -> bool:
    """Let this process take no more than ``more`` bytes of address space beyond what it has now."""
    try:
        import resource

        with open("/proc/self/statm") as file:  # noqa: PTH123 - a path of the system
            now = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))
    except (ImportError, OSError, ValueError):  # no Linux
        return False
    return True


def forbid_network() -> bool:
    """Refuse this process new sockets, by a filter of system calls (Linux on x86-64 and arm64)."""
    known = _AUDIT.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    architecture, *calls = known
    rules = [(_LOAD, 0, 0, 4), (_EQUAL, 0, len(calls) + 1, architecture), (_LOAD, 0, 0, 0)]
    rules += [(_EQUAL, len(calls) - at, 0, call) for at, call in enumerate(calls)]
    rules += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rules), ctypes.addressof(code)))
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(
            libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
            and libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0
        )
    except (OSError, AttributeError):
        return False


def die_with(parent: int) -> None:
    """Have the system end this process when ``parent`` ends, however that ends (Linux; elsewhere only if it has ended)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if hasattr(os, "getppid") and os.getppid() != parent:
        os._exit(1)


def arm(seconds: float) -> None:
    """Have the system end this process after ``seconds``, should the one that waits for it be gone by then."""
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(seconds) + 2)


def disarm() -> None:
    """Take back ``arm``."""
    if hasattr(signal, "alarm"):
        signal.alarm(0)


def quiet() -> None:
    """Leave Ctrl-C to the parent, and say nothing: what the engine prints when it aborts may hold a client's words."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
