"""The parts of ``data/ontology.ttl`` and ``data/shapes.ttl`` that follow from the schema.

Both files carry them between two marks, so that other tools read one whole file; a check takes them from the schema itself,
so that a new predicate is checked at once. ``python -m kg.graph.terms`` renews both files after a change of the schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.base.errors import ResourceError
from kg.base.intake import read_text
from kg.base.resources import data_path
from kg.base.schema import PredicateTerm, Words, schema

__all__ = ["FILES", "renewed", "shapes"]

_FROM: Final = "# From the schema; `python -m kg.graph.terms` renews it ---\n"
_TO: Final = "# --- end of what is from the schema\n"


def shapes() -> str:
    """Return ``data/shapes.ttl`` as the schema wants it now.

    Raises:
        ResourceError: the file lacks its marks.
    """
    return renewed("shapes.ttl")


def renewed(name: str) -> str:
    """Return a file of ``FILES`` with the part between its marks made anew.

    Raises:
        ResourceError: the file lacks its marks.
    """
    text = read_text(data_path(name))
    before, start, rest = text.partition(_FROM)
    _, end, after = rest.partition(_TO)
    if not start or not end:
        raise ResourceError(
            f"data/{name}", "the marks around what is from the schema are missing", _FROM.strip()
        )
    return f"{before}{_FROM}\n{FILES[name]()}\n{_TO}{after}"


# The ontology ---------------------------------------------------------------------------------------------------------


def _ontology() -> str:
    found = schema()
    blocks = [_table(found.predicates)]
    for each in found.types.values():
        above = [("rdfs:subClassOf", each.broader), ("owl:equivalentClass", each.same_as)]
        blocks += [_block(each.name, "owl:Class", above, each.label, each.comment)]
    for kind in found.kinds.values():
        above = [("rdfs:subClassOf", ("kg:Organization", *kind.broader))]
        blocks += [_block(kind.name, "owl:Class", above, kind.label, kind.comment)]
    for name, term in found.predicates.items():
        classes = "owl:ObjectProperty , owl:SymmetricProperty" if term.symmetric else "owl:ObjectProperty"
        ends = [
            ("rdfs:subPropertyOf", term.broader),
            ("rdfs:domain", (_union(term.domain),)),
            ("rdfs:range", (_union(term.range),)),
            ("rdfs:seeAlso", term.related),
        ]
        blocks += [_block(name, classes, ends, term.label, term.comment)]
    blocks += [
        _block(each.name, "kg:Status", [], each.label, each.comment) for each in found.statuses.values()
    ]
    return "\n".join(blocks)


def _table(predicates: Mapping[str, PredicateTerm]) -> str:
    """Return the predicates as a table in comments."""
    rows = [("term", "domain", "range", "related standard term")]
    for name, term in predicates.items():
        standard = [f"{each} (subproperty)" for each in term.broader] + [*term.related]
        rows.append(
            (
                f"kg:{name}",
                ", ".join(term.domain),
                ", ".join(term.range),
                (", ".join(standard) or "none") + (f": {term.note}" if term.note else ""),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, (*widths, 0), strict=True)) for row in rows
    )
    return "".join(f"#   {line}\n" for line in lines)


def _block(
    name: str, classes: str, more: Iterable[tuple[str, tuple[str, ...]]], label: Words, comment: Words
) -> str:
    lines = [f"kg:{name} a {classes}"]
    lines += [f"  {key} {' , '.join(values)}" for key, values in more if values]
    lines += [f"  rdfs:label {_texts(label)}", f"  rdfs:comment {_texts(comment)}"]
    return " ;\n".join(lines) + " .\n"


def _union(types: tuple[str, ...]) -> str:
    names = " ".join(f"kg:{each}" for each in types)
    return f"[ a owl:Class ; owl:unionOf ( {names} ) ]" if len(types) > 1 else names


def _texts(words: Words) -> str:
    zh, en = (json.dumps(text, ensure_ascii=False) for text in (words.zh, words.en))
    return f"{zh}@zh , {en}@en"


# The shapes -----------------------------------------------------------------------------------------------------------


def _shapes() -> str:
    found = schema()
    predicates = [*(f"kg:{name}" for name in found.predicates), *(f"schema:{name}" for name in found.derived)]
    types, kinds = ([f"kg:{name}" for name in names] for names in (found.types, found.kinds))
    lists = [
        ("shape:factPredicate", f"sh:in ( {' '.join(predicates)} )"),
        ("shape:factStatus", f"sh:in ( {' '.join(f'kg:{name}' for name in found.statuses)} )"),
        ("shape:oneType", f"sh:qualifiedValueShape [ sh:in ( {' '.join(types)} ) ]"),
        ("shape:Entity", f"sh:targetClass {' , '.join(types)}"),
        ("shape:Kind", f"sh:targetClass {' , '.join(kinds)}"),
    ]
    blocks = ["".join(f"{name} {rule} .\n" for name, rule in lists)]
    blocks += _ends("subject", {name: term.domain for name, term in found.predicates.items()})
    blocks += _ends("object", {name: term.range for name, term in found.predicates.items()})
    return "\n".join(blocks)


def _ends(end: str, allowed: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield a shape for each set of types that the subjects (or objects) of some predicates may have."""
    found = schema()
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, types in allowed.items():
        groups.setdefault(tuple(each for each in found.types if each in types), []).append(name)
    for types, names in groups.items():
        classes = [f"sh:class kg:{each}" for each in types]
        rule = f"sh:or ( {' '.join(f'[ {each} ]' for each in classes)} )" if classes[1:] else classes[0]
        target = "sh:targetSubjectsOf" if end == "subject" else "sh:targetObjectsOf"
        said = Words(
            f"“{'”“'.join(found.predicates[name].label.zh for name in names)}”的{'主体' if end == 'subject' else '客体'}必须是"
            + "、".join(found.types[each].label.zh for each in types),  # type: ignore[index]
            f"the {end} of {', '.join(names)} is of type {' or '.join(types)}",
        )
        head = f"shape:{'Of' if end == 'subject' else 'To'}{'Or'.join(types)} a sh:NodeShape ;\n"
        yield (
            f"{head}  {target} {' , '.join(f'kg:{name}' for name in names)} ;\n  {rule} ;\n  sh:message {_texts(said)} .\n"
        )


FILES: Final = {"ontology.ttl": _ontology, "shapes.ttl": _shapes}
"""The files that carry a part of the schema, and what makes it."""


def _main() -> None:
    for name in FILES:
        data_path(name).write_text(renewed(name), encoding="utf-8")


if __name__ == "__main__":
    _main()
