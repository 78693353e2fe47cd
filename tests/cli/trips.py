"""Trips that tests store."""

from __future__ import annotations

import datetime

from travelsec.cli.trip_session import begin_session
from travelsec.pack.load import load
from travelsec.store import Store

TODAY = datetime.date(2026, 11, 22)
AS_OF = ("--today", TODAY.isoformat())
FACTS = ("--set", "abroad=true", "--set", "devices=none")
PACK = load()


def begin(store: Store, name: str) -> None:
    """Store a trip with one answer."""
    with begin_session(store, PACK, TODAY, name) as session:
        session.fact("abroad", True, "script")
