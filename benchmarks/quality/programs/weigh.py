"""Version and installed size of distributions with all they ask for, in the Python that runs this; compiled files not counted.

python weigh.py DISTRIBUTION[EXTRA] [FOLDER...]    # folders of an editable install
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_NAME = re.compile(r"([\w.-]+)\s*(?:\[([\w,\s.-]+)\])?[^;]*(?:;(.*))?")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w.-]+)['"]""")


def asked_for(wanted: str, seen: dict[str, Distribution], done: set[tuple[str, frozenset[str]]]) -> None:
    """Add a distribution and what it asks for, as far as it is installed."""
    match = _NAME.match(wanted)
    if match is None:
        return
    name, extras = match[1], frozenset(each.strip() for each in (match[2] or "").split(",") if each.strip())
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    key = (found.metadata["Name"].lower(), extras)
    if key in done:
        return
    done.add(key)
    seen[key[0]] = found
    for each in found.requires or ():
        extra = _EXTRA.search(each)
        if extra is None or extra[1] in extras:
            asked_for(each, seen, done)


def bytes_of(found: Distribution) -> int:
    """Return the size of the files of a distribution."""
    paths = (Path(str(each.locate())) for each in found.files or () if each.suffix != ".pyc")
    return sum(path.stat().st_size for path in paths if path.is_file())


def main() -> None:
    """Print version of the first and the sum of all as JSON."""
    seen: dict[str, Distribution] = {}
    at = sys.argv.index("--")
    for wanted in sys.argv[1:at]:
        asked_for(wanted, seen, set())
    total = sum(bytes_of(each) for each in seen.values())
    for folder in map(Path, sys.argv[at + 1 :]):
        total += sum(
            path.stat().st_size
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".pyc" and "node_modules" not in path.parts
        )
    first = next(iter(seen.values()), None)
    print(json.dumps({"version": first.version if first else "", "bytes": total, "distributions": len(seen)}))


if __name__ == "__main__":
    main()
