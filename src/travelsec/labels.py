"""Find choices by their labels, which people leave in spreadsheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping


def folded(text: str) -> str:
    """Return a text in a form to compare: case and the number of spaces make no difference."""
    return " ".join(text.split()).casefold()


def ids_by_label(choices: Mapping[str, str]) -> dict[str, str]:
    """Map the ids and labels of choices to their ids, but for labels that two of them have."""
    counts = Counter(map(_folded_choice, choices.values()))
    labels = {_folded_choice(label): name for name, label in choices.items()}
    labels = {label: name for label, name in labels.items() if counts[label] == 1}
    return labels | {_folded_choice(name): name for name in choices}


def _folded_choice(text: str) -> str:
    return re.sub(r" ?[,;] ?", ",", folded(text))


def choice_id(text: str, ids: Mapping[str, str]) -> str:
    """Replace the label of a choice by its id; other text stays as it is."""
    return ids.get(_folded_choice(text), text)


def choice_ids(text: str, ids: Mapping[str, str]) -> str:
    """Replace the labels of choices, which may contain commas, by their ids.

    Commas, semicolons and line breaks separate them.
    """
    parts = re.split(r"[,;\r\n]+", text)
    longest = max((label.count(",") for label in ids), default=0) + 1
    found = []
    while parts:
        for length in range(min(longest, len(parts)), 0, -1):
            choice = ids.get(_folded_choice(",".join(parts[:length])))
            if choice is not None:
                break
        found.append(parts[0] if choice is None else choice)
        parts = parts[length:]
    return ",".join(found)
