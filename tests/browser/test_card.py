"""The pocket card: one page on every paper, nothing cut without a word, and a code that a telephone reads."""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
import qrcode
from playwright.sync_api import Browser, Page, expect
from qrcode.util import MODE_8BIT_BYTE, QRData

from tests.browser.conftest import serve
from tests.conftest import ROOT, STUDIES, Project, new_project

pytestmark = pytest.mark.browser

GAMMA = "NCT06774235"
REAL_RECORDS = ROOT.parent / "shared" / "data" / "layouts" / "record"
PAPERS = {"a4": (595, 842), "a5": (420, 595), "a6": (298, 420)}
"""Each paper's width and height in points."""


def card(page: Page, address: str, trial: str, more: str = "") -> None:
    """Open the card of this trial."""
    page.goto(f"{address}card/?trial={trial}{more}")
    expect(page.locator("[data-card]")).to_have_attribute("data-ready", re.compile(f"^{trial} "))


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return the width and height in points of each page of a PDF."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    number = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert len(boxes) == number
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def overflow(page: Page) -> list[int]:
    """Return by how many pixels the card and its criteria are too high, and the criteria too wide."""
    found: list[int] = page.evaluate(
        """() => {
          const card = document.querySelector(".card"), criteria = card.querySelector(".card__criteria");
          return [card.scrollHeight - card.clientHeight, criteria.scrollHeight - criteria.clientHeight,
                  criteria.scrollWidth - criteria.clientWidth];
        }"""
    )
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_every_seed_fits_on_one_page(page: Page, served_site: str, paper: str) -> None:
    for trial in STUDIES:
        card(page, served_site, trial, f"&paper={paper}")
        assert max(overflow(page)) <= 0, trial
        sizes = pages_of(page.pdf(prefer_css_page_size=True))
        assert len(sizes) == 1, trial
        assert all(abs(a - b) <= 1 for a, b in zip(sizes[0], PAPERS[paper], strict=True)), trial


def test_a_card_follows_another_number_and_says_so(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}card/?trial=2024-516780-93-00")
    expect(page.locator("[data-card]")).to_have_attribute("data-ready", re.compile(f"^{GAMMA} "))
    expect(page.get_by_role("alert")).to_have_text(f"“2024-516780-93-00” is another number of {GAMMA}.")


def test_the_card_says_what_the_page_says(page: Page, served_site: str) -> None:
    card(page, served_site, GAMMA, "&site=angers-university-hospial")
    text = page.get_by_role("article", name="Pocket card").inner_text()
    for words in (
        "NCT06774235",
        "2024-516780-93-00",
        "Prevention of Secondary Infections by Interferon Gamma",
        "Recruiting",
        "as of 20 November 2025",
        "18 years and older",
        "Interferon-gamma (experimental); Placebo (placebo comparator)",
        "University Hospital, Limoges",
        "Angers university hospial, Angers, France",
        "Pierre ASFAR",
        "That this contact belongs to this site is inferred",
        "Not medical advice.",
        "000_46c0a2ab4cdea2e9.txt",
        "catalog version",
        f"{served_site}trials/nct06774235/",
    ):
        assert words in text
    expect(page.locator(".card__box")).to_have_count(32)  # 8 to include, 24 to exclude
    expect(page.get_by_role("img", name=f"Code that leads to {served_site}trials/nct06774235/")).to_be_visible()


def test_what_no_document_states_is_not_filled_in(page: Page, served_site: str) -> None:
    card(page, served_site, "prev-hap")
    text = page.locator(".card").inner_text()
    assert "no registry number in these documents" not in text  # its acronym stands there
    assert "undated" in text
    assert "Age: not read from prose" in text
    assert "This catalog has no contact for this trial." in text
    card(page, served_site, "NCT04133233")
    assert "(who leads is not stated)" in page.locator(".card").inner_text()


def test_site_and_paper_are_chosen_and_stand_in_the_address(page: Page, served_site: str) -> None:
    card(page, served_site, GAMMA)
    page.get_by_label("Site").select_option(label="Angers university hospial, Angers, France (recruiting)")
    expect(page).to_have_url(f"{served_site}card/?trial={GAMMA}&site=angers-university-hospial")
    expect(page.get_by_label("Site")).to_be_focused()
    expect(page.locator(".card")).to_contain_text("Contact at this site")
    page.get_by_label("Paper").select_option("a6")
    expect(page).to_have_url(re.compile(r"&paper=a6$"))
    page.go_back()
    page.go_back()
    expect(page.locator(".card")).not_to_contain_text("Contact at this site")


def test_another_trial_is_found(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}card/")
    page.get_by_role("combobox", name="Trial").fill("nct02883803")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}card/?trial=NCT02883803")
    expect(page.locator(".card")).to_contain_text("Treatment of Severe Infections")


@pytest.mark.parametrize("width", [320, 1440])
def test_the_card_fits_the_screen(page: Page, served_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    card(page, served_site, GAMMA)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_text("Adult patient hospitalized in the ICU")).to_be_visible()


# Long criteria


@pytest.fixture(scope="module")
def long_trials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Project]]:
    """A trial with far too many criteria, one with a criterion of many lines, and the longest real records."""
    project = new_project(tmp_path_factory.mktemp("long"))
    for seed in project.seeds.glob("*.txt"):
        seed.unlink()
    word = "reasonable "
    many = "\n".join(f"* Criterion {number}: {word * 12}" for number in range(150))
    long = f"* {word * 900}"
    for number, (title, text) in enumerate({"Many criteria": many, "One long criterion": long}.items(), start=1):
        record = {
            "protocolSection": {
                "identificationModule": {"nctId": f"NCT0000000{number}", "briefTitle": f"{title} " * 12},
                "armsInterventionsModule": {"armGroups": [{"label": f"An arm {word * 9}"} for _ in range(9)]},
                "eligibilityModule": {
                    "eligibilityCriteria": f"Inclusion Criteria:\n\n{text}\n\nExclusion Criteria:\n\n{text}"
                },
            }
        }
        (project.seeds / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    for file in _longest_real():
        (project.seeds / file.name).write_bytes(file.read_bytes())
    project.run("build")
    with serve(project.site) as address:
        yield address, project


def _longest_real() -> list[Any]:
    def criteria(file: Any) -> int:
        record = json.loads(file.read_text(encoding="utf-8"))
        return len(record["protocolSection"]["eligibilityModule"].get("eligibilityCriteria", ""))

    return sorted(REAL_RECORDS.glob("*.json"), key=criteria)[-4:] if REAL_RECORDS.is_dir() else []


@pytest.mark.parametrize("paper", PAPERS)
def test_what_does_not_fit_is_counted_and_never_cut(
    browser: Browser, long_trials: tuple[str, Project], paper: str
) -> None:
    address, project = long_trials
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    trials = sorted(file.stem for file in (project.site / "api/v2/studies").glob("*.json"))
    assert len(trials) >= 2
    for trial in trials:
        card(page, address, trial, f"&paper={paper}")
        assert max(overflow(page)) <= 0, trial
        boxes, shown = page.locator(".card__box"), page.locator(".card__box:visible")
        said = sum(
            int(text.split()[0]) for text in page.locator(".card__left:visible").all_inner_texts() if "more" in text
        )
        assert boxes.count() - shown.count() == said, trial
        assert len(pages_of(page.pdf(prefer_css_page_size=True))) == 1, trial
    page.close()


def test_without_scripts_the_page_says_what_to_print(browser: Browser, served_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_site}card/?trial={GAMMA}")
    expect(page.get_by_text("print the trial's own page")).to_be_visible()
    context.close()


# The code


def _texts() -> list[str]:
    """Return addresses of every length that a code holds, the shortest of each version and the longest among them."""
    chance = random.Random(18004)  # noqa: S311 - the same texts each time
    letters = string.ascii_letters + string.digits + "/-.~%é"
    edges = [14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213]
    plain = ["".join(chance.choices(letters[:-1], k=length)) for length in (*edges, *range(1, 213, 9))]
    return ["https://example.org/trials/nct02883803/", "https://example.org/é/", *plain]


def test_codes_are_what_another_maker_makes(page: Page, served_site: str) -> None:
    page.goto(served_site)
    texts = _texts()
    made = page.evaluate(
        """async texts => {
          const {qrCode} = await import(new URL("assets/javascripts/card/qr.js", location.href));
          return texts.map(qrCode);
        }""",
        texts,
    )
    assert {code["version"] for code in made} == set(range(1, 11))
    for text, code in zip(texts, made, strict=True):
        other = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=code["mask"], border=0)
        other.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE))
        other.make(fit=True)
        assert other.version == code["version"], text
        assert [[bool(cell) for cell in row] for row in other.modules] == code["cells"], text


def test_a_text_that_no_code_holds_gets_none(page: Page, served_site: str) -> None:
    page.goto(served_site)
    made = page.evaluate(
        """async () => {
          const {qrCode} = await import(new URL("assets/javascripts/card/qr.js", location.href));
          return [qrCode("x".repeat(213)) !== null, qrCode("x".repeat(214))];
        }"""
    )
    assert made == [True, None]


def test_a_list_that_goes_on_in_the_next_column_says_again_what_it_is(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}card/?trial=nct06774235")
    expect(page.locator(".card__continued")).to_have_text("Exclusion (continued)")
    sides = page.locator("section[data-kind=exclusion] :is(h3, .card__continued)").evaluate_all(
        "marks => marks.map(mark => mark.getBoundingClientRect().left)"
    )
    assert sides[0] < sides[1]
    page.get_by_label("Paper").select_option("a6")
    expect(page.get_by_text(re.compile(r"^One page of A6"))).to_be_visible()
    card = page.locator(".card").bounding_box()
    for item in page.locator(".card :is(.card__box, .card__continued):visible").all():
        inside = item.bounding_box()
        assert card is not None
        assert inside is not None
        assert inside["y"] + inside["height"] <= card["y"] + card["height"] + 1
