"""The reader of project pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from generator.language.messages import gettext_noop
from generator.model import sentence as notes
from generator.model.catalog_section import Contradiction, Statement
from generator.model.document import Document, LineRole
from generator.model.pointers import Json
from generator.model.record import Record
from generator.model.registry_numbers import RegistryNumber
from generator.model.source import How, Source
from generator.readers.draft import Draft, Lines
from generator.readers.fields import note_of_form
from generator.readers.known import all_readers
from generator.readers.layouts.project_page.patterns import (
    ABOUT_THE_AIM,
    AIM_BEFORE_NAME,
    BOILERPLATE,
    CLAUSE_BEFORE,
    CLAUSE_BEHIND,
    CONDITION,
    COUNTRIES,
    DENYING,
    DOSE,
    EACH,
    ENROLLMENT,
    FAR_BEFORE,
    HAS_DIGIT,
    HEADINGS,
    INTERVENTIONS,
    LEAST_SHARE_OF_PROSE,
    LONE_REGISTRATION,
    LONGEST_PAGE,
    LONGEST_SENTENCE,
    MOST_TABLE_ROWS,
    MOST_TRIALS,
    NEEDS_AN_OBJECT,
    NOT_A_CONDITION,
    NOT_A_DRUG,
    NOT_PARTICIPANTS_BEHIND,
    NUMBER_WORDS,
    OF_A_PART,
    OF_ANOTHER,
    OTHER_FORMATS,
    OWN_OBJECTIVES,
    POPULATION,
    PROJECT_HEADING,
    READ_MORE,
    RECRUITMENT_OF,
    SHARED_OBJECT,
    STATUSES,
    SUPPOSING,
    TABLE_ROW,
    THE_STUDY,
    TOGETHER,
    TOPICS,
    UNCERTAIN_BEFORE,
    WORDS_OF_GIVING,
    WORDS_OF_STATUS,
    WORDS_OF_TRIALS,
)
from generator.readers.layouts.project_page.sentences import Sentence, sentences_of
from generator.readers.layouts.project_page.trials import Trial, numbers_in, registers, slug_of, trials_of
from generator.readers.reader import Reader, ReadError


@dataclass(slots=True)
class _Drug:
    """An intervention as sentences name it."""

    name: str
    lines: list[Lines]
    others: list[tuple[str, Lines]] = field(default_factory=list)

    def keys(self) -> set[str]:
        return {_key(self.name), *(_key(other) for other, _ in self.others)}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a sentence speaks of."""

    trials: tuple[Trial, ...]
    each: bool = False
    """True where it says the same of each of several trials."""
    by_place: str | None = None
    """Set where only the place of the sentence says which trial it is: the rule, for the source's note."""
    unclear: bool = False
    """True where it speaks of one trial without saying which."""

    @property
    def single(self) -> Trial | None:
        return self.trials[0] if len(self.trials) == 1 and not self.unclear else None


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


_HEADING_KEYS = frozenset(map(_key, HEADINGS))


@cache
def _marks_of_others() -> re.Pattern[str]:
    """Return what shows that a page is of another layout, or no page of prose at all."""
    marks = (*OTHER_FORMATS, *(mark for reader in all_readers() for mark in reader.marks))
    return re.compile("|".join(f"(?:{mark})" for mark in marks), re.MULTILINE)


class ProjectPage(Reader):
    """Reads a research project's page in prose."""

    layout = "project-page"
    title = gettext_noop("project page, prose")
    short_title = gettext_noop("project page")
    rank = 7
    description = (
        "What sentences say of a trial without doubt is read: its name, numbers, state, size, aim, drugs "
        "and conditions. The rest is shown in the page's own words."
    )
    last_resort = True

    def recognises(self, document: Document) -> bool:
        """Say whether the text is prose that names trials of its own, without any registry's marks."""
        if document.structured or len(document.text) > LONGEST_PAGE or _marks_of_others().search(document.text):
            return False
        if sum(1 for _ in TABLE_ROW.finditer(document.text)) > MOST_TABLE_ROWS:
            return False
        sentences = sentences_of(document)
        everything = sum(len(sentence.text) for sentence in sentences)
        prose = sum(len(sentence.text) for sentence in sentences if sentence.whole and len(sentence.text.split()) >= 6)
        if not everything or prose < LEAST_SHARE_OF_PROSE * everything:
            return False
        return 0 < sum(trial.own for trial in trials_of(sentences)) <= MOST_TRIALS

    def read(self, document: Document) -> list[Record]:
        """Return a record for each trial that the page calls its own."""
        sentences = sentences_of(document)
        trials = trials_of(sentences)
        own = [trial for trial in trials if trial.own]
        if not own:
            raise ReadError(1, "This page names no trial of its own. Name the trial, as in “the ABC-DEF study”.")
        return _PageReading(document, sentences, own, [trial for trial in trials if not trial.own]).records()


class _PageReading:
    """The reading of one page."""

    def __init__(self, document: Document, sentences: list[Sentence], own: list[Trial], others: list[Trial]) -> None:
        self.document = document
        self.sentences = sentences
        self.trials = own
        self.others = others
        self.drafts = {trial.slug: Draft(document, ProjectPage.layout) for trial in own}
        self.statuses: dict[str, list[tuple[str | None, Sentence]]] = {trial.slug: [] for trial in own}
        self.foreign_numbers: list[tuple[str, Lines]] = []
        self.drugs: dict[str, list[_Drug]] = {trial.slug: [] for trial in own}
        self.conditions: dict[str, list[tuple[str, Lines]]] = {trial.slug: [] for trial in own}
        self.summaries: dict[str, list[tuple[Sentence, str | None]]] = {trial.slug: [] for trial in own}
        self.section: Trial | None = None

    def records(self) -> list[Record]:
        self._name_trials()
        self._read_numbers()
        subjects = self._subjects()
        for sentence, subject in subjects:
            if subject is not None and len(sentence.text) <= LONGEST_SENTENCE:
                self._read_facts(sentence, subject)
        self._write_facts()
        self._write_statements(subjects)
        return [self._finish(trial) for trial in self.trials]

    # Names and numbers

    def _name_trials(self) -> None:
        for trial in self.trials:
            draft = self.drafts[trial.slug]
            if trial.only_number is not None:
                self._state_number(trial, trial.only_number, trial.naming_lines)
                continue
            path = "protocolSection.identificationModule.acronym"
            draft.state(path, trial.name, trial.naming_lines[0])
            for lines in trial.naming_lines[1:]:
                draft.support(path, lines)
            path = "protocolSection.identificationModule.briefTitle"
            if trial.titles:
                title = trial.titles[0][0]
                for text, lines in trial.titles:
                    if _key(text) != _key(title):
                        continue
                    if draft.value(path) is None:
                        draft.state(path, title, lines)
                    else:
                        draft.support(path, lines)
            else:
                draft.state(path, trial.name, trial.naming_lines[0])

    def _read_numbers(self) -> None:
        """Give each trial the numbers that sentences give to it alone, at most one of each registry."""
        everything = [(number, sentence) for sentence in self.sentences for number in numbers_in(sentence.text)]
        claims: dict[str, dict[str, dict[str, tuple[RegistryNumber, list[Lines]]]]] = {}
        for number, sentence in everything:
            for trial in (trial for trial in self.trials if trial.only_number is None):
                if registers(sentence.text, trial, number) or self._is_lone(sentence.text, number, everything):
                    of_kind = claims.setdefault(number.kind.name, {}).setdefault(trial.slug, {})
                    of_kind.setdefault(number.number, (number, []))[1].append(sentence.lines)
        for of_kind_by_trial in claims.values():
            claimants = Counter(number for numbers in of_kind_by_trial.values() for number in numbers)
            for trial in self.trials:
                numbers = of_kind_by_trial.get(trial.slug, {})
                if len(numbers) == 1 and claimants[next(iter(numbers))] == 1:
                    ((number, lines),) = numbers.values()
                    self._state_number(trial, number, lines)
        taken = {number.number for trial in self.trials for number in trial.numbers}
        self.foreign_numbers = [
            (number.number, sentence.lines) for number, sentence in everything if number.number not in taken
        ]

    def _state_number(self, trial: Trial, number: RegistryNumber, lines: list[Lines]) -> None:
        draft = self.drafts[trial.slug]
        trial.add_number(number)
        path = "protocolSection.identificationModule.nctId"
        if number.kind.name != "nct":
            item = draft.item("protocolSection.identificationModule.secondaryIdInfos")
            path = f"{item}.id"
        draft.state(path, number.number, lines[0])
        for others in lines[1:]:
            draft.support(path, others)
        if number.kind.name != "nct":
            note = note_of_form(number)
            draft.state(f"{item}.type", number.kind.secondary_id_type, lines[0], "inferred", note)
            if number.kind.secondary_id_type == "REGISTRY":
                draft.state(f"{item}.domain", number.kind.registry, lines[0], "inferred", note)

    def _is_lone(self, text: str, number: RegistryNumber, everything: list[tuple[RegistryNumber, Sentence]]) -> bool:
        """Say whether *text* is a line with the only number of its kind, on a page of one trial."""
        return (
            len(self.trials) == 1
            and text[number.end :].strip() in {"", "."}
            and LONE_REGISTRATION.match(text[: number.start]) is not None
            and len({other.number for other, _ in everything if other.kind is number.kind}) == 1
        )

    # Whom a sentence is about

    def _subjects(self) -> list[tuple[Sentence, _Subject | None]]:
        """Return each sentence with what it speaks of; None for headings and the like."""
        result: list[tuple[Sentence, _Subject | None]] = []
        named_in_paragraph: dict[int, set[str]] = {}
        for sentence in self.sentences:
            named = named_in_paragraph.setdefault(sentence.paragraph, set())
            named.update(trial.slug for trial in self._named(sentence.text))
        for sentence in self.sentences:
            text = READ_MORE.sub("", sentence.text)
            if BOILERPLATE.fullmatch(text):
                self.document.account(self._numbers(sentence), LineRole.BOILERPLATE, "a link of the page")
                result.append((sentence, None))
                continue
            if not sentence.whole:
                heading = self._heading(text)
                if heading is not None:
                    self.section = heading
                    self.document.account(self._numbers(sentence), LineRole.HEADING, f"the part about {heading.name}")
                    result.append((sentence, None))
                    continue
                if _key(text) in _HEADING_KEYS or PROJECT_HEADING.fullmatch(text):
                    self.section = None
                    self.document.account(self._numbers(sentence), LineRole.HEADING, "a heading of the page")
                    result.append((sentence, None))
                    continue
                if len(self.trials) > 1 or not self._named(text):
                    self.section = None
            subject = self._subject(sentence, named_in_paragraph[sentence.paragraph])
            if subject is not None and not subject.trials and result:
                subject = self._carried_on(sentence, *result[-1]) or subject
            result.append((sentence, subject))
        return result

    def _carried_on(self, sentence: Sentence, before: Sentence, subject: _Subject | None) -> _Subject | None:
        """Return what a sentence without a subject of its own speaks of: what the one before it spoke of."""
        if subject is None or not subject.trials or before.paragraph != sentence.paragraph:
            return None
        place = subject.by_place or gettext_noop("The sentence goes on from one that is about this trial.")
        return _Subject(subject.trials, by_place=place, unclear=subject.unclear)

    def _heading(self, text: str) -> Trial | None:
        for trial in self.trials:
            if re.fullmatch(rf"{trial.pattern}(?:[\s:|/,–-]{{1,5}}{trial.pattern}){{0,3}}\s*:?", text):
                return trial
        return None

    def _named(self, text: str) -> list[Trial]:
        return [trial for trial in self.trials if trial.is_named(text)]

    def _subject(self, sentence: Sentence, named_in_paragraph: set[str]) -> _Subject | None:
        text = sentence.text
        named = self._named(text)
        speaks = WORDS_OF_TRIALS.search(text) is not None
        if speaks and EACH.search(text):
            return _Subject(tuple(self.trials), each=True)
        if speaks and TOGETHER.search(text):
            return _Subject(tuple(self.trials))
        if named:
            return _Subject(tuple(named))
        if speaks and THE_STUDY.search(text):
            if len(self.trials) == 1:
                return _Subject(tuple(self.trials))
            if len(named_in_paragraph) == 1:
                trial = next(trial for trial in self.trials if trial.slug in named_in_paragraph)
                return _Subject((trial,), by_place=f"The paragraph names no other trial than {trial.name}.")
            if self.section is not None:
                return _Subject((self.section,), by_place=f"The text stands under the heading “{self.section.name}”.")
            return _Subject(tuple(self.trials), unclear=True)
        if not sentence.whole:
            return None
        if self.section is not None and len(self.trials) > 1:
            return _Subject((self.section,), by_place=f"The text stands under the heading “{self.section.name}”.")
        return _Subject(())

    # Facts

    def _read_facts(self, sentence: Sentence, subject: _Subject) -> None:
        text = READ_MORE.sub("", sentence.text)
        for trial in subject.trials:
            self._read_status(trial, subject, sentence, text)
        if subject.unclear:
            return
        self._read_aims_in_brackets(sentence)
        if subject.single or subject.each:
            for trial in subject.trials:
                self._read_size(trial, sentence, subject)
        for trial in subject.trials:
            self._read_drugs(trial, sentence)
            if ABOUT_THE_AIM.search(text):
                self._read_own_aim(trial, sentence, subject)
                self._read_people(trial, sentence, subject)

    def _read_status(self, trial: Trial, subject: _Subject, sentence: Sentence, text: str) -> None:
        if not WORDS_OF_STATUS.search(text):
            return
        speakers = [trial.pattern]
        if subject.single is trial:
            speakers.append(THE_STUDY.pattern)
        if len(subject.trials) > 1 and not subject.unclear:
            speakers.extend((TOGETHER.pattern, EACH.pattern))
        for status, pattern in STATUSES:
            for speaker in speakers:
                match = re.search(
                    pattern.replace("{recruitment}", RECRUITMENT_OF).replace("{s}", f"(?:{speaker})"), text
                )
                if match and not _is_doubtful(text, match):
                    self.statuses[trial.slug].append((status, sentence))
                    return

    def _read_size(self, trial: Trial, sentence: Sentence, subject: _Subject) -> None:
        if DENYING.search(sentence.text) or OF_ANOTHER.search(sentence.text):
            return
        draft, (how, note) = self.drafts[trial.slug], _manner(subject)
        counts = {re.sub(r"\D", "", match["count"]) for match in ENROLLMENT.finditer(sentence.text)}
        path = "protocolSection.designModule.enrollmentInfo.count"
        partly = OF_A_PART.search(sentence.text) or SUPPOSING.search(sentence.text)
        if len(counts) == 1 and not partly and draft.value(path) in (None, int(count := counts.pop())):
            draft.state(path, int(count), sentence.lines, how, note)
        if subject.single and draft.value("catalogSection.countries") is None:
            for country in _countries(sentence.text):
                draft.append("catalogSection.countries", country, sentence.lines, how, note)

    def _read_own_aim(self, trial: Trial, sentence: Sentence, subject: _Subject) -> None:
        speakers = [trial.pattern]
        if subject.single is trial:
            speakers.append(THE_STUDY.pattern)
        how, note = _manner(subject)
        for pattern in OWN_OBJECTIVES:
            for speaker in speakers:
                match = re.search(pattern.replace("{s}", f"(?:{speaker})"), sentence.text)
                if match and (subject.single is trial or not self._named(match["aim"])):
                    self.drafts[trial.slug].append("catalogSection.objectives", match["aim"], sentence.lines, how, note)
                    return

    def _read_aims_in_brackets(self, sentence: Sentence) -> None:
        """Read ``i) prevent (A study) ii) enhance the treatment (B study) of C``: an aim for each trial."""
        text = sentence.text
        if any(self.drafts[trial.slug].value("catalogSection.objectives") for trial in self._named(text)):
            return
        found = list(re.finditer(AIM_BEFORE_NAME, text)) if "(" in text else []
        if not found:
            return
        shared = SHARED_OBJECT.match(text[found[-1].end() :])
        for match in found:
            trial = next((trial for trial in self.trials if trial.slug == slug_of(match["name"])), None)
            if trial is None:
                continue
            draft = self.drafts[trial.slug]
            if shared is None or (match is not found[-1] and not NEEDS_AN_OBJECT.search(match["aim"])):
                draft.append("catalogSection.objectives", match["aim"], sentence.lines)
                continue
            link = " " if " " not in match["aim"] else " of "
            note = notes.sentence(
                "The sentence lists the aims as “{aims}” and gives what they are about, “{object}”, once for all of "
                "them; both were put together.",
                aims=text[found[0].start() : found[-1].end()].strip(" ,;:"),
                object=shared["object"],
            )
            draft.append(
                "catalogSection.objectives", match["aim"] + link + shared["object"], sentence.lines, "inferred", note
            )
            self.conditions[trial.slug].append((shared["object"], sentence.lines))

    def _read_drugs(self, trial: Trial, sentence: Sentence) -> None:
        if not WORDS_OF_GIVING.search(sentence.text) or DENYING.search(sentence.text):
            return
        for pattern in INTERVENTIONS:
            for match in re.finditer(pattern, sentence.text):
                items = list(_drug_names(match["list"]))
                if not items:
                    continue
                for name, others in items:
                    self._add_drug(trial, name, others, sentence.lines)
                if comparator := match.groupdict().get("comparator"):
                    name = re.sub(r"^an?\s+", "", comparator)
                    self._add_drug(trial, name, [], sentence.lines)
                return

    def _add_drug(self, trial: Trial, name: str, others: list[str], lines: Lines) -> None:
        new = _Drug(name, [lines], [(other, lines) for other in others])
        for known in self.drugs[trial.slug]:
            if known.keys() & new.keys():
                if new.others and not known.others and _key(known.name) != _key(new.name):
                    known.name, new.name = new.name, known.name
                    known.others = [(text, at) for text, at in new.others if _key(text) != _key(new.name)]
                    known.others.insert(0, (new.name, known.lines[0]))
                if lines not in known.lines:
                    known.lines.append(lines)
                return
        self.drugs[trial.slug].append(new)

    def _read_people(self, trial: Trial, sentence: Sentence, subject: _Subject) -> None:
        if DENYING.search(sentence.text):
            return
        draft, (how, note) = self.drafts[trial.slug], _manner(subject)
        path = "protocolSection.eligibilityModule.studyPopulation"
        if (match := POPULATION.search(sentence.text)) and draft.value(path) is None:
            draft.state(path, match["population"], sentence.lines, how, note)
        for match in CONDITION.finditer(sentence.text):
            words = match["condition"].strip()
            if len(words.split()) <= 6 and not NOT_A_CONDITION.search(words):
                self.conditions[trial.slug].append((words, sentence.lines))

    # Writing

    def _write_facts(self) -> None:
        for trial in self.trials:
            self._write_drugs(trial)
            self._write_conditions(trial)
            self._write_status(trial)
            draft = self.drafts[trial.slug]
            for number, lines in dict(reversed(self.foreign_numbers)).items():
                item = draft.item("catalogSection.mentions")
                draft.state(f"{item}.id", number, lines)
                draft.state(f"{item}.relation", "Named on the page", lines)
            for other in self.others:
                item = draft.item("catalogSection.mentions")
                draft.state(f"{item}.title", other.titles[0][0] if other.titles else other.name, other.naming_lines[0])
                draft.state(f"{item}.relation", "Named on the page", other.naming_lines[0])

    def _write_drugs(self, trial: Trial) -> None:
        draft = self.drafts[trial.slug]
        for drug in self.drugs[trial.slug]:
            item = draft.item("protocolSection.armsInterventionsModule.interventions")
            draft.state(f"{item}.name", drug.name, drug.lines[0])
            for lines in drug.lines[1:]:
                draft.support(f"{item}.name", lines)
            for other, lines in drug.others:
                draft.append(f"{item}.otherNames", other, lines)

    def _write_conditions(self, trial: Trial) -> None:
        draft = self.drafts[trial.slug]
        path = "protocolSection.conditionsModule.conditions"
        written: list[str] = []
        for condition, lines in self.conditions[trial.slug]:
            if _key(condition) in written:
                draft.support(f"{path}.{written.index(_key(condition))}", lines)
                continue
            draft.append(path, condition, lines)
            written.append(_key(condition))
            for sentence in self.sentences:
                if sentence.lines == lines:
                    continue
                if re.search(rf"(?<![\w-]){re.escape(condition)}(?![\w-])", sentence.text, re.IGNORECASE):
                    draft.support(f"{path}.{len(written) - 1}", sentence.lines)
                elif (short := _initials(condition)) and re.search(
                    rf"(?<![\w-]){re.escape(short)}(?![\w-])", sentence.text
                ):
                    note = notes.sentence("“{short}” has the initials of “{name}”.", short=short, name=condition)
                    draft.support(f"{path}.{len(written) - 1}", sentence.lines, "inferred", note)

    def _write_status(self, trial: Trial) -> None:
        draft = self.drafts[trial.slug]
        path = "protocolSection.statusModule.overallStatus"
        said = self.statuses[trial.slug]
        values = {status for status, _ in said}
        if len(values) == 1 and None not in values:
            for number, (status, sentence) in enumerate(said):
                if number:
                    draft.support(path, sentence.lines)
                else:
                    draft.state(path, status, sentence.lines)
        elif values == {None}:
            sentence = said[0][1]
            note = notes.sentence(
                "The page says: “{words}” It does not say whether the trial goes on or has ended.", words=sentence.text
            )
            draft.absent(path, "notStated", note, sentence.lines)
        elif values:
            draft.absent(
                path, "notStated", gettext_noop("The page says different things of recruitment."), said[0][1].lines
            )

    def _write_statements(self, subjects: list[tuple[Sentence, _Subject | None]]) -> None:
        """Keep each sentence in its own words, with the trial or the trials that it is about."""
        open_statement: tuple[int, str, tuple[str, ...]] | None = None
        texts: list[Sentence] = []

        def close() -> None:
            nonlocal open_statement
            if open_statement is not None and texts:
                _, topic, ids = open_statement
                self._join(
                    " ".join(sentence.text for sentence in texts),
                    topic,
                    ids,
                    (texts[0].first_line, texts[-1].last_line),
                )
            open_statement = None
            texts.clear()

        everybody = tuple(trial.id for trial in self.trials)
        for sentence, subject in subjects:
            if subject is None:
                close()
                continue
            if (trial := subject.single) is not None:
                close()
                if sentence.whole:
                    self.summaries[trial.slug].append((sentence, subject.by_place))
                continue
            if not sentence.whole and not subject.trials:
                close()
                continue
            ids = tuple(trial.id for trial in subject.trials) or everybody
            topic = (
                "unassigned"
                if subject.unclear
                else next((name for name, mark in TOPICS if mark.search(sentence.text)), "background")
            )
            if subject.trials and not subject.each and not subject.unclear:
                self._joint_numbers(sentence, ids)
            if open_statement != (sentence.paragraph, topic, ids):
                close()
                open_statement = (sentence.paragraph, topic, ids)
            texts.append(sentence)
        close()
        for trial in self.trials:
            self._write_summary(trial)

    def _joint_numbers(self, sentence: Sentence, ids: tuple[str, ...]) -> None:
        """State participants and countries that the sentence gives for several trials together, of all of them."""
        trials = [trial for trial in self.trials if trial.id in ids]
        names = " and ".join(filter(None, [", ".join(trial.name for trial in trials[:-1]), trials[-1].name]))
        if not HAS_DIGIT.search(sentence.text) and "countries" not in sentence.text:
            return
        if DENYING.search(sentence.text) or OF_ANOTHER.search(sentence.text):
            return
        if match := ENROLLMENT.search(sentence.text):
            start = max(sentence.text.rfind(". ", 0, match.start()) + 1, 0)
            self._join(sentence.text[start : match.end()].strip(), "enrollment", ids, sentence.lines)
            note = notes.sentence(
                "The page gives {n} participants for {names} together, not for each.", n=match["count"], names=names
            )
            for trial in trials:
                draft = self.drafts[trial.slug]
                if draft.value("protocolSection.designModule.enrollmentInfo") is None:
                    draft.absent("protocolSection.designModule.enrollmentInfo", "notStated", note, sentence.lines)
        if match := COUNTRIES.search(sentence.text):
            self._join(match[0].strip(), "countries", ids, sentence.lines)
            note = notes.sentence(
                "The page gives {countries} for {names} together, not for each.",
                countries=match["countries"],
                names=names,
            )
            for trial in trials:
                self.drafts[trial.slug].absent("catalogSection.countries", "notStated", note, sentence.lines)

    def _join(self, text: str, topic: str, ids: tuple[str, ...], lines: Lines) -> None:
        for trial in self.trials:
            if trial.id in ids:
                draft = self.drafts[trial.slug]
                statement: Json = {"text": text, "topic": topic, "studies": list(ids)}
                draft.append("catalogSection.jointStatements", statement, lines)

    def _write_summary(self, trial: Trial) -> None:
        said = self.summaries[trial.slug]
        if not said:
            return
        text = said[0][0].text
        for (before, _), (sentence, _) in pairwise(said):
            text += (" " if before.paragraph == sentence.paragraph else "\n\n") + sentence.text
        path = "protocolSection.descriptionModule.briefSummary"
        draft = self.drafts[trial.slug]
        for number, (sentence, place) in enumerate(said):
            how: How = "inferred" if place else "stated"
            if number:
                draft.support(path, sentence.lines, how, place)
            else:
                draft.state(path, text, sentence.lines, how, place)

    def _finish(self, trial: Trial) -> Record:
        record = self.drafts[trial.slug].finish(trial.id, provisional=not trial.numbers)
        said = self.statuses[trial.slug]
        if len({status for status, _ in said}) > 1:
            record.study.catalog_section.contradictions.append(
                Contradiction(
                    pointer="/protocolSection/statusModule/overallStatus",
                    statements=[
                        Statement(
                            value=status or sentence.text,
                            sources=[
                                Source(
                                    document=self.document.path,
                                    first_line=sentence.first_line,
                                    last_line=sentence.last_line,
                                )
                            ],
                        )
                        for status, sentence in said
                    ],
                    rule=notes.sentence("The page gives no dates, so none of them was chosen."),
                )
            )
            for _, sentence in said:
                self.document.account(
                    self._numbers(sentence), LineRole.FACT, f"{trial.id}#/catalogSection/contradictions"
                )
        elif said and said[0][0] is None:
            for _, sentence in said:
                self.document.account(
                    self._numbers(sentence), LineRole.FACT, f"{trial.id}#/protocolSection/statusModule/overallStatus"
                )
        return record

    def _numbers(self, sentence: Sentence) -> range:
        return range(sentence.first_line, sentence.last_line + 1)


def _is_doubtful(text: str, status: re.Match[str]) -> bool:
    """Say whether the words around what looks like a status may turn it into another statement, or none."""
    if UNCERTAIN_BEFORE.search(text[max(status.start() - FAR_BEFORE, 0) : status.start()]):
        return True
    before = CLAUSE_BEFORE.search(text[max(status.start() - FAR_BEFORE, 0) : status.start()])
    behind = CLAUSE_BEHIND.match(text[status.end() : status.end() + FAR_BEFORE])
    around = f"{before[0] if before else ''} {behind[0] if behind else ''}"
    if NOT_PARTICIPANTS_BEHIND.match(text[status.end() :]):
        return True
    return DENYING.search(around) is not None or SUPPOSING.search(around) is not None


def _manner(subject: _Subject) -> tuple[How, str | None]:
    return ("inferred", subject.by_place) if subject.by_place else ("stated", None)


def _countries(text: str) -> list[str]:
    """Return the countries that *text* lists, if they are as many as it says."""
    match = COUNTRIES.search(text)
    if match is None:
        return []
    names = [name.strip() for name in re.split(r",\s*(?:and\s+)?|\s+and\s+", match["countries"]) if name.strip()]
    number = NUMBER_WORDS.get(match["number"]) or int(match["number"])
    return names if len(names) == number else []


def _drug_names(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each name in a list of drugs with the other names in the brackets behind it."""
    for match in re.finditer(r"(?P<name>[^()]+?)(?:\s*\((?P<others>[^()]*)\))?(?:$|,?\s+(?:and/or|and|or)\s+)", text):
        name = re.sub(r"^(?:the|an?)\s+", "", match["name"].strip())
        if not name or len(name.split()) > 6 or NOT_A_DRUG.search(name):
            continue
        others = [other.strip() for other in (match["others"] or "").split(",") if other.strip()]
        if any(DOSE.search(other) or len(other.split()) > 4 for other in others):
            others = []
        yield name, others


def _initials(text: str) -> str | None:
    """Return the initials of a name of three words or more, in capitals."""
    words = [word for word in re.split(r"[\s-]+", text) if word and word not in {"of", "the", "and", "in", "with"}]
    return "".join(word[0] for word in words).upper() if len(words) >= 3 else None


READER = ProjectPage()
