"""Build hook: parse the bundled pack when a wheel is built, so that a start reads no YAML.

An editable install is built as a wheel too: there the parsed pack is written beside the source.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParsedPackHook(BuildHookInterface[Any]):
    """Writes the parsed bundled pack and adds it to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the file.

        Raises:
            InputError: the checklists have faults.
        """
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        from travelsec.pack import cache
        from travelsec.pack.check import check
        from travelsec.pack.folder import bundled_folder, read_files
        from travelsec.problems import InputError

        checked = check()
        if checked.problems:
            raise InputError(checked.problems)
        folder = bundled_folder()
        cache.FILE.write_bytes(cache.write_cache(checked.pack, read_files(folder, folder)))
        build_data["artifacts"].append(cache.FILE.relative_to(self.root).as_posix())
