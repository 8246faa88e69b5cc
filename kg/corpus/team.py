"""Which names are those of teams of a league."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kg.names.lexicon import League, leagues

__all__ = ["team_named"]

_TEAM: Final = "队"


def team_named(name: str, others: Collection[str]) -> str:
    """Return the team that a name means (休斯敦火箭, 火箭队, 火箭), "" for none.

    Only the team's home may stand before it: 红太阳 is a company. An everyday word alone means a team only among others.

    Args:
        name: of an organisation.
        others: names of the organisations of the article.
    """
    for league in leagues():
        team, front = _parted(name, league)
        if team and (front or name.endswith(_TEAM) or team in league.sure):
            return team
        if team and any(_parted(other, league)[0] not in ("", team) for other in others):
            return team
    return ""


def _parted(name: str, league: League) -> tuple[str, str]:
    """Return the team of a league that a name is, and its home before it, "" twice for none."""
    whole = name.removesuffix(_TEAM)
    team = max((each for each in league.names if whole.endswith(each)), key=len, default="")
    front = whole.removesuffix(team)
    return (team, front) if team and (not front or front in league.homes) else ("", "")
