"""Whatever changed, and however a run ended: what the next run leaves is what a run from nothing gives."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks.catalogs import InFolder
from benchmarks.invention import Inventor
from generator.pipeline import flow, write
from generator.pipeline.progress import Stages
from generator.settings import Settings
from generator.storage.output import WriteReport
from tests.conftest import FIVE_SEEDS, SEEDS, files_of
from tests.interruptions import interrupt, start

NO_HAND_WRITTEN = Path("there-is-nothing-here")
GENERATE = """
import sys
from pathlib import Path
from generator.pipeline import flow
from generator.pipeline.progress import Stages
from generator.settings import Settings
folder = Path(sys.argv[1])
print("started", flush=True)
with flow.generate(folder / "seeds", folder / "content", Settings(), folder / "none", Stages(quiet=True)):
    pass
"""


@dataclass
class Place(InFolder):
    """A catalog that changes from run to run."""

    folder: Path
    settings: Settings = field(default_factory=Settings)

    def generate(self) -> WriteReport:
        with flow.generate(self.seeds, self.content, self.settings, NO_HAND_WRITTEN, Stages(quiet=True)) as (
            _,
            report,
        ):
            return report

    def generate_from_nothing(self) -> dict[str, bytes]:
        """Return what a first run makes of the documents, with the slugs that are stored now."""
        clean = self.folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        (clean / "content").mkdir(parents=True)
        if (self.content / flow.SLUGS).is_file():
            shutil.copyfile(self.content / flow.SLUGS, clean / "content" / flow.SLUGS)
        with flow.generate(self.seeds, clean / "content", self.settings, NO_HAND_WRITTEN, Stages(quiet=True)):
            return files_of(clean / "content")

    def records(self) -> list[Path]:
        """Return the files that hold whole records of a registry."""
        return [file for file in sorted(self.seeds.glob("*.json")) if b'"nctId"' in file.read_bytes()]


def lay_out(folder: Path, trials: int) -> Place:
    place = Place(folder)
    place.seeds.mkdir(parents=True)
    for name, data in Inventor(trials).records():
        (place.seeds / name).write_bytes(data)
    for name in FIVE_SEEDS:
        shutil.copyfile(SEEDS / name, place.seeds / name)
    (place.seeds / "names").mkdir()
    return place


# Changes


def _edit(place: Place, chance: random.Random, change: Callable[[dict[str, Any]], None]) -> None:
    file = chance.choice(place.records())
    record = json.loads(file.read_bytes())
    change(record)
    indent = chance.choice([None, None, 1])
    file.write_text(json.dumps(record, indent=indent), encoding="utf-8")


def change_title(place: Place, chance: random.Random) -> None:
    def change(record: dict[str, Any]) -> None:
        record["protocolSection"]["identificationModule"]["briefTitle"] += f" {chance.randrange(100)}"

    _edit(place, chance, change)


def change_summary(place: Place, chance: random.Random) -> None:
    def change(record: dict[str, Any]) -> None:
        record["protocolSection"]["descriptionModule"]["briefSummary"] += f"\n\nChanged {chance.randrange(100)}."

    _edit(place, chance, change)


def change_status(place: Place, chance: random.Random) -> None:
    def change(record: dict[str, Any]) -> None:
        record["protocolSection"]["statusModule"]["overallStatus"] = chance.choice(["RECRUITING", "COMPLETED", "ODD"])

    _edit(place, chance, change)


def change_names(place: Place, chance: random.Random) -> None:
    """Give one trial the sites, drugs or sponsor of another."""
    giver = json.loads(chance.choice(place.records()).read_bytes())["protocolSection"]
    module = chance.choice(["contactsLocationsModule", "armsInterventionsModule", "sponsorCollaboratorsModule"])

    def change(record: dict[str, Any]) -> None:
        if module in giver:
            record["protocolSection"][module] = giver[module]

    _edit(place, chance, change)


def change_number(place: Place, chance: random.Random) -> None:
    """Say that a trial has the number of another one: they may become one, or be told apart."""
    other = json.loads(chance.choice(place.records()).read_bytes())["protocolSection"]["identificationModule"]["nctId"]

    def change(record: dict[str, Any]) -> None:
        module = record["protocolSection"]["identificationModule"]
        if chance.random() < 0.5:
            module["secondaryIdInfos"] = [{"id": "EUCTR2019-001234-12"}, {"id": other}]
        else:
            module.setdefault("nctIdAliases", []).append(other)

    _edit(place, chance, change)


def copy_document(place: Place, chance: random.Random) -> None:
    source = chance.choice(sorted(place.seeds.glob("*.*")))
    shutil.copyfile(source, place.seeds / f"copy-{chance.randrange(4)}{source.suffix}")


def remove_document(place: Place, chance: random.Random) -> None:
    documents = sorted(place.seeds.glob("*.*"))
    if len(place.records()) > 4:
        chance.choice(documents).unlink()


def break_document(place: Place, chance: random.Random) -> None:
    (place.seeds / f"broken-{chance.randrange(2)}.json").write_bytes(
        chance.choice([b"", b"{", b"\xff\xfe", b'{"protocolSection": {}}'])
    )


def edit_text(place: Place, chance: random.Random) -> None:
    texts = sorted(place.seeds.glob("*.txt"))
    if texts:
        file = chance.choice(texts)
        lines = file.read_text(encoding="utf-8").split("\n")
        if chance.random() < 0.5:
            lines.insert(chance.randrange(len(lines)), chance.choice(["", "An unheard-of line.", "Phase 2"]))
        else:
            number = chance.choice([index for index, line in enumerate(lines) if len(line) > 20])
            lines[number] = lines[number].replace("e", "a", 1)
        file.write_text("\n".join(lines), encoding="utf-8")


def curate(place: Place, chance: random.Random) -> None:
    record = json.loads(chance.choice(place.records()).read_bytes())
    name = record["protocolSection"]["sponsorCollaboratorsModule"].get("leadSponsor", {}).get("name", "Nobody")
    entry = f"- name: {json.dumps(name)}\n  spellings: [{json.dumps(name + ' of the World')}]\n"
    if chance.random() < 0.5:
        entry += f"  slug: renamed-{chance.randrange(3)}\n"
    (place.seeds / "names" / "organizations.yml").write_text(chance.choice([entry, ""]), encoding="utf-8")


def change_settings(place: Place, chance: random.Random) -> None:
    place.settings = Settings(
        title=chance.choice(["One", "Two"]),
        contacts=chance.random() < 0.7,
        list_limit=chance.choice([3, 500]),
        entity_pages=chance.choice(["all", "shared"]),
        record_lines=chance.choice(["whole", "cited"]),
    )


def meddle_with_content(place: Place, chance: random.Random) -> None:
    file = chance.choice(sorted(path for path in place.content.rglob("*.*") if path.name != flow.SLUGS))
    if chance.random() < 0.5:
        file.unlink()
    else:
        file.write_bytes(b"something else")


def change_nothing(place: Place, chance: random.Random) -> None:
    del place, chance


CHANGES = (
    change_title,
    change_summary,
    change_status,
    change_names,
    change_number,
    copy_document,
    remove_document,
    break_document,
    edit_text,
    curate,
    change_settings,
    meddle_with_content,
    change_nothing,
)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_content_is_that_of_a_clean_run(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)  # noqa: S311
    place = lay_out(tmp_path, 9)
    if seed == 2:
        place.settings = Settings(entity_pages="shared", record_lines="cited")
    place.generate()
    for step in range(6):
        changes = chance.choices(CHANGES, k=chance.choice([1, 1, 1, 2, 3]))
        for change in changes:
            change(place, chance)
        # Now and then by several processes.
        monkeypatch.setattr(write, "FEWEST_JOBS", chance.choice([1, 10_000]))
        wanted = place.generate_from_nothing()
        place.generate()
        found = files_of(place.content)
        names = ", ".join(change.__name__ for change in changes)
        assert sorted(found) == sorted(wanted), f"step {step}: {names}"
        assert not [name for name in found if found[name] != wanted[name]], f"step {step}: {names}"


ABOUT_ALL = ("api/openapi.json", "offline/index.md", "service-worker.js")
"""Files that bear the version of the whole catalog; so do some of those below ``data/``, where all trials are."""


def test_nothing_changed_and_one_document_changed(tmp_path: Path) -> None:
    place = lay_out(tmp_path, 30)
    everything = place.generate()
    assert place.generate().written == []
    chance = random.Random(1)  # noqa: S311
    change_summary(place, chance)
    written = [name for name in place.generate().written if name not in ABOUT_ALL and not name.startswith("data/")]
    assert 0 < len(written) <= 4 < len(everything.written)


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "gone"])
def test_a_damaged_store_is_made_anew(tmp_path: Path, damage: str) -> None:
    place = lay_out(tmp_path, 6)
    place.generate()
    [file] = (tmp_path / ".cache" / "content").glob("*.sqlite")
    data = file.read_bytes()
    if damage == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif damage == "noise":
        file.write_bytes(data[:8192] + bytes(range(256)) * ((len(data) - 8192) // 256))
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        shutil.rmtree(tmp_path / ".cache")
    change_title(place, random.Random(2))  # noqa: S311
    wanted = place.generate_from_nothing()
    place.generate()
    assert files_of(place.content) == wanted


def _start(place: Place) -> subprocess.Popen[str]:
    return start("-c", GENERATE, str(place.folder))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    place = lay_out(tmp_path, 60)
    chance = random.Random(3)  # noqa: S311
    for attempt in range(3):
        for change in chance.choices(CHANGES[:10], k=6):
            change(place, chance)
        running = _start(place)
        interrupt(running, after=chance.uniform(0.0, 1.5), all_of_it=attempt % 2 == 1, wait_for_a_line=True)
        if attempt == 0:
            change_summary(place, chance)
        wanted = place.generate_from_nothing()
        place.generate()
        found = files_of(place.content)
        assert sorted(found) == sorted(wanted)
        assert not [name for name in found if found[name] != wanted[name]], f"attempt {attempt}"


def test_two_at_once(tmp_path: Path) -> None:
    place = lay_out(tmp_path, 40)
    running = [_start(place) for _ in range(3)]
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0, 0, 0]
    assert files_of(place.content) == place.generate_from_nothing()
    assert place.generate().written == []
