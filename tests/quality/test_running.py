"""The benchmark as a whole: our reader on two articles, outputs of others, programs that fail, and what is counted."""

from __future__ import annotations

import http.client
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.relay import relay
from benchmarks.quality.running import Model, read_systems, run, weigh
from benchmarks.quality.sets import read_sets
from kg.base.errors import KgError
from kg.learn.gold import GoldArticle
from kg.learn.score import Score, score_reading
from kg.pipeline import Pipeline
from kg.text.source import article_of
from tests.quality.model_server import answering

TWO = ["--set", "fresh", "--count", "2"]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = tmp_path_factory.mktemp("report")
    assert main(["-o", str(report), *TWO]) == 0
    return report


def scores(report: Path, system: str = "kg") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((report / system / "scores.json").read_text(encoding="utf-8"))
    return found


def test_our_reader_scores_as_kg_score_says(ours: Path) -> None:
    fresh = next(each for each in read_sets() if each.name == "fresh").first(2)
    total = Score()
    for gold, reading in zip(
        fresh.articles, Pipeline().read([each.article for each in fresh.articles]), strict=True
    ):
        total.add(score_reading(reading, gold))

    found = scores(ours)["sets"]["fresh"]

    assert list(found["each"]) == [gold.article.name for gold in fresh.articles]
    for measure in ("entities", "typed", "relations", "figures", "figures+"):
        count = total.counts[measure]
        assert [found["all"][measure][each] for each in ("right", "wrong", "missed")] == [
            count.right,
            count.wrong,
            count.missed,
        ]
    assert found["all"]["exact quotes"] == 1.0
    assert scores(ours)["two runs"] == {"articles": 2, "same bytes": 2, "statements": 1.0}


def test_a_run_takes_away_what_runs_before_wrote_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "kg"
    for name in ("run-9/gone.json", "native-9.json", "run-9/notes.txt", "mine.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}", encoding="utf-8")

    assert main(["-o", str(tmp_path), "--set", "fresh", "--count", "1", "--runs", "1"]) == 0

    left = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert left == {
        "native-1.json", "run-1/briefs.json", "scores.json", "measured.json", "run-9/notes.txt", "mine.json",
    }  # fmt: skip
    assert scores(tmp_path)["two runs"] is None


def test_the_same_outputs_give_the_same_bytes(ours: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"

    assert main(["-o", str(again), *TWO, "--output", f"kg={ours / 'kg'}"]) == 0

    def without_runs(report: Path) -> dict[str, Any]:
        return {key: value for key, value in scores(report).items() if key != "two runs"}

    assert without_runs(again) == without_runs(ours)
    before = (again / "kg" / "scores.json").read_bytes()
    assert main(["-o", str(again), *TWO, "--output", f"kg={ours / 'kg'}"]) == 0
    assert (again / "kg" / "scores.json").read_bytes() == before


def test_the_report_has_a_row_for_each_system_and_says_what_the_articles_were_used_for(
    ours: Path, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    for gold in next(each for each in read_sets() if each.name == "fresh").first(2).articles:
        (nothing / f"{gold.article.name}.json").write_text("{}", encoding="utf-8")

    assert main(["-o", str(ours), *TWO, "--output", f"silent={nothing}"]) == 0

    report = (ours / "report.md").read_text(encoding="utf-8")
    assert "| silent | 0.000 | — | 0.000 | 0.000 | 0.000 | — | — | — | — | — | — | — |" in report
    assert "| kg | 0." in report
    assert "no rule, pattern, word list or weight of kg was made" in report.lower()
    assert "not scored on the same articles" not in report
    assert report.count("| kg | ") == 2  # once more among what it took, where the silent one is not


def test_errors_are_listed_where_they_are_asked_for(tmp_path: Path) -> None:
    nothing, report = tmp_path / "nothing", tmp_path / "report"
    nothing.mkdir()
    (nothing / "briefs.json").write_text('{"figures": [{"value": 7, "unit": "头"}]}', encoding="utf-8")
    one = ["-o", str(report), "--set", "fresh", "--count", "1", "--output", f"silent={nothing}"]

    main([*one, "--errors"])

    told = (report / "silent" / "errors.txt").read_text(encoding="utf-8").splitlines()
    marks = scores(report, "silent")["sets"]["fresh"]["all"]
    assert (
        len([line for line in told if line.startswith("briefs: relations")]) == marks["relations"]["missed"]
    )
    assert [line for line in told if " + " in line] == ["briefs: figures   +  = 7头 of "]
    main(one)
    assert not (report / "silent" / "errors.txt").exists()


def test_systems_on_other_articles_are_not_compared_unseen(ours: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    main(["-o", str(report), *TWO, "--output", f"a={ours / 'kg' / 'run-1'}"])
    main(["-o", str(report), "--set", "fresh", "--count", "1", "--output", f"b={ours / 'kg' / 'run-1'}"])

    assert "**The systems were not scored on the same articles" in (report / "report.md").read_text(
        encoding="utf-8"
    )


PROGRAM = """
from lines import serve

def make(task):
    print("what a library prints")
    def answer(name, text):
        if "坏" in text:
            raise RuntimeError("no answer\\nof the model")
        return {"entities": [{"names": [text[:2]]}], "asked": task.get("model", "")}
    return answer

serve(make)
"""


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "program.py"
    programs = Path(__file__).parents[2] / "benchmarks" / "quality" / "programs"
    path.write_text(f"import sys\nsys.path.insert(0, {str(programs)!r})\n{PROGRAM}", encoding="utf-8")
    return str(path)


def test_an_article_that_a_system_fails_at_is_counted_and_the_others_go_on(
    program: str, tiny: GoldArticle
) -> None:
    system = replace(read_systems()["kg"], program=program)
    bad = replace(tiny, article=replace(tiny.article, name="bad", text="坏"))

    done = run(system, sys.executable, [bad, tiny])

    assert list(done.native) == ["tiny"]
    assert done.native["tiny"]["entities"] == [{"names": ["柳河"]}]
    assert done.failed == {"bad": "RuntimeError: no answer\nof the model"}


SHARED = "柳河县文化馆请柳河县图书馆搭伙送书。"
PROPOSED = {
    "subject": "柳河县文化馆",
    "subject_type": "Organization",
    "predicate": "partneredWith",
    "object": "柳河县图书馆",
    "object_type": "Organization",
    "quote": "柳河县文化馆请柳河县图书馆搭伙送书",
    "trigger": "搭伙",
    "role": "",
    "amount": "",
}


def test_our_reader_takes_a_model_too_and_an_article_that_it_does_not_answer_has_failed(
    tiny: GoldArticle,
) -> None:
    gold = replace(tiny, article=article_of(f"柳河县办读书节\n{SHARED}", "shared"))
    system, found = read_systems()["kg"], json.dumps({"facts": [PROPOSED]}, ensure_ascii=False)

    with answering(lambda _: found) as (url, seen):
        done = run(system, sys.executable, [gold], Model(url, "by-hand", "secret", "KG_MODEL_KEY"))
    with answering(lambda _: found, status=404) as (url, _):
        failed = run(system, sys.executable, [gold], Model(url, "by-hand"))

    facts = done.native["shared"]["relations"]
    (fact,) = [each for each in facts if each["predicate"] == "partneredWith"]
    assert (fact["status"], fact["quote"] in SHARED) == ("asserted", True)
    assert [each["key"] for each in seen] == ["Bearer secret"]
    assert (done.usage.calls, done.usage.tokens_in, done.usage.tokens_out) == (1, 100, 20)
    assert failed.native == {}
    assert list(failed.failed) == ["shared"]


def test_what_is_not_installed_says_how_to_install_it(tiny: GoldArticle, tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("import no_such_package\n", encoding="utf-8")
    system = replace(read_systems()["kg-gen"], program=str(broken))

    with pytest.raises(KgError, match="it asks a model"):
        run(system, sys.executable, [tiny])
    with pytest.raises(KgError, match=r"no_such_package.*pip install kg-gen"):
        run(system, sys.executable, [tiny], Model("http://localhost:9/v1", "x"))
    with pytest.raises(KgError, match=r"no Python: .*--python"):
        run(replace(system, model=False), str(tmp_path / "none"), [tiny])


def post(address: str, said: str) -> tuple[int, Any]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("POST", f"{parts.path}/chat/completions", said, {"Authorization": "Bearer none"})
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer


def test_the_relay_adds_the_key_and_counts_tokens() -> None:
    asked = json.dumps({"model": "m", "messages": [{"role": "user", "content": "ab"}]})
    with answering(lambda prompt: prompt[::-1]) as (url, seen), relay(url, "secret") as (here, usage):
        _, answer = post(here, asked)
        port = urlsplit(here).port
        others, _ = post(f"http://127.0.0.1:{port}/v1", asked)

    assert answer["choices"][0]["message"]["content"] == "ba"
    assert others == 404  # who does not know its address has no use of the key
    assert [(each["path"], each["key"]) for each in seen] == [("/v1/chat/completions", "Bearer secret")]
    assert (usage.calls, usage.tokens_in, usage.tokens_out, usage.uncounted) == (1, 100, 20, 0)


def test_a_model_that_does_not_answer_is_an_error_of_the_article() -> None:
    with relay("http://127.0.0.1:9/v1", "") as (here, usage):
        status, said = post(here, "{}")

    assert status == 502
    assert "the model did not answer" in said["error"]["message"]
    assert usage.calls == 0


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://", "http://a:99999/v1", "http://a:b/v1", "http://[a/v1"]
)
def test_what_is_no_address_of_a_model_is_refused_before_it_is_asked(url: str) -> None:
    with pytest.raises(KgError, match="no address of a model"), relay(url, ""):
        pass


def test_what_is_no_python_is_told_in_one_line(tmp_path: Path) -> None:
    for number, says in enumerate(("exit 1", "echo hello")):
        shell = tmp_path / str(number)
        shell.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
        shell.chmod(0o755)
        with pytest.raises(KgError, match=r"no Python: .*--python"):
            weigh(read_systems()["kg"], str(shell))


def test_a_program_that_answers_something_else_and_keys_of_models_stay_apart(
    tiny: GoldArticle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_MODEL_KEY", "secret")
    program = tmp_path / "program.py"
    program.write_text("import os\nprint(os.environ.get('KG_MODEL_KEY', 'no key'))\n", encoding="utf-8")
    system = replace(read_systems()["kg"], program=str(program))

    with pytest.raises(KgError, match="something else than answers"):
        run(system, sys.executable, [tiny])
    program.write_text(
        "import json, os\n"
        "print(json.dumps({'id': 'tiny', 'seconds': 0, 'native': os.environ.get('KG_MODEL_KEY', 'no key')}))\n",
        encoding="utf-8",
    )
    assert list(run(system, sys.executable, [tiny]).native.values()) == ["no key"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--output", "a=/no/such"], 2, "no NAME=FOLDER"),
        (["--price", "cheap"], 2, "no IN,OUT,CURRENCY"),
        (["--count", "0"], 2, "no number from 1"),
        (["--output", "a=.", "--system", "kg"], 2, "one of them"),
        (["--output", "../a=."], 2, "no name of a folder"),
        (["--name", "../a"], 2, "no name of a folder"),
        (["--output", "a=."], 1, "the output of this article is missing"),
        (["--system", "kg-gen"], 1, "it asks a model"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, says: str
) -> None:
    try:
        ended: int | str | None = main(["-o", str(tmp_path), *arguments])
    except SystemExit as error:
        ended = error.code

    assert ended == status
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert says in last
