"""Say how to install a missing extra, given how travelsec was installed."""

from __future__ import annotations

import sys

from travelsec.wording import join_words


def install_advice(extra: str, instead: str) -> str:
    """Return how to get an extra, if it can be had here, and what to do instead."""
    command = _how_to_install(extra)
    return f"{command}, or {instead}" if command else instead


def _how_to_install(extra: str) -> str:
    if getattr(sys, "frozen", False):
        # Nothing can be added to what PyInstaller has put together.
        return ""
    from importlib import metadata

    try:
        installed = metadata.distribution("travelsec")
    except metadata.PackageNotFoundError:
        return f"install travelsec with the extra {extra}"
    if installer := (installed.read_text("INSTALLER") or "").strip():
        return _command_again(installer, installed.read_text("direct_url.json") or "", extra)
    # travelsec.pyz, or a package of the system.
    ending = f'; extra == "{extra}"'
    lines = (line.replace("'", '"') for line in installed.requires or ())
    needed = join_words(line.removesuffix(ending) for line in lines if line.endswith(ending))
    return f"install {needed} for {sys.executable}"


def _command_again(installer: str, origin: str, extra: str) -> str:
    """Return the command that installs travelsec again, from the file or folder it came from."""
    import json
    import os
    import shlex
    from pathlib import Path
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    # PEP 610: this is missing if it came from an index, where the name may be someone else's.
    direct = json.loads(origin or "{}")
    place = urlsplit(direct.get("url", ""))
    if place.scheme != "file":
        return f"install travelsec with the extra {extra} from where you got it"
    options = ["--editable"] if direct.get("dir_info", {}).get("editable") else []
    if (Path(sys.prefix) / "pipx_metadata.json").exists():
        command = ["pipx", "install", "--force"]
    elif (Path(sys.prefix) / "uv-receipt.toml").exists():
        command = ["uv", "tool", "install", "--force"]
    elif installer == "uv":
        command = ["uv", "pip", "install", "--python", sys.executable]
    else:
        command = [sys.executable, "-m", "pip", "install"]
    words = [*command, *options, f"{url2pathname(place.path)}[{extra}]"]
    if os.name == "posix":
        return shlex.join(words)
    # No path on Windows has a quotation mark in it.
    return " ".join(f'"{word}"' if " " in word else word for word in words)
