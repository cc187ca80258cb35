"""A trial written by hand: Markdown with YAML front matter, for trials that no registry has and for corrections.

```
---
nctId: NCT06774235
source: e-mail of the coordinating investigator, 2026-03-02
overallStatus: COMPLETED
enrollmentInfo:
  count: 312
  type: ACTUAL
---
## Summary
What the trial is about.
```

Fields have the names of API v2, either inside their modules or, where a name is the only one of its kind, alone.
The common ones also have plain words (``title:``, ``sponsor:``, ``status: recruiting``; all of them are in
``hand_written_words.py``).  A trial that has no number and no ``slug:`` is called by its ``title:``.
What stands under a registered number corrects the registry, so it outranks every other document, and has to say
where it comes from.  Keys that do not exist are refused and the nearest one is named; values that API v2 does not
know are kept and reported.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

import msgspec
import yaml
from msgspec import inspect

from generator.language.messages import gettext_noop
from generator.model import enumerations
from generator.model.document import Document, LineRole
from generator.model.problem import Problem, Severity
from generator.model.record import Record
from generator.model.registry_numbers import RegistryNumber, recognise
from generator.model.sentence import Note, sentence
from generator.model.source import How
from generator.model.study import Study
from generator.model.word_tables import by_word
from generator.readers.draft import Draft, Lines
from generator.readers.hand_written_words import (
    CONTACTS,
    NUMBER_WORDS,
    OF_ANYTHING,
    PLAIN_WORDS,
    PlainField,
    Value,
    plain,
)
from generator.readers.reader import Reader, ReadError

_FENCE = "---"
_MAXIMAL_FRONT_MATTER = 200_000
_MAXIMAL_LINE = 40_000
"""Characters."""
_MAXIMAL_DEPTH = 100
"""Lists and mappings one within the other: PyYAML takes longer for each the more are open."""
_MAXIMAL_HINTS = 50
"""Unknown names for which the nearest known one is looked for: the search is slow."""
_KEY = re.compile(r"([A-Za-z][\w -]{0,60}?)[ \t]*:(?:[ \t]|$)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

_NAMES = ("id", "nctId", "slug")
"""Keys that say which trial it is."""
_OWN_KEYS = frozenset({*_NAMES, "source", "asOf"})
"""Keys that are not fields of API v2."""
_CATALOG_FIELDS = ("countries", "objectives", "sponsorsWithoutRole", "outcomesWithoutType")
"""Fields of the catalog's own section that a hand-written trial can have."""

_PROSE = by_word(
    {
        "protocolSection.descriptionModule.briefSummary": "summary; brief summary",
        "protocolSection.descriptionModule.detailedDescription": "description; detailed description",
        "protocolSection.eligibilityModule.eligibilityCriteria": "eligibility; eligibility criteria; criteria",
    }
)
"""Heading in lower case -> field of the text below it."""
_DESCRIPTION = _PROSE["description"]

_ENUMERATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("overallStatus", enumerations.STATUSES),
    ("lastKnownStatus", enumerations.STATUSES),
    ("statusForNctId", enumerations.STATUSES),
    ("locations.status", enumerations.RECRUITMENT_STATUSES),
    ("phases", enumerations.PHASES),
    ("studyType", enumerations.STUDY_TYPES),
    ("allocation", enumerations.ALLOCATIONS),
    ("interventionModel", enumerations.INTERVENTION_MODELS),
    ("masking", enumerations.MASKINGS),
    ("whoMasked", enumerations.WHO_MASKED),
    ("primaryPurpose", enumerations.PRIMARY_PURPOSES),
    ("observationalModel", enumerations.OBSERVATIONAL_MODELS),
    ("timePerspective", enumerations.TIME_PERSPECTIVES),
    ("armGroups.type", enumerations.ARM_GROUP_TYPES),
    ("interventions.type", enumerations.INTERVENTION_TYPES),
    ("sex", enumerations.SEXES),
    ("stdAges", enumerations.STANDARD_AGES),
    ("class", enumerations.AGENCY_CLASSES),
    ("responsibleParty.type", enumerations.RESPONSIBLE_PARTY_TYPES),
    ("overallOfficials.role", enumerations.OFFICIAL_ROLES),
    ("contacts.role", enumerations.CONTACT_ROLES),
    ("centralContacts.role", enumerations.CONTACT_ROLES),
    ("orgStudyIdInfo.type", enumerations.ORG_STUDY_ID_TYPES),
    ("secondaryIdInfos.type", enumerations.SECONDARY_ID_TYPES),
    ("enrollmentInfo.type", enumerations.DATE_TYPES),
    ("DateStruct.type", enumerations.DATE_TYPES),
    ("references.type", enumerations.REFERENCE_TYPES),
    ("ipdSharing", enumerations.IPD_SHARING),
    ("samplingMethod", enumerations.SAMPLING_METHODS),
)
"""End of a field's path, without places in lists -> the values that it is known to take."""


@dataclass(slots=True)
class _Shape:
    """What a field of API v2 can hold."""

    kind: str
    """``object``, ``list``, ``text``, ``answer`` (yes or no), ``count`` or ``number``."""
    fields: dict[str, _Shape] = field(default_factory=dict)
    items: _Shape | None = None


def _shape(type_: inspect.Type) -> _Shape:
    """Return the shape of one of the model's types."""
    if isinstance(type_, inspect.UnionType):
        return _shape(next(one for one in type_.types if not isinstance(one, inspect.NoneType)))
    if isinstance(type_, inspect.StructType):
        return _Shape("object", {one.encode_name: _shape(one.type) for one in type_.fields})
    if isinstance(type_, inspect.ListType):
        return _Shape("list", items=_shape(type_.item_type))
    if isinstance(type_, inspect.BoolType):
        return _Shape("answer")
    if isinstance(type_, inspect.IntType):
        return _Shape("count")
    if isinstance(type_, inspect.FloatType):
        return _Shape("number")
    return _Shape("text")


@cache
def _study_shape() -> _Shape:
    """The shape of a study as it can be written by hand."""
    root = _Shape("object", {})
    for one in inspect.type_info(Study).fields:  # type: ignore[attr-defined]  # a StructType, whose stub hides it
        if one.encode_name == "catalogSection":
            section = msgspec.inspect.type_info(one.type.cls)
            fields = {inner.encode_name: inner for inner in section.fields}  # type: ignore[attr-defined]
            root.fields["catalogSection"] = _Shape(
                "object", {name: _shape(fields[name].type) for name in _CATALOG_FIELDS}
            )
        else:
            root.fields[one.encode_name] = _shape(one.type)
    return root


@cache
def _short_names() -> dict[str, tuple[str, ...]]:
    """Every name that can stand alone at the top -> the paths that it could mean."""
    names: dict[str, list[str]] = {}

    def collect(shape: _Shape, path: str) -> None:
        for name, inner in shape.fields.items():
            names.setdefault(name, []).append(f"{path}.{name}")
            if inner.kind == "object":
                collect(inner, f"{path}.{name}")

    root = _study_shape()
    collect(root.fields["protocolSection"], "protocolSection")
    collect(root.fields["catalogSection"], "catalogSection")
    for name in root.fields:
        if name != "catalogSection":
            names[name] = [name]
    return {name: tuple(paths) for name, paths in names.items()}


def _shape_at(path: str) -> _Shape:
    shape = _study_shape()
    for step in path.split("."):
        shape = shape.fields[step]
    return shape


class _Writing:
    """One hand-written document on its way to a record."""

    def __init__(self, document: Document, layout: str) -> None:
        self.document = document
        self.draft = Draft(document, layout)
        self.problems: list[Problem] = []
        self.how: How = "stated"
        self.note: Note | None = None
        self.hints = 0
        self.contact = ""
        """The place of the contact whose parts plain words state."""

    def record(self) -> Record:
        """Return the record.

        Raises ReadError where it cannot be known which trial it is, or where a correction has no source.
        """
        end = self._end_of_front_matter()
        root = self._front_matter(end)
        keys = self._keys(root)
        keys = self._with_own_keys(keys)
        texts = {name: self._own_text(*keys[name]) for name in _OWN_KEYS if name in keys}
        number, identifier = self._which_trial(keys, texts)
        source = texts.get("source")
        if number and not source:
            name = "nctId" if "nctId" in keys else "id"
            raise ReadError(
                self._line(keys[name][0]),
                f"{number.number}, given as `{name}`, is registered, so this is a correction: say under `source:` "
                "where it comes from, or save the registry's record instead",
                "no-source",
            )
        if source:
            self.how, self.note = "curated", sentence("Source: {source}", source=source)
            self._account(keys["source"], LineRole.FACT, identifier, "source of the corrections")
        if number:
            self._state_number(number, keys["nctId" if "nctId" in keys else "id"])
        elif "slug" in keys or "id" in keys:
            self._account(keys["slug" if "slug" in keys else "id"], LineRole.FACT, identifier, "id")
        if "asOf" in keys:
            self._account(keys["asOf"], LineRole.FACT, identifier, "date of the content")
            self._check_date("asOf", texts["asOf"], self._line(keys["asOf"][1]))
        for name, (key, value) in keys.items():
            if name not in _OWN_KEYS:
                self._top(name, key, value)
        self._prose(end)
        for line in (self.document.line(1), self.document.line(end)):
            self.document.account(line.number, LineRole.HEADING, "front matter")
        for line in self.document.lines[: end - 1]:
            if line.stripped.startswith("#"):
                self.document.account(line.number, LineRole.BOILERPLATE, "comment")
            elif line.stripped and set(line.stripped) <= set("[]{},"):
                self.document.account(line.number, LineRole.HEADING, "brackets")
        record = self.draft.finish(identifier, as_of=texts.get("asOf"), provisional=number is None)
        record.problems.extend(sorted(self.problems))
        return record

    # Front matter

    def _end_of_front_matter(self) -> int:
        """Return the number of the line that closes the front matter."""
        for line in self.document.lines[1:]:
            if line.text.rstrip() == _FENCE:
                return line.number
        raise ReadError(1, "The front matter is not closed: put a line with `---` below it", "broken-front-matter")

    def _front_matter(self, end: int) -> yaml.MappingNode:
        text = "\n".join(line.text for line in self.document.lines[1 : end - 1])
        if len(text) > _MAXIMAL_FRONT_MATTER:
            raise ReadError(
                1, f"The front matter has more than {_MAXIMAL_FRONT_MATTER} characters", "broken-front-matter"
            )
        for line in self.document.lines[1 : end - 1]:
            if len(line.text) > _MAXIMAL_LINE:
                raise ReadError(
                    line.number, f"The line has more than {_MAXIMAL_LINE} characters; break it", "broken-front-matter"
                )
        try:
            depth = 0
            for event in yaml.parse(text, Loader=yaml.SafeLoader):
                at = event.start_mark.line + 2 if event.start_mark else 1
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _MAXIMAL_DEPTH:
                    raise ReadError(at, "The front matter is nested too deeply", "broken-front-matter")
                if isinstance(event, yaml.AliasEvent):
                    raise ReadError(
                        at,
                        f"`*{event.anchor}` repeats another part of the front matter; write it out",
                        "broken-front-matter",
                    )
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise ReadError(
                min(mark.line + 2, end) if mark else 1,
                f"The front matter is no valid YAML: {error.problem or error.context}",
                "broken-front-matter",
            ) from error
        except yaml.YAMLError as error:
            reason = str(error).splitlines()[0] if str(error) else "it has characters that YAML does not allow"
            raise ReadError(1, f"The front matter is no valid YAML: {reason}", "broken-front-matter") from error
        if not isinstance(node, yaml.MappingNode):
            raise ReadError(2, "The front matter is no list of `key: value`", "broken-front-matter")
        return node

    def _keys(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Return key -> nodes; a key that stands twice is refused the second time."""
        keys: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, "A key has to be one word", "unknown-key")
            elif key.value in keys:
                self._problem(key, f"`{key.value}` stands twice; the first one counts", "double-key")
            else:
                keys[key.value] = (key, value)
        return keys

    def _own_text(self, key: yaml.Node, value: yaml.Node) -> str:
        if isinstance(value, yaml.ScalarNode) and value.value.strip():
            return " ".join(value.value.split())
        raise ReadError(self._line(key), f"`{key.value}:` needs a value in one line", "broken-front-matter")

    def _which_trial(
        self, keys: dict[str, tuple[yaml.Node, yaml.Node]], texts: dict[str, str]
    ) -> tuple[RegistryNumber | None, str]:
        """Return the registry number, if there is one, and the trial's id."""
        number = None
        if "nctId" in texts:
            number = recognise(texts["nctId"])
            if number is None or number.kind.name != "nct":
                raise ReadError(
                    self._line(keys["nctId"][1]),
                    f"`{texts['nctId']}` is no NCT number such as NCT06774235",
                    "no-number",
                )
        if "id" in texts:
            other = recognise(texts["id"])
            if other and not other.primary:
                raise ReadError(
                    self._line(keys["id"][1]),
                    f"`{texts['id']}` is a number of {other.kind.registry}, not of a trial",
                    "no-number",
                )
            if number and (other is None or other.number != number.number):
                raise ReadError(
                    self._line(keys["id"][1]), f"`id` and `nctId` ({number.number}) name two trials", "two-numbers"
                )
            number = number or other
        if number:
            if "slug" in texts:
                self._problem(
                    keys["slug"][0], f"`slug` is for trials without a number; {number.number} is used", "double-key"
                )
            return number, number.identifier
        name = "slug" if "slug" in texts else "id"
        if name not in texts and (slug := self._slug_of_title(keys)):
            return None, slug
        if name not in texts:
            raise ReadError(
                2,
                "It is not said which trial this is: add `nctId:`, `id:` (a registry's number) or `slug:`",
                "no-number",
            )
        if not _SLUG.fullmatch(texts[name]) or len(texts[name]) > 80:
            raise ReadError(
                self._line(keys[name][1]),
                f"`{texts[name]}` is neither a registry's number nor a slug such as my-trial: use a-z, 0-9 and hyphens",
                "no-number",
            )
        return None, texts[name]

    def _state_number(self, number: RegistryNumber, nodes: tuple[yaml.Node, yaml.Node]) -> None:
        module = "protocolSection.identificationModule"
        if number.kind.name == "nct":
            self._put(f"{module}.nctId", number.number, nodes[1])
        else:
            path = self.draft.item(f"{module}.secondaryIdInfos")
            self._put(f"{path}.id", number.number, nodes[1])
            if number.kind.secondary_id_type:
                self._put(f"{path}.type", number.kind.secondary_id_type, nodes[1])

    def _with_own_keys(self, keys: dict[str, tuple[yaml.Node, yaml.Node]]) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Return *keys* with the plain words for a trial's number under the names of the keys that they stand for."""
        found = {name: nodes for name, nodes in keys.items() if plain(name) not in NUMBER_WORDS}
        for name, nodes in keys.items():
            own = NUMBER_WORDS.get(plain(name))
            if own and own in found:
                self._problem(nodes[0], f"`{name}` says again what `{own}` says; the first one counts", "double-key")
            elif own:
                found[own] = nodes
        return found

    def _slug_of_title(self, keys: dict[str, tuple[yaml.Node, yaml.Node]]) -> str | None:
        """Return a slug made of the plain ``title:``, and report that it changes with it."""
        title = next((nodes for name, nodes in keys.items() if plain(name) == "title"), None)
        if title is None or not isinstance(title[1], yaml.ScalarNode):
            return None
        letters = unicodedata.normalize("NFKD", title[1].value).encode("ascii", "ignore").decode().casefold()
        slug = "-".join(re.findall(r"[a-z0-9]+", letters))[:80].strip("-")
        if not slug or recognise(slug):
            return None
        message = f"The trial has no number, so it is called by its title; add `slug: {slug}` to keep its address"
        self._report(self._line(title[0]), message, "called-by-title", "note")
        return slug

    def _plain(self, name: str, field: PlainField, key: yaml.Node, node: yaml.Node) -> None:
        """Handle one key that is a plain word."""
        items = node.value if isinstance(node, yaml.SequenceNode) and field.several else [node]
        if isinstance(node, yaml.ScalarNode) and not node.value.strip():
            self.document.account(self._line(key), LineRole.HEADING, f"{name}: nothing")
            return
        if self._line(key) != self._line(node):
            self.document.account(self._line(key), LineRole.HEADING, name)
        for item in items:
            if not isinstance(item, yaml.ScalarNode) or not item.value.strip():
                self._problem(item, f"`{name}` is {field.expects}", "wrong-type")
                continue
            text = item.value.strip()
            values = field.understand(text)
            if values is None:
                self._problem(item, f"`{name}` is {field.expects}, not `{text}`", "unknown-value")
                continue
            for value in values:
                self._put_plain(field, value, item)

    def _put_plain(self, field: PlainField, value: Value, node: yaml.Node) -> None:
        if field.things is not None:
            thing = self.draft.item(field.things)
            self._put(f"{thing}.{field.path}", value, node)
            for name, implied in field.beside:
                self._put(f"{thing}.{name}", implied, node)
        elif field.path.startswith(f"{CONTACTS}."):
            self.contact = self.contact or self.draft.item(CONTACTS)
            self._put(f"{self.contact}.{field.path.rpartition('.')[2]}", value, node)
        elif _shape_at(field.path).kind == "list":
            self.draft.append(field.path, value, self._lines(node), self.how, self.note)
        else:
            self._put(field.path, value, node)

    def _top(self, name: str, key: yaml.Node, value: yaml.Node) -> None:
        """Handle one key at the top."""
        paths = _short_names().get(name, ())
        if len(paths) != 1 and (field := PLAIN_WORDS.get(plain(name))) is not None:
            self._plain(name, field, key, value)
        elif len(paths) == 1:
            self._value(paths[0], _shape_at(paths[0]), key, value)
        elif paths:
            places = ", ".join(f"`{path.removeprefix('protocolSection.')}`" for path in paths)
            self._problem(key, f"`{name}` could be any of {places}; write it inside its module", "unknown-key")
        else:
            self._unknown(name, key, [*_short_names(), *_OWN_KEYS, *PLAIN_WORDS])

    def _unknown(self, name: str, key: yaml.Node, known: list[str]) -> None:
        near = self._nearest(name, known)
        hint = (
            f"did you mean `{near}`?"
            if near
            else "write a name of ClinicalTrials.gov's API v2, or a plain word such as title or sponsor"
        )
        self._problem(key, f"`{name}` is no field; {hint}", "unknown-key")

    def _value(self, path: str, shape: _Shape, key: yaml.Node, node: yaml.Node) -> None:
        """Put the value of *node* at *path*, whatever its shape."""
        name = path.rpartition(".")[2]
        if isinstance(node, yaml.ScalarNode) and node.style is None and node.value.strip() in {"", "~", "null"}:
            self.document.account(self._line(key), LineRole.HEADING, f"{name}: nothing")
        elif shape.kind == "object":
            if not isinstance(node, yaml.MappingNode):
                self._problem(node, f"`{name}` holds fields: {', '.join(list(shape.fields)[:6])}", "wrong-type")
                return
            self.document.account(self._line(key), LineRole.HEADING, name)
            for inner, (inner_key, inner_value) in self._keys(node).items():
                if inner in shape.fields:
                    self._value(f"{path}.{inner}", shape.fields[inner], inner_key, inner_value)
                else:
                    self._unknown(inner, inner_key, list(shape.fields))
        elif shape.kind == "list":
            self._list(path, shape, key, node)
        else:
            self._scalar(path, shape.kind, node)

    def _list(self, path: str, shape: _Shape, key: yaml.Node, node: yaml.Node) -> None:
        name = path.rpartition(".")[2]
        if not isinstance(node, yaml.SequenceNode):
            self._problem(
                node, f"`{name}` is a list: write each item in a line of its own that begins with `- `", "wrong-type"
            )
            return
        if self._line(key) != self._line(node) or not node.value:
            self.document.account(self._line(key), LineRole.HEADING, name)
        for item in node.value:
            if shape.items is None:
                continue
            if shape.items.kind == "object":
                if isinstance(item, yaml.MappingNode):
                    self._value(self.draft.item(path), shape.items, item, item)
                else:
                    self._problem(
                        item,
                        f"An item of `{name}` holds fields: {', '.join(list(shape.items.fields)[:6])}",
                        "wrong-type",
                    )
            elif isinstance(item, yaml.ScalarNode) and item.value.strip():
                text = item.value.strip()
                self._check(path, text, self._line(item))
                self.draft.append(path, text, self._lines(item), self.how, self.note)
            else:
                self._problem(item, f"An item of `{name}` is a text", "wrong-type")

    def _scalar(self, path: str, kind: str, node: yaml.Node) -> None:
        name = path.rpartition(".")[2]
        if not isinstance(node, yaml.ScalarNode):
            self._problem(node, f"`{name}` is one value, not a list and not several fields", "wrong-type")
            return
        text = node.value.strip()
        value: str | int | float | bool
        if kind == "answer":
            answer = {"true": True, "yes": True, "false": False, "no": False}.get(text.casefold())
            if answer is None:
                self._problem(node, f"`{name}` is `true` or `false`, not `{text}`", "wrong-type")
                return
            value = answer
        elif kind == "count":
            if not re.fullmatch(r"\d{1,9}", text):
                self._problem(node, f"`{name}` is a whole number, not `{text}`", "wrong-type")
                return
            value = int(text)
        elif kind == "number":
            if not re.fullmatch(r"-?\d{1,9}(?:\.\d{1,15})?", text):
                self._problem(node, f"`{name}` is a number, not `{text}`", "wrong-type")
                return
            value = float(text)
        else:
            value = text
            self._check(path, text, self._line(node))
        self._put(path, value, node)

    def _put(self, path: str, value: str | int | float | bool, node: yaml.Node) -> None:
        if not self.draft.offer(path, value, self._lines(node), self.how, self.note):
            name = path.rpartition(".")[2]
            self._problem(node, f"`{name}` is stated above already; the first one counts", "double-key")

    def _check(self, path: str, text: str, line: int) -> None:
        """Report a value that API v2 does not know, and a date that is none."""
        plain = re.sub(r"\.\d+(?=\.|$)", "", path)
        known = next((values for end, values in _ENUMERATIONS if _ends_with(plain, end)), None)
        if known and text not in known:
            near = self._nearest(re.sub(r"\W+", "_", text).strip("_").upper(), list(known))
            hint = f"did you mean {near}?" if near else f"known are {', '.join(known)}"
            name = path.rpartition(".")[2] if not path.rpartition(".")[2].isdecimal() else plain.rpartition(".")[2]
            self._report(line, f"`{text}` is no known value of `{name}`; {hint}", "unknown-value", "warning")
        if plain.endswith(("Date", ".date")):
            self._check_date(plain.rpartition(".")[2], text, line)

    def _check_date(self, name: str, text: str, line: int) -> None:
        if not _PARTIAL_DATE.fullmatch(text):
            self._report(
                line, f"`{name}` is a date such as 2019, 2019-07 or 2019-07-31, not `{text}`", "no-date", "warning"
            )

    # Prose

    def _prose(self, end: int) -> None:
        """Put the text below the front matter into the fields that its headings name."""
        parts: dict[str, list[tuple[int, int]]] = {}
        path, first, last = _DESCRIPTION, 0, 0
        fenced = False
        for line in [*self.document.lines[end:], None]:
            text = line.stripped if line else ""
            fenced ^= text.startswith(("```", "~~~"))
            heading = re.fullmatch(r"##[ \t]+(.+?)[ \t]*#*", text) if not fenced else None
            named = _PROSE.get(heading[1].casefold().rstrip(":")) if heading else None
            if line is None or heading:
                if first:
                    parts.setdefault(path, []).append((first, last))
                first = last = 0
            if line is None:
                break
            if heading and named:
                path = named
                self.document.account(line.number, LineRole.HEADING, heading[1])
                continue
            if heading:
                path = _DESCRIPTION
            if text:
                first, last = first or line.number, line.number
        for target, spans in parts.items():
            if self.draft.value(target) is not None:
                name = target.rpartition(".")[2]
                self._report(
                    spans[0][0],
                    f"`{name}` stands in the front matter already, so this text is left unread",
                    "double-key",
                    "error",
                )
                continue
            texts = [
                "\n".join(line.text.rstrip() for line in self.document.lines[start - 1 : stop]) for start, stop in spans
            ]
            self.draft.state(target, "\n\n".join(texts), spans[0], self.how, self.note)
            for span in spans[1:]:
                self.draft.support(target, span, self.how, self.note)

    # Lines and problems

    def _line(self, node: yaml.Node) -> int:
        """Return the line of the document on which *node* begins; the front matter begins on its second line."""
        return min(node.start_mark.line + 2, len(self.document.lines))

    def _lines(self, node: yaml.Node) -> Lines:
        first = self._line(node)
        last = node.end_mark.line + 2
        if node.end_mark.column == 0 and last > first:
            last -= 1
        while last > first and not self.document.line(min(last, len(self.document.lines))).stripped:
            last -= 1
        return first, min(last, len(self.document.lines))

    def _account(self, nodes: tuple[yaml.Node, yaml.Node], role: LineRole, identifier: str, what: str) -> None:
        lines = self._lines(nodes[1])
        last = lines if isinstance(lines, int) else lines[1]
        self.document.account(range(self._line(nodes[0]), last + 1), role, f"{identifier}#{what}")

    def _nearest(self, name: str, known: list[str]) -> str | None:
        """Return the known name that is most like *name*, if one is at all."""
        self.hints += 1
        if self.hints > _MAXIMAL_HINTS:
            return None
        folded = {one.casefold(): one for one in reversed(known)}
        near = difflib.get_close_matches(name.casefold()[:60], list(folded), n=1, cutoff=0.7)
        return folded[near[0]] if near else None

    def _problem(self, node: yaml.Node, message: str, code: str) -> None:
        self._report(self._line(node), message, code, "error")

    def _report(self, line: int, message: str, code: str, severity: Severity) -> None:
        self.problems.append(Problem(self.document.path, line, message, severity, code))


def _ends_with(path: str, end: str) -> bool:
    """Say whether *path* ends with the steps *end*; ``DateStruct.type`` means every field whose name ends so."""
    return path.endswith(end) if end.startswith("DateStruct") else f".{path}".endswith(f".{end}")


class HandWrittenReader(Reader):
    """Markdown with front matter whose keys are those of a trial."""

    layout = "hand-written"
    language = None
    title = gettext_noop("written by hand for this catalog")
    rank = 0
    description = (
        "Markdown with front matter: trials, and corrections of other documents, written by hand. An "
        "unknown key is named."
    )

    def recognises(self, document: Document) -> bool:
        """Say whether the text begins with front matter that has two of a trial's keys, one of them of trials only."""
        head = document.text[:20_000]
        if not re.match(r"---[ \t]*(?:\r\n|\n|\r)", head):
            return False
        keys: set[str] = set()
        for line in re.split(r"\r\n|\n|\r", head)[1:]:
            if line.rstrip() == _FENCE:
                break
            match = _KEY.match(line)
            if match:
                keys.add(match[1])
        known = {key for key in keys if key in _OWN_KEYS or len(_short_names().get(key, ())) == 1}
        words = {word for key in keys - known if (word := plain(key)) in PLAIN_WORDS or word in NUMBER_WORDS}
        of_trials = known.intersection(_NAMES) or known - _OWN_KEYS or words - OF_ANYTHING
        return len(known) + len(words) >= 2 and bool(of_trials)

    def read(self, document: Document) -> list[Record]:
        """Return the one record that the document writes down; what is wrong with it is among its problems."""
        return [_Writing(document, self.layout).record()]


READER = HandWrittenReader()
