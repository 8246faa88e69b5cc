"""The tagger's labels by name: LAC's parts of speech, and its types of names.

Another tagger gives its words these labels, for the rules read them.
"""

from __future__ import annotations

from typing import Final

NOUN: Final = "n"
PROPER_NOUN: Final = "nz"
WORK: Final = "nw"
"""The name of a book, a film, a song."""
VERBAL_NOUN: Final = "vn"
ADJECTIVAL_NOUN: Final = "an"
DIRECTION: Final = "f"
PLACE_WORD: Final = "s"
TIME_WORD: Final = "t"
VERB: Final = "v"
VERB_AS_ADVERB: Final = "vd"
ADJECTIVE: Final = "a"
ADJECTIVE_AS_ADVERB: Final = "ad"
MODIFIER: Final = "b"
"""A word that only stands before a noun: 大型, 国有."""
ADVERB: Final = "d"
NUMERAL: Final = "m"
CLASSIFIER: Final = "q"
PRONOUN: Final = "r"
PREPOSITION: Final = "p"
CONJUNCTION: Final = "c"
PARTICLE: Final = "u"
OTHER_WORD: Final = "xc"
PUNCTUATION: Final = "w"
PERSON: Final = "PER"
PLACE: Final = "LOC"
ORGANIZATION: Final = "ORG"
TIME: Final = "TIME"

OTHER_PERSON: Final = "nr"
OTHER_PLACE: Final = "ns"
OTHER_ORGANIZATION: Final = "nt"
"""The older labels of names, which the tagger still gives now and then."""

NAMES: Final = frozenset({PERSON, PLACE, ORGANIZATION})
"""The labels of words that name a thing of the world."""
