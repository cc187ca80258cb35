"""Small catalogs, made by hand, that use every part of the pages."""

from __future__ import annotations

from generator.model.catalog import Catalog, Entity, EntityReference, Link, Spelling
from generator.model.catalog_section import (
    CatalogSection,
    Contradiction,
    DocumentReference,
    Flag,
    JointStatement,
    NamedOrganization,
    Statement,
    TrialMention,
    UnreadText,
    UntypedOutcome,
)
from generator.model.document import Document, LineRole
from generator.model.problem import Problem
from generator.model.sentence import Sentence, sentence
from generator.model.source import Absence, Source
from generator.model.study import (
    ArmGroup,
    Contact,
    DateStruct,
    DesignInfo,
    EnrollmentInfo,
    Intervention,
    Location,
    MaskingBlock,
    Official,
    Outcome,
    Reference,
    SecondaryIdInfo,
    SeeAlsoLink,
    Sponsor,
    Study,
)

HOSTILE = (
    '<script>alert("x")</script> <img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} [click](javascript:alert(1)) '
    "**bold** `code` &lt;b&gt; </div> --> ]]> | x | # y <!-- c --> <b>q</b> \"';alert(1)//"
)


def source(line: int, last: int | None = None, how: str = "stated", note: Sentence | None = None) -> Source:
    return Source(document="one.txt", first_line=line, last_line=last or line, how=how, note=note)  # type: ignore[arg-type]


def document(path: str, lines: list[str], study: str) -> Document:
    made = Document(path, "\n".join(lines) + "\n")
    for number, pointer in enumerate(["/protocolSection/identificationModule/briefTitle"] * len(lines), start=1):
        made.account(number, LineRole.FACT, f"{study}#{pointer}")
    return made


def small_catalog(text: str = "Some words") -> Catalog:
    """Return a catalog whose every text is *text*, with every section of a trial's page filled."""
    study = Study()
    protocol = study.protocol_section
    identification = protocol.identification_module
    identification.nct_id = "NCT00000001"
    identification.brief_title = text
    identification.official_title = f"Official {text}"
    identification.acronym = text
    identification.secondary_id_infos = [SecondaryIdInfo(id="2018-002777-22"), SecondaryIdInfo(id=text, domain=text)]
    protocol.status_module.overall_status = "RECRUITING"
    protocol.status_module.last_known_status = text
    protocol.status_module.why_stopped = text
    protocol.status_module.start_date_struct = DateStruct(date="2019-07", type="ESTIMATED")
    protocol.status_module.completion_date_struct = DateStruct(date=text, type=text)
    protocol.sponsor_collaborators_module.lead_sponsor = Sponsor(name=text, class_=text)
    protocol.sponsor_collaborators_module.collaborators = [Sponsor(name="Group")]
    protocol.description_module.brief_summary = f"{text}\n\n* {text}\n* {text}"
    protocol.description_module.detailed_description = text
    protocol.conditions_module.conditions = [text]
    protocol.conditions_module.keywords = [text]
    protocol.design_module.study_type = text
    protocol.design_module.phases = ["PHASE2", text]
    protocol.design_module.enrollment_info = EnrollmentInfo(count=15, type="ACTUAL")
    protocol.design_module.design_info = DesignInfo(
        allocation=text,
        intervention_model_description=text,
        masking_info=MaskingBlock(masking="TRIPLE", who_masked=["PARTICIPANT", text], masking_description=text),
    )
    protocol.arms_interventions_module.arm_groups = [
        ArmGroup(label=text, type="EXPERIMENTAL", description=text, intervention_names=[f"Drug: {text}"])
    ]
    protocol.arms_interventions_module.interventions = [
        Intervention(type="DRUG", name=text, description=text, other_names=[text], arm_group_labels=[text])
    ]
    protocol.outcomes_module.primary_outcomes = [Outcome(measure=text, description=text, time_frame=text)]
    protocol.eligibility_module.eligibility_criteria = (
        f"Inclusion Criteria:\n\n* {text}\n* {text}\n\nExclusion Criteria:\n\n* {text}"
    )
    protocol.eligibility_module.minimum_age = text
    protocol.eligibility_module.sex = "ALL"
    protocol.contacts_locations_module.locations = [
        Location(
            facility=text,
            city=text,
            country=text,
            status="NOT_YET_RECRUITING",
            contacts=[Contact(name=text, phone=text, phone_ext=text, email="a.b@example.org")],
        )
    ]
    protocol.contacts_locations_module.central_contacts = [Contact(name="Call Me", phone="123", email="c@d.org")]
    protocol.contacts_locations_module.overall_officials = [Official(name=text, affiliation=text, role=text)]
    protocol.references_module.references = [
        Reference(pmid="35973803", type="DERIVED", citation=f"{text} doi: 10.1136/ard-2022-222501.")
    ]
    protocol.references_module.see_also_links = [
        SeeAlsoLink(label=text, url="javascript:alert(1)"),
        SeeAlsoLink(label="good", url="https://example.org/"),
    ]
    protocol.ipd_sharing_statement_module.ipd_sharing = text
    contact = "/protocolSection/contactsLocationsModule/locations/0/contacts/0/name"
    study.catalog_section = CatalogSection(
        id="NCT00000001",
        documents=[DocumentReference(path="one.txt", layout=text, as_of="2020-01-02")],
        sponsors_without_role=[NamedOrganization(name=text, class_=text)],
        outcomes_without_type=[UntypedOutcome(measure=text, time_frame=text)],
        other_intervention_names=[text],
        countries=[text],
        objectives=[text],
        joint_statements=[JointStatement(text=text, topic=text, studies=["NCT00000001", "other-trial"])],
        mentions=[TrialMention(id="NCT00000099", title=text, relation=text), TrialMention(id="other-trial")],
        unread=[UnreadText(document="one.txt", first_line=2, last_line=3, text=f"{text}\n{text}")],
        contradictions=[
            Contradiction(
                pointer="/protocolSection/designModule/enrollmentInfo/count",
                statements=[
                    Statement(value="15", sources=[source(1)]),
                    Statement(value=text, sources=[Source(document="two.txt", first_line=1, last_line=1)]),
                ],
                rule=sentence("{text}", text=text),
            )
        ],
        flags=[Flag(code="x", message=sentence(text), basis=text, sources=[source(2)])],
        sources={
            "/protocolSection/identificationModule/briefTitle": [source(1)],
            "/protocolSection/statusModule/overallStatus": [source(2)],
            "/protocolSection/eligibilityModule/eligibilityCriteria": [source(1, 3)],
            contact: [source(3, how="inferred", note=sentence("{text}", text=text))],
        },
        absences={
            "/protocolSection/statusModule/primaryCompletionDateStruct": Absence(
                reason="lostByLayout", note=sentence("{text}", text=text)
            ),
            "/protocolSection/outcomesModule/secondaryOutcomes": Absence(reason="statedAsNone", sources=[source(2)]),
        },
    )
    other = Study()
    other.catalog_section = CatalogSection(
        id="other-trial", provisional=True, documents=[DocumentReference(path="two.txt", layout="project-page")]
    )
    other.protocol_section.identification_module.brief_title = "Other"
    catalog = Catalog()
    catalog.studies = {"NCT00000001": study, "other-trial": other}
    catalog.documents = {
        "one.txt": document("one.txt", [text, f"{text} x@y.org", "three"], "NCT00000001"),
        "two.txt": document("two.txt", ["Other"], "other-trial"),
    }
    catalog.problems = [Problem(path="two.txt", line=1, message=text)]
    spelling = Spelling(text=text, rule="curated", reason=sentence("{text}", text=text), sources=(source(1),))
    group = EntityReference(kind="organization", id="group", reason=sentence("{text}", text=text))
    hospital = EntityReference(kind="organization", id="hospital", reason=sentence("{text}", text=text))
    catalog.entities = {
        ("condition", "sick"): Entity(kind="condition", id="sick", name=text, spellings=[spelling]),
        ("drug", "pill"): Entity(kind="drug", id="pill", name=text, verified=True, spellings=[spelling]),
        ("organization", "group"): Entity(
            kind="organization", id="group", name="Group", roles=["collaborator"], parts=[hospital], note=text
        ),
        ("organization", "hospital"): Entity(
            kind="organization",
            id="hospital",
            name=text,
            roles=["site"],
            part_of=[group],
            not_same_as=[group],
            city=text,
            identifiers={"ror": "00pg5jh14", text: text},
        ),
        ("person", "caller"): Entity(kind="person", id="caller", name="Call Me", roles=["centralContact"]),
        ("person", "doctor"): Entity(
            kind="person",
            id="doctor",
            name=text,
            roles=["principalInvestigator", "facilityContact"],
            possibly_same_as=[EntityReference(kind="person", id="caller", reason=sentence("{text}", text=text))],
        ),
        ("place", "town"): Entity(kind="place", id="town", name=text, roles=["siteCity"]),
    }
    module = "/protocolSection/contactsLocationsModule"
    rows = [
        ("condition", "sick", "condition", "/protocolSection/conditionsModule/conditions/0"),
        ("drug", "pill", "intervention", "/protocolSection/armsInterventionsModule/interventions/0/name"),
        ("organization", "group", "collaborator", "/protocolSection/sponsorCollaboratorsModule/collaborators/0/name"),
        ("organization", "hospital", "site", f"{module}/locations/0/facility"),
        ("person", "caller", "centralContact", f"{module}/centralContacts/0/name"),
        ("person", "doctor", "facilityContact", contact),
        ("person", "doctor", "principalInvestigator", f"{module}/overallOfficials/0/name"),
        ("place", "town", "siteCity", f"{module}/locations/0/city"),
    ]
    catalog.links = [
        Link(study="NCT00000001", kind=kind, entity=entity, role=role, pointer=pointer)  # type: ignore[arg-type]
        for kind, entity, role, pointer in rows
    ]
    for link in catalog.links:
        catalog.entities[link.kind, link.entity].studies = ["NCT00000001"]
    return catalog
