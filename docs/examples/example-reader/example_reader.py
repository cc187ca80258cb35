"""Pages of the Lamp Register, an invented registry: labels, and their values behind a colon or below them."""

from generator.readers.fields import Rule
from generator.readers.labelled import LabelledReader

RULES = {
    "registered as": Rule("", "number"),
    "name of the study": Rule("protocolSection.identificationModule.briefTitle", "line"),
    "how far it is": Rule("protocolSection.statusModule.overallStatus", "status"),
    "first lamp lit": Rule("protocolSection.statusModule.startDateStruct.date", "day first date"),
    "kind of study": Rule("protocolSection.designModule.studyType", "study type"),
    "people wanted": Rule("protocolSection.designModule.enrollmentInfo.count", "count"),
    "ailments": Rule("protocolSection.conditionsModule.conditions", "texts"),
    "who pays": Rule("protocolSection.sponsorCollaboratorsModule.leadSponsor.name", "line"),
    "in short": Rule("protocolSection.descriptionModule.briefSummary", "text"),
}


class LampRegister(LabelledReader):
    """Reads pages of the Lamp Register."""

    layout = "lamp-register"
    title = "Lamp Register page"
    rank = 3  # a registry's page; see generator/studies/precedence.py
    description = "Every labelled field is read. Names of lamplighters are not, and are shown as unread."
    start = r"^The Lamp Register\s+Page of a study$"
    rules = RULES
    boilerplate = r"Switch off the light when you leave\."


READER = LampRegister()
