"""The options of `prepare` reach its steps."""

from __future__ import annotations

import inspect

from travelsec.cli.commands.prepare import prepare
from travelsec.cli.prepare_options import PrepareOptions

NAMES = {"answers_template": "template", "format_": "format", "pack": "packs"}
"""Options whose field has another name."""
BATCH = {"batch", "output_dir", "summary"}
"""What comes beside them."""


def test_every_option_has_a_field() -> None:
    """`moment` is that of the clock."""
    options = set(inspect.signature(prepare).parameters) - BATCH - {"accessible"}
    fields = set(PrepareOptions.__struct_fields__) - {"moment", "line_by_line"}
    assert {NAMES.get(name, name) for name in options} == fields
