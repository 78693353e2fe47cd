"""What the command line and the environment mean, told by their words alone."""

from __future__ import annotations

import os
from pathlib import Path


def names_a_report(text: str) -> bool:
    """Tell whether an argument is the file of a report, and not the name of a trip."""
    return Path(text).suffix.lower() in (".json", ".html", ".htm")


def overlays() -> list[Path]:
    """Return the folders that TRAVELSEC_PACKS names."""
    return [Path(path) for path in os.environ.get("TRAVELSEC_PACKS", "").split(os.pathsep) if path]
