"""The home page: what the catalog holds."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.study import Study
from generator.pages.escaping import Markdown, escape, front_matter
from generator.pages.links import Linker
from generator.pages.list_view import ENTITY_LISTS, listed
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.rows import TrialRow, latest_date, trial_row
from generator.pages.trial_view import status_chip
from generator.pages.wording import status

_MOST_ROWS = 6


@dataclass(frozen=True)
class Figure:
    """A number with the list that it counts."""

    number: str
    label: Markdown


@dataclass(frozen=True)
class StatusCount:
    """How many trials have one status."""

    chip: Markdown
    number: int


@dataclass(frozen=True)
class Doorway:
    """Where one kind of reader may want to begin."""

    who: str
    want: Markdown


@dataclass(frozen=True)
class HomeView:
    """The home page, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    figures: tuple[Figure, ...]
    statuses: tuple[StatusCount, ...]
    recruiting: tuple[TrialRow, ...]
    more_recruiting: Markdown
    latest: tuple[TrialRow, ...]
    doorways: tuple[Doorway, ...]
    truth: tuple[Figure, ...]
    about: Markdown


def home_view(linker: Linker) -> HomeView:
    """Return the home page."""
    studies = list(linker.catalog.studies.values())
    opened = sorted((study for study in studies if _group(study) == "open"), key=_newest_first)
    dated = sorted((study for study in studies if latest_date(study)), key=_newest_first)
    more = len(opened) - _MOST_ROWS
    title = linker.settings.title
    return HomeView(
        front_title=front_matter(title),
        front_description=front_matter(
            f"{title}: clinical trials, each value with the document and line it comes from"
        ),
        title=escape(title),
        figures=tuple(_figures(linker)),
        statuses=tuple(_statuses(studies)),
        recruiting=tuple(trial_row(study, linker) for study in opened[:_MOST_ROWS]),
        more_recruiting=linker.to(SitePaths.trials, f"{more:,} more recruiting") if more > 0 else Markdown(""),
        latest=tuple(trial_row(study, linker) for study in dated[:_MOST_ROWS]),
        doorways=tuple(_doorways(linker)),
        truth=tuple(_truth(studies, linker)),
        about=linker.to(SitePaths.about, "How this catalog is made"),
    )


def _group(study: Study) -> str:
    return status(study.protocol_section.status_module.overall_status).group


def _newest_first(study: Study) -> tuple[str, str]:
    # Digits are turned round so that the newest date and, within it, the first id come first.
    date = latest_date(study) or "0000"
    return date.translate(str.maketrans("0123456789", "9876543210")) + "~", study.catalog_section.id or ""


def _figures(linker: Linker) -> list[Figure]:
    figures = [_figure(linker, len(linker.catalog.studies), SitePaths.trials, ("trial", "trials"))]
    wanted = (SitePaths.drugs, SitePaths.conditions, SitePaths.sponsors, SitePaths.investigators, SitePaths.sites)
    plans = {plan.address: plan for plan in ENTITY_LISTS}
    for address in wanted:
        plan = plans[address]
        number = len(listed(linker.catalog.entities_of_kind(plan.kind), plan, linker.paths))
        figures.append(
            _figure(linker, number, address, plan.noun if plan.kind != "drug" else ("intervention", "interventions"))
        )
    countries = sum("country" in entity.roles for entity in linker.catalog.entities_of_kind("place"))
    figures.append(_figure(linker, countries, SitePaths.places, ("country", "countries")))
    figures.append(_figure(linker, len(linker.catalog.documents), SitePaths.documents, ("document", "documents")))
    return figures


def _figure(linker: Linker, number: int, address: PageAddress, noun: tuple[str, str]) -> Figure:
    return Figure(f"{number:,}", linker.to(address, noun[0] if number == 1 else noun[1]))


def _statuses(studies: list[Study]) -> list[StatusCount]:
    codes: dict[str | None, int] = {}
    for study in studies:
        code = study.protocol_section.status_module.overall_status
        codes[code] = codes.get(code, 0) + 1
    ranked = sorted(codes.items(), key=lambda item: (status(item[0]).rank, item[0] or ""))
    return [StatusCount(status_chip(code), number) for code, number in ranked]


def _doorways(linker: Linker) -> list[Doorway]:
    trials = linker.to(SitePaths.trials, "recruiting")
    condition = linker.to(SitePaths.conditions, "condition")
    place = linker.to(SitePaths.places, "country and town")
    hospital = linker.to(SitePaths.sites, "hospital")
    investigators = linker.to(SitePaths.investigators, "investigators")
    mend = linker.to(SitePaths.mend, "errors can be mended")
    sponsor = linker.to(SitePaths.sponsors, "sponsor")
    document = linker.to(SitePaths.documents, "document")
    names = linker.to(SitePaths.names_policy, "How names are joined")
    absences = linker.to(SitePaths.absences, "what it means when something is missing")
    return [
        Doorway(
            "Patients and families",
            Markdown(
                f"See what is {trials}, begin with a {condition}, or look near you by {place}. "
                "Take the page to your doctor: nothing here is medical advice."
            ),
        ),
        Doorway(
            "Research nurses and physicians",
            Markdown(
                f"Find your {hospital}: its page says what is open there and whom to call. "
                "Criteria stand side by side on each trial's page."
            ),
        ),
        Doorway(
            "Investigators",
            Markdown(
                f"Look yourself up among the {investigators}. Your page says which spellings of your name "
                f"were joined and why; {mend}."
            ),
        ),
        Doorway(
            "Consortium managers",
            Markdown(
                f"Go by {sponsor}. Stale statuses, contradictions and missing values are marked "
                "on each trial's page, with the line to check."
            ),
        ),
        Doorway(
            "Librarians and reviewers",
            Markdown(f"Every value leads to its line in a {document}. {names} is written down, and so is {absences}."),
        ),
    ]


def _truth(studies: list[Study], linker: Linker) -> list[Figure]:
    values = sum(len(study.catalog_section.sources) for study in studies)
    inferred = sum(
        bool(sources) and all(source.how == "inferred" for source in sources)
        for study in studies
        for sources in study.catalog_section.sources.values()
    )
    differences = sum(len(study.catalog_section.contradictions) for study in studies)
    flags = sum(len(study.catalog_section.flags) for study in studies)
    unread = sum(len(document.unread()) for document in linker.catalog.documents.values())
    return [
        Figure(f"{values:,}", escape("values with their document and line")),
        Figure(f"{inferred:,}", escape("of them inferred, and marked so")),
        Figure(f"{differences:,}", escape("places where documents differ")),
        Figure(f"{flags:,}", escape("remarks to read with care")),
        Figure(f"{unread:,}", escape("lines that no rule could read")),
    ]
