"""`completion`: the script for a shell, as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_powershell

from tests.cli.command import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_is_printed(tmp_path: Path, shell: str) -> None:
    """As it is, with the line ends of POSIX; nothing is written."""
    done = run("completion", shell, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert f"Completion of travelsec for {shell}" in done.out.replace("PowerShell", shell)
    assert "\r" not in done.out
    assert list(tmp_path.iterdir()) == []


def test_a_shell_that_there_is_no_script_for(tmp_path: Path) -> None:
    done = run("completion", "tcsh", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "there is no completion for “tcsh” (allowed: bash, zsh, fish, powershell)" in done.err


def test_the_script_for_powershell_parses(tmp_path: Path) -> None:
    """Two commands are in it: one that registers it, and travelsec."""
    script = run("completion", "powershell", folder=tmp_path).out.encode()
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    root = parser.parse(script).root_node
    assert not root.has_error
    names, nodes = [], [root]
    while nodes:
        node = nodes.pop()
        nodes += node.children
        if node.type.startswith("command_name"):
            names.append(node.text)
        # `&` and `.` run what is in a variable.
        assert node.type != "command_invokation_operator"
    assert sorted(filter(None, names)) == [b"Register-ArgumentCompleter", b"travelsec"]
