"""Every word of the pages, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from kg.graph.vocabulary import PREDICATE_LABELS, STATUS_LABELS, TYPE_LABELS

__all__ = ["Language", "choice", "predicate", "status", "type_name", "word"]

Language = Literal["zh", "en"]

_WORDS: Final = {
    "home": ("首页", "Home"),
    "graph": ("知识图谱", "Knowledge graph"),
    "search": ("搜索", "Search"),
    "search_hint": ("名称、简称，或原文中的词", "A name, a short form, or words of the text"),
    "query": ("查询", "Query"),
    "network": ("关系图", "Network"),
    "api": ("接口", "API"),
    "other_language": ("English", "中文"),
    "skip": ("跳到正文", "Skip to content"),
    "triples": ("条三元组", "triples"),
    "articles": ("文章", "Articles"),
    "quotes": ("引语", "Quotes"),
    "entities": ("实体", "Entities"),
    "best_known": ("事实最多的实体", "Most facts"),
    "facts": ("事实", "Facts"),
    "figures": ("数字", "Figures"),
    "also": ("又称", "Also called"),
    "all_properties": ("图中的全部属性", "All that the graph holds"),
    "property": ("属性", "Property"),
    "value": ("值", "Value"),
    "value_of": ("是…的", "is"),
    "as_rdf": ("取 RDF", "As RDF"),
    "open_network": ("打开可交互的关系图", "Open the interactive network"),
    "network_of": ("周围的关系", "Around it"),
    "role": ("职务", "role"),
    "reported_by": ("据", "by"),
    "date": ("时间", "date"),
    "amount": ("金额", "amount"),
    "corroborated": ("来源最多的事实", "Facts with most sources"),
    "conflicts": ("各篇文章的矛盾", "Where articles contradict each other"),
    "successions": ("任职更替", "Who held a post after whom"),
    "sources": ("来源", "sources"),
    "narrow": ("缩小范围", "Narrow the search"),
    "independent_sources": ("独立来源", "Independent sources"),
    "contradicted": ("只看有矛盾的", "Only what is contradicted"),
    "all_found": ("全部结果", "All that was found"),
    "independent": ("独立", "independent"),
    "in_one_article": ("篇文章", "article"),
    "in_articles": ("篇文章", "articles"),
    "confidence": ("可信度", "confidence"),
    "pattern": ("规则", "pattern"),
    "derived": ("推导", "derived"),
    "in_article": ("在文章中查看", "See in the article"),
    "published": ("发布日期", "Published"),
    "publisher": ("发布者", "Publisher"),
    "original": ("原网页", "Original page"),
    "named_here": ("文中提到", "Named here"),
    "no_text": (
        "图谱旁没有这篇文章的原文，这里只有被引用的句子。",
        "The text of this article is not beside the graph; these are the clauses that it is quoted for.",
    ),
    "nothing": ("没有找到", "Nothing found"),
    "results_for": ("搜索结果", "Results"),
    "next": ("下一页", "Next"),
    "previous": ("上一页", "Previous"),
    "ask": ("提问", "Ask"),
    "ask_hint": ("例如：谁获奖了？", "for example 谁获奖了？"),
    "understood": ("理解为", "Understood as"),
    "can_be_asked": ("可以这样问", "This can be asked"),
    "passages": ("没有事实能回答；原文里有关的句子：", "No fact answers this; these sentences speak of it:"),
    "shown_below": (
        "所用的查询在下面的编辑器里，可以修改。",
        "The query is in the editor below, and can be changed.",
    ),
    "named_queries": ("常用查询", "Named queries"),
    "run": ("放进编辑器并运行", "Put into the editor and run"),
    "optional": ("可不填", "optional"),
    "editor": ("SPARQL 编辑器", "SPARQL editor"),
    "needs_script": (
        "查询页需要 JavaScript。不用浏览器也能查询：",
        "The query page needs JavaScript. Without a browser:",
    ),
    "for_programs": ("给程序用", "For programs"),
    "for_programs_text": (
        "SPARQL 端点是 /sparql；常用查询以 JSON 或 CSV 提供，说明见 OpenAPI 文件。",
        "The SPARQL endpoint is /sparql; the named queries answer as JSON or CSV, described by OpenAPI.",
    ),
    "editor_keys": (
        "编辑器：Ctrl+空格或 Alt+/ 补全（只列有结果的项，可输入中文名称）；Ctrl+回车运行；Esc 后按 Tab 离开。",
        "Editor: Ctrl+Space or Alt+/ completes (what has results; Chinese names too), Ctrl+Enter runs, Esc then Tab leaves.",
    ),
    "new_tab": ("新查询", "New query"),
    "completions": ("{} 项补全", "{} completions"),
    "no_completion": ("没有可补全的内容", "Nothing to complete here"),
    "unchecked": ("未核对是否有结果", "not checked for results"),
    "dataset": ("数据集", "The dataset"),
    "dataset_text": (
        "供其他工具读取：图谱的规模、类和属性（VoID、DCAT），可直接运行的常用查询（SHACL）；也有 JSON-LD 等格式。",
        "For other tools: how large the graph is, its classes and properties (VoID, DCAT), the named queries as they run (SHACL).",
    ),
    "examples": ("例子", "Examples"),
    "not_found": ("没有这一页", "No such page"),
    "not_found_text": (
        "图谱里没有这个名称。可以搜索一下。",
        "The graph has nothing of this name. Try a search.",
    ),
    "refused": ("无法回答", "No answer"),
    "chart": ("图表", "Chart"),
    "statement": ("事实", "Fact"),
    "article": ("文章", "Article"),
    "thing": ("节点", "Node"),
    "type": ("类型", "Type"),
    "of": ("共", "of"),
    "names": ("名称", "Names"),
    "table": ("IRI", "IRIs"),
    "response": ("原始回答", "Response"),
    "decisions": ("裁定", "Decisions"),
    "decisions_applied": ("裁定已全部生效", "All decisions are applied"),
    "decisions_pending": ("正在让裁定生效…", "Applying what was decided…"),
    "decisions_failed": ("裁定没有生效：", "Not applied:"),
    "no_decisions": ("还没有裁定", "Nothing is decided yet"),
    "decide_on_page": ("在图谱页上校订", "Review on the page of the graph"),
    "verdict_confirm": ("正确", "Right"),
    "verdict_reject": ("错误", "Wrong"),
    "verdict_no-entity": ("查无此物", "No such thing"),
    "undo": ("撤销", "Undo"),
    "id": ("编号", "Id"),
    "verdict": ("结论", "Verdict"),
    "your_name": ("裁定人姓名", "Who decides"),
    "your_name_text": (
        "姓名写在每条裁定旁，本浏览器只问一次；几个人一起裁定时，各人的答案才分得开。可以留空。",
        "It stands at each decision, and is asked for once in this browser: it keeps the answers of several people apart. It may stay empty.",
    ),
    "no_name": ("未署名", "without a name"),
    "go_on": ("继续", "Go on"),
    "decided_by": ("何人", "By"),
    "decided_why": ("理由", "Why"),
    "timeline": ("时间线", "Timeline"),
    "tables": ("表格", "Tables"),
    "rows_of": ("{} 行，共 {} 行", "{} of {} rows"),
    "cut": (
        "（图谱更大，这里只看了前面的行）",
        "(the graph is larger: only its first rows are looked through)",
    ),
    "in_quotes": ("引文中的词语", "Words of the quote"),
    "column_filters": ("按列筛选", "Filter by column"),
    "any": ("全部", "any"),
    "apply": ("筛选", "Filter"),
    "clear": ("清除", "Clear"),
    "sure_high": ("90% 以上", "90 % and more"),
    "sure_middle": ("60–90%", "60 to 90 %"),
    "sure_low": ("低于 60%，存疑", "below 60 %, doubtful"),
    "shown": ("显示前 {} 行，共 {} 行", "The first {} of {} rows"),
}

_CHOICES: Final = {"any": ("全部", "any"), "former": ("原任", "former")}
"""Values that a parameter may have beside the statuses."""


def word(key: str, language: Language) -> str:
    """Return a word of the pages."""
    return _WORDS[key][language == "en"]


def type_name(name: str, language: Language) -> str:
    """Return the name of a core type, or "" for none."""
    return _label(TYPE_LABELS.items(), name, language) or ""


def predicate(name: str, language: Language) -> str:
    """Return the name of a predicate."""
    return _label(PREDICATE_LABELS.items(), name, language) or name


def status(name: str, language: Language) -> str:
    """Return the name of a status."""
    return _label(STATUS_LABELS.items(), name, language) or name


def choice(name: str, language: Language) -> str:
    """Return the name of a value that a parameter of a named query may have."""
    return _label(_CHOICES.items(), name, language) or status(name, language)


def _label(table: Iterable[tuple[str, tuple[str, str]]], name: str, language: Language) -> str | None:
    return next((pair[language == "en"] for key, pair in table if key == name), None)
