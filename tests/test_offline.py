"""Nothing is asked of anybody, and nothing is left in the user's home."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


PAGE = (
    "<html><title>海川公司与明德大学签约</title><body><p>海川公司4月4日与明德大学签署协议，总投资3亿元，共建实验室。</p>"
    "<p>校长李明出席签约仪式并讲话，双方将推动产学研合作。</p></body></html>"
)

# Runs `kg build` where every socket that Python makes is an error.
WITHOUT_SOCKETS = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise AssertionError(event)
sys.addaudithook(refuse)
from kg.cli.app import main
main()
"""


def test_a_build_opens_no_socket_not_even_where_it_reads_a_page(tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_text(PAGE, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SOCKETS, "build", source, SOURCE, "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.more
@pytest.mark.skipif(not shutil.which("strace"), reason="no strace: apt-get install strace")
def test_no_process_of_a_build_opens_one(tmp_path: Path) -> None:
    """What Python does not see either: the engines, the model, and the process that validates."""
    source = tmp_path / "a.html"
    source.write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(tmp_path / "out")]

    subprocess.run(
        [
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=socket,bind,connect,io_uring_setup",
            "-o",
            tmp_path / "calls",
            *command,
        ],
        capture_output=True,
        check=True,
    )

    calls = (tmp_path / "calls").read_text(encoding="utf-8", errors="replace")
    assert re.findall(r"(?m)^\d+ +(?:socket|bind|connect|io_uring_setup)\(.*$", calls) == []


def test_who_asks_for_pages_in_the_same_process_can_still_use_the_addresses_of_today() -> None:
    """The question that urllib3 asks of a socket when it is imported is answered for it, and as Python was made."""
    script = (
        "import socket, kg.text.formats.webpage as w; w.read('PAGE'.encode(), 'x');"
        "import urllib3.util.connection as c; assert c.HAS_IPV6 == socket.has_ipv6"
    ).replace("PAGE", PAGE.replace("'", ""))
    subprocess.run([sys.executable, "-c", script], check=True)
