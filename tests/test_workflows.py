"""What GitHub and pre-commit run keeps to their schemas, and each step is a target of make."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.terminal import SECONDS

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8") if (ROOT / ".ci").is_dir() else ""
HOOKS = ROOT / ".pre-commit-config.yaml"
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def steps(workflow: Path) -> list[dict[str, Any]]:
    """Return the steps of all jobs."""
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize(
    ("schema", "path"),
    [*(("workflows", path) for path in WORKFLOWS), ("actions", ACTION)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_it_keeps_to_the_schema(schema: str, path: Path) -> None:
    """The one that GitHub's users publish, as it comes with check-jsonschema."""
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*check, f"vendor.github-{schema}", str(path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_each_step_is_a_target_that_ci_runs_here(workflow: Path) -> None:
    """But for what only GitHub has: its own actions, its packages, and the release."""
    targets = {
        target
        for step in steps(workflow)
        if "run" in step and not step["run"].startswith(("choco ", "gh "))
        for target in step["run"].removeprefix("make ").split()
    }
    assert {"test", "site"} <= targets
    assert targets <= set(re.findall(r"^([\w-]+):", MAKEFILE, re.MULTILINE))
    if not CI:
        pytest.skip("a copy without what CI runs")
    # The README's second command runs the tests, and a step of its own the linters.
    run_here = {
        word for line in re.findall(r"^make .+$", CI, re.MULTILINE) for word in line.split()
    }
    assert targets - {"test", "lint"} <= run_here


def hooks() -> dict[str, dict[str, Any]]:
    """Return the hooks for work on travelsec itself, by their ids."""
    (repository,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))["repos"]
    return {hook["id"]: hook for hook in repository["hooks"]}


def test_a_commit_runs_each_linter() -> None:
    """Those of `make lint`; pre-commit names the files, and would not only check the format."""
    (recipe,) = re.findall(r"^lint:\n((?:\t.+\n)+)", MAKEFILE, re.MULTILINE)
    lint = {
        line.replace("$(PYTHON)", ".venv/bin/python").replace(" --check", "").removesuffix(" .")
        for line in recipe.replace("\t", "").splitlines()
    }
    assert len(lint) == 4
    assert lint <= {hook["entry"] for hook in hooks().values()}


def test_a_commit_checks_each_pack() -> None:
    """Whichever of its files is changed, and wherever it stands."""
    hook = hooks()["checklists"]
    packs = [path.parent for path in ROOT.glob("*/**/pack.yaml") if "tests" not in path.parts]
    packs = [pack.relative_to(ROOT) for pack in packs if not {"build", ".venv"} & {*pack.parts}]
    assert {Path("checklists"), Path("examples/agency")} < set(packs)
    words = hook["entry"].split(";")[0].split()
    named = {path for word in words if word != "sh" for path in ROOT.glob(word.strip("'"))}
    for pack in packs:
        assert ROOT / pack in named
        assert re.search(hook["files"], f"{pack.as_posix()}/guidance/page.yaml")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_step_puts_what_others_wrote_into_a_command(workflow: Path) -> None:
    """Such as the name of a branch: an expression in a script could become a command."""
    assert [step for step in steps(workflow) if "${{" in step.get("run", "")] == []
    inner = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    assert [step for step in inner if "${{" in step.get("run", "")] == []


def test_the_action_takes_what_its_steps_use() -> None:
    """Each input is used, and no other is."""
    text = ACTION.read_text(encoding="utf-8")
    assert set(yaml.safe_load(text)["inputs"]) == set(re.findall(r"\binputs\.([\w-]+)", text))
