"""The codes of problems and flags: what each is called, what it means and what to do.

A code never changes once it was released: people search for it, and their scripts compare it.  The page of the to-do
list and the reference of the messages are made from this table; a test holds that the package passes on these codes
and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class MessageCode:
    """What one code stands for."""

    about: Literal["trial", "document", "names", "catalog"]
    """Whether it is said of a trial (a flag), a document, a file of curated names, or the catalog's own pages."""
    title: str
    meaning: str
    cure: str


MESSAGE_CODES: Mapping[str, MessageCode] = {
    # Flags of trials and what is left unread: in the order of the to-do list.
    "unread-text": MessageCode(
        "document",
        "Not understood by the reader",
        "The document was read, but not these lines. They are shown on the trial's page as they stand.",
        "Compare the lines with the page; tell us of the layout.",
    ),
    "documents-disagree": MessageCode(
        "trial",
        "Documents disagree",
        "Two documents state different values for one field of a trial. The page shows both, and which one counts.",
        "Find out which is right; remove or correct the other document, or leave both to stand.",
    ),
    "results-overdue": MessageCode(
        "trial",
        "Results overdue by the trial's own dates",
        "The trial ended more than a year before the document's own date, and its registry has no results.",
        "Ask the sponsor, or add the document that has the results.",
    ),
    "status-unknown": MessageCode(
        "trial",
        "Status not confirmed for years",
        "The registry itself marks the status as unknown.",
        "Ask the sponsor whether the trial goes on.",
    ),
    "open-after-completion": MessageCode(
        "trial",
        "Open, although completed by its own dates",
        "The status says that the trial goes on; its completion lies before the document's own date.",
        "Fetch the record again.",
    ),
    "planned-date-passed": MessageCode(
        "trial",
        "Planned dates that have passed",
        "A date is marked as planned and lies before the document's own date.",
        "Fetch the record again: they may be actual now.",
    ),
    "phase-differs-from-title": MessageCode(
        "trial",
        "Phase and title differ",
        "The title names a phase that the field of phases does not hold.",
        "Look the phase up in the protocol.",
    ),
    "dates-out-of-order": MessageCode(
        "trial",
        "Dates out of order",
        "A completion lies before the start.",
        "Compare the dates with the registry's own page.",
    ),
    "number-missing-in-registry": MessageCode(
        "trial",
        "A number that the other registry does not have",
        "A trial is registered twice, and one of the records does not state the number of the other.",
        "Ask the sponsor to add it there.",
    ),
    "malformed-number": MessageCode(
        "trial",
        "Numbers that are not a registry's",
        "A number stands as that of a registry whose numbers look otherwise.",
        "Compare the number with the registry.",
    ),
    "numbers-of-several-trials": MessageCode(
        "trial",
        "Numbers of several trials",
        "A document names the numbers of several trials of one registry; they were not joined.",
        "Say in a hand-written record which is meant.",
    ),
    "enrollment-zero": MessageCode(
        "trial",
        "Nobody enrolled",
        "The enrolment is 0, and the status is not withdrawn.",
        "Look whether the trial was withdrawn.",
    ),
    "enrollment-placeholder": MessageCode(
        "trial",
        "Enrolment not known",
        "The enrolment is 99999999, which ClinicalTrials.gov stores where it knows no number.",
        "Nothing: the registry does not have it.",
    ),
    "person-as-site": MessageCode(
        "trial",
        "A person's name is given as the site",
        "The name of a site is that of a person.",
        "Look the site up; a curated name can say what it is.",
    ),
    "telephone-in-two-towns": MessageCode(
        "trial",
        "One telephone number for several towns",
        "Contacts in different towns have the same telephone number.",
        "Ask the sponsor whom it reaches.",
    ),
    "sites-without-status": MessageCode(
        "trial",
        "Sites without a status",
        "The document has the label of the status at each site, and no value.",
        "Fetch the record from the registry itself.",
    ),
    "results-published": MessageCode(
        "trial",
        "A paper, and no results in the registry",
        "A paper of the trial stands among its references; its registry has no results.",
        "Ask the sponsor to post the results.",
    ),
    "unknown-country": MessageCode(
        "document",
        "Countries that no list of countries has",
        "A document names a country that no list of countries has, so its places are not put on a map.",
        "Correct the document, or say in seeds/names/places.yml which country is meant.",
    ),
    "unknown-word": MessageCode(
        "trial",
        "Words that the registry's lists do not hold",
        "A status, phase or other coded value is none of ClinicalTrials.gov's. It is kept as it stands.",
        "Nothing, mostly: other registries use words of their own.",
    ),
    # Documents that cannot be opened.
    "empty": MessageCode(
        "document",
        "No text",
        "The file, archive, page or sheet holds nothing to read.",
        "Save the document again when it has loaded, or delete the file.",
    ),
    "binary": MessageCode(
        "document",
        "No text that can be read",
        "The file is a picture, a locked or scanned PDF, or of a program whose files are not read.",
        "Save its text as a .txt file.",
    ),
    "too-large": MessageCode(
        "document",
        "Too large",
        "The file, a line of it or what an archive unpacks to is larger than any document of a trial.",
        "Split it: one trial in each file.",
    ),
    "wrong-encoding": MessageCode(
        "document",
        "Bytes in another encoding",
        "A byte does not fit the encoding that the file declares, or UTF-8.",
        "Save the document again as UTF-8.",
    ),
    "encoding": MessageCode(
        "document",
        "Half a character",
        "The text holds half of a character that Unicode writes in two parts.",
        "Save the document again as UTF-8.",
    ),
    "unreadable": MessageCode(
        "document",
        "A file that cannot be opened",
        "The file is damaged, is no file, or may not be read by this user.",
        "Download it again, or mend its permissions.",
    ),
    "link": MessageCode(
        "document", "A link to a folder", "A symbolic link leads to a folder; it is not followed.", "Remove the link."
    ),
    "link-outside": MessageCode(
        "document",
        "A link to the outside",
        "A symbolic link leads out of the folder of documents; it is not followed.",
        "Put the document itself there.",
    ),
    "opened": MessageCode(
        "document",
        "Opened with a remark",
        "The document was read, but its container is odd, such as an archive with two members of one name.",
        "Do what the message says.",
    ),
    "reader-died": MessageCode(
        "document",
        "The reading process died",
        "Reading this document ended a process twice: it takes too much memory, or makes a library crash.",
        "Split the document, or save it again from where it came from.",
    ),
    "failed": MessageCode(
        "document",
        "An error in the program",
        "The program failed at this document or page. It is left out, the rest is not.",
        "Report it, with the document.",
    ),
    # Documents that are not what they should be.
    "unknown-layout": MessageCode(
        "document",
        "No layout that is known",
        "No reader recognises the document.",
        "Download the trial's record from its registry, write the trial by hand, or add a reader.",
    ),
    "unknown-layout-of-labels": MessageCode(
        "document",
        "Labelled fields of a layout that is not known",
        "The document was read by labels that many registries use, not by a reader for its layout.",
        "Check the trial's page against the document.",
    ),
    "several-layouts": MessageCode(
        "document",
        "Several layouts in one file",
        "The file bears the marks of several layouts.",
        "Put each page into a file of its own.",
    ),
    "no-trial": MessageCode(
        "document", "No trial", "The document has the form of a record and holds no trial.", "Download it again."
    ),
    "no-study": MessageCode(
        "document",
        "No study",
        "The JSON holds something else where a study of the API v2 belongs.",
        "Download the study with its protocolSection.",
    ),
    "no-number": MessageCode(
        "document",
        "No number of a trial",
        "It is not known which trial the document, or a row of it, is about.",
        "Add the trial's number, or save the document again as a whole.",
    ),
    "no-identifier": MessageCode(
        "document",
        "No NCT number on a page",
        "The page looks like one of ClinicalTrials.gov and names no number.",
        "Save the page again with its line “ClinicalTrials.gov Identifier: NCT…”.",
    ),
    "unknown-number": MessageCode(
        "document",
        "A number of no registry that is known",
        "The number is used as it stands.",
        "Compare it with the registry.",
    ),
    "two-numbers": MessageCode(
        "document",
        "Two numbers where one belongs",
        "The document says of itself that it is about two trials.",
        "Download it again, or take the wrong number out.",
    ),
    "no-columns": MessageCode(
        "document",
        "A table without names of columns",
        "The first row of the table does not name its columns.",
        "Export the table again, with its first row.",
    ),
    "broken-csv": MessageCode(
        "document",
        "A table that cannot be taken apart",
        "The quotes or separators of the CSV are broken.",
        "Export the table again.",
    ),
    "broken-row": MessageCode(
        "document",
        "A row with too many or too few cells",
        "The row is left out; the other rows are read.",
        "Correct its quotes, or export the table again.",
    ),
    "broken-json": MessageCode("document", "Broken JSON", "The file is no valid JSON.", "Download it again."),
    "broken-xml": MessageCode("document", "Broken XML", "The file is no well-formed XML.", "Download it again."),
    "malformed": MessageCode(
        "document",
        "A damaged record",
        "The JSON or XML of a record of ClinicalTrials.gov is damaged.",
        "Download it again.",
    ),
    "document-type": MessageCode(
        "document",
        "XML with a document type",
        "The XML declares a document type or entities, which records never do. Nothing of it is read.",
        "Download the record from the registry.",
    ),
    "ends-early": MessageCode(
        "document",
        "An export that breaks off",
        "WHO's portal breaks off long answers; the trials up to there are read.",
        "Download the export in parts.",
    ),
    "partial-list": MessageCode(
        "document",
        "A list of which further pages exist",
        "The registry has more trials in this answer than the document.",
        "Download the other pages as well.",
    ),
    "unexpected-type": MessageCode(
        "document",
        "A value that cannot be what it stands for",
        "A value is of another type than its field. It is left out of the pages and shown as unread.",
        "Correct the value, or export the record again.",
    ),
    "out-of-range": MessageCode(
        "document",
        "A date or number that cannot be",
        "A date is none, or a number is out of range. It is shown as it stands, or left out.",
        "Compare it with the registry; write dates as 2019, 2019-07 or 2019-07-31.",
    ),
    # The catalog's own pages and templates.
    "own-file": MessageCode(
        "catalog",
        "A file of your own in place of ours",
        "A page or template of the catalog's own stands where a generated or packaged one would. Yours is used.",
        "Nothing, if that is wanted; else rename yours, or delete it.",
    ),
    "bad-template": MessageCode(
        "catalog",
        "A template that cannot be read",
        "A template of the catalog's own breaks the rules of Jinja.",
        "Mend the line, or delete the template to use the packaged one.",
    ),
    "unused-template": MessageCode(
        "catalog",
        "A template that no page uses",
        "A template of the catalog's own has a name that no page asks for.",
        "Correct its name; `trial-catalog eject` lists the names that there are.",
    ),
    "changed-template": MessageCode(
        "catalog",
        "A template that is older than ours",
        "The packaged template has changed, or gone, since it was copied into the catalog.",
        "Compare it with `trial-catalog eject NAME --print`, and take over what you need.",
    ),
    # Trials written by hand.
    "broken-front-matter": MessageCode(
        "document",
        "Front matter that cannot be read",
        "What stands between the two lines `---` is not YAML of the form `key: value`.",
        "Mend the line, or put the value in quotation marks.",
    ),
    "double-key": MessageCode(
        "document", "A key that stands twice", "The first one counts.", "Take the second one out."
    ),
    "no-source": MessageCode(
        "document",
        "A correction without a source",
        "What is written by hand of a registered trial corrects the registry, so it has to say where it comes from.",
        "Add `source:` with a sentence.",
    ),
    "wrong-type": MessageCode(
        "document",
        "A value of a wrong form",
        "A list stands where one value belongs, a word where a number does, or the like. The value is left out.",
        "Write the value in the form that the message names.",
    ),
    "unknown-value": MessageCode(
        "document",
        "A word that a field does not know",
        "A status, phase or the like of a trial written by hand is none that is known.",
        "Write one of the words that the message names.",
    ),
    "unknown-key": MessageCode(
        "document",
        "A key that does not exist",
        "A trial written by hand, or an entry of curated names, has a key of no known name. It is not read.",
        "Correct its spelling; the message names the nearest key.",
    ),
    # Files of curated names.
    "curated-file": MessageCode(
        "names",
        "A file of a name that is not read",
        "The folder of curated names holds a file of no kind of name.",
        "Name it organizations.yml, people.yml, drugs.yml, conditions.yml or places.yml.",
    ),
    "vocabulary-file": MessageCode(
        "names",
        "A vocabulary that cannot be read as a whole",
        "A file in `seeds/vocabularies/` is no CSV in UTF-8, lacks a column, or has a row that cannot be used.",
        "Mend the line that the message names.",
    ),
    "curated-name": MessageCode(
        "names",
        "An entry that cannot be read",
        "An entry of curated names is no YAML, has no name, or contradicts itself.",
        "Mend the line that the message names.",
    ),
    "missing-source": MessageCode(
        "names",
        "An entry without a source",
        "Each decision about a name says why it holds.",
        "Add `source:` with a sentence that the page shows.",
    ),
    "not-canonical": MessageCode(
        "names",
        "Entries or keys out of order",
        "Entries are sorted by name, and their keys have an order, so that two people's changes do not collide.",
        "Move the entry or key.",
    ),
    "unknown-name": MessageCode(
        "names",
        "A name of no entry",
        "An entry refers to the name of another one, which does not exist.",
        "Write its canonical name, or add an entry for it.",
    ),
    "unused-name": MessageCode(
        "names",
        "An entry that no document needs",
        "No document has the name or a spelling of it.",
        "Take the entry out, or mend its spellings.",
    ),
    "spelling-of-two": MessageCode(
        "names",
        "A spelling of two entries",
        "Two entries claim one spelling in the same place.",
        "Keep it in one of them, or give both the city where each is meant.",
    ),
    "identifier-form": MessageCode(
        "names",
        "An identifier of a wrong form",
        "An identifier does not have the form of its kind, or its check digit is wrong.",
        "Write the identifier alone, without its web address.",
    ),
    "identifier-of-two": MessageCode(
        "names",
        "An identifier of two entries",
        "Two entries have the same identifier, which stands for one thing.",
        "Join the entries, or mend the identifier.",
    ),
    "identifier-conflict": MessageCode(
        "names",
        "An identifier that documents contradict",
        "A document states another identifier for a name than its entry.",
        "Mend the identifier, or take the spelling out.",
    ),
    "kept-apart": MessageCode(
        "names",
        "Two entries that a rule would join",
        "They were kept apart, because they are two entries.",
        "Write `not_same_as`, or make them one entry.",
    ),
    "slug-of-two": MessageCode(
        "names",
        "An address of two names",
        "An entry asks for the address that another name has.",
        "Write another `slug`.",
    ),
}
"""Code -> its words.  The order is that of the to-do list."""
