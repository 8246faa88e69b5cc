"""What is read in the annotated articles, one item a line: a change of rules shows as lines in the diff.

``pytest tests/test_golden.py --update-golden`` writes the files again; ``git diff tests/golden`` is then the news.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from kg.base.model import Entity, EntityId, Fact, Figure, Link, Reading
from kg.learn.gold import load_gold

GOLD = Path(__file__).parent / "gold"
GOLDEN = Path(__file__).parent / "golden"
NAMES = [item.article.name for item in load_gold(GOLD)]

Item = dict[str, object]


def _line(item: Item) -> str:
    """Write what is not empty, so that a line shows what is peculiar to its item."""
    kept = {key: value for key, value in item.items() if value not in ("", None, [], False)}
    return json.dumps(kept, ensure_ascii=False)


def _mention(link: Link) -> Item:
    return {
        "at": [link.span.start, link.span.end],
        "text": link.text,
        "type": link.type,
        "entity": link.entity,
        "rule": link.rule,
        "reference": not link.is_name,
    }


def _entity(entity: Entity) -> Item:
    return {
        "name": entity.name,
        "type": entity.type,
        "kind": entity.kind,
        "place": entity.place_code,
        "names": list(entity.names[1:]),
        "merges": [f"{merge.name} > {merge.into}: {merge.rule}" for merge in entity.merges],
        "confidence": round(entity.confidence, 3),
        "id": entity.id,
    }


def _fact(fact: Fact, names: dict[EntityId, str]) -> Item:
    return {
        "subject": names[fact.subject],
        "predicate": fact.predicate,
        "object": names[fact.object],
        "role": fact.role,
        "date": fact.date.edtf if fact.date else "",
        "amount": fact.amount.text if fact.amount else "",
        "status": "" if fact.status == "asserted" else fact.status,
        "ended": fact.ended,
        "pattern": fact.pattern,
        "way": fact.firings[0].subject_by if fact.firings else "",
        "confidence": round(fact.confidence, 3),
        "derived": fact.derived,
        "quotes": [each.quote for each in fact.evidence],
    }


def _figure(figure: Figure, names: dict[EntityId, str]) -> Item:
    return {
        "at": [figure.span.start, figure.span.end],
        "text": figure.text,
        "value": f"{figure.value.normalize():f}",
        "unit": figure.unit,
        "modifier": figure.modifier,
        "of": figure.of,
        "subject": names[figure.subject] if figure.subject else "",
        "rule": figure.rule,
    }


def golden(reading: Reading) -> dict[str, str]:
    """Return the files of one article: name to content, in the order of the text or of what they name."""
    names = {entity.id: entity.name for entity in reading.entities}
    facts = sorted(_line(_fact(fact, names)) for fact in reading.facts)
    content: dict[str, Iterable[str]] = {
        "mentions": map(
            _line, map(_mention, sorted(reading.links, key=lambda link: (link.span, link.entity)))
        ),
        "entities": sorted(map(_line, map(_entity, reading.entities))),
        "facts": facts,
        "figures": (
            _line(_figure(each, names)) for each in sorted(reading.figures, key=lambda each: each.span)
        ),
    }
    return {f"{name}.jsonl": "".join(f"{line}\n" for line in lines) for name, lines in content.items()}


def _changes(folder: Path, files: dict[str, str]) -> Iterator[str]:
    for name, new in files.items():
        path = folder / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        where = f"{folder.name}/{name}"
        yield from unified_diff(old.splitlines(), new.splitlines(), where, where, lineterm="", n=0)


@pytest.mark.parametrize("article", NAMES)
def test_an_article_is_read_as_before(
    article: str, read: tuple[Reading, ...], request: pytest.FixtureRequest
) -> None:
    files = golden(next(reading for reading in read if reading.article.name == article))
    folder = GOLDEN / article
    if request.config.getoption("--update-golden"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8")

    changes = list(_changes(folder, files))

    assert not changes, "\n".join(
        [
            f"{article} is read otherwise than before; if that is right, renew: pytest tests/test_golden.py --update-golden",
            *changes,
        ]
    )


def test_no_reading_is_kept_of_an_article_that_is_gone() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == NAMES


def test_a_changed_line_is_shown_as_news(read: tuple[Reading, ...], tmp_path: Path) -> None:
    files = golden(read[0])
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    facts = files["facts.jsonl"].splitlines(keepends=True)

    changes = list(_changes(tmp_path, {**files, "facts.jsonl": "".join(facts[1:])}))

    assert [change for change in changes[2:] if not change.startswith("@@")] == [f"-{facts[0].strip()}"]
