"""Changes to a tree of texts, lists and mappings, as mistakes or attackers might make them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.schema.readings import Plain

SCALARS = (
    *("null", "~", "Null", "nUll", "true", "TRUE", "tRue", "yes", "No", "on", "y", "false"),
    *(
        "0",
        "1",
        "12",
        "010",
        "08",
        "0x1f",
        "0o17",
        "0b11",
        "1_000",
        "-3",
        "+4",
        "1000000",
        "999999",
    ),
    *("1.0", "1.50", "1e3", "1e-5", ".5", "5.", ".inf", ".nan", "12:30", "1e999"),
    *("2026-06-30", "2026-6-3", "2026-13-01", "2026-06-30 12:00:00", "0000000000000001"),
    *("word", "two words", "clear-files", "home_shared", "page/general/remove-files", "A", "ſ"),
    *("must", "before", "traveller", "duty", "done", "agreed", "declined", "not-applicable"),
    *("laptop", "laptop;phone", "on return", "3 days before departure", "$nights", "none"),
)
_PLAIN = st.sampled_from(SCALARS).map(Plain)
_QUOTED = st.one_of(
    st.sampled_from(
        ("", " ", " true ", "\n", "laptop, phone", " , ", "NONE", "yeſ", " 2026-06-30")
    ),
    st.sampled_from(SCALARS),
    st.sampled_from(SCALARS).map(lambda text: f" {text}\t"),
    st.text("aé \n\x1c\x85\u2028\ufeff", max_size=3),
)
_SCALARS = st.one_of(_PLAIN, _QUOTED, st.none())
VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("id", "name", "status", "reason", "any")), inner),
    ),
    max_leaves=4,
)


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every list or mapping with each of its keys."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree))
    for key in keys:
        yield tree, key
        if isinstance(tree[key], dict | list):
            yield from _places(tree[key])


def plain(tree: Any) -> Any:
    """Return a copy in which every text that needs no quotes has none."""
    if isinstance(tree, dict):
        return {_plain(key): plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [plain(value) for value in tree]
    return tree if tree is None else _plain(tree)


def _plain(text: str) -> str:
    bare = text.replace("-", "").replace(".", "").replace("/", "").replace("_", "")
    return Plain(text) if bare.isalnum() and text[0].isalnum() and text != "null" else text


@st.composite
def changed(draw: st.DrawFn, tree: Any) -> Any:
    """Return the tree with one or two changes."""
    result = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 2))):
        places = list(_places(result))
        if not places:
            break
        parent, key = draw(st.sampled_from(places))
        way = draw(st.sampled_from(("value", "value", "value", "wrap", "remove", "name", "more")))
        if way == "value":
            parent[key] = draw(VALUES)
        elif way == "wrap":
            parent[key] = [parent[key]]
        elif way == "remove":
            del parent[key]
        elif isinstance(parent, list):
            parent.append(draw(VALUES))
        else:
            other = draw(st.one_of(_PLAIN, st.sampled_from([key for _, key in places])))
            # A name is in quotes, or is short.
            name = other if isinstance(other, str) else "name"
            parent[name] = parent.pop(key) if way == "name" else draw(VALUES)
    return result
