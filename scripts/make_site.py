"""Build the documentation site from docs/ and from the program itself, with Sphinx.

python scripts/make_site.py [FOLDER]   by default build/site

The reference is made from the help, the formats and the schemas. A warning of Sphinx, a link that
leads nowhere and anything that a page would fetch from elsewhere are errors.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.make_manual import EXIT_CODES, Help, helps

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

SECTIONS = {
    "Use travelsec": ["traveller", "manager", "department", "onboarding", "json"],
    "For checklist owners": [
        *("owner", "own-pack", "authoring", "guidance", "editor", "pack-repository", "fidelity"),
    ],
    "Reference": ["reference/commands", "formats", "reference/exit-codes", "reference/schemas"],
    "The project": ["platforms", "security", "accessibility", "architecture", "changelog"],
}
"""What stands where beside the pages. A page of docs/ that is not named here comes last."""

BESIDE = {"changelog": "CHANGELOG.md", "contributing": "CONTRIBUTING.md", "security": "SECURITY.md"}
"""Pages of the site that are not in docs/."""

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|mailto:|#)([^)#]+)(#[^)]*)?\)")
_MERMAID = re.compile(r"^```mermaid\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def main(folder: Path) -> int:
    """Build the site; the exit code is 1 if it has faults."""
    with tempfile.TemporaryDirectory() as source:
        write_source(Path(source))
        shutil.rmtree(folder, ignore_errors=True)
        if not _build(Path(source), folder):
            return 1
    faults = sorted(check(folder))
    print("\n".join(faults) or f"The site is in {folder}.")
    return 1 if faults else 0


def write_source(folder: Path) -> None:
    """Write all pages as Markdown into a folder, and what they show."""
    shutil.copytree(DOCS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("site"))
    named = {ROOT / file: page for page, file in BESIDE.items()}
    for path in DOCS.rglob("*.md"):
        named[path] = path.relative_to(DOCS).with_suffix("").as_posix()
    for path, page in named.items():
        text = _link(path.read_text(encoding="utf-8"), path, page, named)
        (folder / f"{page}.md").write_text(_without_mermaid(text), encoding="utf-8")
    (folder / "reference").mkdir()
    for name, text in reference().items():
        (folder / "reference" / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "more" / "schemas").mkdir(parents=True)
    for kind, text in _schemas().items():
        (folder / "more" / "schemas" / f"{kind}.json").write_text(text, encoding="utf-8")
    with (folder / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n".join(_contents(folder)))


def _link(text: str, path: Path, page: str, named: Mapping[Path, str]) -> str:
    """Let links between files lead from page to page; what is no page is named by its path."""

    def replace(found: re.Match[str]) -> str:
        target = Path(os.path.normpath(path.parent / found[2]))
        if not target.exists():
            # Sphinx tells.
            return found[0]
        if target not in named:
            return f"`{target.relative_to(ROOT).as_posix()}`"
        link = os.path.relpath(f"{named[target]}.md", Path(page).parent)
        return f"[{found[1]}]({link}{found[3] or ''})"

    return _LINK.sub(replace, text)


def _without_mermaid(text: str) -> str:
    """Write the arrows of a picture as text: the script that draws it would weigh megabytes."""

    def replace(found: re.Match[str]) -> str:
        arrows = re.findall(r"^ +(\w+) --> (\w+)$", found[1], re.MULTILINE)
        names = dict(re.findall(r'^ +(\w+)\["([^"<:]+)', found[1], re.MULTILINE))
        lines = (f"{names[above]} → {names[below]}" for above, below in arrows)
        return "\n".join(("```text", *lines, "```", ""))

    return _MERMAID.sub(replace, text)


def _contents(folder: Path) -> Iterator[str]:
    """Yield what Sphinx makes the list of pages from."""
    pages = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md")}
    listed = {page for section in SECTIONS.values() for page in section}
    others = sorted(pages - listed - {"index"})
    for title, section in {**SECTIONS, "More": others}.items():
        yield f"\n```{{toctree}}\n:hidden:\n:caption: {title}\n"
        yield from (*section, "```")


def reference() -> dict[str, str]:
    """Return the pages that are made from the program, by their names."""
    exits = ["# Exit codes", "", "| code | meaning |", "|---|---|"]
    exits += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    exits += ["", "They are the same if standard error cannot be written."]
    schemas = [
        "# Schemas",
        "",
        "The JSON Schema of each kind of file or result, as `travelsec checklist schema KIND` "
        "prints it. Those of answers files and of a line of a batch have the questions and items "
        "of the bundled pack; with packs of your own, print them yourself.",
        "",
        "| kind | what it describes |",
        "|---|---|",
    ]
    for kind, text in _schemas().items():
        title = json.loads(text).get("title", "")
        schemas.append(f'| <a href="../schemas/{kind}.json">{kind}</a> | {title} |')
    commands = ["# Commands", "", "All of this is in the help, and in the pages for `man`, too."]
    for help_ in helps():
        commands += _command(help_)
    made = {"exit-codes": exits, "schemas": schemas, "commands": commands}
    return {name: "\n".join(lines) + "\n" for name, lines in made.items()}


def _command(help_: Help) -> Iterator[str]:
    yield from ("", f"## {help_.name}", "", "```text", help_.usage, "```")
    for section in help_.sections:
        if section.title == "Examples":
            yield from ("", "Examples:", "", "```sh")
            yield from (f"{line}  # {does}" for line, does in section.rows)
            yield "```"
            continue
        for text in section.texts:
            yield from ("", _escape(text))
        if section.rows:
            yield from ("", f"| {section.title.lower()} | what it does |", "|---|---|")
            # Even within backticks, a bar would end the cell.
            rows = ((term.replace("|", r"\|"), _escape(text)) for term, text in section.rows)
            yield from (f"| `{term}` | {text} |" for term, text in rows)


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


@functools.cache
def _schemas() -> Mapping[str, str]:
    from travelsec.cli.commands.checklist.schema import KINDS, schema

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
        made = {kind: Path(folder) / f"{kind}.json" for kind in KINDS}
        for kind, path in made.items():
            schema(kind, output=path)
        return {kind: path.read_text(encoding="utf-8") for kind, path in made.items()}


def _build(source: Path, folder: Path) -> bool:
    """Run Sphinx, and return whether it had nothing to say."""
    from sphinx.application import Sphinx

    app = Sphinx(
        srcdir=source,
        confdir=DOCS / "site",
        outdir=folder,
        doctreedir=source / ".doctrees",
        buildername="html",
        confoverrides={"html_extra_path": [str(source / "more")]},
        status=None,
        warningiserror=True,
    )
    app.build()
    return bool(app.statuscode == 0)


class _Page(HTMLParser):
    """The ids of a page, where its links lead, and what it fetches."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a":
            self.links |= {found["href"]} if "href" in found else set()
        else:
            self.fetched |= {found[name] for name in ("href", "src", "srcset") if name in found}


def check(folder: Path) -> Iterator[str]:
    """Yield each link that leads nowhere, and each thing that a page fetches from elsewhere."""
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    for path, page in pages.items():
        where = path.relative_to(folder)
        for link in page.links | page.fetched:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto", "tel", "slack"):
                if link in page.fetched:
                    yield f"{where}: fetches {link}"
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            target = Path(os.path.normpath(target))
            known = pages.get(target)
            if not target.is_file() or (
                known and parts.fragment and unquote(parts.fragment) not in known.ids
            ):
                yield f"{where}: {link} leads nowhere"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else ROOT / "build" / "site")))
