"""Render self-contained HTML from templates, with every text escaped."""

from __future__ import annotations

import functools
import re
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape  # comes with jinja2

from travelsec.safe_text import line
from travelsec.telephone import links
from travelsec.wording import count

# Whole addresses only: part of one is someone else's.
_MAIL = re.compile(
    r"(?<![\w.+@-])[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}(?!\.?[\w@…-])"
)
_LINK = '<a href="{}">{}</a>'


def page(package: str, template: str, **values: Any) -> str:
    """Render a template from the folder `templates` of a package.

    Unless it is `Markup`, every text is put on one line, its hidden characters are made visible,
    and it is escaped; templates need not do so.
    """
    return _environment(package).get_template(template).render(values)


def linked(text: str) -> Markup:
    """Escape a text, with a link on each telephone number and e-mail address in it."""
    safe = line(text)
    targets = [(mail.start(), mail.end(), f"mailto:{mail[0]}") for mail in _MAIL.finditer(safe)]
    targets += links(safe)
    parts, place = [Markup()], 0
    for start, end, address in sorted(targets, key=lambda link: (link[0], -link[1])):
        if start >= place:
            parts += [escape(safe[place:start]), Markup(_LINK).format(address, safe[start:end])]
            place = end
    return Markup().join([*parts, escape(safe[place:])])


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
    environment.filters["linked"] = linked
    return environment


def _visible(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return line(value)
    return value
