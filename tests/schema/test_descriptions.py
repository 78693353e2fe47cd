"""The descriptions of fields in the schemas of what is read and written."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain

import pytest

from travelsec.schema import descriptions, pack
from travelsec.schema.json_files import json_file
from travelsec.schema.kinds import JSON_FILES
from travelsec.schema.models import ANY_MODEL, Schema


def models(kind: str) -> dict[str, Schema]:
    """Return the schema of each model of a file, by its name."""
    schema = pack.pack() if kind == "pack" else json_file(kind)
    found: dict[str, Schema] = dict(schema["$defs"])
    if kind == "pack" or not JSON_FILES[kind].is_list:
        # The model of the whole file stands at the top, under the title of the file.
        found["Pack" if kind == "pack" else JSON_FILES[kind].model] = schema
    return found


@pytest.mark.parametrize("kind", JSON_FILES)
def test_every_field_of_a_result_is_described(kind: str) -> None:
    """In `schema/descriptions.py`; a field that is a model has the description of that."""
    silent = [
        f"{name}.{field}"
        for name, model in models(kind).items()
        for field, schema in model.get("properties", {}).items()
        if not {"description", "$ref"} & schema.keys()
    ]
    assert silent == []


def printed() -> dict[str, dict[str, set[str | None]]]:
    """Return the descriptions that are printed, by the model and the name of the field."""
    found: dict[str, dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    for kind in ("pack", *JSON_FILES):
        for name, model in models(kind).items():
            for field, schema in model.get("properties", {}).items():
                for key in (name, ANY_MODEL):
                    found[key][field].add(schema.get("description"))
    return found


def test_every_description_is_printed() -> None:
    """That of a field that was renamed would be lost without a word."""
    found = printed()
    lost = [
        f"{name}.{field}"
        for name, texts in chain(pack.FIELDS.items(), descriptions.FIELDS.items())
        for field, text in texts.items()
        if text not in found[name][field]
    ]
    assert lost == []


def test_a_model_that_is_like_another_takes_texts_from_it() -> None:
    """Otherwise it need not be said."""
    found = printed()
    texts = {**pack.FIELDS, **descriptions.descriptions()}
    idle = [
        model
        for model, other in descriptions.LIKE.items()
        if not any(text in found[model][field] for field, text in texts[other].items())
    ]
    assert idle == []


def test_no_description_stands_twice() -> None:
    """What is the same in several models is said in one place."""
    tables = (pack.FIELDS, descriptions.FIELDS)
    count = Counter(text for table in tables for texts in table.values() for text in texts.values())
    assert [text for text, times in count.items() if times > 1] == []
