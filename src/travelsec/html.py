"""HTML made from templates: one self-contained file, in which every text is only text."""

from __future__ import annotations

import functools
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup  # it comes with jinja2

from travelsec.safe_text import line
from travelsec.wording import count


def page(package: str, template: str, **values: Any) -> str:
    """Fill a template that lies in the folder `templates` of a package.

    Every text is put on one line with its hidden characters visible, and escaped. No template
    has to remember it: only what is `Markup` goes out as it is.
    """
    return _environment(package).get_template(template).render(values)


@functools.cache
def _environment(package: str) -> Environment:
    """Return what reads a package's templates; many reports can be made in one process."""
    environment = Environment(
        # A page can extend what all of them share.
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
