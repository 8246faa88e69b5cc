"""Annotated articles into weights: the same bytes whatever the hash seed, no names, and what cannot be learned from."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.api import add_decisions, load
from kg.base.errors import KgError
from kg.decide.model import Decision, FactAnchor
from kg.learn.train import FEWEST, train

pytest.importorskip("sklearn", reason="the extra train is not installed")
pytest.importorskip("torch", reason="the extra train is not installed")

pytestmark = pytest.mark.more

PEOPLE = ("陈大年", "王小明", "李四海", "赵文斌", "孙丽华", "周建国")
TOWNS = ("青川市", "江陵县", "云和县", "安阳市")
WEIGHTS = ("entity.json", "names.npz", "figure.json", "relation.json.gz")


def annotate(folder: Path, count: int) -> Path:
    """Write ``count`` invented articles with what a careful reader finds in them."""
    for i in range(count):
        head, guest, town = PEOPLE[i % 6], PEOPLE[(i + 1 + i // 6) % 6], TOWNS[i % 4]
        plant = f"{town}轴承厂"
        text = (
            f"轴承厂开工\n{plant}厂长{head}昨天在{town}会见{guest}。{plant}招聘工人{31 + i}名，"
            f"{guest}说，明年将有{57 + i}人参加培训。{plant}获得“先进集体”称号。\n"
        )
        names = {
            "head": ("Person", head),
            "guest": ("Person", guest),
            "town": ("Place", town),
            "plant": ("Organization", plant),
            "award": ("Award", "“先进集体”称号"),
        }
        content = {
            "entities": [{"id": key, "type": [kind], "names": [name]} for key, (kind, name) in names.items()],
            "relations": [
                {"s": "head", "p": ["holdsPosition"], "o": "plant", "role": "厂长"},
                {"s": "plant", "p": ["locatedIn"], "o": "town"},
                {"s": "plant", "p": ["receivedAward"], "o": "award"},
            ],
            "figures": [
                {"value": 31 + i, "unit": ["名"], "modifier": [""], "of": "工人", "subject": ["plant"]},
                {"value": 57 + i, "unit": ["人"], "modifier": [""], "of": "", "subject": [None]},
            ],
        }
        (folder / f"a{i:02}.txt").write_text(text, encoding="utf-8")
        (folder / f"a{i:02}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return annotate(tmp_path_factory.mktemp("articles"), 12)


def kg(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words)],
        env={**os.environ, **environment},
        encoding="utf-8",
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def weights(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What two runs with different hash seeds learned."""
    found = []
    for seed in ("1", "2"):
        out = tmp_path_factory.mktemp("weights")
        done = kg("train", articles, "-o", out, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        found.append(out)
    return found[0], found[1]


def test_the_same_articles_give_the_same_bytes_whatever_the_hash_seed(weights: tuple[Path, Path]) -> None:
    one, other = weights
    for name in (*WEIGHTS, "report.json"):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_the_report_says_what_cross_validation_found_of_each_part(weights: tuple[Path, Path]) -> None:
    report = json.loads((weights[0] / "report.json").read_text(encoding="utf-8"))
    assert set(report) == {"names", "figures", "relations"}
    assert report["names"]["articles"] == report["figures"]["articles"] == 12
    assert report["relations"]["folds"] == 5


def test_no_annotated_name_is_learned(weights: tuple[Path, Path]) -> None:
    for name in (name for name in WEIGHTS if not name.endswith(".npz")):  # that one holds numbers only
        data = (weights[0] / name).read_bytes()
        text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
        learned = json.dumps(json.loads(text), ensure_ascii=False)
        assert not [known for known in (*PEOPLE, *TOWNS) if known in learned], name


def test_what_was_learned_is_used_where_kg_weights_names_it(
    weights: tuple[Path, Path], articles: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "relation.json.gz").write_bytes(b"no weights")
    used = kg("build", articles / "a00.txt", "-o", tmp_path / "own", KG_WEIGHTS=str(weights[0]))
    refused = kg("build", articles / "a00.txt", "-o", tmp_path / "other", KG_WEIGHTS=str(broken))
    assert used.returncode == 0, used.stderr
    assert refused.returncode == 1
    assert refused.stderr.startswith("kg: ")
    assert "relation.json.gz" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_too_few_articles_are_refused_in_one_line(tmp_path: Path) -> None:
    annotate(tmp_path, FEWEST - 1)
    with pytest.raises(KgError, match=f"{FEWEST - 1} annotated articles are too few"):
        train([tmp_path], tmp_path / "weights")
    assert not (tmp_path / "weights").exists()


@pytest.mark.slow
def test_what_people_decided_of_a_graph_is_learned_from_too(
    weights: tuple[Path, Path], articles: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for number, head in ((20, "钱学礼"), (21, "郑守信")):
        text = f"轴承厂开工\n江陵县轴承厂厂长{head}昨天在江陵县会见王小明。江陵县轴承厂招聘工人{number}名。\n"
        (tmp_path / f"b{number}.txt").write_text(text, encoding="utf-8")
    done = kg("build", tmp_path / "b20.txt", tmp_path / "b21.txt", "-o", out)
    assert done.returncode == 0, done.stderr
    loaded = load(out)
    for head in ("钱学礼", "郑守信"):
        (post,) = loaded.anchors(f"{head} 任职于 江陵县轴承厂（厂长）")
        assert isinstance(post, FactAnchor)
        add_decisions(out, Decision("", "confirm", fact=post))

    assert kg("decide", "-g", out).returncode == 0
    learned = kg("train", articles, "--decisions", out, "-o", tmp_path / "weights")

    assert learned.returncode == 0, learned.stderr
    report = json.loads((tmp_path / "weights" / "report.json").read_text(encoding="utf-8"))
    assert report["names"]["articles"] == 14  # the twelve, and the two that something was decided in
    without = (weights[0] / "relation.json.gz").read_bytes()
    assert (tmp_path / "weights" / "relation.json.gz").read_bytes() != without
    used = kg("build", tmp_path / "b20.txt", "-o", tmp_path / "own", KG_WEIGHTS=str(tmp_path / "weights"))
    assert used.returncode == 0, used.stderr
