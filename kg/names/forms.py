"""Shorter forms by which an article may call a body."""

from __future__ import annotations

from kg.base.late import late
from kg.names.gazetteer import gazetteer
from kg.names.heads import is_name, place_prefix
from kg.names.lexicon import names, organizations, regions

_BRACKETS = late(r"[（(][^（()）]{1,14}[）)]")


def short_forms(name: str) -> tuple[str, ...]:
    """Return shorter forms by which an article may call the organisation ``name``, the longest first."""
    forms: dict[str, None] = {}
    bare = _BRACKETS.sub("", name.replace("（集团）", "集团").replace("(集团)", "集团"))
    forms[bare] = None
    body = without_form(bare)
    formed = body != bare
    words = [word for word in ("股份", "集团", "公司") if word in bare[len(body) :]]
    if formed:
        forms[body] = None
        forms.update(dict.fromkeys(body + word for word in words))
    for _ in range(3):
        prefix = place_prefix(body) or next((word for word in ("国家", "全国") if body.startswith(word)), "")
        rest = body[len(prefix) :].lstrip("省市县区")
        if not prefix or len(rest) < (2 if formed else 4):
            break
        body = rest
        forms[body] = None
        forms.update(dict.fromkeys(body + word for word in words))
    if formed:
        forms[stem(body)] = None
        if body.endswith("管理"):
            forms[body[:-2]] = None  # X基金|管理公司, X酒店|管理公司
    return tuple(form for form in forms if form != name and is_short_form(form))


def is_short_form(form: str) -> bool:
    """Say whether ``form`` is proper enough to stand for an organisation: no bare head, no industry word, no place."""
    lists = organizations()
    if not is_name(form) or form in names().saying or form in lists.industry or form in lists.verbs_inside:
        return False
    if form in lists.strong or form in lists.parts or form in lists.never_inside:
        return False
    if form.startswith(("人民出版", "人民大学", "人民法院", "人民检察院")):
        return False
    return form not in regions().countries and form not in gazetteer().forms


def without_form(name: str) -> str:
    """Take the legal form off a company's name (X股份有限公司 -> X)."""
    form = next((f for f in organizations().company_forms if name.endswith(f)), "")
    return name[: -len(form)] if form and len(name) - len(form) >= 2 else name


def stem(body: str) -> str:
    """Take one industry word off the end of a company's name (宏达电力 -> 宏达)."""
    industry = organizations().industry
    word = next(
        (body[-size:] for size in (4, 3, 2) if len(body) - size >= 2 and body[-size:] in industry), ""
    )
    return body[: len(body) - len(word)]
