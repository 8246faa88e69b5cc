"""kg-gen, as its README shows it (``KGGen(...).generate(input_data=text)``), over an endpoint like OpenAI's.

Its answer: ``entities`` (strings), ``relations`` (subject, predicate, object) and, with ``cluster`` in the task,
``entity_clusters``; sets are sorted, for they have no order. What it would keep on disk of earlier answers is turned off.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from lines import serve


def _make(task: dict[str, Any]) -> Callable[[str, str], dict[str, Any]]:
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it fetches a list of prices
    import dspy
    from kg_gen import KGGen

    dspy.configure_cache(enable_disk_cache=False, enable_memory_cache=False)
    asked = KGGen(model=f"openai/{task['model']}", temperature=0.0, api_key="none", api_base=task["url"])

    def answer(_name: str, text: str) -> dict[str, Any]:
        graph = asked.generate(input_data=text, cluster=bool(task.get("cluster")))
        clusters = graph.entity_clusters or {}
        return {
            "entities": sorted(graph.entities),
            "relations": sorted(list(each) for each in graph.relations),
            "entity_clusters": {head: sorted(clusters[head]) for head in sorted(clusters)},
        }

    return answer


if __name__ == "__main__":
    serve(_make)
