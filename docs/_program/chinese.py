"""Chinese in the site: its search finds Chinese words, and around Chinese pages the theme speaks Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sphinx.search.en import SearchEnglish

__all__ = ["Search", "setup"]

PAGE: Final = ".zh"
"""The end of the names of pages that are Chinese."""

_RUN: Final = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
_FENCED: Final = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_BROKEN: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef“”])\n(?=[\u3400-\u9fff（“《])")
_SPLIT: Final = r"""
function splitQuery(query) {
  const words = [];
  for (const [run] of query.matchAll(/[\u3400-\u9fff]+|[^\s\p{P}\p{S}\u3400-\u9fff]+/gu)) {
    if (!/^[\u3400-\u9fff]{3,}/.test(run)) words.push(run);
    else for (let at = 0; at < run.length - 1; at++) words.push(run.slice(at, at + 2));
  }
  return words;
}
"""
_SAID: Final = {
    "Back to top": "回到顶部",
    "Contents": "目录",
    "Error": "错误",
    "Home": "首页",
    "Index": "索引",
    "Next": "下一页",
    "On this page": "本页内容",
    "Previous": "上一页",
    "Search": "搜索",
    "Skip to content": "跳到正文",
}


class Search(SearchEnglish):  # type: ignore[misc,unused-ignore] # Sphinx is not there for who only checks kg
    """The search of English pages, which also finds Chinese words: by the pairs of characters that they consist of."""

    js_splitter_code = _SPLIT

    def split(self, text: str) -> list[str]:
        """Return the words of a text: runs of letters, and of Chinese each two characters that stand together."""
        return list(_words(text))


def _words(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if len(run) > 2 and "\u3400" <= run[0] <= "\u9fff":
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


def setup(sphinx: Any) -> None:  # noqa: ANN401 - Sphinx has no types here
    """Add the search and the words of the theme."""
    sphinx.add_search_language(Search)
    sphinx.connect("html-page-context", _speak)
    sphinx.connect("source-read", _join)


def _join(_sphinx: Any, page: str, source: list[str]) -> None:  # noqa: ANN401 - as Sphinx calls it
    """Let no end of a line stand between two characters of a Chinese page: it would be shown as a blank."""
    if page.endswith(PAGE):
        parts = _FENCED.split(source[0])
        parts[::2] = [_BROKEN.sub("", part) for part in parts[::2]]
        source[0] = "".join(parts)


def _speak(_sphinx: Any, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:  # noqa: ANN401 - as Sphinx calls it
    """Let a Chinese page say that it is, and the theme speak Chinese on it."""
    if page.endswith(PAGE):
        context["language"] = "zh-CN"
        context["gettext"] = context["_"] = lambda said: _SAID.get(said, said)
