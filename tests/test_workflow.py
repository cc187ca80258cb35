"""The GitHub workflow names targets and commands that exist, and publishes nothing but ``main``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from generator.cli import main
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
Step = dict[str, Any]


@pytest.fixture(scope="module", params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request: pytest.FixtureRequest) -> dict[Any, Any]:
    path: Path = request.param
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def steps(workflow: dict[Any, Any]) -> Iterator[tuple[str, Step]]:
    for name, job in workflow["jobs"].items():
        for step in job["steps"]:
            yield name, step


def commands(workflow: dict[Any, Any]) -> Iterator[list[str]]:
    """Yield the words of each command line that a step runs."""
    for _, step in steps(workflow):
        yield from lines(step)


def lines(step: Step) -> Iterator[list[str]]:
    for line in step.get("run", "").splitlines():
        yield shlex.split(line)


def test_there_is_a_workflow() -> None:
    assert [path.name for path in WORKFLOWS] == ["site.yml", "update.yml"]


@pytest.fixture(scope="module")
def site() -> dict[Any, Any]:
    return read("site.yml")


@pytest.fixture(scope="module")
def update() -> dict[Any, Any]:
    return read("update.yml")


def read(name: str) -> dict[Any, Any]:
    value = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def test_the_site_is_built_for_each_push(site: dict[Any, Any]) -> None:
    triggers = site[True]  # YAML 1.1 reads the key `on` as true
    assert {"push", "pull_request"} <= triggers.keys()


def test_updates_are_off_and_one_line_switches_them_on(update: dict[Any, Any]) -> None:
    assert update[True].keys() == {"workflow_dispatch"}
    text = (ROOT / ".github" / "workflows" / "update.yml").read_text(encoding="utf-8")
    (off,) = [line for line in text.splitlines() if "schedule:" in line]
    switched_on = yaml.safe_load(text.replace(off, off.replace("# ", "", 1)))
    assert switched_on[True].keys() == {"workflow_dispatch", "schedule"}
    assert re.fullmatch(r"\d+ \d+ \* \* \*", switched_on[True]["schedule"][0]["cron"])


def test_an_update_commits_what_it_says_and_has_the_site_built(update: dict[Any, Any]) -> None:
    ran = " ; ".join(" ".join(words) for words in commands(update))
    steps_in_order = (
        "trial-catalog update --commit-message",
        "git commit --file",
        "git push",
        "gh workflow run site.yml",
    )
    places = [ran.index(step) for step in steps_in_order]
    assert places == sorted(places)


def test_the_site_is_built_from_the_whole_history(site: dict[Any, Any]) -> None:
    (checkout,) = [step for name, step in steps(site) if name == "site" and "actions/checkout" in step.get("uses", "")]
    assert checkout["with"]["fetch-depth"] == 0


def test_has_what_github_needs(workflow: dict[Any, Any]) -> None:
    for name, job in workflow["jobs"].items():
        assert re.fullmatch(r"[a-zA-Z_][\w-]*", name)
        assert job["runs-on"]
        assert job["timeout-minutes"] <= 30
        assert set(needs(job)) <= workflow["jobs"].keys()
    for name, step in steps(workflow):
        assert ("run" in step) != ("uses" in step), f"a step of {name} must either run a command or use an action"


def test_actions_are_pinned_to_a_major_version(workflow: dict[Any, Any]) -> None:
    for _, step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]), step["uses"]


def test_targets_exist(workflow: dict[Any, Any]) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (\w+)$", makefile, re.MULTILINE))
    called = {word for words in commands(workflow) if words[0] == "make" for word in words[1:]}
    assert called
    assert called <= targets


def test_the_site_is_built_checked_and_tested(site: dict[Any, Any]) -> None:
    ran = [words[:2] for words in commands(site)]
    for wanted in (["make", "site"], ["make", "test"], [".venv/bin/trial-catalog", "check"]):
        assert wanted in ran


def test_commands_and_their_options_exist(workflow: dict[Any, Any]) -> None:
    called = [words[1:] for words in commands(workflow) if Path(words[0]).name == "trial-catalog"]
    assert called
    for name, *arguments in called:
        assert name in main.commands
        # Parses the arguments, which fails on an unknown option or value, and runs nothing.
        main.commands[name].make_context(name, arguments, parent=click.Context(main))


def test_publishes_only_main(site: dict[Any, Any]) -> None:
    only_main = "github.ref == 'refs/heads/main' && github.event_name != 'pull_request'"
    publishing = [(name, step) for name, step in steps(site) if re.search("pages", step.get("uses", ""))]
    assert publishing
    for name, step in publishing:
        assert only_main in (step.get("if"), site["jobs"][name].get("if"))


def test_asks_for_no_more_rights_than_needed(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        if any("deploy-pages" in step.get("uses", "") for step in job["steps"]):
            assert job["permissions"] == {"pages": "write", "id-token": "write"}
            assert job["environment"]["name"] == "github-pages"
        elif any("git push" in step.get("run", "") for step in job["steps"]):
            assert job["permissions"] == {"contents": "write", "actions": "write"}
        else:
            assert "permissions" not in job, name


def test_publishes_what_was_built_even_if_one_document_is_broken(site: dict[Any, Any]) -> None:
    assert needs(site["jobs"]["deploy"]) == ["site"]
    built = [words for name, step in steps(site) if name == "site" for words in lines(step)]
    assert ["make", "site"] in built
    assert not [words for words in built if "check" in words]


def test_keeps_all_that_is_generated_and_nothing_that_is_in_git(site: dict[Any, Any]) -> None:
    kept = [step["with"]["path"].split() for _, step in steps(site) if "actions/cache@" in step.get("uses", "")]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    generated = {line.strip("/") for line in ignored if line.startswith("/content/")}
    assert [set(paths) for paths in kept] == [{".cache"} | generated]


def needs(job: dict[str, Any]) -> list[str]:
    value = job.get("needs", [])
    return [value] if isinstance(value, str) else value
