"""The recorded answers of a model that is none: written by hand, right, half right and invented, as models answer.

``proposals.json`` has them by article; this puts each where the passages of today ask for it. To be run again
when a prompt has changed (a predicate, a rule of ``propose.toml``): ``python -m tests.propose.record``.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

from kg.propose.cache import Cache
from kg.propose.find import fold_words
from kg.propose.passage import as_read, passages
from kg.propose.prompt import prompt_of
from kg.text.source import read_article

RECORDED: Final = Path(__file__).parent / "recorded"
ANSWERS: Final = RECORDED / "model-cache"
MODEL: Final = "recorded"


def answers() -> dict[str, str]:
    """What is answered about each passage, by the name under which it is kept."""
    found = {}
    for name, items in json.loads((RECORDED.parent / "proposals.json").read_text(encoding="utf-8")).items():
        asked = passages(as_read(read_article(RECORDED / f"{name}.txt")))
        own: list[list[dict[str, str]]] = [[] for _ in asked]
        for item in items:
            here = [at for at, each in enumerate(asked) if fold_words(item["quote"]) in fold_words(each.text)]
            own[here[0] if here else 0].append(item)
        for each, facts in zip(asked, own, strict=True):
            found[prompt_of(each, MODEL).key] = json.dumps({"facts": facts}, ensure_ascii=False)
    return found


def record(folder: Path = ANSWERS) -> None:
    """Write the folder of answers anew."""
    shutil.rmtree(folder, ignore_errors=True)
    cache, words = Cache(folder), answers()
    for path in sorted(RECORDED.glob("*.json")):
        for each in passages(as_read(read_article(path.with_suffix(".txt")))):
            prompt = prompt_of(each, MODEL)
            cache.put(prompt, words[prompt.key], "json_schema")


if __name__ == "__main__":
    record()
