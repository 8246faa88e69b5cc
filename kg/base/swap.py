"""A folder's files replaced as one: whoever looks, and whenever the power goes, they are all old or all new.

Where the folder holds nothing else, the new ones are written into a folder beside it, and the two change their names in
one step of the system (``renameat2`` with ``RENAME_EXCHANGE``; ``renamex_np`` on macOS). Where that cannot be (files of
others are there, it is the working directory, a mount), the new ones are written into a hidden folder inside, with a
journal of what goes where: from then on the next start finishes what this one began; before, it undoes it.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EISDIR, ENOTDIR
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from kg.base.errors import OutputError
from kg.base.intake import LARGEST_GRAPH, open_file, read_file

__all__ = ["holding", "settle", "swap_files", "write_durably"]

Data = bytes | IO[bytes]
"""What goes into a file."""

INSIDE: Final = ".kg-swap"
JOURNAL: Final = "journal.json"
_AT_ONCE: Final = 1 << 20  # bytes of a file that are looked at
_HERE, _EXCHANGE, _SWAP = (
    -100,
    2,
    2,
)  # AT_FDCWD, RENAME_EXCHANGE of renameat2(2), RENAME_SWAP of renamex_np(2)


def swap_files(folder: Path, files: Mapping[str, Data], look: Callable[[], Collection[str]] = tuple) -> None:
    """Put files into ``folder`` (made if missing) in place of those that are its own, all at once.

    Two at the same folder wait for each other. What is neither new nor its own stays as it is.

    Args:
        folder: where they go; may be a link to a folder.
        files: content by path below the folder; an open file is read from its beginning.
        look: asked when nobody else writes here any more; returns the paths of the files that go, where no new one takes
            their place, or raises what speaks against it.

    Raises:
        OutputError: something cannot be written; what was there before still is.
    """
    if strange := next((name for name in files if not _stays_below(name)), None):
        raise OutputError(folder, f"holds no path {strange!r}", "choose another name for the article")
    try:
        folder = folder.resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with holding(folder):
            if folder.exists() and not folder.is_dir():
                raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder))
            _recover(folder)
            own = set(look())
            _refuse_folders(folder, files)
            if _is_shared(folder, {*files, *own}) or not _exchanged(folder, files):
                fresh = {name: data for name, data in files.items() if not _holds(folder / name, data)}
                _with_journal(folder, fresh, own - set(files))
    except OSError as error:
        where = error.filename or folder
        raise OutputError(
            where, f"cannot be written: {error.strerror or error}", "choose another folder with -o"
        ) from error


def settle(folder: Path) -> None:
    """Finish, or undo, what a swap that was cut off began, before a folder is read; without one, nothing is done."""
    with suppress(OSError):
        folder = folder.resolve()
        if (folder / INSIDE).is_dir() or _beside(folder).is_dir():
            with holding(folder):
                _recover(folder)


def write_durably(path: Path, data: bytes) -> None:
    """Replace one file whole, or make it; once this returns, the power may go. A file that was there keeps its rights.

    To be called by who holds its folder (`holding`): what another one left half written is written over.

    Raises:
        OutputError: it cannot be written; what was there before still is.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        _write(part, data)
        if path.exists():
            part.chmod(path.stat().st_mode & 0o7777)
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise OutputError(error.filename or path, f"cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _refuse_folders(folder: Path, files: Iterable[str]) -> None:
    """Raise what the system would, in the middle of a swap, where a folder stands in the place of a file or a file in a folder's."""
    for name in files:
        path = folder / name
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
        above = path.parent
        if above.exists() and not above.is_dir():
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(above))


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold the lock of all swaps below the same parent: the parent itself, for the folder may change its place.

    Whoever writes a file of its own into such a folder holds it too, or a swap could take the file away with the old folder.
    """
    try:
        import fcntl
    except ImportError:  # Windows: the swap is safe against a cut, not against another at the same time
        yield
        return
    parent = os.open(folder.parent, os.O_RDONLY)
    try:
        fcntl.flock(parent, fcntl.LOCK_EX)
        yield
    finally:
        os.close(parent)


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.kg-swap")


def _recover(folder: Path) -> None:
    shutil.rmtree(_beside(folder), ignore_errors=True)
    inside = folder / INSIDE
    if inside.is_dir():
        _apply(folder)
        shutil.rmtree(inside, ignore_errors=True)


# all in one step ------------------------------------------------------------------------------------------------------


def _is_shared(folder: Path, own: Collection[str]) -> bool:
    """Say whether a folder must stay the one it is: others have files in it, or somebody stands in it."""
    if not folder.exists():
        return False
    here = Path.cwd()
    if here == folder or folder in here.parents or folder.is_mount():
        return True
    return any(name not in own for name in _files_below(folder))


def _files_below(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _exchanged(folder: Path, files: Mapping[str, Data]) -> bool:
    """Write a new folder beside the old one and let them change places; say whether the system could do that."""
    beside = _beside(folder)
    try:
        beside.mkdir()
    except OSError:  # nothing may be written beside it
        return False
    try:
        for name, data in files.items():
            _write(beside / name, data)
        _sync(beside)
        if folder.exists():
            beside.chmod(folder.stat().st_mode & 0o7777)
            done = _exchange(beside, folder)
        else:
            beside.rename(folder)
            done = True
        _sync(folder.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return done


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change their names in one step; say whether that was done."""
    sys.audit("kg.exchange", str(other))
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        libc: Any = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(first, second, _SWAP) == 0)
        return bool(libc.renameat2(_HERE, first, _HERE, second, _EXCHANGE) == 0)
    except (OSError, AttributeError, TypeError):  # a system that has no such call
        return False


def _holds(path: Path, data: Data) -> bool:
    """Say whether a file is there already with all that is to be in it."""
    own = BytesIO(data) if isinstance(data, bytes) else data
    try:
        if path.is_symlink() or path.stat().st_size != own.seek(0, os.SEEK_END):
            return False
        own.seek(0)
        with open_file(path) as there:
            while part := own.read(_AT_ONCE):
                if there.read(len(part)) != part:
                    return False
    except OSError:
        return False
    return True


# with a journal -------------------------------------------------------------------------------------------------------


def _with_journal(folder: Path, files: Mapping[str, Data], gone: Iterable[str]) -> None:
    inside = folder / INSIDE
    try:
        inside.mkdir(parents=True)
        for number, data in enumerate(files.values()):
            _write(inside / str(number), data)
        plan = {"put": list(files), "gone": sorted(gone)}
        _write(inside / f"{JOURNAL}.part", json.dumps(plan, ensure_ascii=False).encode())
        _sync(inside)
        (inside / f"{JOURNAL}.part").replace(inside / JOURNAL)
        _sync(inside)
        _apply(folder)
    finally:
        if not (inside / JOURNAL).exists():
            shutil.rmtree(inside, ignore_errors=True)


def _apply(folder: Path) -> None:
    """Do what a journal says, from wherever an earlier try was cut off; without one, nothing."""
    inside = folder / INSIDE
    try:
        plan = json.loads(read_file(inside / JOURNAL, LARGEST_GRAPH))
        put, gone = [_checked(name) for name in plan["put"]], [_checked(name) for name in plan["gone"]]
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(inside / JOURNAL, "is no journal of kg", "remove that folder") from error
    for number, name in enumerate(put):
        if (inside / str(number)).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (inside / str(number)).replace(folder / name)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    _sync(folder)
    (inside / JOURNAL).unlink()


def _checked(name: str) -> str:
    """Return a path of a journal if it stays below its folder."""
    if not _stays_below(name):
        raise ValueError(name)
    return name


def _stays_below(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or not path.parts)


def _write(path: Path, data: Data) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        if isinstance(data, bytes):
            file.write(data)
        else:
            data.seek(0)
            shutil.copyfileobj(data, file)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the system write down what the folder holds, where it can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
