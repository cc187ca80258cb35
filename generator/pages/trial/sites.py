"""Where a trial takes place, and whom to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.language.messages import gettext
from generator.model.sentence import Sentence
from generator.model.study import Contact, Location
from generator.pages.text.escaping import NOTHING, Markdown, join
from generator.pages.text.phrases import status_chip, telephone
from generator.pages.text.wording import translated, words
from generator.pages.trial.parts import Gap, Part
from generator.pages.trial.pointers import CATALOG, CONTACTS
from generator.pages.trial.values import LINE, TrialValues


@dataclass(frozen=True)
class SiteGroup:
    """The sites of one country."""

    country: str
    sites: tuple[Markdown, ...]
    status: Markdown = NOTHING
    """The status of all of them, where they share it."""


def sites(values: TrialValues) -> Iterable[SiteGroup]:
    """Yield the sites by country, in the order of the documents."""
    groups: dict[str, list[tuple[int, Location]]] = {}
    for index, item in enumerate(values.protocol.contacts_locations_module.locations):
        groups.setdefault(item.country or gettext("Country not stated"), []).append((index, item))
    for country, members in groups.items():
        codes = {item.status for _, item in members}
        shared = codes.pop() if len(codes) == 1 and len(members) > 1 else None
        lines = tuple(site(values, index, item, shared) for index, item in members)
        yield SiteGroup(country, lines, status_chip(shared) if shared else NOTHING)


def site(values: TrialValues, index: int, item: Location, shared: str | None) -> Markdown:
    """Return a site as an entry of a list; *shared* is the status that is said of all sites of the list."""
    pointer = f"{CONTACTS}/locations/{index}"
    facility, city = f"{pointer}/facility", f"{pointer}/city"
    doubts = values.provenance.doubts
    shown = [
        values.name(item.facility, facility, "organization") + doubts(facility) if item.facility else NOTHING,
        values.name(item.city, city) + doubts(city) if item.city else NOTHING,
        values.linker.text(" ".join(part for part in (item.state, item.zip) if part)),
    ]
    entry = join([part for part in shown if part])
    if item.status and item.status != shared:
        entry = Markdown(f"{entry} {status_chip(item.status)}")
    contacts = item.contacts if values.linker.settings.contacts else []
    fields = ("facility", "city", "state", "zip", "status")
    whole = [pointer] if contacts else [f"{pointer}/{field}" for field in fields if getattr(item, field)]
    entry = Markdown(f"{entry}{values.provenance.flag_tags(pointer)}{values.provenance.mark(*whole)}")
    for position, contact in enumerate(contacts):
        entry = Markdown(f"{entry}{LINE}{site_contact(values, contact, f'{pointer}/contacts/{position}')}")
    return entry


def site_contact(values: TrialValues, item: Contact, pointer: str) -> Markdown:
    """Return a contact at a site on one line; its sources stand with those of the site."""
    part = contact(values, item, pointer, marked=False)
    return join([part.title, *part.details], " · ")


def contact(values: TrialValues, item: Contact, pointer: str, *, marked: bool = True) -> Part:
    """Return a contact as a part; without a mark where its sources stand with those of the site."""
    name = (
        values.name(item.name, f"{pointer}/name", "person")
        if item.name
        else values.linker.text(gettext("Contact without a name"))
    )
    details: list[Markdown] = []
    if item.role and item.role != "CONTACT":
        details.append(values.linker.text(words(item.role)))
    if item.phone:
        details.append(telephone(item.phone + (f" ext. {item.phone_ext}" if item.phone_ext else "")))
    if item.email:
        details.append(values.linker.text(item.email))
    say = values.value if marked else values.tagged
    if details:
        details[-1] = say(details[-1], pointer)
    else:
        name = say(name, pointer)
    return Part(name, tuple(details))


def site_remarks(values: TrialValues) -> Iterable[Markdown]:
    """Return how contacts were paired with sites, once for all."""
    notes: dict[Sentence, None] = {}
    for pointer, sources in values.section.sources.items():
        if pointer.startswith(f"{CONTACTS}/locations/") and "/contacts/" in pointer:
            for source in sources:
                if source.how == "inferred" and source.note:
                    notes.setdefault(source.note)
    if values.linker.settings.contacts:
        yield from (values.linker.text(translated(note)) for note in notes)
    remark = values.lost_remark(f"{CONTACTS}/locations", f"{CATALOG}/countries")
    if remark:
        yield remark


def without_sites(values: TrialValues) -> Markdown:
    """Return what is said where no site is listed, where there is more to say than that."""
    if values.protocol.contacts_locations_module.locations:
        return NOTHING
    why = values.absent(f"{CONTACTS}/locations", f"{CATALOG}/countries")
    if values.section.countries:
        named = enumerate(values.section.countries)
        listed = join([values.name(text, f"{CATALOG}/countries/{index}") for index, text in named])
        message = gettext("Countries: {countries}").format(countries=listed)
        return Markdown(f"{message}{values.provenance.mark(f'{CATALOG}/countries')}")
    return NOTHING if isinstance(why, Gap) else why
