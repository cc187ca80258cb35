"""What the catalog knows about a study and API v2 has no place for."""

from __future__ import annotations

import msgspec

from generator.model.sentence import Sentence
from generator.model.source import Absence, Source
from generator.model.structure import FrozenStructure, Structure


class DocumentReference(FrozenStructure, frozen=True):
    """A document that states something about the study."""

    path: str
    layout: str
    """Name of the layout that the document was recognised as, such as ``meddatax``."""
    title: str | None = None
    sha256: str | None = None
    as_of: str | None = None
    """The date the document itself gives for its content (partial date), never the file's."""


class NamedOrganization(Structure):
    """An organization as a document names it, without a role."""

    name: str | None = None
    class_: str | None = msgspec.field(default=None, name="class")


class UntypedOutcome(Structure):
    """An outcome measure of which the document does not say whether it is primary or secondary."""

    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class UnpairedContact(Structure):
    """A facility contact that the document does not attach to a site."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class JointStatement(Structure):
    """Something that a document states of several trials together, and so of none of them alone."""

    text: str | None = None
    topic: str | None = None
    """What it is about: ``enrollment``, ``countries``, ``objective``, ``hypothesis``, ``background`` …"""
    studies: list[str] = []
    """Ids of the studies that it is about."""


class TrialMention(Structure):
    """Another trial that the document names, for instance under "related trials"."""

    id: str | None = None
    title: str | None = None
    overall_status: str | None = None
    phases: list[str] = []
    relation: str | None = None
    """The heading under which the document names it."""


class UnreadText(FrozenStructure, frozen=True):
    """Lines of a document that no rule of its reader understood."""

    document: str
    first_line: int
    last_line: int
    text: str


class Statement(Structure):
    """One value among several that documents state for the same field."""

    value: str
    sources: list[Source] = []


class Contradiction(Structure):
    """Values that differ, side by side, and the rule that chose."""

    pointer: str
    """The field, as a JSON pointer into the study."""
    statements: list[Statement] = []
    """The chosen value first."""
    rule: Sentence | None = None


class Flag(Structure):
    """Something that a reader or a maintainer should know about the study."""

    code: str
    message: Sentence
    severity: str = "warning"
    """``warning`` or ``note``."""
    pointers: list[str] = []
    """The values that it is about, as JSON pointers into the study; empty where it is about the study as a whole."""
    sources: list[Source] = []
    basis: str | None = None
    """Where the rule comes from."""


class CompletenessItem(FrozenStructure, frozen=True):
    """One of the 24 items of the WHO Trial Registration Data Set, and whether the documents have it."""

    number: int
    """As the data set counts, from 1."""
    name: str
    state: str
    """``stated``, ``statedAsNone``, ``notStated`` or ``lostByLayout``."""


class CatalogSection(Structure):
    """The catalog's own section of a study."""

    id: str | None = None
    """The registry number, or the slug of a trial that has none."""
    provisional: bool = False
    """True for a trial that no registry number identifies yet."""
    documents: list[DocumentReference] = []
    sponsors_without_role: list[NamedOrganization] = []
    responsible_party: str | None = None
    """Who is responsible for the study, as printed, where the document does not say in which capacity."""
    outcomes_without_type: list[UntypedOutcome] = []
    contacts_without_site: list[UnpairedContact] = []
    other_intervention_names: list[str] = []
    """Names that a document lists without saying which intervention they belong to."""
    age_limit_without_bound: str | None = None
    """An age limit of which the document does not say whether it is the lowest or the highest."""
    countries: list[str] = []
    """Countries that a document lists apart from the sites."""
    registry_fields: dict[str, str] = {}
    """What a registry states and API v2 has no place for: the registry's own name of the field -> value as found."""
    mesh_terms: str | None = None
    """MeSH terms that a document prints without their borders, as printed."""
    objectives: list[str] = []
    """Aims that a document states of this trial in a sentence of its own."""
    joint_statements: list[JointStatement] = []
    mentions: list[TrialMention] = []
    unread: list[UnreadText] = []
    contradictions: list[Contradiction] = []
    flags: list[Flag] = []
    completeness: list[CompletenessItem] = []
    """The WHO data set's items; empty before the study is whole."""
    entities: dict[str, str] = {}
    """JSON pointer of a name in the study -> entity, as ``kind/id``."""
    sources: dict[str, list[Source]] = {}
    """JSON pointer of a value -> the places it comes from."""
    absences: dict[str, Absence] = {}
    """JSON pointer of a missing value -> why it is missing."""


_PROSE = frozenset({"project-page"})
"""Layouts that are running text: their readers take out what is sure, and leave much of it as it is."""


def is_prose(section: CatalogSection) -> bool:
    """Say whether all that is known of a trial was read from running text."""
    return bool(section.documents) and all(document.layout in _PROSE for document in section.documents)
