"""A saved page of a WeChat account (mp.weixin.qq.com): its article stands hidden until scripts have run, and they know the rest.

The body is ``#js_content``, the title ``#activity-name``, the account ``#js_name`` (years ago ``#post-user``) or what a script calls
``nickname``. A message of words or pictures alone has its words only in a script, ``content_noencode``. The day is what the page
shows or a script says; a moment (``ct``) is a day in Beijing. A page that was saved before it was loaded, asks who reads for a
proof, or whose article is deleted, has no article.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from itertools import islice
from typing import Final

from kg.base.errors import SourceError
from kg.base.late import late
from kg.text.formats.article_part import lines_of
from kg.text.formats.dom import Element, tree_of
from kg.text.formats.extract import Extract
from kg.text.metadata import read_date

__all__ = ["is_weixin", "read_weixin"]

_OPENING: Final = late(r"<[a-z]+\b[^<>]*\bid\s*=\s*[\"']?js_content\b[^<>]*>", re.IGNORECASE)
_STYLE: Final = late(r"\bstyle\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_OWN: Final = late(r"rich_media_content|\bid\s*=\s*[\"']?activity-name\b")
_SHELL: Final = late(r"res\.wx\.qq\.com|mp\.weixin\.qq\.com/mp/|weixin110\.qq\.com")
_DATA: Final = late(r"\bcgiDataNew\b|mp\.weixin\.qq\.com/s\b")
_MESSAGE: Final = late(r"\bweui-msg\b|\bid\s*=\s*[\"']?js_verify\b|wappoc_appmsgcaptcha")
_META: Final = late(r"<meta\b[^<>]*>", re.IGNORECASE)
_KEY: Final = late(r"\b(?:property|name)\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_CONTENT: Final = late(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_VALUE: Final = r"\s*[=:]\s*(?:htmlDecode\(|JsDecode\()?\s*[\"']([^\"'<>\n]{1,120})[\"']"
_NICKNAME: Final = late(rf"\b(?:nickname|nick_name){_VALUE}")
_TITLE: Final = late(rf"\bmsg_title{_VALUE}")
_DAYS: Final = late(rf"\b(?:publish_time|createTime|create_time){_VALUE}")
_MOMENT: Final = late(r"\b(?:ct|create_time|ori_create_time|svr_time_of_issue)\s*[=:]\s*[\"']?(1\d{9})\b")
_TELLS: Final = late(r"\bcontent_noencode\s*:\s*(?:JsDecode\(\s*)?(?=['\"])")
_TEXT: Final = late(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"")
_MOST: Final = 20  # texts of scripts that may be the message
_ESCAPED: Final = late(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))")
_BREAK: Final = late(r"<(?:br|/p|/div|/section)\b[^<>]*>", re.IGNORECASE)
_CONTROL: Final = {"n": "\n", "r": "", "t": "\t"}
_BEIJING: Final = timedelta(hours=8)
_ADDRESS: Final = late(r"https?://mp\.weixin\.qq\.com/s[^\s\"'<>]*")
_OF_ALL: Final = "微信公众平台"  # what og:site_name says on every page
_LONGEST: Final = 40  # code points of a name


def is_weixin(page: str) -> bool:
    """Say whether a page is one of a WeChat account, or what stands there in the place of one."""
    if _OPENING.search(page):
        return bool(_OWN.search(page))
    if _TELLS.search(page) and _DATA.search(page):
        return True
    return bool(_SHELL.search(page) and _MESSAGE.search(page))


def read_weixin(page: str, where: object) -> Extract:
    """Return the article of a page of a WeChat account, and what the page says of it.

    Raises:
        SourceError: it has none.
    """
    root = tree_of(_OPENING.sub(lambda hit: _STYLE.sub("", hit[0]), page))
    body = _by_id(root, "js_content")
    lines = [line.words for line in lines_of(body)] if body else []
    lines = lines or _told(page)
    if not lines:
        raise SourceError(
            where,
            "a WeChat page without its article",
            "open it in a browser, scroll to its end, then save the page",
        )
    said = _meta(page)
    title = _shown(root, "activity-name") or _script_text(said.get("og:title", "")) or _script(_TITLE, page)
    if title and "".join(title.split()) != "".join(lines[0].split()):
        lines.insert(0, title)
    account = _shown(root, "js_name") or _script(_NICKNAME, page) or _shown(root, "post-user")
    author = said.get("og:article:author") or said.get("author", "")
    address = _ADDRESS.match(said.get("og:url", ""))
    return Extract(
        "\n".join(lines),
        title=title,
        published=_day(root, page),
        publisher=account if account != _OF_ALL and len(account) <= _LONGEST else "",
        author=author if len(author) <= _LONGEST and author != account else "",
        url=address[0] if address else "",
    )


def _by_id(root: Element, name: str) -> Element | None:
    return next((each for each in root.elements() if each.attributes.get("id", "").strip() == name), None)


def _shown(root: Element, name: str) -> str:
    element = _by_id(root, name)
    return element.words() if element else ""


def _script(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    return _script_text(found[1]) if found else ""


def _script_text(words: str) -> str:
    """Return what a text of a script says, in one line."""
    return " ".join(unescape(_unescaped(words)).split())


def _unescaped(words: str) -> str:
    r"""Return a text as a script reads it: \x26 is &, \x0a a line end."""

    def meant(hit: re.Match[str]) -> str:
        code = hit[1] or hit[2]
        return chr(int(code, 16)) if code else _CONTROL.get(hit[3], hit[3])

    return _ESCAPED.sub(meant, words)


def _told(page: str) -> list[str]:
    """Return the lines of a message that only a script has: the longest that it says, as words or as a page."""
    found = (_TEXT.match(page, hit.end()) for hit in islice(_TELLS.finditer(page), _MOST))
    words = max((_unescaped(hit[1] or hit[2] or "") for hit in found if hit), key=len, default="")
    if _BREAK.search(words):
        return [line.words for line in lines_of(tree_of(words)) if line.words]
    return [line for each in unescape(words).splitlines() if (line := each.strip())]


def _meta(page: str) -> dict[str, str]:
    """Return what the head of a page says, by name."""
    said: dict[str, str] = {}
    for element in _META.findall(page):
        key, content = _KEY.search(element), _CONTENT.search(element)
        if key and content:
            said.setdefault(key[1].lower(), " ".join(unescape(content[1] or content[2] or "").split()))
    return said


def _day(root: Element, page: str) -> date | None:
    """Return the day that a page shows, that a script says, or in which its moment lies in Beijing."""
    for words in (
        _shown(root, "publish_time"),
        _shown(root, "post-date"),
        *(hit[1] for hit in _DAYS.finditer(page)),
    ):
        if day := read_date(words):
            return day
    moment = _MOMENT.search(page)
    return (datetime.fromtimestamp(int(moment[1]), UTC) + _BEIJING).date() if moment else None
