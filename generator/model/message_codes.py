"""The codes of problems and flags: what each is called, what it means and what to do.

A code never changes once it was released: people search for it, and their scripts compare it.  The page of the to-do
list and the reference of the messages are made from this table; a test holds that the package passes on these codes
and no others.  Titles and cures are messages for translators (:mod:`generator.language`): pages print them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.language.messages import gettext_noop


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
        gettext_noop("Not understood by the reader"),
        "The document was read, but not these lines. They are shown on the trial's page as they stand.",
        gettext_noop("Compare the lines with the page; tell us of the layout."),
    ),
    "documents-disagree": MessageCode(
        "trial",
        gettext_noop("Documents disagree"),
        "Two documents state different values for one field of a trial. The page shows both, and which one counts.",
        gettext_noop("Find out which is right; remove or correct the other document, or leave both to stand."),
    ),
    "results-overdue": MessageCode(
        "trial",
        gettext_noop("Results overdue by the trial's own dates"),
        "The trial ended more than a year before the document's own date, and its registry has no results.",
        gettext_noop("Ask the sponsor, or add the document that has the results."),
    ),
    "status-unknown": MessageCode(
        "trial",
        gettext_noop("Status not confirmed for years"),
        "The registry itself marks the status as unknown.",
        gettext_noop("Ask the sponsor whether the trial goes on."),
    ),
    "open-after-completion": MessageCode(
        "trial",
        gettext_noop("Open, although completed by its own dates"),
        "The status says that the trial goes on; its completion lies before the document's own date.",
        gettext_noop("Fetch the record again."),
    ),
    "planned-date-passed": MessageCode(
        "trial",
        gettext_noop("Planned dates that have passed"),
        "A date is marked as planned and lies before the document's own date.",
        gettext_noop("Fetch the record again: they may be actual now."),
    ),
    "phase-differs-from-title": MessageCode(
        "trial",
        gettext_noop("Phase and title differ"),
        "The title names a phase that the field of phases does not hold.",
        gettext_noop("Look the phase up in the protocol."),
    ),
    "dates-out-of-order": MessageCode(
        "trial",
        gettext_noop("Dates out of order"),
        "A completion lies before the start.",
        gettext_noop("Compare the dates with the registry's own page."),
    ),
    "number-missing-in-registry": MessageCode(
        "trial",
        gettext_noop("A number that the other registry does not have"),
        "A trial is registered twice, and one of the records does not state the number of the other.",
        gettext_noop("Ask the sponsor to add it there."),
    ),
    "malformed-number": MessageCode(
        "trial",
        gettext_noop("Numbers that are not a registry's"),
        "A number stands as that of a registry whose numbers look otherwise.",
        gettext_noop("Compare the number with the registry."),
    ),
    "numbers-of-several-trials": MessageCode(
        "trial",
        gettext_noop("Numbers of several trials"),
        "A document names the numbers of several trials of one registry; they were not joined.",
        gettext_noop("Say in a hand-written record which is meant."),
    ),
    "enrollment-zero": MessageCode(
        "trial",
        gettext_noop("Nobody enrolled"),
        "The enrolment is 0, and the status is not withdrawn.",
        gettext_noop("Look whether the trial was withdrawn."),
    ),
    "enrollment-placeholder": MessageCode(
        "trial",
        gettext_noop("Enrolment not known"),
        "The enrolment is 99999999, which ClinicalTrials.gov stores where it knows no number.",
        gettext_noop("Nothing: the registry does not have it."),
    ),
    "person-as-site": MessageCode(
        "trial",
        gettext_noop("A person's name is given as the site"),
        "The name of a site is that of a person.",
        gettext_noop("Look the site up; a curated name can say what it is."),
    ),
    "telephone-in-two-towns": MessageCode(
        "trial",
        gettext_noop("One telephone number for several towns"),
        "Contacts in different towns have the same telephone number.",
        gettext_noop("Ask the sponsor whom it reaches."),
    ),
    "sites-without-status": MessageCode(
        "trial",
        gettext_noop("Sites without a status"),
        "The document has the label of the status at each site, and no value.",
        gettext_noop("Fetch the record from the registry itself."),
    ),
    "results-published": MessageCode(
        "trial",
        gettext_noop("A paper, and no results in the registry"),
        "A paper of the trial stands among its references; its registry has no results.",
        gettext_noop("Ask the sponsor to post the results."),
    ),
    "unknown-country": MessageCode(
        "document",
        gettext_noop("Countries that no list of countries has"),
        "A document names a country that no list of countries has, so its places are not put on a map.",
        gettext_noop("Correct the document, or say in seeds/names/places.yml which country is meant."),
    ),
    "unknown-word": MessageCode(
        "trial",
        gettext_noop("Words that the registry's lists do not hold"),
        "A status, phase or other coded value is none of ClinicalTrials.gov's. It is kept as it stands.",
        gettext_noop("Nothing, mostly: other registries use words of their own."),
    ),
    # Documents that cannot be opened.
    "empty": MessageCode(
        "document",
        gettext_noop("No text"),
        "The file, archive, page or sheet holds nothing to read.",
        gettext_noop("Save the document again when it has loaded, or delete the file."),
    ),
    "binary": MessageCode(
        "document",
        gettext_noop("No text that can be read"),
        "The file is a picture, a locked or scanned PDF, or of a program whose files are not read.",
        gettext_noop("Save its text as a .txt file."),
    ),
    "too-large": MessageCode(
        "document",
        gettext_noop("Too large"),
        "The file, a line of it or what an archive unpacks to is larger than any document of a trial.",
        gettext_noop("Split it: one trial in each file."),
    ),
    "wrong-encoding": MessageCode(
        "document",
        gettext_noop("Bytes in another encoding"),
        "A byte does not fit the encoding that the file declares, or UTF-8.",
        gettext_noop("Save the document again as UTF-8."),
    ),
    "encoding": MessageCode(
        "document",
        gettext_noop("Half a character"),
        "The text holds half of a character that Unicode writes in two parts.",
        gettext_noop("Save the document again as UTF-8."),
    ),
    "unreadable": MessageCode(
        "document",
        gettext_noop("A file that cannot be opened"),
        "The file is damaged, is no file, or may not be read by this user.",
        gettext_noop("Download it again, or correct its permissions."),
    ),
    "link": MessageCode(
        "document",
        gettext_noop("A link to a folder"),
        "A symbolic link leads to a folder; it is not followed.",
        gettext_noop("Remove the link."),
    ),
    "link-outside": MessageCode(
        "document",
        gettext_noop("A link to the outside"),
        "A symbolic link leads out of the folder of documents; it is not followed.",
        gettext_noop("Put the document itself there."),
    ),
    "opened": MessageCode(
        "document",
        gettext_noop("Opened with a remark"),
        "The document was read, but its container is odd, such as an archive with two members of one name.",
        gettext_noop("Do what the message says."),
    ),
    "reader-died": MessageCode(
        "document",
        gettext_noop("The reading process died"),
        "Reading this document ended a process twice: it takes too much memory, or makes a library crash.",
        gettext_noop("Split the document, or save it again from where it came from."),
    ),
    "failed": MessageCode(
        "document",
        gettext_noop("An error in the program"),
        "The program failed at this document or page. It is left out, the rest is not.",
        gettext_noop("Report it, with the document."),
    ),
    # Documents that are not what they should be.
    "unknown-layout": MessageCode(
        "document",
        gettext_noop("No layout that is known"),
        "No reader recognises the document.",
        gettext_noop("Download the trial's record from its registry, write the trial by hand, or add a reader."),
    ),
    "unknown-layout-of-labels": MessageCode(
        "document",
        gettext_noop("Labelled fields of a layout that is not known"),
        "The document was read by labels that many registries use, not by a reader for its layout.",
        gettext_noop("Check the trial's page against the document."),
    ),
    "several-layouts": MessageCode(
        "document",
        gettext_noop("Several layouts in one file"),
        "The file bears the marks of several layouts.",
        gettext_noop("Put each page into a file of its own."),
    ),
    "no-trial": MessageCode(
        "document",
        gettext_noop("No trial"),
        "The document has the form of a record and holds no trial.",
        gettext_noop("Download it again."),
    ),
    "no-study": MessageCode(
        "document",
        gettext_noop("No study"),
        "The JSON holds something else where a study of the API v2 belongs.",
        gettext_noop("Download the study with its protocolSection."),
    ),
    "no-number": MessageCode(
        "document",
        gettext_noop("No number of a trial"),
        "It is not known which trial the document, or a row of it, is about.",
        gettext_noop("Add the trial's number, or save the document again as a whole."),
    ),
    "no-identifier": MessageCode(
        "document",
        gettext_noop("No NCT number on a page"),
        "The page looks like one of ClinicalTrials.gov and names no number.",
        gettext_noop("Save the page again with its line “ClinicalTrials.gov Identifier: NCT…”."),
    ),
    "unknown-number": MessageCode(
        "document",
        gettext_noop("A number of no registry that is known"),
        "The number is used as it stands.",
        gettext_noop("Compare it with the registry."),
    ),
    "two-numbers": MessageCode(
        "document",
        gettext_noop("Two numbers where one belongs"),
        "The document says of itself that it is about two trials.",
        gettext_noop("Download it again, or take the wrong number out."),
    ),
    "no-columns": MessageCode(
        "document",
        gettext_noop("A table without names of columns"),
        "The first row of the table does not name its columns.",
        gettext_noop("Export the table again, with its first row."),
    ),
    "broken-csv": MessageCode(
        "document",
        gettext_noop("A table that cannot be taken apart"),
        "The quotes or separators of the CSV are broken.",
        gettext_noop("Export the table again."),
    ),
    "broken-row": MessageCode(
        "document",
        gettext_noop("A row with too many or too few cells"),
        "The row is left out; the other rows are read.",
        gettext_noop("Correct its quotes, or export the table again."),
    ),
    "broken-json": MessageCode(
        "document", gettext_noop("Broken JSON"), "The file is no valid JSON.", gettext_noop("Download it again.")
    ),
    "broken-xml": MessageCode(
        "document", gettext_noop("Broken XML"), "The file is no well-formed XML.", gettext_noop("Download it again.")
    ),
    "malformed": MessageCode(
        "document",
        gettext_noop("A damaged record"),
        "The JSON or XML of a record of ClinicalTrials.gov is damaged.",
        gettext_noop("Download it again."),
    ),
    "document-type": MessageCode(
        "document",
        gettext_noop("XML with a document type"),
        "The XML declares a document type or entities, which records never do. Nothing of it is read.",
        gettext_noop("Download the record from the registry."),
    ),
    "ends-early": MessageCode(
        "document",
        gettext_noop("An export that breaks off"),
        "WHO's portal breaks off long answers; the trials up to there are read.",
        gettext_noop("Download the export in parts."),
    ),
    "partial-list": MessageCode(
        "document",
        gettext_noop("A list of which further pages exist"),
        "The registry has more trials in this answer than the document.",
        gettext_noop("Download the other pages as well."),
    ),
    "unexpected-type": MessageCode(
        "document",
        gettext_noop("A value that cannot be what it stands for"),
        "A value is of another type than its field. It is left out of the pages and shown as unread.",
        gettext_noop("Correct the value, or export the record again."),
    ),
    "out-of-range": MessageCode(
        "document",
        gettext_noop("A date or number that cannot be"),
        "A date is none, or a number is out of range. It is shown as it stands, or left out.",
        gettext_noop("Compare it with the registry; write dates as 2019, 2019-07 or 2019-07-31."),
    ),
    # The catalog's own pages and templates.
    "own-file": MessageCode(
        "catalog",
        gettext_noop("A file of your own in place of ours"),
        "A page or template of the catalog's own stands where a generated or packaged one would. Yours is used.",
        gettext_noop("Nothing, if that is wanted; else rename yours, or delete it."),
    ),
    "bad-template": MessageCode(
        "catalog",
        gettext_noop("A template that cannot be read"),
        "A template of the catalog's own breaks the rules of Jinja.",
        gettext_noop("Mend the line, or delete the template to use the packaged one."),
    ),
    "unused-template": MessageCode(
        "catalog",
        gettext_noop("A template that no page uses"),
        "A template of the catalog's own has a name that no page asks for.",
        gettext_noop("Correct its name; `trial-catalog eject` lists the names that there are."),
    ),
    "changed-template": MessageCode(
        "catalog",
        gettext_noop("A template that is older than ours"),
        "The packaged template has changed, or gone, since it was copied into the catalog.",
        gettext_noop("Compare it with `trial-catalog eject NAME --print`, and take over what you need."),
    ),
    # Trials written by hand.
    "broken-front-matter": MessageCode(
        "document",
        gettext_noop("Front matter that cannot be read"),
        "What stands between the two lines `---` is not YAML of the form `key: value`.",
        gettext_noop("Mend the line, or put the value in quotation marks."),
    ),
    "double-key": MessageCode(
        "document",
        gettext_noop("A key that stands twice"),
        "The first one counts.",
        gettext_noop("Take the second one out."),
    ),
    "no-source": MessageCode(
        "document",
        gettext_noop("A correction without a source"),
        "What is written by hand of a registered trial corrects the registry, so it has to say where it comes from.",
        gettext_noop("Add `source:` with a sentence."),
    ),
    "wrong-type": MessageCode(
        "document",
        gettext_noop("A value of a wrong form"),
        "A list stands where one value belongs, a word where a number does, or the like. The value is left out.",
        gettext_noop("Write the value in the form that the message names."),
    ),
    "unknown-value": MessageCode(
        "document",
        gettext_noop("A word that a field does not know"),
        "A status, phase or the like of a trial written by hand is none that is known.",
        gettext_noop("Write one of the words that the message names."),
    ),
    "unknown-key": MessageCode(
        "document",
        gettext_noop("A key that does not exist"),
        "A trial written by hand, or an entry of curated names, has a key of no known name. It is not read.",
        gettext_noop("Correct its spelling; the message names the nearest key."),
    ),
    # Files of curated names.
    "curated-file": MessageCode(
        "names",
        gettext_noop("A file of a name that is not read"),
        "The folder of curated names holds a file of no kind of name.",
        gettext_noop("Name it organizations.yml, people.yml, drugs.yml, conditions.yml or places.yml."),
    ),
    "vocabulary-file": MessageCode(
        "names",
        gettext_noop("A vocabulary that cannot be read as a whole"),
        "A file in `seeds/vocabularies/` is no CSV in UTF-8, lacks a column, or has a row that cannot be used.",
        gettext_noop("Mend the line that the message names."),
    ),
    "curated-name": MessageCode(
        "names",
        gettext_noop("An entry that cannot be read"),
        "An entry of curated names is no YAML, has no name, or contradicts itself.",
        gettext_noop("Mend the line that the message names."),
    ),
    "missing-source": MessageCode(
        "names",
        gettext_noop("An entry without a source"),
        "Each decision about a name says why it holds.",
        gettext_noop("Add `source:` with a sentence that the page shows."),
    ),
    "not-canonical": MessageCode(
        "names",
        gettext_noop("Entries or keys out of order"),
        "Entries are sorted by name, and their keys have an order, so that two people's changes do not collide.",
        gettext_noop("Move the entry or key."),
    ),
    "unknown-name": MessageCode(
        "names",
        gettext_noop("A name of no entry"),
        "An entry refers to the name of another one, which does not exist.",
        gettext_noop("Write its canonical name, or add an entry for it."),
    ),
    "unused-name": MessageCode(
        "names",
        gettext_noop("An entry that no document needs"),
        "No document has the name or a spelling of it.",
        gettext_noop("Take the entry out, or correct its spellings."),
    ),
    "spelling-of-two": MessageCode(
        "names",
        gettext_noop("A spelling of two entries"),
        "Two entries claim one spelling in the same place.",
        gettext_noop("Keep it in one of them, or give both the city where each is meant."),
    ),
    "identifier-form": MessageCode(
        "names",
        gettext_noop("An identifier of a wrong form"),
        "An identifier does not have the form of its kind, or its check digit is wrong.",
        gettext_noop("Write the identifier alone, without its web address."),
    ),
    "identifier-of-two": MessageCode(
        "names",
        gettext_noop("An identifier of two entries"),
        "Two entries have the same identifier, which stands for one thing.",
        gettext_noop("Join the entries, or correct the identifier."),
    ),
    "identifier-conflict": MessageCode(
        "names",
        gettext_noop("An identifier that documents contradict"),
        "A document states another identifier for a name than its entry.",
        gettext_noop("Mend the identifier, or take the spelling out."),
    ),
    "kept-apart": MessageCode(
        "names",
        gettext_noop("Two entries that a rule would join"),
        "They were kept apart, because they are two entries.",
        gettext_noop("Write `not_same_as`, or make them one entry."),
    ),
    "slug-of-two": MessageCode(
        "names",
        gettext_noop("An address of two names"),
        "An entry asks for the address that another name has.",
        gettext_noop("Write another `slug`."),
    ),
}
"""Code -> its words.  The order is that of the to-do list."""
