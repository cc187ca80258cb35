"""``trial-catalog new`` and ``eject``: what they lay out works, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.config import load_config

from generator.cli import main
from generator.language.messages import active_language
from generator.pages.own_templates import copied_text, packaged_templates, template_problems
from generator.settings import read_config_file
from tests.conftest import files_of


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new catalog with its examples, where commands run."""
    assert run("new", str(tmp_path / "ours"), "--example").exit_code == 0
    monkeypatch.chdir(tmp_path / "ours")
    return tmp_path / "ours"


@pytest.mark.usefixtures("catalog")
def test_the_examples_have_nothing_to_complain_about() -> None:
    result = run("check", "--strict")
    assert result.exit_code == 0, result.output
    assert "2 documents, 2 trials: 0 errors, 0 warnings" in result.output


@pytest.mark.parametrize("title", ["Trials: 'ours' \"and\" theirs #1", "Essais à l'hôpital", "{{ 7 }}", "- yes"])
def test_the_settings_say_what_was_chosen(title: str, tmp_path: Path) -> None:
    options = ["--title", title, "--url", "https://trials.example.org/", "--language", "fr", "--no-contacts"]
    assert run("new", str(tmp_path / "c"), *options).exit_code == 0
    file = read_config_file(tmp_path / "c" / "mkdocs.yml")
    assert (file.settings.title, file.settings.contacts) == (title, False)
    assert file.seeds == tmp_path / "c" / "seeds"
    config = load_config(str(tmp_path / "c" / "mkdocs.yml"))
    assert (config.site_name, config.site_url, config.theme["language"]) == (title, "https://trials.example.org/", "fr")


def test_a_new_catalog_is_laid_out_in_its_language(tmp_path: Path) -> None:
    messages = {"Home": "Hejmo: ĉi tie", "Drugs": "Medikamentoj", "Who we are": "Kiuj ni estas"}
    file = tmp_path / "templates" / "languages" / "eo" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text("".join(f'msgid "{one}"\nmsgstr "{other}"\n\n' for one, other in messages.items()), "utf-8")
    assert run("new", str(tmp_path), "--language", "eo").exit_code == 0
    settings = yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["nav"][0] == {"Hejmo: ĉi tie": "index.md"}
    assert {"Medikamentoj": "drugs/index.md"} in settings["nav"][2]["Browse"]
    assert {"Kiuj ni estas": "about/us.md"} in settings["nav"][3]["About"]
    assert (tmp_path / "content" / "about" / "us.md").read_text(encoding="utf-8").startswith("# Kiuj ni estas\n")
    assert active_language().code == "en"


def test_a_folder_with_other_files_is_taken_and_they_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "trial.txt").write_text("mine")
    assert run("new", str(tmp_path)).exit_code == 0
    assert (tmp_path / "notes.txt").read_text() == (tmp_path / "seeds" / "trial.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["mkdocs.yml", "seeds/README.md", ".github/workflows/site.yml"])
def test_a_file_that_is_there_is_named_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    result = run("new", str(tmp_path))
    assert result.exit_code == 1
    assert f"there are already {name}; choose another folder" in result.output
    assert files_of(tmp_path) == {name: b"mine"}


@pytest.mark.parametrize(("option", "value"), [("--language", "klingon"), ("--url", "trials.example.org")])
def test_a_choice_that_is_none_is_named(option: str, value: str, tmp_path: Path) -> None:
    result = run("new", str(tmp_path / "c"), option, value)
    assert result.exit_code == 1
    assert f"{option} {value}: " in result.output
    assert not (tmp_path / "c").exists()


def test_the_workflow_calls_the_reusable_one_with_its_inputs(catalog: Path) -> None:
    workflow = yaml.safe_load((catalog / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    assert "schedule" not in workflow[True]
    job = workflow["jobs"]["site"]
    called, _, version = job["uses"].partition("@")
    reusable = Path(__file__).parents[2].joinpath(*called.split("/")[2:])
    inputs = yaml.safe_load(reusable.read_text(encoding="utf-8"))[True]["workflow_call"]["inputs"]
    assert set(job["with"]) <= set(inputs)
    assert version == f"v{job['with']['version']}"


def test_a_copied_template_is_used_and_named_when_a_new_version_changes_it(catalog: Path) -> None:
    assert "list.md.j2" in run("eject").output
    assert run("eject", "list.md.j2").exit_code == 0
    copy = catalog / "templates" / "pages" / "list.md.j2"
    assert run("eject", "list.md.j2").exit_code == 1
    assert run("check", "--strict").exit_code == 0
    first, rest = copy.read_text(encoding="utf-8").split("\n", 1)
    packaged = packaged_templates()["list.md.j2"]
    assert rest == packaged.file.read_text(encoding="utf-8")
    assert run("eject", "list.md.j2", "--print").output == copied_text(packaged)
    digest = first.partition("digest ")[2][:16]
    copy.write_text(first.replace(digest, "0" * 16) + "\n" + rest, encoding="utf-8")
    result = run("check", "--strict")
    assert result.exit_code == 1
    assert "templates/pages/list.md.j2:1: warning: the packaged template changed since it was copied" in result.output


def test_an_unchanged_copy_changes_no_page(catalog: Path) -> None:
    pages = [name for name, one in packaged_templates().items() if not one.is_theme]
    assert run("generate").exit_code == 0
    before = files_of(catalog / "content")
    for name in pages:
        assert run("eject", name).exit_code == 0
    assert run("generate").exit_code == 0
    assert files_of(catalog / "content") == before


@pytest.mark.parametrize(
    ("text", "line"), [("# Home\n{% if %}\n", 2), ("# Home\n\n{{ view.nothing_like_this }}\n", 3), ("{{ [] }}\n", 1)]
)
def test_a_template_that_fails_is_named_with_its_line(text: str, line: int, catalog: Path) -> None:
    own = catalog / "templates" / "pages" / "home.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    result = run("generate")
    assert result.exit_code == 1
    assert f"home.md.j2:{line}: the template failed" in result.output


def test_a_template_that_no_page_uses_is_named(catalog: Path) -> None:
    folder = catalog / "templates" / "pages"
    (folder / "parts").mkdir(parents=True)
    (folder / "hmoe.md.j2").write_text("x", encoding="utf-8")
    (folder / "parts" / "ours.md.j2").write_text("x", encoding="utf-8")
    (folder / "graph.md.j2").write_text('{% include "parts/ours.md.j2" %}\n', encoding="utf-8")
    (problem,) = template_problems(catalog, None)
    assert (problem.path, problem.code) == ("templates/pages/hmoe.md.j2", "unused-template")
    assert "did you mean home.md.j2?" in problem.message


def test_a_part_of_the_theme_goes_where_the_settings_say(catalog: Path) -> None:
    result = run("eject", "partials/footer.html")
    assert "custom_dir: overrides" in result.output
    assert (catalog / "overrides" / "partials" / "footer.html").is_file()
    assert "did you mean home.md.j2?" in run("eject", "home.md").output


def test_own_pages_in_the_place_of_ours_are_named(catalog: Path) -> None:
    (catalog / "content" / "index.md").write_text("# Mine\n", encoding="utf-8")
    (catalog / "content" / "about" / "index.md").write_text("# Mine\n", encoding="utf-8")
    before = run("check")
    built = run("generate")
    after = run("check")
    warning = "content/index.md:1: warning: this file is your own, so the generated one is not written"
    for result in (before, built, after):
        assert result.exit_code == 0
        assert warning in result.output
    assert "content/about/index.md:1: note: this file is your own" in after.output
    assert (catalog / "content" / "index.md").read_text(encoding="utf-8") == "# Mine\n"
    (catalog / "content" / "index.md").unlink()
    run("generate")
    assert "# Our clinical trials" in (catalog / "content" / "index.md").read_text(encoding="utf-8")
