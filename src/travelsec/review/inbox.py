"""Find the report files to review, and read them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from travelsec import files
from travelsec.formats import MAIL_ENDING
from travelsec.problems import UserError
from travelsec.report.diagnose import ENDINGS
from travelsec.report.read import MAX_REPORT_BYTES, Received, max_bytes, parse_file
from travelsec.review import temporary
from travelsec.review.decision import ENDING, is_beside

STDIN = "-"
_HERE = f"{os.curdir}{os.sep}"


class ReportFile(NamedTuple):
    """A file to review.

    `number` is its place among all files, in the order of their names. `unread` says why it must
    not be read, or is empty.
    """

    number: int
    path: str
    unread: str


class Inbox:
    """The reports under some paths, each once. A context manager: it holds a temporary file.

    Args:
        paths: files, folders (searched for files that end in .json, .html, .htm and .eml, except
            decisions), and `-` for standard input. A decision named together with its report, as
            by `*.json`, is left out as well.
        stdin: the bytes of standard input, if `-` is among the paths.
        output: the file that the review is written to, which may hold an earlier review.

    Raises:
        UserError: there is no room for the temporary file.
    """

    def __init__(self, paths: Collection[str], stdin: bytes, output: Path | None = None) -> None:
        self.stdin = stdin
        self.others = 0
        """Files skipped because their names are not those of reports."""
        self.links = 0
        """Links to folders in the folders, which are not followed."""
        self.alone = 0
        """Decisions in the folders that are not beside their reports, or not under their names."""
        self._db = temporary.connect()
        try:
            with temporary.room_explained():
                self._search(paths, output)
        except BaseException:
            self._db.close()
            raise

    def _search(self, paths: Collection[str], output: Path | None) -> None:
        self._db.execute("CREATE TABLE files (path BLOB PRIMARY KEY, unread TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")
        named: dict[str, str] = {}
        for path in paths:
            named.setdefault(_target(path), _short_path(path))
        # A single path cannot be found twice.
        self._named = set().union(*map(_targets, named.values())) if len(named) > 1 else set()
        reports = {f"{place}{ENDING}" for place in self._named}
        if output is not None:
            self._named |= _targets(str(output))
        for place, path in named.items():
            if reports.isdisjoint(_targets(path)):
                files_of_path = (
                    (os.fsencode(file), unread) for file, unread in self._look(path, place)
                )
                self._db.executemany("INSERT OR IGNORE INTO files VALUES (?, ?)", files_of_path)

    def __enter__(self) -> Inbox:
        return self

    def __exit__(self, *_error: object) -> None:
        self._db.close()

    def __len__(self) -> int:
        number: int = self._db.execute("SELECT count(*) FROM files").fetchone()[0]
        return number

    def __iter__(self) -> Iterator[ReportFile]:
        """Yield the files in the order of their names."""
        with temporary.room_explained():
            files = self._db.execute("SELECT path, unread FROM files ORDER BY path")
            for number, (path, unread) in enumerate(files):
                yield ReportFile(number, os.fsdecode(path), unread)

    def _look(self, path: str, place: str) -> Iterator[tuple[str, str]]:
        """Yield each file at or below a path, and why it must not be read."""
        if path in ("", STDIN) or not files.is_folder(Path(path)):
            yield path, ""
            return
        # The root folder ends in a separator.
        place, start = place.rstrip(os.sep), len(path.rstrip(os.sep))
        # A list, not recursion: a stranger may have nested a thousand folders.
        folders = [path]
        while folders:
            folder = folders.pop()
            try:
                entries = os.scandir(folder)
            except OSError as error:
                yield folder, f"the folder cannot be read: {error.strerror}"
                continue
            with entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if self._named and place + entry.path[start:] in self._named:
                        # It was named as well, and is read under that name.
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif self._is_report(entry):
                        # `./report.json`, found in `.`, is the same file as `report.json`.
                        yield entry.path.removeprefix(_HERE), _why_unread(entry)

    def _is_report(self, entry: os.DirEntry[str]) -> bool:
        """Tell by its name whether a file of a folder is a report; count the others."""
        name = entry.name.lower()
        if name.endswith(ENDING):
            report = entry.path[: -len(ENDING)]
            # Not every file system finds an ending in capitals beside the report.
            self.alone += not (os.path.lexists(report) and is_beside(report))
            return False
        if name.endswith((*ENDINGS, MAIL_ENDING)):
            return True
        if entry.is_symlink() and files.is_folder(Path(entry.path)):
            self.links += 1
        else:
            self.others += 1
        return False


def receive(path: str, stdin: bytes) -> Received:
    """Read a report file that an inbox found; `stdin` has the bytes for the path `-`.

    Raises:
        UserError: it cannot be read, or is not a report.
    """
    try:
        return parse_file(_read_bytes(path, stdin), _file_name(path))
    except UserError as error:
        raise UserError(str(error).removeprefix(f"{path}: ")) from None


def _file_name(path: str) -> str:
    # A Path takes several times as long.
    return "" if path == STDIN else os.path.basename(path)  # noqa: PTH119


def _read_bytes(path: str, stdin: bytes) -> bytes:
    if path != STDIN:
        return files.read_file(path, max_bytes(path))
    if len(stdin) > MAX_REPORT_BYTES:
        raise UserError(f"more than {MAX_REPORT_BYTES // 1024 // 1024} MiB came in")
    return stdin


def _target(path: str) -> str:
    """Return where a path leads, so that a file named in two ways is found once."""
    try:
        return path if path == STDIN else os.path.realpath(path, strict=True)
    except (OSError, ValueError):
        # It leads nowhere, or contains a null character.
        return path


def _targets(path: str) -> set[str]:
    """Return where a path leads and, if it is a link, where the link is."""
    folder, name = os.path.split(path)
    return {_target(path), str(Path(_target(folder), name))}


def _short_path(path: str) -> str:
    """Return a path without redundant parts; `..` stays, as it matters after a link."""
    if path in ("", STDIN):
        return path
    short = str(Path(path))
    return f"{_HERE}{short}" if short == STDIN else short


def _why_unread(entry: os.DirEntry[str]) -> str:
    # A link in a stranger's folder could lead to any of the reviewer's files.
    if entry.is_symlink():
        return "a symbolic link: it is not followed; name the file itself"
    return "" if entry.is_file(follow_symlinks=False) else "this is not an ordinary file"
