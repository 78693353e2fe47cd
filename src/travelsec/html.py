"""Render self-contained HTML from templates, with every text escaped."""

from __future__ import annotations

import functools
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup  # comes with jinja2

from travelsec.safe_text import line
from travelsec.wording import count


def page(package: str, template: str, **values: Any) -> str:
    """Render a template from the folder `templates` of a package.

    Unless it is `Markup`, every text is put on one line, its hidden characters are made visible,
    and it is escaped; templates need not do so.
    """
    return _environment(package).get_template(template).render(values)


@functools.cache
def _environment(package: str) -> Environment:
    """Return the template loader of a package, cached for the many reports of a batch."""
    environment = Environment(
        # Pages can extend the shared templates.
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("travelsec")]),
        autoescape=True,
        finalize=_visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["count"] = count
    return environment


def _visible(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return line(value)
    return value
