"""Nothing is asked of anybody, and nothing is left in the user's home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parent / "gold" / "yueyang.txt"

# Runs `kg build` where every attempt to reach another machine is an error.
ALONE = """
import socket, sys
def refuse(*words, **more):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = refuse
sys.argv = ["kg", *sys.argv[1:]]
from kg.cli.app import main
main()
"""


def test_a_build_asks_nobody_and_leaves_nothing_at_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}

    done = subprocess.run(
        [sys.executable, "-c", ALONE, "build", SOURCE, "-o", tmp_path / "out"],
        env={**kept, "HOME": str(home), "USERPROFILE": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert list(home.rglob("*")) == []


def test_a_full_disk_behind_the_output_is_one_line(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        return
    subprocess.run([sys.executable, "-m", "kg", "build", SOURCE, "-o", tmp_path, "--no-validate"], check=True)

    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "kg", "export", "--to", "nt", "-g", str(tmp_path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
