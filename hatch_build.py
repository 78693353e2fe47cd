"""Build hook: what is made from the source when travelsec is built.

A wheel gets the bundled pack, parsed, so that a start reads no YAML. An editable install is built
as a wheel too: there the parsed pack is written beside the source. A wheel and an sdist get the
pages for `man`, which a wheel installs where `man` finds them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MadeFilesHook(BuildHookInterface[Any]):
    """Writes the parsed bundled pack and the manual, and adds them to what is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the files.

        Raises:
            InputError: the checklists have faults.
        """
        sys.path[:0] = [self.root, str(Path(self.root) / "src")]
        if self.target_name == "wheel":
            self._add_pack(build_data)
        self._add_manual(build_data)

    def _add_pack(self, build_data: dict[str, Any]) -> None:
        from travelsec.pack import cache
        from travelsec.pack.check import check_packs
        from travelsec.pack.folder import bundled_folder, read_files
        from travelsec.problems import InputError

        checked = check_packs()
        if checked.problems:
            raise InputError(checked.problems)
        folder = bundled_folder()
        cache.CACHE_FILE.write_bytes(cache.write_cache(checked.pack, read_files(folder, folder)))
        build_data["artifacts"].append(cache.CACHE_FILE.relative_to(self.root).as_posix())

    def _add_manual(self, build_data: dict[str, Any]) -> None:
        from scripts.make_manual import write

        for page in write(Path(self.root) / "build" / "man"):
            if self.target_name == "wheel":
                build_data["shared_data"][str(page)] = f"share/man/man1/{page.name}"
            else:
                build_data["force_include"][str(page)] = f"man/{page.name}"
