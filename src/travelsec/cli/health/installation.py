"""Look at what runs: versions, libraries, extras, and completion."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from travelsec import __version__
from travelsec.cli.command_list import COMMANDS
from travelsec.cli.completion import SCRIPTS, is_installed
from travelsec.cli.health.masks import mask
from travelsec.formats import EXTRAS
from travelsec.problems import UserError
from travelsec.results.doctor import Completion, Extra, Trouble, Versions

LIBRARIES = {
    "typer": "typer",
    "shellingham": "shellingham",
    "msgspec": "msgspec",
    "pyyaml": "yaml",
    "prompt-toolkit": "prompt_toolkit",
    "rich": "rich",
    "wcwidth": "wcwidth",
    "jinja2": "jinja2",
    "icalendar": "icalendar",
    "markdown-it-py": "markdown_it",
    "phonenumberslite": "phonenumbers",
    "segno": "segno",
    "platformdirs": "platformdirs",
    **({"colorama": "colorama"} if sys.platform == "win32" else {}),
}
"""The packages travelsec needs, and the module each provides."""


def versions() -> Versions:
    """Return what runs."""
    return Versions(
        travelsec=__version__,
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        administrator=is_administrator(),
        libraries={name: _version(name, module) for name, module in LIBRARIES.items()},
    )


def is_administrator() -> bool:
    """Return whether the user is root; on Windows, that cannot be told."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def missing(installed: Versions) -> Iterator[Trouble]:
    """Yield the libraries that are missing."""
    for name, installed_version in installed.libraries.items():
        if not installed_version:
            yield Trouble(
                f"the library {name} is missing",
                tuple(COMMANDS),
                "Install travelsec again.",
            )


def extras() -> Iterator[Extra]:
    """Yield each extra, and why it cannot be used."""
    for name in EXTRAS:
        module = import_module(f"travelsec.{name}")
        try:
            # Only an import shows whether the system's libraries are there.
            module.import_library()
        except UserError as error:
            yield Extra(name, False, mask(str(error)))
        except Exception as error:  # whatever a library does when it is imported
            yield Extra(name, False, f"it cannot be imported ({type(error).__name__})")
        else:
            yield Extra(name, True, "")


def completion() -> Iterator[Completion]:
    """Yield for each shell whether its script is where `--install-completion` puts it."""
    for shell in SCRIPTS:
        yield Completion(shell, is_installed(shell))


def _version(name: str, module: str) -> str:
    """Return the version of a library; empty if it is missing."""
    try:
        return version(name)
    except PackageNotFoundError:
        # A program in one file may contain the library without its metadata.
        return "of unknown version" if find_spec(module) else ""
