"""Git repositories with an invented history, and what the program makes of them."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.model.change import Change, Event
from generator.pipeline import flow
from generator.storage.cache import Cache

ONE = "NCT90000001"


def study(number: str = ONE, status: str = "RECRUITING", **more: Any) -> dict[str, Any]:
    """Return an invented record in the form of API v2."""
    protocol: dict[str, Any] = {
        "identificationModule": {"nctId": number, "briefTitle": f"Lamps of {number}"},
        "statusModule": {"statusVerifiedDate": "2029-01", "overallStatus": status, **more.pop("status_module", {})},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Lamp Trust", "class": "OTHER"}},
        **more,
    }
    return {"protocolSection": protocol, "hasResults": False}


def with_sites(*names: str, number: str = ONE, **more: Any) -> dict[str, Any]:
    """Return an invented record with sites of these names."""
    sites = [{"facility": name, "city": "Lund", "country": "Sweden"} for name in names]
    return study(number, contactsLocationsModule={"locations": sites}, **more)


@dataclass
class Repository:
    """A repository whose commits come a day after one another."""

    folder: Path
    commits: list[str] = field(default_factory=list)

    @property
    def seeds(self) -> Path:
        return self.folder / "seeds"

    def commit(self, *removed: str, **written: object) -> str:
        """Commit records (JSON) and texts by file name, dots written as two underscores, without those *removed*."""
        files = {name.replace("__", "."): content for name, content in written.items()}
        return self.commit_files(files, removed)

    def commit_files(self, files: dict[str, object], removed: tuple[str, ...] = ()) -> str:
        """Commit records (JSON) and texts by path inside the documents' folder."""
        for name in removed:
            (self.seeds / name).unlink()
        for name, content in files.items():
            path = self.seeds / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1) + "\n")
        day = f"2030-03-{len(self.commits) + 1:02}T12:00:00Z"
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a day", day=day)
        self.commits.append(self.git("rev-parse", "HEAD").strip())
        return self.commits[-1]

    def git(self, *arguments: str, day: str = "2030-01-01T12:00:00Z") -> str:
        return run_git(self.folder, *arguments, day=day)

    def events(self, number: str = ONE, cache: Cache | None = None) -> list[Event]:
        """Return what changed in a trial, the newest first."""
        made = flow.make_catalog(self.seeds, self.folder / "content", cache=cache, history=True)
        return made.catalog.events_of_study(number)

    def told(self, number: str = ONE) -> list[list[str]]:
        """Return for each event, the newest first, its changes in short."""
        return [[in_short(change) for change in event.changes] for event in self.events(number)]


def run_git(folder: Path, *arguments: str, day: str = "2030-01-01T12:00:00Z") -> str:
    """Run git in *folder*, apart from the settings of whoever runs the tests."""
    apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    people = {f"GIT_{role}_{what}": "a@b" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **apart, **people, **dates},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def new_repository(folder: Path) -> Repository:
    """Return an empty repository in *folder*."""
    made = Repository(folder)
    made.seeds.mkdir(parents=True)
    made.git("init", "--quiet")
    return made


def in_short(change: Change) -> str:
    """Return a change in one line: ``sites added: Lamp Hospital``."""
    if change.kind in ("new", "gone"):
        return change.kind
    values = " → ".join(value for value in (change.old, change.new) if value is not None)
    name = change.pointer.rpartition("/")[2]
    return f"{change.kind} {change.action}: {values}" if name.isdecimal() else f"{name}: {values}"
