"""Studies to mentions: every name that a study states, its role, and the facts beside it.

What is no name of an entity is set aside here by rule, each with its reason: comparators, roles that are no
persons, masked sites.  Which entity a mention refers to is for the resolvers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from generator.identity.cleaning import clean, fold, words
from generator.identity.countries import country_key
from generator.identity.drug_names import (
    DRUG_TYPES,
    can_be_alias,
    combination_parts,
    comparator_class,
    drug_core,
    drug_key,
    is_class,
    is_description,
    is_list,
    is_placebo_of,
    may_name_several,
    names_several,
    names_within,
    sounds_like_drug,
)
from generator.identity.keys import (
    city_key,
    condition_key,
    is_single_name,
    looks_like_person,
    mentions_organization,
    person_name,
    place_behind,
    split_postal_end,
)
from generator.identity.word_lists import FUNCTIONS, ROLE_WORDS, WORDS_OF_NO_ORGANIZATION
from generator.model.catalog import Kind, Mention, Role
from generator.model.source import Source
from generator.model.study import Contact, Intervention, Location, Study

OFFICIAL_ROLES: dict[str, Role] = {
    "PRINCIPAL_INVESTIGATOR": "principalInvestigator",
    "SUB_INVESTIGATOR": "subInvestigator",
    "STUDY_CHAIR": "studyChair",
    "STUDY_DIRECTOR": "studyDirector",
}
INVESTIGATOR_ROLES: frozenset[Role] = frozenset(
    {"principalInvestigator", "subInvestigator", "studyChair", "studyDirector", "responsibleParty", "official"}
)
"""Roles whose holders may be recognised among the authors of the study's references."""


@dataclass(frozen=True, slots=True, order=True)
class RejectedName:
    """A name that is no entity's, and why."""

    study: str
    pointer: str
    text: str
    reason: str
    """``placebo``, ``sham``, ``saline``, ``care``; ``class``, ``role``, ``masked``, ``untyped``, ``description``,
    ``several`` (a line that may hold several values)."""


@dataclass(slots=True)
class Mentions:
    """What one or more studies mention."""

    mentions: list[Mention] = field(default_factory=list)
    rejected: list[RejectedName] = field(default_factory=list)


def identifier(study: Study) -> str:
    """Return the id of *study*: its registry number, or the slug of a trial without one."""
    return study.catalog_section.id or study.protocol_section.identification_module.nct_id or ""


def sources_of(study: Study, pointer: str) -> tuple[Source, ...]:
    """Return where the value at *pointer* stands; a source covers everything below its own pointer."""
    known = study.catalog_section.sources
    while True:
        if pointer in known:
            return tuple(known[pointer])
        if not pointer:
            return ()
        pointer = pointer.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class StatedNames:
    """Names that the documents of a catalog state beyond doubt, by key."""

    drugs: Container[str] = frozenset()
    """Typed as a drug, or in a vocabulary."""
    conditions: Container[str] = frozenset()
    """Stated as one value, by a curated name, or in a vocabulary."""


def may_be_several(study: Study, pointer: str) -> bool:
    """Say whether all documents that state the value at *pointer* may have several values in its place."""
    sources = sources_of(study, pointer)
    return bool(sources) and all(source.several for source in sources)


def mentions_of(study: Study, known: StatedNames | None = None) -> Mentions:
    """Return all names that *study* states.

    An intervention without a type counts as a drug only where its name is *known*, or has the form of a drug's name.
    A line that may hold several conditions is one only where it is known as one, or where the study's own sentences
    have it.
    """
    collector = _Collector(study, known or StatedNames())
    collector.sponsors()
    collector.officials_and_contacts()
    collector.locations()
    collector.interventions()
    collector.conditions()
    return collector.found


_SEVERAL = re.compile(r"(?:^|;\s*)\d{1,2}[.)]\s+(?=\D)")


def names_in(text: str) -> list[str]:
    """Return the names that stand in one string: "1. A; 2. B" and "A; B" are two each."""
    text = clean(text)
    pieces = _SEVERAL.split(text) if _SEVERAL.match(text) else text.split(";")
    names = [piece.strip(" ;,") for piece in pieces]
    return [name for name in names if any(letter.isalpha() for letter in name)]


_NO_NAME = re.compile(
    r"(?<!\W)\W*(?:(?:name |identity )?(?:redacted|withheld|confidential|undisclosed|anonymi[sz]ed)|n/?[ad]|"
    r"n\.a\.?|none|nil|null|unknown|unspecified|anonymous|cancell?ed|pending|tb[acdn]|"
    r"to be (?:determined|announced|confirmed|decided|assigned|named)|"
    r"(?:same )?as above|see (?:above|below)|no (?:name|sponsor|collaborator|organi[sz]ation)|"
    r"not (?:applicable|available|assigned|provided|specified|stated|disclosed|known|given|selected)|"
    r"not yet (?:known|determined|decided))\W*",
    re.IGNORECASE,
)
"""What stands in a name's field where there is no name, or it is withheld: two of them are not one name."""
_TELEPHONE = re.compile(r"\d{3}[-. )]{1,2}(?:\d{3,4}|[A-Z]{3,8}\b)")
_CALLS = re.compile(r"\b(?:call|contact|information|please|toll.free|hotline)\b", re.IGNORECASE)
_SYSTEM_ID = re.compile(r"(?:\s|/){0,9}\bID\s?#\s?\d{2,10}\s{0,9}$", re.IGNORECASE)
_SYSTEM_NUMBERS = (
    _SYSTEM_ID,
    re.compile(r"^(?:site|center|centre)[ #]{0,2}\d{1,6} {0,2}[-–:] {0,2}(?=\S)", re.IGNORECASE),
    re.compile(r"^\d{3,6} {1,2}[-–] {1,2}(?=\S)"),
    re.compile(r" {0,2}[(\[] {0,2}(?:site|center|centre)[ #-]{0,3}\d{1,6} {0,2}[)\]]$", re.IGNORECASE),
    re.compile(r" {1,2}[(\[]\d{4,6}[)\]]$"),
    re.compile(r" {1,2}[-–] {1,2}\d{4,6}$"),
)
"""What a sponsor's system adds to the name of a hospital: "Duke University /ID# 254022", "1101 - AKH Wien"."""
_CODE = re.compile(r"[^\W\d_]{0,6}\d[\w./-]{0,20}(?:[ #-]{1,2}[\w./-]{0,6}\d[\w./-]{0,20}){0,3}")
"""A name of numbers: "AS0006 101"."""
_ADDRESS = re.compile(r"\S{1,80}@\S{1,80}|https?://\S{1,300}|www\.\S{1,300}", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:(?:the |study )?sponsor'?s? |chief |full |associate |assistant |clinical |adjunct |emeritus )*"
    r"(?:professor|lecturer|consultant|resident|medical expert|physician|surgeon)(?: (?:of|in|for) [^,]{0,80})?",
    re.IGNORECASE,
)
"""What somebody is, in the place of where he works: "Associate Professor of Radiology"."""


def without_system_numbers(text: str) -> str:
    """Return a site's name without the numbers that a sponsor's system adds to it."""
    if not any(letter.isdigit() for letter in text):
        return text
    shorter = clean(text)
    for number in _SYSTEM_NUMBERS:
        shorter = number.sub("", shorter) or shorter
    return shorter if shorter != clean(text) else text


@lru_cache(maxsize=65536)
def names_no_organization(text: str) -> bool:
    """Say whether what stands in an organization's place is a number, an address, an office, a function, or no name."""
    text = clean(text)
    if len(text) > _LONGEST_MASK:
        return False
    if _CODE.fullmatch(text) or _ADDRESS.fullmatch(text):
        return True
    if (number := _TELEPHONE.search(text)) and len(words(text[: number.start()] + text[number.end() :])) <= _FEW_WORDS:
        return True
    parts = words(fold(text))
    if all(
        part in WORDS_OF_NO_ORGANIZATION or _NUMBER_OF_SITE.fullmatch(part) for part in parts
    ) or _CALL_CENTER.search(text):
        return True
    if parts and parts[-1] in FUNCTIONS and ROLE_WORDS.issuperset(parts):
        return True
    return _OFFICE.fullmatch(text) is not None and not _NAMED_SITE.search(text)


_NUMBER_OF_SITE = re.compile(r"[a-z]{0,3}\d{1,8}|org|x{2,}")
_CALL_CENTER = re.compile(r"\bcall cent(?:er|re)s?$", re.IGNORECASE)
_FEW_WORDS = 4
"""Words beside a telephone number that do not make it an organization: "1-844-599-2273 (UCB)"."""


_NUMBER_OR_ADDRESS = re.compile(
    r"(?<![\s+(])[\s+(]*\d[\d\s+()./-]{6,20}(?:\s*\([^()]{1,40}\))?|[\w.+%-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
)
"""A telephone number, also with whose it is behind it, or an e-mail address in the place of a name."""


def is_no_name(text: str) -> bool:
    """Say whether a name's field has none: "[Redacted]", "N/A", a telephone number or an e-mail address."""
    return len(text) <= _LONGEST_MASK and any(one.fullmatch(text) for one in (_NO_NAME, _NUMBER_OR_ADDRESS))


_MASKED_SITE = re.compile(
    # A company's own word for its sites may stand behind the company's name ...
    r"^(?:.*\b)?investigat(?:ional|ive|or|ion)\s+(?:study\s+)?(?:site|center|centre)\b"
    r"(?:\s*(?:number|no\.?|#|nr\.?|id|ref\w*))?[\s#:.,/()-]*[\w/-]*\)?$|"
    r"^(?:.*\b)?(?:research|study|trial|clinical(?: trials?| research| study)?)\s+site\b"
    r"(?:\s*(?:number|no\.?|#|nr\.?|id|ref\w*))?[\s#:.,/()-]*[\w/-]*\)?$|"
    # ... but "research center" is masked only where nothing stands before it.
    r"^(?:the\s+)?(?:research|study|clinical(?: trials?| research| study)?|trial|local|recruiting|investigator)\s+"
    r"(?:institution|center|centre|location|facility|unit)\b[\s#:.,/()-]*(?:\d[\w/-]*)?\)?$|"
    r"^(?:selected |study )?site (?:reference )?(?:id|no|number|ref)\b[\w\s#/:.-]{0,60}$|"
    r"^(?:.{0,80}\W)?selected (?:study |trial )?(?:sites?|cent(?:er|re)s?)$|"
    r"^(?:site|center|centre|location|facility|investigator|research facility|call center|many locations|"
    r"multiple (?:sites|locations)|for additional information.*|for more information.*|see .*|various.*|unknown)"
    r"[\s#:.,-]*(?:number|no\.?)?[\s#:.,-]*[\w/-]*$",
    re.IGNORECASE,
)
_LONGEST_MASK = 120
_LONGEST_NAME = 400
"""Characters; what is longer is a text, and the expressions that look at names would take long over it."""
_NAMED_SITE = re.compile(r"\b(?:university|hospital|institute|college|h[oô]pital|klini\w+|medical cent)", re.IGNORECASE)


@lru_cache(maxsize=65536)
def is_masked_site(text: str) -> bool:
    """Say whether a facility's name hides which it is: "Research Site", "GSK Investigational Site"."""
    text = clean(text)
    if not any(letter.isalpha() for letter in text) or is_no_name(text) or _SYSTEM_ID.fullmatch(text):
        return True
    if names_no_organization(text):
        return True
    if _CALLS.search(text) and _TELEPHONE.search(text) and not _NAMED_SITE.search(text):  # a call centre's sentence
        return True
    return len(text) <= _LONGEST_MASK and bool(_MASKED_SITE.match(text)) and not _NAMED_SITE.search(text)


@lru_cache(maxsize=65536)
def split_city(text: str) -> tuple[str | None, str | None]:
    """Return the city and the facility that stand in one city field: "Créteil, Hôpital Albert Chenevier"."""
    parts = [part.strip() for part in clean(text).split(",") if part.strip()]
    facilities = [part for part in parts if mentions_organization(part)]
    cities = [part for part in parts if part not in facilities]
    if not facilities or not cities:
        return clean(text) or None, None
    return cities[0], ", ".join(facilities)


def other_names_in(text: str, owner: str) -> list[str]:
    """Return the names in one other name: "Zithromax, Azithrocin" are two, unless the drug itself is a list."""
    pieces = [piece.strip() for piece in text.split(",")]
    several = (
        len(pieces) > 1
        and not names_several(owner)
        and all(len(piece.split()) <= _LONGEST_OTHER_NAME and can_be_alias(piece) for piece in pieces)
    )
    return pieces if several else [text]


_LIST_BORDER = re.compile(r" ?[,;] ?(?:and |or )?| (?:and|or|plus) | ?\+ ?")
_SHORTEST_DRUG = 3
"""Letters and digits: fewer are a short form that can mean anything."""

_LONGEST_OTHER_NAME = 2
"""Words; names of chemistry are longer and have commas of their own."""


class _Collector:
    """Walks through one study."""

    def __init__(self, study: Study, known: StatedNames) -> None:
        self.study = study
        self.id = identifier(study)
        self.known = known
        self.found = Mentions()
        self.protocol = study.protocol_section
        countries = [*study.catalog_section.countries] + [
            location.country for location in self.protocol.contacts_locations_module.locations if location.country
        ]
        keys = {country_key(country) for country in countries}
        self.country = countries[0] if len(keys) == 1 else None
        """The country of a trial that has one only: those named without an address stand there too."""

    def add(
        self,
        kind: Kind,
        text: str | None,
        role: Role,
        pointer: str,
        *,
        city: str | None = None,
        state: str | None = None,
        country: str | None = None,
        affiliation: str | None = None,
        email: str | None = None,
    ) -> None:
        if text is None or not any(letter.isalpha() for letter in text):
            return
        if len(text) > _LONGEST_NAME:
            self.reject(text, pointer, "is too long to be a name")
            return
        if is_no_name(text):
            self.reject(text, pointer, "says that there is no name")
            return
        self.found.mentions.append(
            Mention(
                kind=kind,
                text=clean(text),
                role=role,
                study=self.id,
                pointer=pointer,
                sources=sources_of(self.study, pointer),
                city=city,
                state=state,
                country=country,
                affiliation=affiliation,
                email=email,
            )
        )

    def reject(self, text: str, pointer: str, reason: str) -> None:
        self.found.rejected.append(RejectedName(self.id, pointer, clean(text), reason))

    def person(
        self,
        text: str | None,
        role: Role,
        pointer: str,
        *,
        city: str | None = None,
        country: str | None = None,
        affiliation: str | None = None,
        email: str | None = None,
    ) -> None:
        """Add a person, or set the text aside where it names a role or a call centre."""
        if not text:
            return
        if person_name(text) is None and not is_single_name(text, email):
            self.reject(text, pointer, "role")
            return
        self.add("person", text, role, pointer, city=city, country=country, affiliation=affiliation, email=email)

    def organization(self, text: str | None, role: Role, pointer: str) -> None:
        """Add the organizations that a sponsor's or affiliation's field names; a sponsor can be a person."""
        for name in names_in(text or ""):
            name, city = split_postal_end(name)
            if looks_like_person(name) or self.is_person_here(name):
                self.person(name, role, pointer, country=self.country)
            elif is_masked_site(name):
                self.reject(name, pointer, "no organization")
            else:
                city = city or place_behind(name)
                self.add("organization", name, role, pointer, city=city, country=self.country if city else None)

    def is_person_here(self, name: str) -> bool:
        """Say whether the study itself names a person so: "Victor Montori" can be sponsor and investigator."""
        if mentions_organization(name):
            return False
        person = person_name(name)
        return person is not None and person.full and person.key in self.people

    @cached_property
    def people(self) -> set[str]:
        """The keys of the names that stand where a person's name belongs."""
        party = self.protocol.sponsor_collaborators_module.responsible_party
        places = self.protocol.contacts_locations_module
        texts = [party.investigator_full_name if party else None]
        texts += [one.name for one in places.overall_officials]
        texts += [one.name for one in places.central_contacts]
        found = (person_name(text) for text in texts if text)
        return {person.key for person in found if person is not None and person.full}

    def sponsors(self) -> None:
        module = self.protocol.sponsor_collaborators_module
        base = "/protocolSection/sponsorCollaboratorsModule"
        if module.lead_sponsor:
            self.organization(module.lead_sponsor.name, "leadSponsor", f"{base}/leadSponsor/name")
        for index, sponsor in enumerate(module.collaborators):
            self.organization(sponsor.name, "collaborator", f"{base}/collaborators/{index}/name")
        for index, named in enumerate(self.study.catalog_section.sponsors_without_role):
            pointer = f"/catalogSection/sponsorsWithoutRole/{index}/name"
            self.organization(named.name, "sponsorWithoutRole", pointer)
        party = module.responsible_party
        if party:
            where = f"{base}/responsibleParty"
            affiliation = party.investigator_affiliation
            self.person(
                party.investigator_full_name,
                "responsibleParty",
                f"{where}/investigatorFullName",
                country=self.country,
                affiliation=affiliation,
            )
            self.organization(affiliation, "affiliation", f"{where}/investigatorAffiliation")
            if party.old_name_title and person_name(party.old_name_title.split(",")[0]):
                self.person(
                    party.old_name_title.split(",")[0],
                    "responsibleParty",
                    f"{where}/oldNameTitle",
                    country=self.country,
                )
            self.organization(party.old_organization, "responsibleParty", f"{where}/oldOrganization")
        self.printed_responsible_party()

    def printed_responsible_party(self) -> None:
        """Read the one line of a classic page: an organization, or "name, title, organization"."""
        text: str | None = getattr(self.study.catalog_section, "responsible_party", None)
        if not text:
            return
        pointer = "/catalogSection/responsibleParty"
        parts = [part.strip() for part in clean(text).split(",") if part.strip()]
        if len(parts) > 1 and not mentions_organization(parts[0]) and person_name(parts[0]):
            organization = next((part for part in reversed(parts[1:]) if mentions_organization(part)), None)
            titled = any(
                word in clean(text).lower() for word in ("professor", "investigator", " md", "phd", "director")
            )
            if titled or organization:
                self.person(parts[0], "responsibleParty", pointer, country=self.country, affiliation=organization)
                self.organization(organization, "affiliation", pointer)
                return
        self.organization(text, "responsibleParty", pointer)

    def officials_and_contacts(self) -> None:
        module = self.protocol.contacts_locations_module
        base = "/protocolSection/contactsLocationsModule"
        for index, official in enumerate(module.overall_officials):
            name, city = split_postal_end(official.affiliation or "")
            self.person(
                official.name,
                OFFICIAL_ROLES.get(official.role or "", "official"),
                f"{base}/overallOfficials/{index}/name",
                city=city,
                country=self.country,
                affiliation=name or None,
            )
            self.organization(official.affiliation, "affiliation", f"{base}/overallOfficials/{index}/affiliation")
        for index, contact in enumerate(module.central_contacts):
            self.contact(contact, "centralContact", f"{base}/centralContacts/{index}", country=self.country)
        for index, unpaired in enumerate(self.study.catalog_section.contacts_without_site):
            self.contact(
                Contact(name=unpaired.name, role=unpaired.role, email=unpaired.email),
                "facilityContact",
                f"/catalogSection/contactsWithoutSite/{index}",
                country=self.country,
            )

    def contact(
        self,
        contact: Contact,
        role: Role,
        pointer: str,
        *,
        city: str | None = None,
        country: str | None = None,
        affiliation: str | None = None,
    ) -> None:
        self.person(
            contact.name,
            OFFICIAL_ROLES.get(contact.role or "", role),
            f"{pointer}/name",
            city=city,
            country=country,
            affiliation=affiliation,
            email=contact.email,
        )

    def locations(self) -> None:
        for index, location in enumerate(self.protocol.contacts_locations_module.locations):
            self.location(location, f"/protocolSection/contactsLocationsModule/locations/{index}")
        for index, country in enumerate(self.study.catalog_section.countries):
            self.add("place", country, "country", f"/catalogSection/countries/{index}", country=country)

    def location(self, location: Location, pointer: str) -> None:
        city, hidden = split_city(location.city or "")
        hidden_at = f"{pointer}/city"
        state = location.state
        if hidden is None and state and mentions_organization(state):
            hidden, hidden_at, state = state, f"{pointer}/state", None
        country = location.country
        facility = location.facility
        if facility and looks_like_person(facility):
            # A person stands in the facility's slot, and then the facility in the city's or the state's.
            self.person(
                facility, "facilityContact", f"{pointer}/facility", city=city, country=country, affiliation=hidden
            )
            facility = hidden
        elif facility:
            self.site(facility, f"{pointer}/facility", city, state, country)
        if hidden:
            self.site(hidden, hidden_at, city, state, country)
        if city and city_key(city):
            self.add("place", city, "siteCity", f"{pointer}/city", city=city, state=state, country=country)
        if state and country:
            self.add("place", state, "region", f"{pointer}/state", country=country)
        if country:
            self.add("place", country, "country", f"{pointer}/country", country=country)
        for position, contact in enumerate(location.contacts):
            self.contact(
                contact,
                "facilityContact",
                f"{pointer}/contacts/{position}",
                city=city,
                country=country,
                affiliation=facility if facility and not is_masked_site(facility) else None,
            )

    def site(self, text: str, pointer: str, city: str | None, state: str | None, country: str | None) -> None:
        text = without_system_numbers(text)
        if is_masked_site(text):
            self.reject(text, pointer, "masked")
        else:
            self.add("organization", text, "site", pointer, city=city, state=state, country=country)

    def interventions(self) -> None:
        module = self.protocol.arms_interventions_module
        base = "/protocolSection/armsInterventionsModule/interventions"
        drugs = []
        others = 0
        for index, intervention in enumerate(module.interventions):
            pointer = f"{base}/{index}"
            name = intervention.name or ""
            comparator = comparator_class(name)
            if not name:
                continue
            parts = combination_parts(name)
            if comparator and (is_placebo_of(parts) or not any(comparator_class(part) is None for part in parts)):
                self.reject(name, f"{pointer}/name", comparator)
                continue
            if is_description(name):
                self.told_drugs(intervention, f"{pointer}/name")
                self.reject(name, f"{pointer}/name", "description")
                continue
            if is_list(name) or (intervention.type is None and not parts and may_name_several(name)):
                listed, is_whole = self.listed_drugs(name)
                for part in listed:
                    self.add("drug", part, "intervention", f"{pointer}/name")
                if not is_whole:
                    self.reject(name, f"{pointer}/name", "several")
                others += 1
                continue
            if not self.is_drug(intervention, name):
                others += 1
                if intervention.type is None:
                    self.told_drugs(intervention, f"{pointer}/name")
                    self.reject(name, f"{pointer}/name", "untyped")
                continue
            if is_class(name) or len(drug_key(name)) < _SHORTEST_DRUG:
                self.reject(name, f"{pointer}/name", "class")
                continue
            drugs.append(index)
            self.add("drug", name, "intervention", f"{pointer}/name")
            for position, other in enumerate(intervention.other_names):
                self.other_name(other, f"{pointer}/otherNames/{position}", name)
        unassigned = self.study.catalog_section.other_intervention_names
        if len(drugs) == 1 and not others:
            for position, other in enumerate(unassigned):
                owner = module.interventions[drugs[0]].name or ""
                self.other_name(other, f"/catalogSection/otherInterventionNames/{position}", owner)

    def other_name(self, text: str, pointer: str, owner: str) -> None:
        comparator = comparator_class(text)
        if comparator:
            self.reject(text, pointer, comparator)
        elif is_class(text):
            self.reject(text, pointer, "class")
        elif self.may_be_several_names(text):
            self.reject(text, pointer, "several")
        else:
            for name in other_names_in(text, owner):
                self.add("drug", name, "intervention", pointer)

    def may_be_several_names(self, text: str) -> bool:
        """Say whether a line of other names, without borders between them, may hold more than one."""
        lines = self.study.catalog_section.other_intervention_names
        return (
            text in lines
            and may_be_several(self.study, f"/catalogSection/otherInterventionNames/{lines.index(text)}")
            and len(words(drug_core(text).replace("-", ""))) > 1
            and drug_key(text) not in self.known.drugs
            and not self.says(drug_core(text))
        )

    def is_drug(self, intervention: Intervention, name: str) -> bool:
        if intervention.type is not None:
            return intervention.type.upper().replace(" ", "_") in DRUG_TYPES
        parts = [part for part in combination_parts(name) if comparator_class(part) is None]
        return self.names_drug(name) or (bool(parts) and all(map(self.names_drug, parts)))

    def listed_drugs(self, text: str) -> tuple[list[str], bool]:
        """Return the known drugs in a list such as "Bortezomib, Dexamethasone", and whether it has no more."""
        pieces = [drug_core(piece) for piece in _LIST_BORDER.split(drug_core(text)) if piece.strip()]
        parts = [part for piece in pieces for part in combination_parts(piece) or [piece]]
        known = [part for part in parts if comparator_class(part) is None and self.is_known_drug(part)]
        return list(dict.fromkeys(known)), len(known) == len(parts)

    def told_drugs(self, intervention: Intervention, pointer: str) -> None:
        """Add the known drugs that the text of an intervention tells to be given: "Drug X 0.1 oral 2/day".

        A text that denies, compares or leaves a choice adds none, and of a drug that is typed otherwise none is looked
        for.
        """
        text = intervention.name or ""
        typed = intervention.type is None or intervention.type.upper().replace(" ", "_") in DRUG_TYPES
        for name in names_within(text, self.is_known_drug) if typed else ():
            self.add("drug", name, "intervention", pointer)

    def is_known_drug(self, name: str) -> bool:
        """Say whether a name is one that a document types as a drug, or a vocabulary has."""
        key = drug_key(name)
        return len(key) > _SHORTEST_DRUG and not is_class(name) and key in self.known.drugs

    def names_drug(self, name: str) -> bool:
        """Say whether a name whose type is not stated is known as a drug's, or has the form of one."""
        return drug_key(name) in self.known.drugs or sounds_like_drug(name)

    def conditions(self) -> None:
        for index, condition in enumerate(self.protocol.conditions_module.conditions):
            pointer = f"{_CONDITIONS}/{index}"
            if (
                may_be_several(self.study, pointer)
                and condition_key(condition) not in self.known.conditions
                and not self.says(condition)
            ):
                self.reject(condition, pointer, "several")
            else:
                self.add("condition", condition, "condition", pointer)

    def says(self, name: str) -> bool:
        """Say whether a title, summary or keyword of the study has the words of *name* in a row."""
        wanted = words(name)
        # "Colitis, Ulcerative" is said as "ulcerative colitis".
        forms = {" ".join(map(_without_s, form)) for form in (wanted, condition_key(name).split())}
        return len(wanted) == 1 or any(f" {form} " in self.sentences for form in forms)

    @cached_property
    def sentences(self) -> str:
        identification, description = self.protocol.identification_module, self.protocol.description_module
        texts = (
            identification.brief_title,
            identification.official_title,
            description.brief_summary,
            description.detailed_description,
        )
        # A border between two texts, and between two sentences, is no blank between two words.
        pieces = [piece for text in texts for piece in re.split(r"[.;:,()\n]+", text or "")]
        return "|".join(f" {' '.join(map(_without_s, words(piece)))} " for piece in pieces)


def _without_s(word: str) -> str:
    return word.removesuffix("s")


_CONDITIONS = "/protocolSection/conditionsModule/conditions"


def known_names(studies: Iterable[Study], curated: Iterable[str] = ()) -> StatedNames:
    """Return the names that *studies* state beyond doubt; *curated* are those of curated conditions."""
    drugs: set[str] = set()
    conditions = {condition_key(name) for name in curated}
    for study in studies:
        stated = stated_names(study)
        drugs |= stated[0]
        conditions |= stated[1]
    return StatedNames(frozenset(drugs), frozenset(conditions))


def stated_names(study: Study) -> tuple[set[str], set[str]]:
    """Return the keys of the drugs and conditions that *study* states beyond doubt."""
    drugs: set[str] = set()
    conditions: set[str] = set()
    for intervention in study.protocol_section.arms_interventions_module.interventions:
        if intervention.name and (intervention.type or "").upper().replace(" ", "_") in DRUG_TYPES:
            drugs.add(drug_key(intervention.name))
    for index, condition in enumerate(study.protocol_section.conditions_module.conditions):
        if not may_be_several(study, f"{_CONDITIONS}/{index}"):
            conditions.add(condition_key(condition))
    browse = study.derived_section.condition_browse_module if study.derived_section else None
    conditions.update(condition_key(mesh.term) for mesh in (browse.meshes if browse else ()) if mesh.term)
    return drugs, conditions
