"""An API v2 record printed as ClinicalTrials.gov's page of today: as copied text, as HTML and as Markdown."""

from __future__ import annotations

import html
from typing import Any, Literal

from generator.readers.display_words import DISPLAY_WORDS, EnumerationName

Form = Literal["text", "html", "markdown"]
_WORDS = {name: {value: words for words, value in reversed(table.items())} for name, table in DISPLAY_WORDS.items()}


ROLES = {
    "CONTACT": "Contact",
    "PRINCIPAL_INVESTIGATOR": "Principal Investigator",
    "SUB_INVESTIGATOR": "Sub-Investigator",
    "STUDY_DIRECTOR": "Study Director",
    "STUDY_CHAIR": "Study Chair",
}
GROUPS = {"CHILD": "Child", "ADULT": "Adult", "OLDER_ADULT": "Older Adult"}


def lines_of(text: str) -> list[str]:
    """Return the filled lines of *text*."""
    return [line for line in text.split("\n") if line.strip()]


def shown(enumeration: EnumerationName, value: str) -> str:
    """Return the words that the page has for *value*."""
    return _WORDS[enumeration].get(value, value.replace("_", " ")).capitalize()


class _Printer:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.lines: list[str] = []

    def heading(self, text: str, level: int = 2) -> None:
        if self.form == "html":
            self.lines.append(f"<h{level}>{html.escape(text)}</h{level}>")
        elif self.form == "markdown":
            self.lines.extend(["", f"{'#' * level} {text}", ""])
        else:
            self.lines.extend([""] * (level == 2) + [text])

    def text(self, text: str) -> None:
        for line in text.split("\n"):
            if self.form == "html":
                self.lines.append(f"<p>{html.escape(line)}</p>" if line.strip() else "")
            else:
                self.lines.append(line)
                if self.form == "markdown":
                    self.lines.append("")

    def labelled(self, label: str, *values: str | None) -> None:
        """Print *label* and below it each of *values*, where there is any."""
        filled = [value for value in values if value]
        if filled:
            self.heading(label, 3)
            for value in filled:
                self.text(value)

    def table(self, columns: list[str], rows: list[list[list[str]]]) -> None:
        """Print rows of cells, a cell being a list of lines."""
        if self.form == "html":
            self.lines.append("<ctg-table><table><tr>")
            self.lines.extend(f"<th>{html.escape(column)}</th>" for column in columns)
            self.lines.append("</tr>")
            for row in rows:
                self.lines.append("<tr>")
                for cell in row:
                    self.lines.append("<td>")
                    self.lines.extend(f"<div>{html.escape(line)}</div>" for line in cell)
                    self.lines.append("</td>")
                self.lines.append("</tr>")
            self.lines.append("</table></ctg-table>")
        elif self.form == "markdown":
            self.lines.append(f"| {' | '.join(columns)} |")
            self.lines.append("|" + " --- |" * len(columns))
            self.lines.extend(f"| {' | '.join('<br>'.join(cell) for cell in row)} |" for row in rows)
        else:
            self.lines.append("\t".join(columns))
            self.lines.extend("\t".join("\n".join(cell) for cell in row) for row in rows)


def page_of(study: dict[str, Any], form: Form = "text") -> str:
    """Return *study* as the site prints it."""
    section = study["protocolSection"]

    def module(name: str) -> dict[str, Any]:
        found: dict[str, Any] = section.get(name, {})
        return found

    identification, status, design = module("identificationModule"), module("statusModule"), module("designModule")
    description, eligibility, contacts = (
        module("descriptionModule"),
        module("eligibilityModule"),
        module("contactsLocationsModule"),
    )
    arms, outcomes, sponsors = (
        module("armsInterventionsModule"),
        module("outcomesModule"),
        module("sponsorCollaboratorsModule"),
    )
    printer = _Printer(form)
    printer.text("An official website of the United States government")
    for name in ("Study Overview", "Contacts and Locations", "Participation Criteria", "Study Plan"):
        printer.text(name)
    printer.text(shown("status", status.get("overallStatus", "UNKNOWN")))
    if status.get("whyStopped"):
        printer.text(f"({' '.join(status['whyStopped'].split())})")
    printer.text(identification["briefTitle"])
    printer.text(f"ClinicalTrials.gov ID {identification['nctId']}")
    printer.text(f"Sponsor {sponsors['leadSponsor']['name']}")
    if "lastUpdatePostDateStruct" in status:
        printer.text(f"Last Update Posted {status['lastUpdatePostDateStruct']['date']}")

    printer.heading("Study Overview")
    printer.labelled("Brief Summary", description.get("briefSummary"))
    printer.labelled("Detailed Description", description.get("detailedDescription"))
    printer.labelled("Official Title", identification.get("officialTitle"))
    printer.labelled("Conditions", *module("conditionsModule").get("conditions", []))
    named = [f"{shown('interventionType', one['type'])}: {one['name']}" for one in arms.get("interventions", [])]
    printer.labelled("Intervention / Treatment", *named)
    others = [one["id"] for one in identification.get("secondaryIdInfos", [])]
    printer.labelled("Other Study ID Numbers", identification.get("orgStudyIdInfo", {}).get("id"), *others)
    for label, name in (
        ("Study Start", "start"),
        ("Primary Completion", "primaryCompletion"),
        ("Study Completion", "completion"),
    ):
        date = status.get(f"{name}DateStruct")
        if date:
            kind = f" ({date['type'].capitalize()})" if "type" in date else ""
            printer.labelled(f"{label}{kind}", date["date"])
    enrollment = design.get("enrollmentInfo")
    if enrollment and "count" in enrollment:
        kind = f" ({enrollment['type'].capitalize()})" if "type" in enrollment else ""
        printer.labelled(f"Enrollment{kind}", str(enrollment["count"]))
    printer.labelled("Study Type", shown("studyType", design["studyType"]) if "studyType" in design else None)
    printer.labelled("Phase", *(shown("phase", phase) for phase in design.get("phases", [])))

    printer.heading("Contacts and Locations")
    for contact in contacts.get("centralContacts", []):
        phone = contact.get("phone")
        extension = f" ext {contact['phoneExt']}" if "phoneExt" in contact else ""
        printer.labelled(
            "Study Contact",
            f"Name: {contact.get('name', '')}",
            f"Phone Number: {phone}{extension}" if phone else None,
            f"Email: {contact['email']}" if "email" in contact else None,
        )
        break
    if contacts.get("locations"):
        printer.heading("Study Locations", 3)
        country = state = None
        for one in contacts["locations"]:
            if one["country"] != country:
                country, state = one["country"], None
                printer.text(country)
            if one.get("state") and country == "United States" and one["state"] != state:
                state = one["state"]
                printer.text(state)
            parts = (one.get("city"), one.get("state"), one["country"], one.get("zip"))
            printer.text(", ".join(part for part in parts if part))
            if "status" in one:
                printer.text(shown("status", one["status"]))
            if one.get("facility"):
                printer.text(one["facility"])
            for person in one.get("contacts", []):
                role = ROLES[person.get("role", "CONTACT")]
                rest = " ".join(person[key] for key in ("name", "phone", "email") if key in person)
                printer.text(f"{role}: {rest}")

    printer.heading("Participation Criteria")
    printer.heading("Eligibility Criteria", 3)
    printer.labelled("Description", eligibility.get("eligibilityCriteria"))
    low, high = eligibility.get("minimumAge"), eligibility.get("maximumAge")
    limits = f"{low} to {high}" if low and high else f"{low} and older" if low else f"up to {high}" if high else ""
    groups = ", ".join(GROUPS[age] for age in eligibility.get("stdAges", []))
    printer.labelled("Ages Eligible for Study", f"{limits} ({groups} )".strip() if groups else limits)
    printer.labelled("Sexes Eligible for Study", eligibility.get("sex", "").capitalize())
    if "healthyVolunteers" in eligibility:
        printer.labelled("Accepts Healthy Volunteers", "Yes" if eligibility["healthyVolunteers"] else "No")
    if "samplingMethod" in eligibility:
        printer.labelled("Sampling Method", shown("samplingMethod", eligibility["samplingMethod"]))
    printer.labelled("Study Population", eligibility.get("studyPopulation"))

    printer.heading("Study Plan")
    printer.heading("How is the study designed?", 3)
    printer.heading("Design Details", 4)
    info = design.get("designInfo", {})
    for label, key in (
        ("Primary Purpose", "primaryPurpose"),
        ("Allocation", "allocation"),
        ("Interventional Model", "interventionModel"),
        ("Observational Model", "observationalModel"),
        ("Time Perspective", "timePerspective"),
    ):
        if key in info:
            printer.text(f"{label} : {shown(key, info[key])}")  # type: ignore[arg-type]
    masking = info.get("maskingInfo", {})
    if "masking" in masking:
        parties = " ".join(shown("whoMasked", one) for one in masking.get("whoMasked", []))
        printer.text(f"Masking : {shown('masking', masking['masking'])}{f' ({parties})' if parties else ''}")
    groups_table = []
    for arm in arms.get("armGroups", []):
        kind = f"{shown('armGroupType', arm['type'])}: " if "type" in arm else ""
        first = [f"{kind}{arm['label']}", *arm.get("description", "").split("\n")]
        second = []
        for one, words in zip(arms.get("interventions", []), named, strict=True):
            if arm["label"] in one.get("armGroupLabels", []):
                second.append(words)
                if one.get("description"):
                    second.extend(one["description"].split("\n"))
                if one.get("otherNames"):
                    second.extend(["Other Names:", *one["otherNames"]])
        groups_table.append([[line for line in cell if line.strip()] for cell in (first, second)])
    if groups_table:
        printer.heading("Arms and Interventions", 4)
        printer.table(["Participant Group/Arm", "Intervention/Treatment"], groups_table)
    printer.heading("What is the study measuring?", 3)
    for label, key in (("Primary", "primaryOutcomes"), ("Secondary", "secondaryOutcomes"), ("Other", "otherOutcomes")):
        if outcomes.get(key):
            printer.heading(f"{label} Outcome Measures", 4)
            rows = [
                [lines_of(one.get(part, "")) for part in ("measure", "description", "timeFrame")]
                for one in outcomes[key]
            ]
            printer.table(["Outcome Measure", "Measure Description", "Time Frame"], rows)

    printer.heading("Collaborators and Investigators")
    printer.text("This is where you will find people and organizations involved with this study.")
    printer.labelled("Sponsor", sponsors["leadSponsor"]["name"])
    printer.labelled("Collaborators", *(one["name"] for one in sponsors.get("collaborators", [])))
    printer.labelled(
        "Investigators",
        *(
            f"{ROLES[one['role']]}: {', '.join(one[key] for key in ('name', 'affiliation') if key in one)}"
            for one in contacts.get("overallOfficials", [])
            if one.get("role") in ROLES
        ),
    )
    printer.heading("Study Record Dates")
    for label, value in (
        ("First Submitted", status.get("studyFirstSubmitDate")),
        ("First Submitted that Met QC Criteria", status.get("studyFirstSubmitQcDate")),
        ("First Posted", status.get("studyFirstPostDateStruct", {}).get("date")),
        ("Results First Submitted", status.get("resultsFirstSubmitDate")),
        ("Last Update Submitted that Met QC Criteria", status.get("lastUpdateSubmitDate")),
        ("Last Update Posted", status.get("lastUpdatePostDateStruct", {}).get("date")),
        ("Last Verified", status.get("statusVerifiedDate")),
    ):
        printer.labelled(label, value)
    printer.heading("More Information")
    sponsor = sponsors["leadSponsor"]["name"]
    printer.labelled(f"Keywords Provided by {sponsor}", *module("conditionsModule").get("keywords", []))
    sharing = module("ipdSharingStatementModule")
    printer.labelled("Plan to Share Individual Participant Data (IPD)?", sharing.get("ipdSharing", "").capitalize())
    printer.labelled("IPD Plan Description", sharing.get("description"))
    oversight = module("oversightModule")
    for label, key in (("Drug", "isFdaRegulatedDrug"), ("Device", "isFdaRegulatedDevice")):
        if key in oversight:
            printer.labelled(f"Studies a U.S. FDA-regulated {label} Product", "Yes" if oversight[key] else "No")
    text = "\n".join(printer.lines) + "\n"
    if form == "html":
        title = "Study Details | x | ClinicalTrials.gov"
        return f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>\n{text}</body></html>\n"
    return text
