"""Markdown marks, link targets, pictures and code state nothing; the words do, at their own offsets."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.formats.markdown import parts_of
from kg.text.source import article_from_bytes

ARTICLE = """---
title: "明德大学与海川公司签约"
date: 2023-04-05
author: 王小明
source: 江城日报
---
# 明德大学与海川公司签约

![签约仪式2020](http://a.example/2020.png)

> 本报讯（记者 李明）4月4日，明德大学与海川公司签署协议。

## 主要内容 ##

- 建设实验室2个；
* [ ] 招生100名。

详见[合作协议](https://x.example/123?n=99)第3条。

| 项目 | 金额 |
|------|-----:|
| 甲项目 | 2亿元 |

```python
print("丙公司收购丁公司99次")
```
<!-- 戊公司 --><br/>
[1]: http://y.example/88
责任编辑：赵四
"""


def stated(text: str) -> list[str]:
    article = article_from_bytes(text.encode(), "a", "markdown")
    return [span.of(article.text) for span in article.body]


def test_only_the_words_of_a_markdown_text_are_stated() -> None:
    assert stated(ARTICLE) == [
        "明德大学与海川公司签约",
        "4月4日，明德大学与海川公司签署协议。",
        "主要内容",
        "建设实验室2个；",
        "招生100名。",
        "详见",
        "合作协议",
        "第3条。",
        "项目",
        "金额",
        "甲项目",
        "2亿元",
    ]


def test_front_matter_is_metadata() -> None:
    article = article_from_bytes(ARTICLE.encode(), "a", "markdown")

    assert article.title == "明德大学与海川公司签约"
    assert (article.published, article.author, article.publisher) == (date(2023, 4, 5), "王小明", "江城日报")


def test_the_text_itself_is_kept_as_it_stands() -> None:
    assert article_from_bytes(ARTICLE.encode(), "a", "markdown").text == ARTICLE


def test_the_first_heading_is_the_title_and_what_stands_above_it_is_not_read() -> None:
    assert stated("[English](en.md) | 中文\n\n# 海川公司签约\n\n海川公司与明德大学签约。") == [
        "海川公司签约",
        "海川公司与明德大学签约。",
    ]


def test_emphasis_around_a_line_is_no_part_of_it() -> None:
    assert stated("# **海川公司签约**\n\n**海川公司与明德大学签约。**") == [
        "海川公司签约",
        "海川公司与明德大学签约。",
    ]


@settings(max_examples=200, deadline=None)
@given(st.text("甲乙。#*-_>`~|[]()!: \n<a/>=1", max_size=80))
def test_spans_of_words_are_ordered_and_cross_no_line(text: str) -> None:
    spans = parts_of(text).spans

    assert all("\n" not in span.of(text) and span.of(text).strip() for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
