"""Why a proposal of a language model is no fact: each reason in both languages, as the graph and the commands say it."""

from __future__ import annotations

from typing import Final

__all__ = ["REASONS"]

REASONS: Final = {
    "unreadable": ("回答不是所要求的格式", "the answer has not the form that was asked for"),
    "predicate": ("关系不在词汇表中", "no such relation in the schema"),
    "quote": ("引语不在文中", "the quote does not stand in the text"),
    "long-quote": ("引语过长", "the quote is too long"),
    "subject": ("引语中没有主体的名称", "the quote does not name the subject"),
    "object": ("引语中没有客体的名称", "the quote does not name the object"),
    "same": ("主体和客体是同一事物", "both ends are one thing"),
    "type": ("类型不适合这一关系", "the types do not fit the relation"),
    "trigger": ("引语中没有表明关系的词", "no word of the quote says the relation"),
    "role": ("引语中没有这一职务", "the quote does not say the post"),
    "number": ("引语中没有这一金额", "the quote does not say the amount"),
    "ended": ("文中说的是过去或将来的任职", "the text speaks of a former or future post"),
    "planned": ("文中说的是计划", "the text says that it is planned"),
    "denied": ("文中予以否认", "the text denies it"),
    "reported": ("文中只是转述", "the text only passes it on"),
    "unsaid": ("文中并未这样说", "the text does not say so"),
}
"""Each reason by its id: Chinese, English."""
