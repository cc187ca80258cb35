"""The catalog to what the search is made from: one lean text per trial.

The themed pages hold much that nobody searches for.  So each trial gets a small text of its own, with the anchors of
its page, for the search index; it also holds every spelling of every name that the trial is linked to, so that a
search for a brand finds the trial that writes the code.  :func:`as_html` writes it as a page for Pagefind.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from generator.language.formats import in_sentence
from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import Catalog, Entity, Kind, Role, statement_date
from generator.model.registry_numbers import find_numbers
from generator.model.registry_words import ROLES
from generator.model.study import Study
from generator.pages.lists.rows import location_at
from generator.pages.paths import is_only_contact
from generator.pages.text.contacts import E_MAIL, TELEPHONE, contacts_stated
from generator.pages.text.escaping import DIRECTIONS
from generator.pages.text.flag_words import CONTRADICTION, flag_title
from generator.pages.text.phrases import and_more
from generator.pages.text.wording import role_name, status, words
from generator.search.spellings import other_spellings_of

UrlOf = Callable[[Entity], str | None]
"""Gives the address of an entity's page below the site's root, or None where it has none."""

NOT_STATED = "NOT_STATED"
"""Value of a facet for trials whose documents do not state it."""

OPEN_STATUSES = frozenset({"RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"})

SITE_RECRUITS, TRIAL_RECRUITS, SITE_CLOSED = 1, 2, 3
"""What is known of a site: it says that it recruits; only its trial says so; neither."""

LONGEST = {"summary": 2_000, "criteria": 3_000, "arms": 1_000, "outcomes": 1_500}
"""Characters of a trial's long texts that are searched: the index stays small enough for telephones."""

_LONGEST_TEXT = 5_000
_MOST_OF_A_ROLE = 60
"""Sites, towns or contacts of one trial that its text names; facets and names have them all."""

_MOST_NAMES = 48
"""Names with their role that one trial carries to explain a hit."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
"""The registries' backslashes before characters that would mean something in Markdown."""
_SIGNS = re.compile(r"___(?:END_)?PAGEFIND_\S*|\u200b")
"""What means something to Pagefind wherever it stands."""
_BULLET = re.compile(r"(?:^|\n)[ \t]*[*-](?=\s)")
_TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return *text* in lower case without accents, as the browser compares it."""
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))


@lru_cache(maxsize=1 << 16)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded: letters and digits."""
    return tuple(_TOKEN.findall(fold(text)))


def condensed(text: str) -> str:
    """Return *text* without anything between its letters and digits: ``ILT-101`` and ``ILT 101`` are one."""
    return "".join(tokens(text))


def number_keys(text: str) -> list[str]:
    """Return the forms under which a trial's number is found, whatever stands between its digits.

    The EU's numbers are also found without their prefix, country and resubmission, all numbers without their letters.
    """
    keys = [condensed(text)]
    for number in find_numbers(text):
        whole = condensed(number.number)
        digits = "".join(character for character in whole if character.isdecimal())
        keys += [whole, condensed(number.join_key.partition(":")[2])]
        if len(digits) >= 6:
            keys.append(digits)
    return list(dict.fromkeys(key for key in keys if len(key) >= 3))


def numbers_of(study: Study) -> list[str]:
    """Return all numbers and codes by which the documents call a trial, as written."""
    identification = study.protocol_section.identification_module
    found = [study.catalog_section.id or "", identification.nct_id or "", *identification.nct_id_aliases]
    if identification.org_study_id_info:
        found.append(identification.org_study_id_info.id or "")
    found += [info.id or "" for info in identification.secondary_id_infos]
    return list(dict.fromkeys(_plain(number[:_LONGEST_TEXT]) for number in found if number.strip()))


def _clean(text: str | None, longest: int = _LONGEST_TEXT) -> str:
    """Return *text* of a document on one line, without addresses, telephone numbers and control characters."""
    return _plain(TELEPHONE.sub(" ", text[:longest])) if text else ""


def _plain(text: str) -> str:
    """Return *text* on one line, without addresses, control characters and what means something to Pagefind."""
    if "@" in text:
        text = E_MAIL.sub(" ", text)
    if "PAGEFIND_" in text or "\u200b" in text:
        text = _SIGNS.sub("", text)
    if "\\" in text:
        text = _MARKUP.sub("", text)
    if "* " in text or "- " in text:
        text = _BULLET.sub(" • ", text)
    if not text.isprintable():
        text = _CONTROLS.sub(" ", DIRECTIONS.sub("", text))
    return " ".join(text.split())


_TOPICS: tuple[tuple[Role, str], ...] = (
    ("intervention", gettext_noop("Drug or intervention")),
    ("condition", gettext_noop("Condition")),
    ("leadSponsor", ROLES["leadSponsor"]),
    ("sponsorWithoutRole", gettext_noop("Sponsor")),
    ("collaborator", ROLES["collaborator"]),
    ("responsibleParty", ROLES["responsibleParty"]),
    ("principalInvestigator", ROLES["principalInvestigator"]),
    ("studyChair", ROLES["studyChair"]),
    ("studyDirector", ROLES["studyDirector"]),
    ("subInvestigator", ROLES["subInvestigator"]),
    ("official", gettext_noop("Official")),
    ("centralContact", gettext_noop("Contact")),
    ("facilityContact", gettext_noop("Contact at a site")),
    ("site", gettext_noop("Site")),
    ("siteCity", gettext_noop("City")),
    ("country", gettext_noop("Country")),
    ("affiliation", gettext_noop("Affiliation")),
    ("referenceAuthor", gettext_noop("Author of a publication")),
)
"""The roles in the order in which a trial's names are searched and explained, with their labels: messages."""

_PLACES_AND_CONTACTS: tuple[Role, ...] = (
    "country",
    "siteCity",
    "site",
    "centralContact",
    "facilityContact",
    "affiliation",
    "referenceAuthor",
)
_SPONSOR_ROLES: frozenset[Role] = frozenset({"leadSponsor", "collaborator", "sponsorWithoutRole"})
_INSTEAD_OF_SPONSORS: frozenset[Role] = frozenset({"responsibleParty"})
"""By whom a trial is found whose documents name no sponsor."""


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """Some words of a trial that are searched."""

    text: str
    weight: int = 1
    anchor: str = ""
    """Where on the trial's page a part begins that these words and those after them belong to; else nothing."""


class TrialText(msgspec.Struct, frozen=True, array_like=True):
    """All that the search knows of one trial."""

    title: str
    passages: list[Passage]
    facets: dict[str, list[str]]
    """What the trial can be filtered by, each facet with its values."""
    shown: dict[str, str]
    """What a hit shows beside the excerpt; nothing empty."""
    order: dict[str, str]
    """What hits can be sorted by: ``updated`` and ``start``, dates; ``people``.  What is not known is not there."""
    numbers: list[str] = []
    """All numbers and codes by which the documents call the trial."""
    keywords: list[str] = []
    points: list[tuple[str, float, float]] = []
    """Where sites are whose place a document gives: the town's id, latitude, longitude."""


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests that show whether the text of a trial has to be made again."""

    names: bytes
    """For all entities, links and settings."""
    study: Callable[[str], bytes]
    """For a study by its id."""


TITLE_WEIGHT = 9

SIGN = "§"
"""A part's heading: the browser knows the anchors, and nobody who searches for "part" wants all trials."""


EVERY_TRIAL = "ꙮ"
"""A word of every trial, which no document has: a search without words asks for it.  Asked for no word at all, Pagefind
loads its whole index, where for one word it loads one piece.  ``search/engine.js`` has it, too."""


class SearchTexts:
    """The lean texts of all trials of one catalog."""

    def __init__(
        self,
        catalog: Catalog,
        url_of: UrlOf,
        trial_url: Callable[[str], str | None],
        digests: Digests | None = None,
        *,
        contacts: bool = True,
    ) -> None:
        """Prepare to write the texts; *url_of* and *trial_url* give the addresses of pages below the site's root.

        With *digests*, texts that were written before need not be written again.  Entities that have no page are found
        where their trials are, but without *contacts* not people who are nothing else.
        """
        self.catalog = catalog
        self.digests = digests
        self._contacts = contacts
        self.url_of = url_of
        self.trial_url = trial_url
        self._former: dict[str, list[str]] = {}
        for former, study in catalog.former_ids.items():
            self._former.setdefault(study, []).append(former)
        self.urls = {key: url for key, entity in catalog.entities.items() if (url := url_of(entity)) is not None}
        self._labels: dict[tuple[Kind, str], str] = {}
        self._written: dict[tuple[Kind, str], str] = {}
        self._others: dict[tuple[Kind, str], list[str]] = {}

    def paths(self) -> dict[str, str]:
        """Return the id of each trial that has a page by the page's address, sorted."""
        found = ((self.trial_url(study), study) for study in self.catalog.studies)
        return dict(sorted((url, study) for url, study in found if url))

    def _label(self, entity: Entity) -> str:
        """Return an entity's value in a facet: its id, which stays, and its name, which people read."""
        key = entity.kind, entity.id
        if key not in self._labels:
            self._labels[key] = f"{entity.id}|{_clean(self._shown(entity))}"
        return self._labels[key]

    def _shown(self, entity: Entity) -> str:
        if entity.kind == "place" and "country" not in entity.roles and entity.country:
            return f"{entity.name}, {entity.country}"
        return entity.name

    def others(self, entity: Entity) -> list[str]:
        """Return the other spellings of an entity."""
        key = entity.kind, entity.id
        if key not in self._others:
            self._others[key] = other_spellings(entity)
        return self._others[key]

    def _with_spellings(self, entity: Entity) -> str:
        key = entity.kind, entity.id
        if key not in self._written:
            others = self.others(entity)
            also = f" (also written {', '.join(others)})" if others else ""
            self._written[key] = f"{_clean(entity.name)}{also}"
        return self._written[key]

    # One trial

    def text(self, identifier: str) -> TrialText:
        """Return what the search knows of one trial: searchable words, facets, and what a hit shows."""
        study = self.catalog.studies[identifier]
        linked = self._linked(identifier)
        passages = list(self._passages(study, linked))
        return TrialText(
            title_of(study),
            [*passages, *_in_other_spellings(title_of(study), *(passage.text for passage in passages))],
            self.facets(study, linked),
            {name: text for name, text in self.shown(study, linked).items() if text},
            _order(study),
            self._numbers(study, identifier),
            [_clean(keyword) for keyword in study.protocol_section.conditions_module.keywords],
            self._points(identifier, study),
        )

    def _passages(self, study: Study, linked: dict[Role, list[Entity]]) -> Iterator[Passage]:
        stated = [] if self._contacts else list(contacts_stated(study))
        for passage in (*self._head(study, linked), *self._sections(study, linked)):
            text = passage.text
            for value, instead in stated:
                text = text.replace(value, instead)
            yield Passage(text, passage.weight, passage.anchor)

    def _numbers(self, study: Study, identifier: str) -> list[str]:
        """Return the numbers of a trial, and the ids that it had before it had this one."""
        numbers = numbers_of(study)
        known = {condensed(number) for number in numbers}
        return numbers + [former for former in self._former.get(identifier, ()) if condensed(former) not in known]

    def _linked(self, identifier: str) -> dict[Role, list[Entity]]:
        """Return the entities of a trial by their role, each once."""
        found: dict[Role, dict[str, Entity]] = {}
        for link in self.catalog.links_of_study(identifier):
            entity = self.catalog.entities.get((link.kind, link.entity))
            if entity is not None and (self._contacts or not is_only_contact(entity)):
                found.setdefault(link.role, {})[link.entity] = entity
        return {role: list(entities.values()) for role, entities in found.items()}

    def _head(self, study: Study, linked: dict[Role, list[Entity]]) -> Iterator[Passage]:
        identification = study.protocol_section.identification_module
        yield from _passage(" · ".join(filter(None, [*numbers_of(study), _clean(identification.acronym)])), 10)
        official = _clean(identification.official_title)
        if official and official != title_of(study):
            yield from _passage(official, 6)
        for role, _ in _TOPICS[:2]:
            for entity in linked.get(role, ()):
                yield from _passage(self._with_spellings(entity), 7)
        keywords = study.protocol_section.conditions_module.keywords
        if keywords:
            yield from _passage(_clean(", ".join(keywords)), 4)

    def _sections(self, study: Study, linked: dict[Role, list[Entity]]) -> Iterator[Passage]:
        protocol, section = study.protocol_section, study.catalog_section
        description = protocol.description_module
        summary = [description.brief_summary, *section.objectives]
        yield from _section("summary", summary, 2, LONGEST["summary"])
        joint = [statement.text for statement in section.joint_statements]
        yield from _section("said-of-several-trials-together", joint)
        eligibility = protocol.eligibility_module
        criteria = [eligibility.eligibility_criteria, eligibility.study_population]
        yield from _section("who-can-take-part", criteria, 1, LONGEST["criteria"])
        arms = protocol.arms_interventions_module
        labels = [*(arm.label for arm in arms.arm_groups), *(item.name for item in arms.interventions)]
        yield from _section(
            "arms-and-interventions",
            [*labels, *section.other_intervention_names, *(item.description for item in arms.interventions)],
            1,
            LONGEST["arms"],
        )
        outcomes = protocol.outcomes_module
        measured = [*outcomes.primary_outcomes, *outcomes.secondary_outcomes, *outcomes.other_outcomes]
        measures = [*(item.measure for item in measured), *(item.measure for item in section.outcomes_without_type)]
        yield from _section("what-is-measured", measures, 1, LONGEST["outcomes"])
        people = [self._with_spellings(entity) for role, _ in _TOPICS[2:11] for entity in linked.get(role, ())]
        yield from _section("sponsors-and-people", people, 3)
        sites = [
            self._with_spellings(entity)
            for role in _PLACES_AND_CONTACTS
            for entity in linked.get(role, ())[:_MOST_OF_A_ROLE]
        ]
        yield from _section("sites-and-contacts", [", ".join(sites)])
        unread = [text.text for text in section.unread]
        yield from _section("text-that-no-rule-could-read", unread)
        keys = dict.fromkeys(key for number in numbers_of(study) for key in number_keys(number))
        yield from _section("identifiers", [" ".join(keys)], 10)

    def facets(self, study: Study, linked: dict[Role, list[Entity]]) -> dict[str, list[str]]:
        """Return what a trial can be filtered by, each facet with its values."""
        protocol = study.protocol_section
        found: dict[str, dict[str, None]] = {}

        def add(name: str, *values: str) -> None:
            found.setdefault(name, {}).update(dict.fromkeys(values))

        add("status", protocol.status_module.overall_status or NOT_STATED)
        add("type", protocol.design_module.study_type or NOT_STATED)
        add("phase", *(protocol.design_module.phases or [NOT_STATED]))
        add("sex", protocol.eligibility_module.sex or NOT_STATED)
        add("age", *(ages_of(study) or [NOT_STATED]))
        start = protocol.status_module.start_date_struct
        year = start.date[:4] if start and start.date else ""
        add("start", year if re.fullmatch("[0-9]{4}", year) else NOT_STATED)
        add("results", results_of(study))
        add("flag", *(flag.code for flag in study.catalog_section.flags))
        if study.catalog_section.contradictions:
            add("flag", CONTRADICTION)
        add("class", sponsor_class(study) or NOT_STATED)
        sponsors = [role for role in _SPONSOR_ROLES if linked.get(role)]
        for facet, roles in (
            ("condition", ("condition",)),
            ("drug", ("intervention",)),
            ("sponsor", sponsors or _INSTEAD_OF_SPONSORS),
            ("country", ("country",)),
            ("city", ("siteCity",)),
        ):
            for role, _ in _TOPICS:
                if role in roles:
                    add(facet, *(self._label(entity) for entity in linked.get(role, ())))
        add("site", *self._sites(study))
        return {name: list(values) for name, values in found.items() if values}

    def _sites(self, study: Study) -> list[str]:
        """Return each town of a trial's sites with the best that is known of recruiting there: ``paris 1``."""
        best: dict[str, int] = {}
        overall = study.protocol_section.status_module.overall_status in OPEN_STATUSES
        for link in self.catalog.links_of_study(study.catalog_section.id or ""):
            if link.role == "siteCity":
                site = location_at(study, link.pointer)
                own = site.status if site else None
                if own in OPEN_STATUSES:
                    known = SITE_RECRUITS if overall else TRIAL_RECRUITS
                else:
                    known = TRIAL_RECRUITS if overall and own is None else SITE_CLOSED
                best[link.entity] = min(best.get(link.entity, SITE_CLOSED), known)
        return [f"{place} {known}" for place, known in sorted(best.items())]

    def shown(self, study: Study, linked: dict[Role, list[Entity]]) -> dict[str, str]:
        """Return what a hit shows of its trial beside the excerpt."""
        protocol, section = study.protocol_section, study.catalog_section
        enrollment = protocol.design_module.enrollment_info
        start = protocol.status_module.start_date_struct
        return {
            "title": title_of(study),
            "number": "" if section.provisional else section.id or "",
            "acronym": _clean(protocol.identification_module.acronym),
            "status": protocol.status_module.overall_status or "",
            "phase": " ".join(protocol.design_module.phases),
            "type": protocol.design_module.study_type or "",
            "people": str(enrollment.count) if enrollment and enrollment.count is not None else "",
            "sponsor": _names(linked, "leadSponsor", "sponsorWithoutRole") or _responsible_party(linked),
            "condition": _names(linked, "condition"),
            "country": _names(linked, "country", most=4),
            "start": start.date or "" if start else "",
            "updated": statement_date(study) or "",
            "names": " ␞ ".join(self._explained(linked)),
        }

    def _explained(self, linked: dict[Role, list[Entity]]) -> Iterator[str]:
        """Yield the names of a trial with the number of their role, name and other spellings.

        Visible separators stand between them, since Pagefind makes all blanks one.
        """
        seen: set[tuple[str, str]] = set()
        for number, (role, _) in enumerate(_TOPICS):
            for entity in linked.get(role, ()):
                if (entity.kind, entity.id) not in seen and len(seen) < _MOST_NAMES:
                    seen.add((entity.kind, entity.id))
                    yield " ␟ ".join([str(number), _clean(entity.name), *self.others(entity)[:8]])

    # What belongs to no single trial

    def _points(self, identifier: str, study: Study) -> list[tuple[str, float, float]]:
        found = []
        for link in self.catalog.links_of_study(identifier):
            site = location_at(study, link.pointer) if link.role == "siteCity" else None
            point = site.geo_point if site else None
            if point and point.lat is not None and point.lon is not None:
                found.append((link.entity, point.lat, point.lon))
        return found


CODES: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("phase", "type", "sex", "age", "class"), words),
    "status": lambda code: status(code).label,
    "flag": flag_title,
}
"""The facets whose values are codes, and what puts a code into words."""


def labels_of(codes: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Return what the *codes* of each facet are called, and the roles that hits tell of."""
    found: dict[str, dict[str, str]] = {
        "role": {str(number): gettext(label) for number, (_, label) in enumerate(_TOPICS)}
    }
    for name, in_words in CODES.items():
        found[name] = {code: in_words(code) for code in sorted(set(codes.get(name, ())) - {NOT_STATED})}
    return found


def as_html(text: TrialText) -> bytes:
    """Return *text* as a page from which Pagefind's own program makes the same index."""
    parts = [f'<h1 data-pagefind-weight="{TITLE_WEIGHT}">{_text(text.title)}</h1>']
    for passage in text.passages:
        if passage.anchor:
            parts.append(f'<h2 id="{passage.anchor}">{SIGN}</h2>')
        parts.append(f'<p data-pagefind-weight="{passage.weight}">{_text(passage.text)}</p>')
    parts.append(f"<p>{EVERY_TRIAL}</p>")
    for name, values in text.facets.items():
        parts += (f'<meta data-pagefind-filter="{name}[content]" content="{html.escape(value)}">' for value in values)
    for name, value in text.order.items():
        parts.append(f'<meta data-pagefind-sort="{name}[content]" content="{html.escape(value)}">')
    for name, value in text.shown.items():
        parts.append(f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">')
    head = f'<!doctype html><html lang="en"><head><title>{html.escape(text.title)}</title></head>'
    return f"{head}<body data-pagefind-body>{''.join(parts)}</body></html>\n".encode("utf-8", "replace")


def _text(text: str) -> str:
    """Return *text* as HTML, with its quotes as they are: how a text ends matters to Pagefind."""
    return html.escape(text, quote=False)


def title_of(study: Study) -> str:
    """Return the title by which a trial is shown."""
    identification = study.protocol_section.identification_module
    return (
        _clean(identification.brief_title)
        or _clean(identification.official_title)
        or _clean(identification.acronym)
        or study.catalog_section.id
        or ""
    )


def results_of(study: Study) -> str:
    """Return whether results are posted: ``YES``, ``NO`` where a document says so, or that none states it."""
    posted = study.protocol_section.status_module.results_first_post_date_struct
    if study.has_results or study.results_section is not None or posted:
        return "YES"
    return NOT_STATED if study.has_results is None else "NO"


def sponsor_class(study: Study) -> str | None:
    """Return the class of the lead sponsor, else of the sponsor whose role is not stated where all have one class."""
    lead = study.protocol_section.sponsor_collaborators_module.lead_sponsor
    if lead is not None:
        return lead.class_
    classes = {sponsor.class_ for sponsor in study.catalog_section.sponsors_without_role}
    return classes.pop() if len(classes) == 1 else None


_AGE = re.compile(r"(?<!\d)(\d+(?:\.\d+)?)\s*(Year|Month|Week|Day|Hour|Minute)s?", re.IGNORECASE)
_IN_YEARS = {"year": 1.0, "month": 1 / 12, "week": 1 / 52, "day": 1 / 365, "hour": 0.0, "minute": 0.0}


def ages_of(study: Study) -> list[str]:
    """Return the age groups that can take part: as stated, else as the stated age limits include them."""
    eligibility = study.protocol_section.eligibility_module
    if eligibility.std_ages:
        return list(eligibility.std_ages)
    lowest, highest = _years(eligibility.minimum_age), _years(eligibility.maximum_age)
    if lowest is None and highest is None:
        return []
    groups = (("CHILD", 0.0, 18.0), ("ADULT", 18.0, 65.0), ("OLDER_ADULT", 65.0, 200.0))
    return [
        name
        for name, first, end in groups
        if (lowest is None or lowest < end) and (highest is None or highest >= first)
    ]


def _years(age: str | None) -> float | None:
    match = _AGE.search(age or "")
    return float(match[1]) * _IN_YEARS[match[2].lower()] if match else None


def other_spellings(entity: Entity) -> list[str]:
    """Return the spellings of an entity that differ from its name by more than case and accents."""
    found: dict[str, str] = {fold(entity.name): ""}
    for spelling in entity.spellings:
        found.setdefault(fold(spelling.text), _clean(spelling.text, 200))
    return [text for text in found.values() if text]


def _names(linked: dict[Role, list[Entity]], *roles: Role, most: int = 3) -> str:
    names = [_clean(entity.name) for role in roles for entity in linked.get(role, ())]
    return and_more(", ".join(names[:most]), len(names) - most)


def _responsible_party(linked: dict[Role, list[Entity]]) -> str:
    names = _names(linked, "responsibleParty")
    return f"{names} ({in_sentence(role_name('responsibleParty'))})" if names else ""


def _order(study: Study) -> dict[str, str]:
    start = study.protocol_section.status_module.start_date_struct
    enrollment = study.protocol_section.design_module.enrollment_info
    people = "" if enrollment is None or enrollment.count is None else str(enrollment.count)
    order = {"updated": statement_date(study), "start": start.date if start else None, "people": people}
    return {column: value for column, value in order.items() if value}


def _passage(text: str, weight: int) -> Iterator[Passage]:
    if text:
        yield Passage(f"{text}.", weight)


def _in_other_spellings(*texts: str) -> Iterator[Passage]:
    """Yield the words of *texts* that British and American English write differently, each in the other way."""
    found = dict.fromkeys(word for text in texts for word in _TOKEN.findall(text.casefold()))
    others = [word for word in dict.fromkeys(other_spellings_of(found)) if word not in found]
    if others:
        yield Passage(f"Also spelled {', '.join(others)}.", 1, "also-spelled")


def _section(
    anchor: str, texts: Sequence[str | None], weight: int = 1, longest: int = _LONGEST_TEXT
) -> Iterator[Passage]:
    """Yield a part of a trial's page with the anchor that it has there, cut off after *longest* characters."""
    cleaned = [text for text in (_clean(text) for text in texts) if text]
    for text in dict.fromkeys(cleaned):
        if longest > 0:
            yield Passage(_shortened(text, longest), weight, anchor)
            longest -= len(text)
            anchor = ""


def _shortened(text: str, longest: int) -> str:
    """Return *text* with a full stop at its end, cut off between words where it is longer than that."""
    if len(text) > longest:
        text = text[:longest].rpartition(" ")[0] + " …"
    return text if text.endswith((".", "…", "?", "!")) else f"{text}."
