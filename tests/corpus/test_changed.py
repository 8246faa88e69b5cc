"""What a corpus that grows changes in who is one with whom."""

from __future__ import annotations

from kg.base.model import EntityId
from kg.corpus.changed import things_changed
from kg.corpus.model import Identity, Member, Thing


def thing(label: str, *members: str) -> Thing:
    own = tuple(sorted(Member(each, EntityId(f"Person:{label}")) for each in members))
    return Thing(f"{label}|{members[0]}", "Person", own, label)


def identity(*things: Thing) -> Identity:
    return Identity(things)


def test_things_that_were_several_are_joined_and_the_other_way_round_split() -> None:
    apart = identity(thing("甲", "a"), thing("甲", "b"), thing("乙", "a", "b"))
    one = identity(thing("甲", "a", "b"), thing("乙", "a"), thing("乙", "b"))

    changed = things_changed(apart, one)

    assert (changed.joined, changed.split) == (("甲",), ("乙",))
    assert (changed.new, changed.gone) == (0, 0)
    back = things_changed(one, apart)
    assert (back.joined, back.split) == (changed.split, changed.joined)


def test_what_only_comes_with_an_article_is_new_and_joins_nothing() -> None:
    before = identity(thing("甲", "a"))
    after = identity(thing("甲", "a", "c"), thing("乙", "c"))

    changed = things_changed(before, after)

    assert (changed.joined, changed.split, changed.new, changed.gone) == ((), (), 1, 0)
    assert things_changed(after, before).gone == 1
