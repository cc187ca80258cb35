"""EU Clinical Trials Information System: the public JSON of one trial, in the layouts of 2022 and of 2024.

Both hold the application as authorised: part I (the protocol) and one part II for each member state (its sites).
The layout of 2024 puts them under ``authorizedApplication`` and writes states as codes, the older one has them at
the top and writes states as words.  What API v2 has no place for is kept under its JSON pointer; only the
numbers by which the database knows its own rows are left out, see :data:`_ROW_KEYS`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import cast

import msgspec

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.pointers import Json, escape, lookup
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.model.sentence import Note, sentence
from generator.model.source import How
from generator.model.word_tables import by_word, listed
from generator.readers.draft import Draft
from generator.readers.json_positions import line_spans
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import YES_OR_NO, date, is_stated, open_value, phases, sex, sex_of

STATUS_CODES = {
    1: "UNDER_EVALUATION",
    2: "NOT_YET_RECRUITING",
    3: "RECRUITING",
    4: "RECRUITING",
    5: "ACTIVE_NOT_RECRUITING",
    6: "SUSPENDED",
    7: "SUSPENDED",
    8: "ENDED",
    9: "EXPIRED",
    10: "REVOKED",
    11: "NOT_AUTHORISED",
    12: "CANCELLED",
}
"""Public status code -> status.  The codes mean: 1 under evaluation; 2 authorised, recruitment pending; 3 authorised,
recruiting; 4 ongoing, recruiting; 5 ongoing, recruitment ended; 6 temporarily halted; 7 suspended; 8 ended;
9 expired; 10 revoked; 11 not authorised; 12 cancelled.  "Ended" does not say whether as planned, so it is not
COMPLETED; 9 to 12 have no counterpart in API v2 either."""

STATUS_WORDS = by_word(
    {
        "UNDER_EVALUATION": "under evaluation",
        "NOT_YET_RECRUITING": "authorised, not started; authorised, recruitment pending",
        "RECRUITING": "authorised, recruiting; ongoing, recruiting",
        "ACTIVE_NOT_RECRUITING": "ongoing, recruitment ended",
        "SUSPENDED": "temporarily halted; halted; suspended",
    }
)
"""The same in words, as the older layout has them, in lower case."""

PHASE_CODES = {4: "PHASE2", 6: "PHASE4"}
"""Code of ``trialCategory.trialPhase`` -> phase; only those that whole files show beside the phase in words."""

AGE_CODES = {2: "CHILD", 3: "ADULT", 4: "OLDER_ADULT"}
"""Code of ``ageRanges`` -> age group; those that whole files show beside the groups in words."""

_AGE_GROUPS = {"0-17 years": "CHILD", "18-64 years": "ADULT", "65+ years": "OLDER_ADULT"}
"""The register's age groups are those of API v2."""

_ROW_KEYS = frozenset(
    listed(
        """
        id; uuid; mscId; applicationId; partTwoId; part1Id; part2Id; clinicalTrialId; countryOrganisationId;
        organisationId; party; addressId; eutctId; trialCategoryId; trialScopeId; mscExtendedId; partOneConclusionId;
        partTwoConclusionId; initialApplicationId; originalApplicationId; associatedEntityId; rfiId; productPk;
        substancePk; termId; documentId; versionNumber; systemVersion; isEditable; isCreate; isSave;
        isBusinessKeyValidated; mscsEditable; msmChild; consCommentInfoListPresent;
        considerationCommentInfoListPresent; businessKeyForDisplay; record_last_import; ctrname
        """
    )
)
"""Keys of the database's own rows and of the forms that edit them: they say nothing about the trial."""
_ROW_LISTS = frozenset({"considerations", "productRoleGroupIds"})
"""Keys of lists of such numbers."""

_NOTHING: tuple[Json, ...] = (None, "", [], {})

_PLACEHOLDERS = frozenset({"n/a", "na", "not applicable", "none", "-", "."})


class _Mapping:
    """Puts one trial's JSON where API v2 has it; what is left stays a registry's field."""

    def __init__(
        self, document: Document, layout: str, trial: dict[str, Json], base: str, lines: dict[str, tuple[int, int]]
    ) -> None:
        self.trial = trial
        self.base = base
        """Pointer of the trial in the document."""
        self.lines = lines
        self.draft = Draft(document, layout)
        self.known: dict[tuple[str, str], int] = {}
        """Path of a list, and a value in it -> the place that the value has there."""
        self.read: set[str] = set()
        """Pointers of values that were taken."""
        self.root = "/authorizedApplication" if isinstance(trial.get("authorizedApplication"), dict) else ""
        self.part_one = f"{self.root}/authorizedPartI"
        self.details = f"{self.part_one}/trialDetails"
        self.information = f"{self.details}/trialInformation"

    def record(self) -> Record:
        """Return the trial's record."""
        identifier = self._identification()
        self._status()
        self._dates()
        self._sponsors()
        self._design()
        self._enrollment()
        self._objectives_and_outcomes()
        self._eligibility()
        self._interventions()
        self._sites()
        for pointer, value in _new_leaves(self.trial, "", set()):
            if pointer not in self.read and value is not None and value != "":
                text = ("true" if value else "false") if isinstance(value, bool) else _clean(str(value))
                self._at(pointer)
                self.draft.registry_field(pointer[1:], text, self._lines(pointer))
        updated = self._date("/lastUpdated")
        return self.draft.finish(identifier, as_of=updated)

    # Taking values out

    def _value(self, pointer: str) -> Json:
        return lookup(self.trial, pointer)

    def _text(self, pointer: str) -> str | None:
        """Return the text at *pointer* without blanks at its ends, None where it says nothing."""
        value = self._value(pointer)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        text = _clean(str(value))
        return text if is_stated(text) and text.casefold() not in _PLACEHOLDERS else None

    def _items(self, pointer: str) -> list[str]:
        """Return the pointers of the items of the list at *pointer*."""
        value = self._value(pointer)
        return [f"{pointer}/{index}" for index in range(len(value))] if isinstance(value, list) else []

    def _date(self, pointer: str) -> str | None:
        """Return the date at *pointer*; where the register writes slashes, the day stands first."""
        text = self._text(pointer)
        return date(text, day_first=True) if text else None

    def _lines(self, pointer: str) -> tuple[int, int]:
        return self.lines.get(self.base + pointer, (1, 1))

    def _at(self, pointer: str) -> None:
        self.draft.place = self.base + pointer

    def _state(self, path: str, value: str | int | bool | list[str], pointer: str, note: Note | None = None) -> None:
        """Put *value*, which stands at *pointer* or follows from it with a *note*, at *path*."""
        how: How = "inferred" if note else "stated"
        self._at(pointer)
        self.read.add(pointer)
        self.draft.state(path, list(value) if isinstance(value, list) else value, self._lines(pointer), how, note)

    def _append(self, path: str, value: str, pointer: str) -> None:
        """Add *value* to the list at *path*, or one more source where it is there already."""
        self._at(pointer)
        self.read.add(pointer)
        place = self.known.get((path, value))
        if place is None:
            self.draft.append(path, value, self._lines(pointer))
            present = self.draft.value(path)
            self.known[path, value] = len(present) - 1 if isinstance(present, list) else 0
        else:
            self.draft.support(f"{path}.{place}", self._lines(pointer))

    def _plain(self, path: str, pointer: str) -> bool:
        """State the text at *pointer* as it is; say whether there was one."""
        text = self._text(pointer)
        if text is None:
            return False
        self._state(path, text, pointer)
        return True

    # The modules of API v2

    def _identification(self) -> str:
        module = "protocolSection.identificationModule"
        written = self._text("/ctNumber")
        number = recognise(written) if written else None
        if number is None or number.kind.name != "eu-ct":
            raise ReadError(
                self._lines("/ctNumber")[0],
                f"ctNumber {written!r} is no EU CT number such as 2024-516780-93-00",
                "no-number",
            )
        self._secondary_id("/ctNumber", "CTIS")
        for pointer in (f"{self.root}/eudraCt/eudraCtCode", "/eudraCtInfo/eudraCtCode"):
            self._secondary_id(pointer, "EUDRACT_NUMBER")
        names = f"{self.details}/clinicalTrialIdentifiers"
        numbers = f"{names}/secondaryIdentifyingNumbers"
        found = self._value(numbers)
        for key in found if isinstance(found, dict) else ():
            if key == "additionalRegistries":
                for item in self._items(f"{numbers}/{key}"):
                    self._secondary_id(f"{item}/number", None, f"{item}/otherRegistryName")
            else:
                self._secondary_id(f"{numbers}/{key}/number", None)
        if not self._plain(f"{module}.briefTitle", f"{names}/publicTitle"):
            self._plain(f"{module}.briefTitle", "/title")
        self._plain(f"{module}.officialTitle", f"{names}/fullTitle")
        if not self._plain(f"{module}.orgStudyIdInfo.id", f"{names}/shortTitle"):
            self._plain(f"{module}.orgStudyIdInfo.id", "/shortTitle")
        self._repeats("/shortTitle", f"{names}/shortTitle")
        self._repeats("/title", f"{names}/fullTitle")
        return number.identifier

    def _repeats(self, pointer: str, original: str) -> None:
        """Count *pointer* as read where it only says again what *original* says."""
        if self._text(pointer) is not None and self._text(pointer) == self._text(original):
            self.read.add(pointer)

    def _secondary_id(self, pointer: str, kind: str | None, domain: str | None = None) -> None:
        written = self._text(pointer)
        if written is None:
            return
        if ("secondaryIdInfos", written) in self.known:
            self.read.add(pointer)
            return
        self.known["secondaryIdInfos", written] = len(self.known)
        path = self.draft.item("protocolSection.identificationModule.secondaryIdInfos")
        self._state(f"{path}.id", written, pointer)
        number = recognise(written)
        kind = kind or (number.kind.secondary_id_type if number else None)
        if kind:
            self._state(f"{path}.type", kind, pointer)
        if domain and self._text(domain):
            self._plain(f"{path}.domain", domain)
        elif number and number.primary and kind == "REGISTRY":
            self._state(f"{path}.domain", number.kind.registry, pointer)

    def _status(self) -> None:
        path = "protocolSection.statusModule.overallStatus"
        for pointer in ("/ctPublicStatusCode", "/ctStatus"):
            value = self._value(pointer)
            if isinstance(value, int) and not isinstance(value, bool):
                self._state(path, STATUS_CODES.get(value, f"CTIS_{value}"), pointer)
                self._repeats("/ctStatus", pointer)
                return
            words = self._text(pointer)
            if words:
                self._state(path, STATUS_WORDS.get(words.casefold()) or open_value(words), pointer)
                return

    def _dates(self) -> None:
        module = "protocolSection.statusModule"
        duration = f"{self.information}/trialDuration"
        start = self._date("/startDateEU")
        if start:
            self._state(f"{module}.startDateStruct.date", start, "/startDateEU")
        elif planned := self._date(f"{duration}/estimatedRecruitmentStartDate"):
            self._state(f"{module}.startDateStruct.date", planned, f"{duration}/estimatedRecruitmentStartDate")
            self._state(f"{module}.startDateStruct.type", "ESTIMATED", f"{duration}/estimatedRecruitmentStartDate")
        for key in ("estimatedGlobalEndDate", "estimatedEndDate"):
            end = self._date(f"{duration}/{key}")
            if end:
                self._state(f"{module}.completionDateStruct.date", end, f"{duration}/{key}")
                self._state(f"{module}.completionDateStruct.type", "ESTIMATED", f"{duration}/{key}")
                break
        for path, pointer in (
            ("studyFirstSubmitDate", "/submissionDate"),
            ("lastUpdatePostDateStruct.date", "/lastPublicationUpdate"),
        ):
            value = self._date(pointer)
            if value:
                self._state(f"{module}.{path}", value, pointer)
        answer = self._text("/resultsFirstReceived")
        if answer and answer.casefold() in YES_OR_NO:
            self._state("hasResults", YES_OR_NO[answer.casefold()], "/resultsFirstReceived")

    def _sponsors(self) -> None:
        module = "protocolSection.sponsorCollaboratorsModule"
        known: set[str] = set()
        sponsors = self._items(f"{self.part_one}/sponsors")
        leading = [sponsor for sponsor in sponsors if self._value(f"{sponsor}/primary") is True]
        for sponsor in sponsors:
            name = self._text(f"{sponsor}/organisation/name")
            if name is None or name.casefold() in known:
                continue
            known.add(name.casefold())
            if leading == [sponsor]:
                path = f"{module}.leadSponsor"
                self.read.add(f"{sponsor}/primary")
            elif len(leading) == 1:
                path = self.draft.item(f"{module}.collaborators")
            else:
                path = self.draft.item("catalogSection.sponsorsWithoutRole")
            self._state(f"{path}.name", name, f"{sponsor}/organisation/name")
            if self._text(f"{sponsor}/organisation/type") == "Pharmaceutical company":
                note = gettext_noop("The register says that it is a pharmaceutical company.")
                self._state(f"{path}.class", "INDUSTRY", f"{sponsor}/organisation/type", note)
            self._contacts(sponsor)
        for support in self._items(f"{self.information}/sourceOfMonetarySupport"):
            pointer = f"{support}/organisationName"
            name = self._text(pointer)
            if name is None:
                continue
            if name.casefold() not in known:
                known.add(name.casefold())
                self._state(f"{self.draft.item(f'{module}.collaborators')}.name", name, pointer)

    def _contacts(self, sponsor: str) -> None:
        """State the sponsor's contacts for the public and for scientists; one who is both stands once."""
        seen: set[tuple[str | None, ...]] = set()
        keys = (("name", "functionalName"), ("phone", "telephone"), ("email", "functionalEmailAddress"))
        for kind in ("publicContacts", "scientificContacts"):
            for contact in self._items(f"{sponsor}/{kind}"):
                values = tuple(self._text(f"{contact}/{key}") for _, key in keys)
                if not any(values):
                    continue
                if values in seen:
                    self.read.update(f"{contact}/{key}" for _, key in keys)
                    continue
                seen.add(values)
                path = self.draft.item("protocolSection.contactsLocationsModule.centralContacts")
                for name, key in keys:
                    self._plain(f"{path}.{name}", f"{contact}/{key}")

    def _design(self) -> None:
        module = "protocolSection.designModule"
        note = gettext_noop("The register holds clinical trials in the sense of Regulation (EU) 536/2014 only.")
        self._state(f"{module}.studyType", "INTERVENTIONAL", "/ctNumber", note)
        phase = self._text("/trialPhase")
        if phase:
            self._state(f"{module}.phases", phases(phase) or [open_value(phase)], "/trialPhase")
        elif value := PHASE_CODES.get(self._number(code := f"{self.information}/trialCategory/trialPhase") or 0):
            self._state(f"{module}.phases", [value], code)
        listed = f"{self.information}/medicalCondition/partIMedicalConditions"
        for conditions in (listed, f"{self.part_one}/medicalConditions"):
            for condition in self._items(conditions):
                text = self._text(f"{condition}/medicalCondition")
                if text:
                    self._append("protocolSection.conditionsModule.conditions", text, f"{condition}/medicalCondition")
        for msc in self._items(f"{self.root}/memberStatesConcerned"):
            self._country(f"{msc}/mscName")
        for part in self._items(f"{self.root}/authorizedPartsII"):
            self._country(f"{part}/mscInfo/countryName")
        for country in self._items(f"{self.part_one}/rowCountriesInfo"):
            self._country(f"{country}/name")

    def _country(self, pointer: str) -> None:
        text = self._text(pointer)
        if text:
            self._append("catalogSection.countries", text, pointer)

    def _enrollment(self) -> None:
        """State how many participants are planned: the register counts those inside and outside the EEA apart."""
        inside = self._number("/totalNumberEnrolled")
        outside_pointer = f"{self.part_one}/rowSubjectCount"
        outside = self._number(outside_pointer) or 0
        parts = [f"{part}/recruitmentSubjectCount" for part in self._items(f"{self.root}/authorizedPartsII")]
        states = [self._number(part) for part in parts]
        known = [number for number in states if number is not None]
        whole = bool(known) and len(known) == len(states)
        path = "protocolSection.designModule.enrollmentInfo"
        if inside is None and whole and self._value("/totalNumberEnrolled") is None and any(known):
            # The register's own answer for one trial has no sum, only the numbers that it is made of.
            sums = " + ".join(map(str, known))
            note = sentence(
                "The sum of what is planned in the member states ({sums}) and in the rest of the world ({outside}).",
                sums=sums,
                outside=str(outside),
            )
            self._state(f"{path}.count", sum(known) + outside, parts[0], note)
            for pointer in (*parts[1:], *([outside_pointer] if outside else [])):
                self._at(pointer)
                self.draft.support(f"{path}.count", self._lines(pointer), "inferred", note)
            self.read.discard(parts[0])
        if inside is None or inside == 0:
            return
        if outside == 0:
            self._state(f"{path}.count", inside, "/totalNumberEnrolled")
        elif whole and sum(known) == inside:
            note = sentence(
                "The sum of {inside} participants in the EEA and {outside} in the rest of the world.",
                inside=str(inside),
                outside=str(outside),
            )
            self._state(f"{path}.count", inside + outside, "/totalNumberEnrolled", note)
            self._at(outside_pointer)
            self.draft.support(f"{path}.count", self._lines(outside_pointer), "inferred", note)
            self.read.discard("/totalNumberEnrolled")

    def _number(self, pointer: str) -> int | None:
        text = self._text(pointer)
        return int(text) if text and re.fullmatch(r"[0-9]{1,7}", text) else None

    def _objectives_and_outcomes(self) -> None:
        objective = f"{self.information}/trialObjective"
        for pointer in (
            f"{objective}/mainObjective",
            *(f"{item}/secondaryObjective" for item in self._numbered(f"{objective}/secondaryObjectives")),
        ):
            text = self._text(pointer)
            if text:
                self._append("catalogSection.objectives", text, pointer)
        for kind, path in (("primaryEndPoints", "primaryOutcomes"), ("secondaryEndPoints", "secondaryOutcomes")):
            for item in self._numbered(f"{self.information}/endPoint/{kind}"):
                if self._text(f"{item}/endPoint"):
                    place = self.draft.item(f"protocolSection.outcomesModule.{path}")
                    self._plain(f"{place}.measure", f"{item}/endPoint")
                    self.read.add(f"{item}/isPrimary")

    def _numbered(self, pointer: str) -> list[str]:
        """Return the items of a list in the order of their own numbers, which the register does not keep to."""
        items = self._items(pointer)
        numbers = [self._number(f"{item}/number") for item in items]
        if None in numbers or len(set(numbers)) < len(numbers):
            return items
        self.read.update(f"{item}/number" for item in items)
        return [item for _, item in sorted(zip(cast("list[int]", numbers), items, strict=True))]

    def _eligibility(self) -> None:
        module = "protocolSection.eligibilityModule"
        criteria = f"{self.information}/eligibilityCriteria"
        found: list[tuple[str, list[tuple[str, str]]]] = []
        for title, key in (
            ("Inclusion Criteria:", "principalInclusionCriteria"),
            ("Exclusion Criteria:", "principalExclusionCriteria"),
        ):
            pointers = [f"{item}/{key}" for item in self._numbered(f"{criteria}/{key}")]
            texts = [(pointer, text) for pointer in pointers if (text := self._text(pointer))]
            if texts:
                found.append((title, texts))
        if found:
            text = "\n\n".join(
                f"{title}\n\n" + "\n".join(f"{number}. {one}" for number, (_, one) in enumerate(texts, start=1))
                for title, texts in found
            )
            pointers = [pointer for _, texts in found for pointer, _ in texts]
            self._state(f"{module}.eligibilityCriteria", text, pointers[0])
            for pointer in pointers[1:]:
                self._at(pointer)
                self.read.add(pointer)
                self.draft.support(f"{module}.eligibilityCriteria", self._lines(pointer))
        population = f"{self.information}/populationOfTrialSubjects"
        female, male = self._value(f"{population}/isFemaleSubjects"), self._value(f"{population}/isMaleSubjects")
        if isinstance(female, bool) and isinstance(male, bool) and (value := sex_of(female=female, male=male)):
            self._state(f"{module}.sex", value, f"{population}/isFemaleSubjects")
            self._at(f"{population}/isMaleSubjects")
            self.read.add(f"{population}/isMaleSubjects")
            self.draft.support(f"{module}.sex", self._lines(f"{population}/isMaleSubjects"))
            if sex(self._text("/gender") or "") == value:
                self.read.add("/gender")
        elif words := self._text("/gender"):
            self._state(f"{module}.sex", sex(words) or open_value(words), "/gender")
        groups = self._text("/ageGroup")
        if groups:
            values = {_AGE_GROUPS.get(group.strip().casefold()) for group in groups.split(",")}
            if None not in values:
                ordered = [value for value in _AGE_GROUPS.values() if value in values]
                self._state(f"{module}.stdAges", ordered, "/ageGroup")
        elif ranges := self._items(f"{population}/ageRanges"):
            keys = ("ageRangeCategoryCode", "ageRangeCategory")
            pointers = [next((at for key in keys if self._text(at := f"{one}/{key}")), one) for one in ranges]
            found_groups = {AGE_CODES.get(self._number(pointer) or 0) for pointer in pointers}
            if None not in found_groups:
                ordered = [value for value in _AGE_GROUPS.values() if value in found_groups]
                self._state(f"{module}.stdAges", ordered, pointers[0])
                for pointer in pointers[1:]:
                    self._at(pointer)
                    self.read.add(pointer)
                    self.draft.support(f"{module}.stdAges.0", self._lines(pointer))
        kinds = [f"{item}/name" for item in self._items(f"{population}/clinicalTrialGroups")]
        names = [(self._text(pointer) or "").casefold() for pointer in kinds]
        if names and all(name in {"patients", "healthy volunteers"} for name in names):
            self._state(f"{module}.healthyVolunteers", "healthy volunteers" in names, kinds[0])
            self.read.update(kinds)

    def _interventions(self) -> None:
        """State each product once by its name; the same product in another form is one more source."""
        known: dict[str, str] = {}
        groups = self._items(f"{self.part_one}/productRoleGroupInfos")
        products = [product for group in groups for product in self._items(f"{group}/products")]
        for product in products or self._items(f"{self.part_one}/products"):
            candidates = (
                f"{product}/productName",
                f"{product}/nameDisplay",
                f"{product}/productDictionaryInfo/prodName",
                f"{product}/productDictionaryInfo/activeSubstanceName",
                f"{product}/jsonActiveSubstanceNames",
            )
            stated = [(pointer, text) for pointer in candidates if (text := self._text(pointer))]
            if not stated:
                continue
            pointer, name = stated[0]
            if name.casefold() in known:
                self._at(pointer)
                self.draft.support(f"{known[name.casefold()]}.name", self._lines(pointer))
            else:
                path = self.draft.item("protocolSection.armsInterventionsModule.interventions")
                known[name.casefold()] = path
                self._state(f"{path}.name", name, pointer)
                if self._value(f"{product}/allSubstancesChemicals") is True:
                    note = gettext_noop("The register says that all its active substances are chemicals.")
                    self._state(f"{path}.type", "DRUG", f"{product}/allSubstancesChemicals", note)
            self.read.update(one for one, text in stated if text.casefold() == name.casefold())
            for other in (
                f"{product}/productDictionaryInfo/activeSubstanceName",
                f"{product}/jsonActiveSubstanceNames",
                f"{product}/productDictionaryInfo/sponsorProductCode",
                f"{product}/sponsorProductCodeEdit",
            ):
                self._other_name(known[name.casefold()], name, other)

    def _other_name(self, path: str, name: str, pointer: str) -> None:
        text = self._text(pointer)
        if text is None:
            return
        folded = (f"{path}.otherNames in any case", text.casefold())
        if text.casefold() == name.casefold() or folded in self.known:
            self.read.add(pointer)
        else:
            self.known[folded] = len(self.known)
            self._append(f"{path}.otherNames", text, pointer)

    def _sites(self) -> None:
        for part in self._items(f"{self.root}/authorizedPartsII"):
            for site in self._items(f"{part}/trialSites"):
                address = f"{site}/organisationAddressInfo/address"
                facility = f"{site}/organisationAddressInfo/organisation/name"
                if not self._text(facility) and not self._text(f"{address}/city"):
                    continue
                path = self.draft.item("protocolSection.contactsLocationsModule.locations")
                self._plain(f"{path}.facility", facility)
                self._plain(f"{path}.city", f"{address}/city")
                self._plain(f"{path}.zip", f"{address}/postcode")
                self._plain(f"{path}.country", f"{address}/countryName")
                self._investigator(path, f"{site}/personInfo")

    def _investigator(self, location: str, person: str) -> None:
        parts = [f"{person}/firstName", f"{person}/lastName"]
        texts = [(pointer, text) for pointer in parts if (text := self._text(pointer))]
        if not texts:
            return
        path = self.draft.item(f"{location}.contacts")
        self._state(f"{path}.name", " ".join(text for _, text in texts), texts[-1][0])
        self.read.update(pointer for pointer, _ in texts)
        note = gettext_noop("The register names one person for each site, its principal investigator.")
        self._state(f"{path}.role", "PRINCIPAL_INVESTIGATOR", texts[-1][0], note)
        self._plain(f"{path}.phone", f"{person}/telephone")
        self._plain(f"{path}.email", f"{person}/email")


def _clean(text: str) -> str:
    """Resolve HTML's entities once; lines stay, blanks at their ends go."""
    return "\n".join(
        line.strip() for line in html.unescape(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ).strip()


def _new_leaves(value: Json, pointer: str, seen: set[bytes]) -> Iterator[tuple[str, str | int | float | bool | None]]:
    """Yield ``(pointer, scalar)`` inside *value*, without rows' numbers and without objects that stand there twice.

    The register repeats products, organisations and contacts in several places, word for word; the first one is kept.
    """
    if isinstance(value, dict):
        plain = {key: child for key, child in value.items() if key not in _ROW_KEYS and child not in _NOTHING}
        content = msgspec.json.encode(plain, order="sorted")
        if len(plain) > 2 and content in seen:
            return
        seen.add(content)
        for key, child in plain.items():
            if key not in _ROW_LISTS:
                yield from _new_leaves(child, f"{pointer}/{escape(key)}", seen)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _new_leaves(child, f"{pointer}/{index}", seen)
    else:
        yield pointer, value


class JsonReader(Reader):
    """The public JSON of a trial, or a list of such."""

    layout = "eu-ctis-json"
    title = gettext_noop("EU CTIS record (JSON)")
    short_title = gettext_noop("EU CTIS record")
    rank = 1
    description = "Everything is read but the database's own row numbers."

    def recognises(self, document: Document) -> bool:
        """Say whether the JSON has the keys of a CTIS trial."""
        start = document.text[:200].lstrip("\ufeff \t\r\n")[:1]
        return start in {"{", "["} and '"ctNumber"' in document.text and '"authorizedPartI"' in document.text

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial.

        Raises ReadError where the JSON is broken or its trial has no EU CT number.
        """
        document.structured = True
        text = document.text.removeprefix("\ufeff")
        try:
            content = msgspec.json.decode(text.encode("utf-8", "replace"))
        except msgspec.DecodeError as error:
            position = re.search(r"\(byte (\d+)\)", str(error))
            offset = (
                len(text.encode("utf-8", "replace")[: int(position[1])].decode("utf-8", "ignore")) if position else 0
            )
            raise ReadError(
                document.line_at(min(offset, len(text) - 1) + len(document.text) - len(text)),
                f"The JSON is broken: {error}",
                "broken-json",
            ) from error
        except RecursionError as error:
            raise ReadError(1, "The JSON is nested too deeply to be a trial", "broken-json") from error
        lines = line_spans(document, len(document.text) - len(text))
        trials = content if isinstance(content, list) else [content]
        if not trials:
            raise ReadError(1, "The JSON holds no trial", "no-trial")
        records = []
        for index, trial in enumerate(trials):
            base = f"/{index}" if isinstance(content, list) else ""
            if not isinstance(trial, dict):
                raise ReadError(1, f"Item {index + 1} of the JSON is no trial but {type(trial).__name__}", "no-trial")
            try:
                records.append(_Mapping(document, self.layout, trial, base, lines).record())
            except RecursionError as error:
                raise ReadError(1, "The JSON is nested too deeply to be a trial", "broken-json") from error
        return records


READER = JsonReader()
