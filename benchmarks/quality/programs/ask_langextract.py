"""LangExtract, as its README shows it (``lx.extract(text, prompt_description, examples, ...)``), over an endpoint like OpenAI's.

Its answer: ``extractions`` with ``class``, ``text``, ``attributes`` and the place that it found for the text, if any. The
description of the task and its one example are data (``task.toml``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lines import serve


def _make(task: dict[str, Any]) -> Callable[[str, str], dict[str, Any]]:
    import langextract as lx
    from langextract.factory import ModelConfig

    example = lx.data.ExampleData(
        text=task["example"]["text"],
        extractions=[
            lx.data.Extraction(each["class"], each["text"], attributes=each.get("attributes"))
            for each in task["example"]["extractions"]
        ],
    )
    config = ModelConfig(
        model_id=task["model"],
        provider="OpenAILanguageModel",
        provider_kwargs={"api_key": "none", "base_url": task["url"], "temperature": 0.0},
    )

    def answer(_name: str, text: str) -> dict[str, Any]:
        found = lx.extract(
            text_or_documents=text,
            prompt_description=task["description"],
            examples=[example],
            config=config,
            use_schema_constraints=False,  # not every endpoint knows them
            resolver_params={
                "suppress_parse_errors": False
            },  # what cannot be read is a failure, not an empty answer
            tokenizer=lx.tokenizer.UnicodeTokenizer(),  # that for texts without spaces
            show_progress=False,
        )
        return {"extractions": [_plain(each) for each in found.extractions or ()]}

    return answer


def _plain(each: Any) -> dict[str, Any]:
    place = each.char_interval
    return {
        "class": each.extraction_class,
        "text": each.extraction_text,
        "attributes": each.attributes,
        "place": [place.start_pos, place.end_pos] if place else None,
    }


if __name__ == "__main__":
    serve(_make)
