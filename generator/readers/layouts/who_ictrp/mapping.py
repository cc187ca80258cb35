"""Where the fields of one trial belong in API v2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.registry_numbers import RegistryNumber, recognise
from generator.model.sentence import Note, sentence
from generator.model.source import How
from generator.readers.display_words import known_value, masking
from generator.readers.draft import Draft
from generator.readers.fields import note_of_form
from generator.readers.layouts.who_ictrp.rows import (
    Field,
    Row,
    canonical_name,
    column_of,
    numbered_items,
    pieces,
    unique,
)
from generator.readers.layouts.who_ictrp.tables import (
    AGES_IN_YEARS,
    CLASSIFICATION,
    DEGREES,
    DESIGN_LABEL,
    DESIGN_SYNONYMS,
    DESIGN_WORDS,
    EUROPEAN_OUTCOME,
    LABELLED_DESIGN,
    NO_INTERVENTION,
    NO_SPONSOR,
    YES_NO,
    european_products,
    typed_interventions,
)
from generator.readers.reader import ReadError
from generator.readers.registry_values import (
    NO_LIMIT,
    RECRUITMENT_STATUSES,
    STATUS_TELLS_NOTHING,
    STUDY_TYPES,
    YES_OR_NO,
    age,
    date,
    design_of,
    is_stated,
    open_words,
    phases,
    sex,
)

_DAY_FIRST = gettext_noop(
    "WHO's exports write the day before the month; nothing else in this document proves it of this date."
)

_MAXIMAL_NAME = 250
"""Characters; API v2 allows 200 for the name of an intervention."""


_LABELLED = re.compile(r"(?:Control\s)?Intervention\s?[0-9]{1,2}\s?:\s{0,9}(\S.{0,500})", re.IGNORECASE)


def _labelled_interventions(text: str) -> list[tuple[str, str]]:
    """Return name and description of each line ``Intervention1: Honey: 10 ml``; none where a line is another one."""
    matches = [_LABELLED.fullmatch(line.strip()) for line in text.split("\n") if line.strip()]
    found = []
    for match in matches:
        if match is None:
            return []
        name, _, description = match[1].partition(":")
        name, description = name.strip(), description.strip()
        if not name or len(name) > _MAXIMAL_NAME:
            return []
        if name.casefold().strip(" .") not in NO_INTERVENTION:
            found.append((name, description if description.casefold().strip(" .") not in NO_INTERVENTION else ""))
    return found


_TARGET_NOTE = gettext_noop("The column has the size that is aimed at.")


class Mapping:
    """Puts the fields of one trial where API v2 has them; what is left stays a registry's field."""

    def __init__(self, document: Document, layout: str, row: Row, problems: list[Problem]) -> None:
        """Start the record of *row*; what is found wrong with it is added to *problems*."""
        self.row = row
        self.problems = problems
        self.draft = Draft(document, layout)
        self.register = self._text("source_register")
        self.left = dict(row.fields)
        """Fields that nothing has taken yet."""

    def record(self) -> Record:
        """Return the trial's record."""
        number = self._identification()
        identifier = number.identifier if number else self._unknown_identifier()
        self._status()
        self._sponsors()
        self._design()
        self._groups_and_interventions()
        self._outcomes()
        self._eligibility()
        self._contacts()
        self._results()
        for item in [*self.left.values(), *self.row.repeated]:
            self.draft.place = item.place
            self.draft.registry_field(item.name, item.text, item.lines)
        refreshed = self.row.fields.get("last_refreshed_on")
        record = self.draft.finish(identifier, as_of=date(refreshed.one_line) if refreshed else None)
        record.problems.extend(self.problems)
        return record

    def _text(self, name: str) -> str:
        item = self.row.fields.get(name)
        return item.one_line if item else ""

    def _take(self, name: str) -> Field | None:
        """Return the field *name* and count it as read, if it states something."""
        item = self.left.get(name)
        if item is None or not is_stated(item.text):
            return None
        del self.left[name]
        return item

    def _keep(self, item: Field) -> None:
        """Keep the field *item*, although something was read from it: it says more than what was read."""
        self.left[canonical_name(item.name)] = item

    def _state(self, path: str, value: str | int | bool | list[str], item: Field, note: Note | None = None) -> None:
        """Put *value*, which *item* states, or with a *note* lets infer, below ``protocolSection``."""
        how: How = "inferred" if note else "stated"
        self.draft.place = item.place
        self.draft.state(
            f"protocolSection.{path}", list(value) if isinstance(value, list) else value, item.lines, how, note
        )

    def _item(self, path: str) -> str:
        return self.draft.item(f"protocolSection.{path}").removeprefix("protocolSection.")

    def _problem(self, line: int, message: str, code: str) -> None:
        self.problems.append(Problem(self.draft.document.path, line, message, "warning", code))

    def _identification(self) -> RegistryNumber | None:
        item = self.row.fields["trialid"]
        number = recognise(item.one_line, self.register)
        if number and not number.primary:
            number = None
        del self.left["trialid"]
        if number and number.kind.name == "nct":
            self._state("identificationModule.nctId", number.number, item)
        else:
            path = self._item("identificationModule.secondaryIdInfos")
            self._state(f"{path}.id", item.one_line, item)
            if number and number.kind.secondary_id_type:
                self._state(f"{path}.type", number.kind.secondary_id_type, item, note_of_form(number))
            register = self._take("source_register")
            if register:
                self._state(f"{path}.domain", register.one_line, register)
            address = self.left.get("web_address")
            if address and re.fullmatch(r"https?://\S+", address.one_line):
                del self.left["web_address"]
                self._state(f"{path}.link", address.one_line, address)
        self._plain("identificationModule.briefTitle", "public_title")
        self._plain("identificationModule.officialTitle", "scientific_title")
        self._plain("identificationModule.acronym", "acronym")
        secondary = self._take("secondary_id")
        if secondary:
            for written in unique([piece for line in secondary.text.split("\n") for piece in pieces(line)]):
                if not is_stated(written) or written.casefold() in {"nil", "nil known", "none", "n/a", "na", "no"}:
                    self._keep(secondary)
                    continue
                path = self._item("identificationModule.secondaryIdInfos")
                self._state(f"{path}.id", written, secondary)
                other = recognise(written)
                if other and other.kind.secondary_id_type:
                    self._state(f"{path}.type", other.kind.secondary_id_type, secondary, note_of_form(other))
        return number

    def _unknown_identifier(self) -> str:
        item = self.row.fields["trialid"]
        identifier = re.sub(r"[^A-Za-z0-9._-]+", "-", item.one_line).strip("-.")[:100]
        if not identifier:
            raise ReadError(item.lines[0], f"{item.name} {item.one_line!r} has nothing that could be a trial's number")
        self._problem(
            item.lines[0],
            f"{item.name} {item.one_line!r} is no number of a registry that is known here; it is used as it stands",
            "unknown-number",
        )
        return identifier

    def _plain(self, path: str, name: str) -> None:
        """State the field *name* as it is, in one line."""
        item = self._take(name)
        if item:
            self._state(path, item.one_line, item)

    def _status(self) -> None:
        status = self._take("recruitment_status")
        if status:
            words = status.one_line.casefold()
            if words in STATUS_TELLS_NOTHING:
                note = sentence(
                    "The registry says “{words}”, which does not tell whether the trial recruits.",
                    words=status.one_line,
                )
                self._state("statusModule.overallStatus", "UNKNOWN", status, note)
                self._keep(status)
            else:
                value = RECRUITMENT_STATUSES.get(words) or open_words(words)
                if value:
                    self._state("statusModule.overallStatus", value, status)
                else:
                    self._keep(status)
        day_first = self._registration()
        start = self._take("date_enrollement")
        if start:
            value_of_start = date(start.one_line, day_first=day_first)
            if value_of_start is None:
                if not self._date("statusModule.startDateStruct.date", start):
                    self._keep(start)
            else:
                self._state("statusModule.startDateStruct.date", value_of_start, start)

    def _registration(self) -> bool | None:
        """State the date of registration; say whether this trial writes the day first, where that is certain."""
        path = "statusModule.studyFirstSubmitDate"
        compact, written = self.left.get("date_registration3"), self.left.get("date_registration")
        certain = date(compact.one_line) if compact else None
        day_first = None
        if compact and certain:
            del self.left["date_registration3"]
            self._state(path, certain, compact)
        if written:
            orders = [
                order for order in (True, False) if certain and date(written.one_line, day_first=order) == certain
            ]
            if orders:
                day_first = orders[0]
            value = date(written.one_line, day_first=day_first)
            if value and value == certain:
                del self.left["date_registration"]
                self.draft.place = written.place
                self.draft.support(f"protocolSection.{path}", written.lines)
            elif value and not certain:
                del self.left["date_registration"]
                self._state(path, value, written)
            if len(orders) != 1:
                day_first = None
            if day_first is None and not certain and value is None:
                self._date(path, written)
        return day_first

    def _date(self, path: str, item: Field) -> bool:
        """State the date that *item* is; where only WHO's convention tells day and month apart, it is inferred."""
        certain = date(item.one_line)
        value = certain or date(item.one_line, day_first=True)
        if value is None:
            return False
        self.left.pop(canonical_name(item.name), None)
        self._state(path, value, item, None if certain else _DAY_FIRST)
        return True

    def _sponsors(self) -> None:
        primary = self._take("primary_sponsor")
        if primary:
            names = numbered_items(primary.text)
            if names is None:
                self._state("sponsorCollaboratorsModule.leadSponsor.name", primary.one_line, primary)
            else:
                note = gettext_noop(
                    "The registry numbers several primary sponsors; the first of them is shown as the lead."
                )
                self._state("sponsorCollaboratorsModule.leadSponsor.name", names[0], primary, note)
                for name in names[1:]:
                    path = self.draft.item("catalogSection.sponsorsWithoutRole")
                    self.draft.state(f"{path}.name", name, primary.lines)
                self._keep(primary)
        lead = primary.one_line.casefold() if primary else ""
        known = {lead}
        for name in ("secondary_sponsor", "source_support"):
            item = self._take(name)
            if item is None:
                continue
            names = numbered_items(item.text)
            if names is None:
                names = [piece for line in item.text.split("\n") for piece in pieces(line)]
            for one in names:
                if one.casefold() in NO_SPONSOR:
                    self._keep(item)
                elif one.casefold() not in known:
                    known.add(one.casefold())
                    path = self._item("sponsorCollaboratorsModule.collaborators")
                    self._state(f"{path}.name", one, item)

    def _design(self) -> None:
        kind = self._take("study_type")
        study_type = None
        if kind:
            words = kind.one_line.casefold()
            study_type = STUDY_TYPES.get(words) or kind.one_line  # a registry's own word, as it writes it
            self._state("designModule.studyType", study_type, kind)
            if words == "observational [patient registry]":
                self._state("designModule.patientRegistry", True, kind)
        phase = self._take("phase")
        if phase:
            word = phase.one_line if phase.one_line.isdecimal() else open_words(phase.one_line)
            values = phases(phase.text) or ([word] if word else None)
            if values is None:
                self._keep(phase)
            else:
                self._state("designModule.phases", values, phase)
        design = self._take("study_design")
        if design and not self._study_design(design, study_type):
            self._keep(design)
        self._target_size()
        countries = self._take("countries")
        if countries:
            self.draft.place = countries.place
            for country in unique([piece for line in countries.text.split("\n") for piece in pieces(line)]):
                self.draft.append("catalogSection.countries", country, countries.lines)
        conditions = self._take("condition")
        if conditions:
            found = [piece for line in conditions.text.split("\n") for piece in pieces(line)]
            classified = [piece for piece in found if CLASSIFICATION.match(piece)]
            if classified:
                self._keep(conditions)
            for condition in unique([piece for piece in found if piece not in classified]):
                self.draft.place = conditions.place
                self.draft.append("protocolSection.conditionsModule.conditions", condition, conditions.lines)

    def _study_design(self, item: Field, study_type: str | None) -> bool:
        """State what the study's design says; return True where nothing of it is left."""
        base = "designModule.designInfo"
        text = item.one_line
        answers = {match[1].casefold(): match[2].casefold() == "yes" for match in YES_NO.finditer(text)}
        if answers:
            for name, value in design_of(answers).items():
                self._state(f"{base}.{name}", value, item)
            return False
        labels = list(DESIGN_LABEL.finditer(text))
        if not labels:
            known = DESIGN_WORDS.get(text.casefold()) if study_type == "INTERVENTIONAL" else None
            if known is None:
                return False
            self._state(f"{base}.{known[0]}", known[1], item)
            return True
        complete = labels[0].start() == 0
        ends = [label.start() for label in labels[1:]] + [len(text)]
        seen: set[str] = set()
        for label, end in zip(labels, ends, strict=True):
            words = text[label.end() : end].strip(" .,;")
            name = label[1].casefold()
            if name in seen or not self._labelled_design(base, name, words, item):
                complete = False
            seen.add(name)
        return complete

    def _labelled_design(self, base: str, label: str, words: str, item: Field) -> bool:
        """State one labelled part of a design; return True where its words are known."""
        if label == "masking":
            value, parties = masking(words)
            if value not in {"NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"}:
                return False
            self._state(f"{base}.maskingInfo.masking", value, item)
            if parties:
                self._state(f"{base}.maskingInfo.whoMasked", parties, item)
            return True
        known = LABELLED_DESIGN.get(label)
        if known is None:
            return False
        name, enumeration = known
        found = known_value(enumeration, words) or DESIGN_SYNONYMS.get((name, words.casefold()))
        if found is None or self.draft.value(f"protocolSection.{base}.{name}") is not None:
            return False
        self._state(f"{base}.{name}", found, item)
        return True

    def _target_size(self) -> None:
        item = self._take("target_size")
        if item is None:
            return
        from_ctgov = self.register.casefold() == "clinicaltrials.gov"
        count, note = None, None
        if re.fullmatch(r"\d{1,9}", item.one_line):
            count = int(item.one_line)
        else:
            groups = [re.fullmatch(r"[^:]+:\s?(\d{1,7})", piece) for piece in pieces(item.text)]
            if groups and all(groups):
                sizes = [int(group[1]) for group in groups if group]
                count = sum(sizes)
                note = sentence(
                    "The sum of the sizes of the groups that the registry lists: {sizes}.",
                    sizes=" + ".join(map(str, sizes)),
                )
            self._keep(item)
        if count is None or count == 99_999_999 or (count == 0 and not from_ctgov):
            self._keep(item)
            return
        self._state("designModule.enrollmentInfo.count", count, item, note)
        if not from_ctgov:
            self._state("designModule.enrollmentInfo.type", "ESTIMATED", item, _TARGET_NOTE)

    def _groups_and_interventions(self) -> None:
        item = self._take("intervention")
        if item is None:
            return
        parts = pieces(item.text)
        products = european_products(item.text)
        if products:
            self._products(products, item)
            self._keep(item)
        elif (typed := typed_interventions(parts)) is not None:
            for kind, name in typed:
                path = self._item("armsInterventionsModule.interventions")
                self._state(f"{path}.type", kind, item)
                self._state(f"{path}.name", name, item)
        elif (groups := self._grouped(parts)) is not None:
            self._groups(groups, item)
        elif labelled := _labelled_interventions(item.text):
            for name, description in labelled:
                path = self._item("armsInterventionsModule.interventions")
                self._state(f"{path}.name", name, item)
                if description:
                    self._state(f"{path}.description", description, item)
        elif len(parts) == 1 and ":" not in item.text and "\n" not in item.text and len(item.text) <= _MAXIMAL_NAME:
            if item.one_line.casefold() in NO_INTERVENTION:
                self._keep(item)
            else:
                path = self._item("armsInterventionsModule.interventions")
                self._state(f"{path}.name", item.one_line, item)
        else:
            self._keep(item)

    def _grouped(self, parts: list[str]) -> list[tuple[str, str]] | None:
        """Return ``(group, intervention)`` where the labels are exactly those of the groups' sizes."""
        sizes = self.row.fields.get("target_size")
        if sizes is None:
            return None
        labels = [piece.partition(":")[0].strip() for piece in pieces(sizes.text)]
        groups = [(piece.partition(":")[0].strip(), piece.partition(":")[2].strip()) for piece in parts]
        if not labels or [label for label, _ in groups] != labels or not all(text for _, text in groups):
            return None
        return groups

    def _groups(self, groups: list[tuple[str, str]], item: Field) -> None:
        for label, text in groups:
            path = self._item("armsInterventionsModule.armGroups")
            self._state(f"{path}.label", label, item)
            self._state(f"{path}.description", text, item)
            if text.casefold().strip(" .") in NO_INTERVENTION or len(text) > _MAXIMAL_NAME:
                continue
            path = self._item("armsInterventionsModule.interventions")
            self._state(f"{path}.name", text, item)
            self._state(f"{path}.armGroupLabels", [label], item)

    def _products(self, products: list[dict[str, str]], item: Field) -> None:
        for product in products:
            names = [
                product[label] for label in ("product name", "trade name", "inn or proposed inn") if label in product
            ]
            if not names:
                continue
            path = self._item("armsInterventionsModule.interventions")
            self._state(f"{path}.name", names[0], item)
            others = unique([*names[1:], *([product["product code"]] if "product code" in product else [])])
            if [name for name in others if name != names[0]]:
                self._state(f"{path}.otherNames", [name for name in others if name != names[0]], item)

    def _outcomes(self) -> None:
        for name, path in (
            ("primary_outcome", "outcomesModule.primaryOutcomes"),
            ("secondary_outcome", "outcomesModule.secondaryOutcomes"),
        ):
            item = self._take(name)
            if item is None:
                continue
            european = list(EUROPEAN_OUTCOME.finditer(item.text))
            if european:
                self._european_outcome(path, european, item)
            else:
                for measure, time_frame, description in self._measures(item):
                    place = self._item(path)
                    self._state(f"{place}.measure", measure, item)
                    if time_frame:
                        self._state(f"{place}.timeFrame", time_frame, item)
                    if description:
                        self._state(f"{place}.description", description, item)

    def _measures(self, item: Field) -> Iterator[tuple[str, str, str]]:
        """Yield measure, time frame and description of each outcome."""
        register = self.register.casefold()
        if register in {"chictr", "clinicaltrials.gov", "itmctr"}:
            for piece in pieces(item.text):
                yield piece, "", ""
        elif register == "irct":
            for piece in pieces(item.text):
                measure, _, rest = piece.partition(". Timepoint: ")
                time_frame, _, description = rest.partition(". Method of measurement: ")
                yield measure, time_frame, description.removesuffix(".")
        else:
            for measure in numbered_items(item.text) or [item.text]:
                yield measure, "", ""

    def _european_outcome(self, path: str, labels: list[re.Match[str]], item: Field) -> None:
        """State what the labels of the EU Clinical Trials Register say; the field is kept whole beside it."""
        ends = [label.start() for label in labels[1:]] + [len(item.text)]
        parts: dict[str, str] = {}
        for label, end in zip(labels, ends, strict=True):
            text = item.text[label.end() : end].strip().rstrip(";").strip()
            if text:
                parts.setdefault(label[1].casefold(), text)
        measure = parts.get("primary end point(s)") or parts.get("secondary end point(s)")
        if measure:
            place = self._item(path)
            self._state(f"{place}.measure", measure, item)
            moments = parts.get("timepoint(s) of evaluation of this end point")
            if moments:
                self._state(f"{place}.timeFrame", moments, item)
        for label_text in ("main objective", "secondary objective"):
            if label_text in parts:
                self.draft.place = item.place
                self.draft.append("catalogSection.objectives", parts[label_text], item.lines)
        self._keep(item)

    def _eligibility(self) -> None:
        for name, path in (
            ("inclusion_agemin", "eligibilityModule.minimumAge"),
            ("inclusion_agemax", "eligibilityModule.maximumAge"),
        ):
            item = self._take(name)
            if item:
                self._age(path, item)
        gender = self._take("inclusion_gender")
        if gender:
            value = sex(gender.text) or open_words(gender.one_line)
            if value:
                self._state("eligibilityModule.sex", value, gender)
            else:
                self._keep(gender)
        parts = [
            (title, item)
            for title, item in (
                ("Inclusion Criteria:", self._take("inclusion_criteria")),
                ("Exclusion Criteria:", self._take("exclusion_criteria")),
            )
            if item
        ]
        if parts:
            path = "eligibilityModule.eligibilityCriteria"
            texts = []
            for title, item in parts:
                body = item.text
                start = re.match(r"(?:in|ex)clusion criteria\s?:\s{0,9}", body, re.IGNORECASE)
                if start and start[0].casefold().startswith(title[:2].casefold()):
                    body = body[start.end() :]
                texts.append(f"{title}\n\n{body}")
            self._state(path, "\n\n".join(texts), parts[0][1])
            for _, item in parts[1:]:
                self.draft.place = item.place
                self.draft.support(f"protocolSection.{path}", item.lines)

    def _age(self, path: str, item: Field) -> None:
        words = item.one_line.casefold()
        if words in NO_LIMIT:
            self.draft.place = item.place
            self.draft.absent(
                f"protocolSection.{path}", "statedAsNone", gettext_noop("The registry states no limit."), item.lines
            )
            self._keep(item)
            return
        value = age(item.one_line)
        if path.endswith("maximumAge") and re.match(r"0+(?!\d)", item.one_line):
            self._keep(item)
        elif value:
            self._state(path, value, item)
        elif (value := age(item.one_line, "Year")) and self.register.casefold() in AGES_IN_YEARS:
            self._state(
                path, value, item, gettext_noop("The export gives a bare number; the registry's form asks for years.")
            )
        else:
            self._state(path, item.one_line, item)

    def _contacts(self) -> None:
        for prefix in ("contact", "public_contact", "scientific_contact"):
            fields = {part: self.left.get(f"{prefix}_{part}") for part in ("firstname", "lastname", "email", "tel")}
            columns = {part: column_of(item.text) if item else [] for part, item in fields.items()}
            count = max(len(columns["firstname"]), len(columns["lastname"]))
            if count == 1:
                columns = {part: [item.one_line] if item else [] for part, item in fields.items()}
            if count == 0 or any(len(column) not in {0, count} for column in columns.values()):
                continue
            if any(re.sub(r"\W", "", name).casefold() in DEGREES for name in columns["lastname"] if count > 1):
                continue
            people: dict[tuple[str, str, str], None] = {}
            for index in range(count):
                first, last, email, phone = (
                    column[index] if column else "" for column in (columns[part] for part in fields)
                )
                name = f"{first} {last}".strip()
                if name:
                    people.setdefault((name, email, phone))
            named = {name for name, email, phone in people if email or phone}
            for part, item in fields.items():
                if item:
                    del self.left[f"{prefix}_{part}"]
            for name, email, phone in people:
                if name in named and not email and not phone:
                    continue
                self._contact(fields, name, email, phone)

    def _contact(self, fields: dict[str, Field | None], name: str, email: str, phone: str) -> None:
        named_by = (
            fields["lastname"] if fields["lastname"] and is_stated(fields["lastname"].text) else fields["firstname"]
        )
        path = self._item("contactsLocationsModule.centralContacts")
        for key, value, item in (
            ("name", name, named_by),
            ("phone", phone, fields["tel"]),
            ("email", email, fields["email"]),
        ):
            if value and item and is_stated(value):
                self._state(f"{path}.{key}", value, item)

    def _results(self) -> None:
        answer = self.left.get("results_yes_no")
        if answer and answer.one_line.casefold() in YES_OR_NO:
            del self.left["results_yes_no"]
            self.draft.place = answer.place
            self.draft.state("hasResults", YES_OR_NO[answer.one_line.casefold()], answer.lines)
        posted = self.left.get("results_date_posted")
        if posted:
            self._date("statusModule.resultsFirstPostDateStruct.date", posted)
        completed = self.left.get("results_date_completed")
        if completed:
            self._date("statusModule.completionDateStruct.date", completed)
        address = self.left.get("results_url_link")
        if address and re.fullmatch(r"https?://\S+", address.one_line):
            del self.left["results_url_link"]
            path = self._item("referencesModule.seeAlsoLinks")
            self._state(f"{path}.label", "Results", address)
            self._state(f"{path}.url", address.one_line, address)
        plan = self.left.get("results_ipd_plan")
        if plan and (shared := known_value("ipdSharing", plan.one_line)):
            del self.left["results_ipd_plan"]
            self._state("ipdSharingStatementModule.ipdSharing", shared, plan)
        description = self._take("results_ipd_description")
        if description:
            self._state("ipdSharingStatementModule.description", description.text, description)
