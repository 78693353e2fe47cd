"""Find every fault of an entry that does not fit its model, each at its place."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec import inspect

from travelsec import values
from travelsec.pack import model
from travelsec.pack.yaml import Mapping, Sequence
from travelsec.pack.yaml_mistakes import ODD_SPACES, loose_key
from travelsec.problems import Place, Problem, allowed, brief, closest_word
from travelsec.question_types import FactType, read_value
from travelsec.wording import join_words

_PATTERNS = {
    r"\S": "is empty: write the text, or leave the field out",
    model.ID_PATTERN: "is not an id (lower-case words with hyphens, like hire-car)",
    model.FACT_PATTERN: "is not a fact id (lower-case words with underscores, like home_shared)",
    model.PATH_PATTERN: "is not a citation (page/section/statement, or a page without sections)",
    model.FINGERPRINT_PATTERN: "is not a fingerprint (travelsec guidance index makes them)",
}


_TRUTHS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}

_HOMES: dict[str, type[model.Entry]] = {
    "a checklist": model.Checklist,
    "a section of a checklist": model.Section,
    "an item": model.Item,
    "a situation": model.Situation,
    "a step of a situation": model.Step,
}


def validate(node: Any, kind: Any, place: Place) -> Iterator[Problem]:
    """Yield every fault of a tree that does not fit a model; msgspec stops at the first.

    Args:
        node: what `yaml.parse` returned, or a part of it.
        kind: the model, or another type that msgspec knows.
        place: where the node is.
    """
    return _faults(_type_info(kind), node, place)


# Inspecting a model takes longer than finding what is wrong with an entry.
_type_info = functools.cache(inspect.type_info)


def _faults(info: inspect.Type, node: Any, place: Place) -> Iterator[Problem]:
    if isinstance(info, inspect.StructType):
        yield from _struct_faults(info, node, place)
    elif isinstance(info, inspect.VarTupleType | inspect.ListType):
        yield from _list_faults(info, node, place)
    elif isinstance(info, inspect.DictType):
        yield from _dict_faults(info, node, place)
    elif isinstance(info, inspect.LiteralType):
        words = [str(word) for word in info.values]
        if not isinstance(node, str) or node not in words:
            wrong = node if isinstance(node, str) else None
            yield Problem(
                place, f"{_describe_node(node)} is not allowed here{allowed(words, wrong)}"
            )
    elif isinstance(info, inspect.StrType):
        yield from _text_faults(info, node, place)
    elif isinstance(info, inspect.BoolType):
        # Accept what msgspec accepts, or a valid “True” would be reported beside another fault.
        if not isinstance(node, str) or node.casefold() not in ("true", "false", "1", "0"):
            meant = _TRUTHS.get(node.casefold()) if isinstance(node, str) else None
            hint = f"; did you mean {meant}?" if meant else ""
            text = f"{_describe_node(node)} is neither true nor false (allowed: true, false{hint})"
            yield Problem(place, text)
    elif isinstance(info, inspect.CustomType):
        if not isinstance(node, Mapping):
            fact = re.match(r"\W*([a-z][a-z0-9_]*)", node) if isinstance(node, str) else None
            example = f", like {{{fact[1]}: true}}" if fact else ""
            text = f"{_describe_node(node)} is not a condition: write {{fact: value}}{example}"
            yield Problem(place, text)
    elif isinstance(info, inspect.UnionType):
        # The only unions of the models are “this, or nothing”.
        kinds = [inner for inner in info.types if not isinstance(inner, inspect.NoneType)]
        if node is not None:
            yield from _faults(kinds[0], node, place)
    elif isinstance(info, inspect.DateType):
        yield from _date_faults(node, place)


def _struct_faults(info: inspect.StructType, node: Any, place: Place) -> Iterator[Problem]:
    if not isinstance(node, Mapping):
        text = f"a mapping of fields is needed here, not {_describe_node(node)}"
        yield Problem(place, f"{text}{_mapping_hint(node)}")
        return
    fields = {field.encode_name: field for field in info.fields}
    for key, value in node.items():
        if key not in fields:
            text = f"unknown field “{brief(key)}”{allowed(fields, key)}{key_hint(key)}"
            yield Problem(node.place_of_key(key), text)
        else:
            yield from (
                problem._replace(text=f"{key}: {problem.text}")
                for problem in _faults(fields[key].type, value, node.place_of(key))
            )
    missing = [name for name, field in fields.items() if field.required and name not in node]
    unknown = islice((key for key in node if key not in fields), 20)
    # One message for each mistake: a misspelt field is not missing as well.
    misspelt = {closest_word(key, missing) for key in unknown} if missing else set()
    for name in missing:
        if name not in misspelt:
            yield Problem(node.place, f"the field “{name}” is missing")


def _list_faults(
    info: inspect.VarTupleType | inspect.ListType, node: Any, place: Place
) -> Iterator[Problem]:
    if not isinstance(node, Sequence):
        yield Problem(place, f"a list is needed here, not {_describe_node(node)}{_list_hint(node)}")
        return
    if info.min_length and len(node) < info.min_length:
        yield Problem(place, "the list is empty: at least one is needed")
    for index, value in enumerate(node):
        yield from _faults(info.item_type, value, node.place_of(index))


def _dict_faults(info: inspect.DictType, node: Any, place: Place) -> Iterator[Problem]:
    if not isinstance(node, Mapping):
        text = f"a mapping is needed here, not {_describe_node(node)}: write {{name: text}}"
        yield Problem(place, text)
        return
    for key, value in node.items():
        yield from _faults(info.key_type, key, node.place_of_key(key))
        yield from _faults(info.value_type, value, node.place_of(key))


def _text_faults(info: inspect.StrType, node: Any, place: Place) -> Iterator[Problem]:
    if not isinstance(node, str):
        yield Problem(place, f"text is needed here, not {_describe_node(node)}{_text_hint(node)}")
    elif info.pattern is not None and re.search(info.pattern, node) is None:
        subject = "the text" if info.pattern == r"\S" else _describe_node(node)
        yield Problem(place, f"{subject} {_PATTERNS[info.pattern]}{_id_hint(node, info.pattern)}")
    elif info.max_length is not None and len(node) > info.max_length:
        text = (
            f"{_describe_node(node)} is too long: {len(node)} characters, at most {info.max_length}"
        )
        yield Problem(place, text)


def _date_faults(node: Any, place: Place) -> Iterator[Problem]:
    try:
        read_value(FactType("date"), node)
    except values.InvalidValue as wrong:
        yield Problem(place, str(wrong))


def key_hint(key: str) -> str:
    """Say what may be wrong with the name of a field that is not known here."""
    if match := re.match(rf"[{ODD_SPACES}]+", key):
        return f": “{key[match.end() :]}” begins with a special space: type a plain one"
    if key.startswith("-"):
        name = key.lstrip("-")
        return f": write “- {name}:” with a space to begin an entry, or “{name}:” to go on with one"
    if mistake := loose_key(key):
        return f": {mistake[1]}"
    homes = [home for home, kind in _HOMES.items() if key in kind.__struct_encode_fields__]
    return f": “{key}” is a field of {join_words(homes, 'or')}" if 0 < len(homes) < 3 else ""


def _mapping_hint(node: Any) -> str:
    if isinstance(node, list):
        return ": write its fields without hyphens or brackets"
    if isinstance(node, str) and (mistake := loose_key(node)):
        return f": {mistake[1]}"
    return ": write “name: value”, each in a line of its own"


def _list_hint(node: Any) -> str:
    if isinstance(node, str) and node.startswith("-"):
        return f": a space is missing after the hyphen: write “- {brief(node[1:], 30)}”"
    if isinstance(node, str):
        text = node.strip(" []")
        words = text.split()
        # Ids and citations have no spaces, so they are several.
        are_ids = all(re.search(model.PATH_PATTERN, word.strip(",")) for word in words)
        return (
            f": write [{', '.join(word.strip(',') for word in words) if are_ids else brief(text)}]"
        )
    return ": begin each entry with “- ”" if isinstance(node, dict) else ": write [value]"


def _text_hint(node: Any) -> str:
    if isinstance(node, dict):
        name = next(iter(node), "")
        if len(node) == 1 and node[name] is None and re.fullmatch(r"\w+", name):
            return f": write ${name} for a fact, or put a text that begins with {{ in quotes"
        return ": put a text with a colon in quotes"
    if isinstance(node, list):
        return ": write it without hyphen, or put a text that begins with [ in quotes"
    return ": write it after the colon (in quotes if it begins with #)" if node is None else ""


def _id_hint(node: str, pattern: str) -> str:
    """Say what would be an id of this kind."""
    if pattern == model.ID_PATTERN and re.search(model.FULL_ID_PATTERN, node):
        return f": write {brief(node.partition('.')[2])} alone"
    words = node.split()
    if len(words) > 1 and pattern != r"\S" and all(re.search(pattern, word) for word in words):
        return f": to give several, write a comma between them: {', '.join(words)}"
    joint, lost = ("_", "-") if pattern == model.FACT_PATTERN else ("-", "_")
    plain = re.sub(r"[‐-―−]", "-", node.strip("“”„‘’\"' \n")).replace(lost, joint)
    # A citation with a space may as well be two.
    meant = plain if pattern == model.PATH_PATTERN else re.sub(r"\s+", joint, plain).casefold()
    fits = pattern not in (r"\S", model.FINGERPRINT_PATTERN) and re.search(pattern, meant)
    return f": did you mean {brief(meant)}?" if fits else ""


def _describe_node(node: Any) -> str:
    if node is None:
        return "nothing"
    if isinstance(node, str):
        return f"“{brief(node)}”"
    return "a list" if isinstance(node, list) else "a mapping"
