"""The titles of situations, for help texts: read without loading the whole pack."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from travelsec.pack.folder import bundled_folder, read_files

# As in `cache`, whose imports take longer than all that is done here.
_BUNDLED_FILE = Path(__file__).with_name("bundled.json")


def situation_titles() -> dict[str, str]:
    """Return the titles of the bundled pack's situations for travellers, by id.

    Help is shown whatever is broken; at worst it lists none.
    """
    for source in (_cached, _loaded):
        with contextlib.suppress(Exception):
            if titles := source():
                return titles
    return {}


def _cached() -> dict[str, str]:
    """Return them from the cache, or nothing if it is missing or its files have changed since."""
    head, pack = _BUNDLED_FILE.read_bytes().splitlines()[1:]
    folder = bundled_folder()
    files = {name: hashlib.sha256(data).hexdigest() for name, data in read_files(folder, folder)}
    if json.loads(head)["files"] != files:
        return {}
    situations = json.loads(pack)["situations"].values()
    # A field that has its default is left out.
    return {entry["id"]: entry["title"] for entry in situations if "audience" not in entry}


def _loaded() -> dict[str, str]:
    from travelsec.pack.load import load

    situations = load().situations.values()
    return {entry.id: entry.title for entry in situations if entry.audience == "traveller"}
