"""LangChain's LLMGraphTransformer, as its documentation shows it, with our types and predicates allowed, over an endpoint like OpenAI's.

Its answer: ``nodes`` (id, type) and ``relationships`` (source, type, target), sorted. An answer of the model that it cannot read
is an empty graph for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from lines import serve


def _make(task: dict[str, Any]) -> Callable[[str, str], dict[str, Any]]:
    os.environ["LANGCHAIN_TRACING_V2"] = os.environ["LANGSMITH_TRACING"] = "false"
    from langchain_core.documents import Document
    from langchain_experimental.graph_transformers import LLMGraphTransformer
    from langchain_openai import ChatOpenAI

    transformer = LLMGraphTransformer(
        llm=ChatOpenAI(model=task["model"], temperature=0, base_url=task["url"], api_key="none"),
        allowed_nodes=task["types"],
        allowed_relationships=task["predicates"],
    )

    def answer(_name: str, text: str) -> dict[str, Any]:
        (graph,) = transformer.convert_to_graph_documents([Document(page_content=text)])
        return {
            "nodes": sorted([str(each.id), each.type] for each in graph.nodes),
            "relationships": sorted(
                [str(each.source.id), each.type, str(each.target.id)] for each in graph.relationships
            ),
        }

    return answer


if __name__ == "__main__":
    serve(_make)
