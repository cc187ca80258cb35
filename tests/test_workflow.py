"""The GitHub workflows name targets and commands that exist, ask for few rights, and publish nothing but ``main``."""

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
from scripts.release_notes import release_notes
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
Step = dict[str, Any]


@pytest.fixture(scope="module", params=WORKFLOWS, ids=lambda path: path.name)
def any_workflow(request: pytest.FixtureRequest) -> dict[Any, Any]:
    return load(request.param)


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    """Return the workflow that builds this repository's own site."""
    return load(ROOT / ".github" / "workflows" / "site.yml")


def load(path: Path) -> dict[Any, Any]:
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


def test_workflows_are_those_that_are_documented() -> None:
    assert [path.name for path in WORKFLOWS] == ["build-catalog.yml", "release.yml", "site.yml", "update.yml"]


@pytest.fixture(scope="module")
def site() -> dict[Any, Any]:
    return read("site.yml")


@pytest.fixture(scope="module")
def update() -> dict[Any, Any]:
    return read("update.yml")


def read(name: str) -> dict[Any, Any]:
    return load(ROOT / ".github" / "workflows" / name)


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


def test_has_what_github_needs(any_workflow: dict[Any, Any]) -> None:
    assert any_workflow[True]  # YAML 1.1 reads the key `on` as true
    assert "schedule" not in any_workflow[True]
    for name, job in any_workflow["jobs"].items():
        assert re.fullmatch(r"[a-zA-Z_][\w-]*", name)
        assert job["runs-on"]
        assert job["timeout-minutes"] <= 30
        assert set(needs(job)) <= any_workflow["jobs"].keys()
    for name, step in steps(any_workflow):
        assert ("run" in step) != ("uses" in step), f"a step of {name} must either run a command or use an action"


def test_actions_are_pinned_to_a_digest_with_its_version_beside_it() -> None:
    """A tag may be moved to other code, a digest cannot.  Dependabot reads the version, and brings both up to date."""
    used = [line for path in WORKFLOWS for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    pins: dict[str, str] = {}
    for line in used:
        pinned = re.search(r" uses: ([\w-]+/[\w/-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$", line)
        assert pinned, line
        assert pins.setdefault(pinned[1], pinned[2]) == pinned[2], f"two versions of {pinned[1]}"


def test_what_people_choose_is_never_pasted_into_a_command(any_workflow: dict[Any, Any]) -> None:
    for _, step in steps(any_workflow):
        assert "${{" not in step.get("run", ""), "hand it over in `env`"


def test_code_is_fetched_without_leaving_a_token(any_workflow: dict[Any, Any]) -> None:
    for _, step in steps(any_workflow):
        if step.get("uses", "").startswith("actions/checkout@") and "update" not in any_workflow["jobs"]:  # it pushes
            assert step["with"]["persist-credentials"] is False


def test_tests_run_on_the_oldest_and_the_newest_python(workflow: dict[Any, Any]) -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    known = re.findall(r"Programming Language :: Python :: (3\.\d+)", project)
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python-version"] == [known[0], known[-1]]
    release = load(ROOT / ".github" / "workflows" / "release.yml")
    assert release["jobs"]["try"]["strategy"]["matrix"]["python-version"] == [known[0], known[-1]]


def test_one_of_these_pythons_shows_what_no_test_runs(workflow: dict[Any, Any]) -> None:
    job = workflow["jobs"]["test"]
    [measured] = job["strategy"]["matrix"]["include"]
    assert measured == {"python-version": job["strategy"]["matrix"]["python-version"][-1], "measure": "--cov"}
    [show] = [step for step in job["steps"] if "GITHUB_STEP_SUMMARY" in step.get("run", "")]
    assert show["if"] == "matrix.measure"
    [test] = [step for step in job["steps"] if step.get("run") == "make test"]
    assert test["env"] == {"PYTEST": "${{ matrix.measure }}"}


def test_targets_exist(workflow: dict[Any, Any]) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (\w+)$", makefile, re.MULTILINE))
    called = {word for words in commands(workflow) if words[0] == "make" for word in words[1:]}
    assert {"site", "test", "types"} <= called <= targets


def test_commands_and_their_options_exist(workflow: dict[Any, Any]) -> None:
    called = [words[1:] for words in commands(workflow) if Path(words[0]).name == "trial-catalog"]
    assert any(words[0] == "check" for words in called)
    for name, *arguments in called:
        assert name in main.commands
        # Parses the arguments, which fails on an unknown option or value, and runs nothing.
        main.commands[name].make_context(name, arguments, parent=click.Context(main))


def test_publishes_only_main(workflow: dict[Any, Any]) -> None:
    only_main = "github.ref == 'refs/heads/main' && github.event_name != 'pull_request'"
    publishing = [(name, step) for name, step in steps(workflow) if re.search("pages", step.get("uses", ""))]
    assert publishing
    for name, step in publishing:
        assert only_main in (step.get("if"), workflow["jobs"][name].get("if"))


RIGHTS = {
    "deploy": {"pages": "write", "id-token": "write"},
    "publish": {"id-token": "write"},
    "update": {"contents": "write", "actions": "write"},
    "describe": {"contents": "write"},
    "image": {"contents": "read", "packages": "write"},
}
"""The rights of jobs that may do more than read."""


def test_asks_for_no_more_rights_than_needed(any_workflow: dict[Any, Any]) -> None:
    assert any_workflow["permissions"] == {"contents": "read"}
    for name, job in any_workflow["jobs"].items():
        assert job.get("permissions") == RIGHTS.get(name), name


def test_nothing_is_published_that_was_not_tried() -> None:
    jobs = load(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert {name: needs(job) for name, job in jobs.items()} == {
        "build": [],
        "try": ["build"],
        "publish": ["try"],
        "describe": ["publish"],
        "image": ["publish"],
    }
    assert jobs["publish"]["environment"] == "release"


@pytest.mark.parametrize("tag", ["v9.9.9", "0.1.0", "v0.1.0rc1"])
def test_a_tag_that_is_not_the_version_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="the version is"):
        release_notes(tag)


def test_the_notes_of_a_release_are_the_changelogs(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n', encoding="utf-8")
    older = "## [1.1.0] - 2026-01-01\n\n- That.\n"
    changelog = f"# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-03-01\n\n### Added\n\n- This.\n\n{older}"
    (tmp_path / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    assert release_notes("v1.2.0", tmp_path) == "### Added\n\n- This.\n"
    (tmp_path / "CHANGELOG.md").write_text(changelog.replace("[1.2.0]", "[1.3.0]"), encoding="utf-8")
    with pytest.raises(ValueError, match="there is no text below"):
        release_notes("v1.2.0", tmp_path)


def test_publishes_what_was_built_even_if_one_document_is_broken(workflow: dict[Any, Any]) -> None:
    assert needs(workflow["jobs"]["deploy"]) == ["site"]
    built = [words for name, step in steps(workflow) if name == "site" for words in lines(step)]
    assert ["make", "site"] in built
    assert not [words for words in built if "check" in words]


@pytest.mark.parametrize(("name", "job"), [("site.yml", "site"), ("build-catalog.yml", "build")])
def test_a_cache_brings_back_nothing_that_is_in_git(name: str, job: str) -> None:
    row = load(ROOT / ".github" / "workflows" / name)["jobs"][job]["steps"]
    [place] = [number for number, step in enumerate(row) if step.get("uses", "").startswith("actions/cache@")]
    after = row[place + 1]["run"]
    assert "git checkout" in after
    assert "git clean" in after


def test_forms_and_settings_of_the_repository_are_yaml() -> None:
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    assert {form.name for form in forms} == {"bug.yml", "config.yml", "layout.yml", "wrong_value.yml"}
    for form in forms:
        value = yaml.safe_load(form.read_text(encoding="utf-8"))
        assert form.name == "config.yml" or {"name", "description", "body"} <= value.keys()
    updated = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in updated} == {"github-actions", "pip", "npm", "docker"}
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for hook in hooks:
        assert hook["entry"].replace(".venv/bin/python -m", "@$(RUN)") in makefile


def needs(job: dict[str, Any]) -> list[str]:
    value = job.get("needs", [])
    return [value] if isinstance(value, str) else value
