"""XML and JSON records as one kind of tree, and the tables by which a registry's record is put in its places.

A layout says in a table where each element belongs, and in code only what takes more than one element.  Every element
with a text that nothing has taken is kept under its path, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
from lxml import etree

from generator.model.document import Document
from generator.model.pointers import Json, escape
from generator.readers.fields import Field, Rule, Statements
from generator.readers.json_positions import line_spans
from generator.readers.reader import ReadError
from generator.readers.registry_values import is_stated
from generator.readers.xml import Element, lines_of, parse

DEEPEST = 60
"""Levels of a tree; no registry's record has a fifth of them."""


@dataclass(slots=True)
class Node:
    """An element of XML, an attribute (``@name``), or a value of JSON."""

    name: str
    text: str
    """The text directly in it; empty for one that only holds others."""
    lines: tuple[int, int]
    place: str
    """XML path or JSON pointer."""
    children: list[Node] = field(default_factory=list)
    taken: bool = False

    def all(self, path: str) -> list[Node]:
        """Return the nodes at *path* below this one (``participants/country``), in order."""
        found = [self]
        for step in path.split("/"):
            found = [child for node in found for child in node.children if child.name == step]
        return found

    def first(self, path: str) -> Node | None:
        """Return the first node at *path* that states something."""
        return next((node for node in self.all(path) if is_stated(node.text)), None)

    def value(self, path: str) -> str:
        """Return the text of the first node at *path* in one line, empty where there is none."""
        node = self.first(path)
        return " ".join(node.text.split()) if node else ""

    def take(self, path: str = "") -> Field | None:
        """Return the first node at *path*, or this one, as a field, and count it as read; None where it is empty."""
        node = self.first(path) if path else self
        if node is None or not is_stated(node.text):
            return None
        node.taken = True
        return node.field()

    def field(self) -> Field:
        """Return the node as a field."""
        return Field(self.name, self.text, self.lines, self.place)

    def leaves(self, path: str = "") -> Iterator[tuple[str, Node]]:
        """Yield each node with a text below this one, with its path."""
        for child in self.children:
            here = f"{path}/{child.name}" if path else child.name
            if child.text:
                yield here, child
            yield from child.leaves(here)


Objects = Mapping[str, tuple[str, Mapping[str, Rule]]]
"""Path of a repeated element -> the list of objects that it belongs to, and for each child the rule of its value; a
rule's path is the name in the object."""


def read_tree(
    statements: Statements, root: Node, rules: Mapping[str, Rule], objects: Objects, extra: frozenset[str] = frozenset()
) -> None:
    """State what *rules* and *objects* know of *root*; leave alone what was taken before.

    Elements whose path begins with one of *extra* say nothing about the trial, such as numbers of rows.
    """
    for path, (target, parts) in objects.items():
        for node in root.all(path):
            item = ""
            for child, rule in parts.items():
                found = node.first(child)
                if found is None or found.taken:
                    continue
                item = item or statements.draft.item(target)
                if statements.apply(Rule(f"{item}.{rule.path}", rule.kind, rule.note), found.field()):
                    found.taken = True
    for path, rule in rules.items():
        for node in root.all(path):
            if not node.taken and is_stated(node.text) and statements.apply(rule, node.field()):
                node.taken = True
    for path, node in root.leaves():
        if not node.taken and is_stated(node.text) and not path.startswith(tuple(extra)):
            statements.keep(Field(path, node.text, node.lines, node.place))


def xml_tree(document: Document) -> Node:
    """Return the root element of *document*, names without their namespaces.

    Raises ReadError where the XML is broken, declares a document type, or is nested too deeply.
    """
    return _element(parse(document), "", document, 0)


def _element(element: Element, above: str, document: Document, depth: int) -> Node:
    if depth > DEEPEST:
        raise ReadError(1, "The XML is nested too deeply to be a trial", "broken-xml")
    name = etree.QName(element).localname
    place = f"{above}/{name}"
    text = (element.text or "").strip()
    lines = lines_of(element, document)
    node = Node(name, text, lines, place)
    for key, value in element.attrib.items():
        plain = f"@{etree.QName(key).localname}"
        node.children.append(Node(plain, str(value).strip(), (lines[0], lines[0]), f"{place}/{plain}"))
    counts: dict[str, int] = {}
    for child in element:
        if isinstance(child.tag, str):
            node.children.append(_element(child, place, document, depth + 1))
            one = node.children[-1]
            counts[one.name] = counts.get(one.name, 0) + 1
            if counts[one.name] > 1:
                one.place = f"{one.place}[{counts[one.name]}]"
        if child.tail and child.tail.strip():
            tail = child.tail.strip()
            node.text = f"{node.text}\n{tail}".strip()
    return node


def json_tree(document: Document) -> Node:
    """Return the JSON of *document* as a tree; items of a list have the list's name.

    Raises ReadError where the JSON is broken or nested too deeply.
    """
    text = document.text.removeprefix("\ufeff")
    try:
        content: Json = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError) as error:
        position = re.search(r"\(byte (\d+)\)", str(error))
        before = text.encode("utf-8", "replace")[: int(position[1])] if position else b""
        line = min(max(1, document.line_count), before.count(b"\n") + 1)
        raise ReadError(line, f"The JSON is broken: {error}; download it again", "broken-json") from error
    spans = line_spans(document, len(document.text) - len(text))
    root = Node("", "", (1, max(1, document.line_count)), "")
    _values(root, "", content, "", spans, 0)
    return root


def _values(above: Node, name: str, value: Json, place: str, spans: Mapping[str, tuple[int, int]], depth: int) -> None:
    if depth > DEEPEST:
        raise ReadError(1, "The JSON is nested too deeply to be a trial", "broken-json")
    if isinstance(value, list):
        for index, item in enumerate(value):
            _values(above, name, item, f"{place}/{index}", spans, depth + 1)
        return
    node = above
    if name or depth:
        node = Node(name, "", spans.get(place, (1, 1)), place)
        above.children.append(node)
    if isinstance(value, dict):
        for key, child in value.items():
            _values(node, key, child, f"{place}/{escape(key)}", spans, depth + 1)
    elif isinstance(value, bool):
        node.text = "true" if value else "false"
    elif value is not None:
        node.text = str(value).strip()
