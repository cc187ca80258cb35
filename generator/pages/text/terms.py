"""The field's terms on a trial's page: each leads to the glossary, with a short explanation as its title.

Material shows titles as tooltips, to the mouse and to the keyboard; without scripts the browser shows them, and
the link leads to the whole explanation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from generator.language.messages import active_language, gettext, gettext_noop
from generator.pages.text.escaping import document_text

GLOSSARY = "../../about/glossary/"
"""The glossary, as seen from a trial's page."""

_LABEL = re.compile(r'^-   \*\*([^*\n]+)\*\* |<b class="[a-z]+"[^>]*>([^<]+)</b>', re.MULTILINE)
"""A fact's label at the start of its line, or a status."""


@dataclass(frozen=True)
class Term:
    """A term of the glossary."""

    anchor: str
    """Of its heading there."""
    labels: tuple[str, ...]
    """What stands for it on pages; messages."""
    words: str
    """Its explanation in a sentence or two, a short form of the glossary's; a message."""


TERMS: tuple[Term, ...] = (
    Term(
        "kind-of-study",
        (gettext_noop("Kind of study"),),
        gettext_noop(
            "Interventional: the plan decides what people get. Observational: people are watched, and what "
            "they get is decided without the study."
        ),
    ),
    Term(
        "phase",
        (gettext_noop("Phase"),),
        gettext_noop(
            "How far a treatment has come. Early phase 1 and phase 1: first small steps in people, often "
            "healthy ones: is it safe, how does the body handle it?"
        ),
    ),
    Term(
        "participants",
        (gettext_noop("Participants"),),
        gettext_noop(
            "How many people take part. While a trial goes on, the number is an estimate of how many are "
            "wanted; at its end it is how many did take part."
        ),
    ),
    Term(
        "start",
        (gettext_noop("Start"),),
        gettext_noop("When the first participant joined; until then, when it is expected."),
    ),
    Term(
        "primary-completion",
        (gettext_noop("Primary completion"),),
        gettext_noop("When the last participant was examined, or treated, for the primary outcome."),
    ),
    Term(
        "completion",
        (gettext_noop("Completion"),),
        gettext_noop("When the last participant was examined or treated for all outcomes and side effects."),
    ),
    Term(
        "allocation",
        (gettext_noop("Allocation"),),
        gettext_noop("How participants come into a group. Randomized: by chance."),
    ),
    Term(
        "model",
        (gettext_noop("Model"),),
        gettext_noop("How groups and treatments are laid out. Single group: all get the same."),
    ),
    Term(
        "masking",
        (gettext_noop("Masking"),),
        gettext_noop("Who is kept from knowing which participant gets what, also called blinding."),
    ),
    Term(
        "primary-purpose",
        (gettext_noop("Primary purpose"),),
        gettext_noop(
            "What the trial is for: to treat, prevent, diagnose, support, screen, organize care, or "
            "understand how something works."
        ),
    ),
    Term(
        "observational-model",
        (gettext_noop("Observational model"),),
        gettext_noop("How an observational study picks people. Cohort: a group is followed."),
    ),
    Term(
        "time-perspective",
        (gettext_noop("Time perspective"),),
        gettext_noop(
            "Whether an observational study looks back (retrospective), ahead (prospective), or at one moment"
            " (cross-sectional)."
        ),
    ),
    Term(
        "data-monitoring-committee",
        (gettext_noop("Data monitoring committee"),),
        gettext_noop(
            "People independent of the sponsor who look at safety and results while the trial runs, and may "
            "advise to change or stop it."
        ),
    ),
    Term(
        "healthy-volunteers",
        (gettext_noop("Healthy volunteers"),),
        gettext_noop("Whether people without the condition can take part."),
    ),
    Term(
        "age-groups",
        (gettext_noop("Age groups"),),
        gettext_noop(
            "ClinicalTrials.gov sorts ages into children (up to 17 years), adults (18 to 64) and older adults"
            " (65 and more)."
        ),
    ),
    Term(
        "sampling",
        (gettext_noop("Sampling"),),
        gettext_noop(
            "How an observational study chooses people: by chance with known odds (probability sample), or "
            "otherwise (non-probability sample), such as those who come by."
        ),
    ),
    Term(
        "sponsor",
        (gettext_noop("Lead sponsor"), gettext_noop("Sponsor"), gettext_noop("Sponsor, role not stated")),
        gettext_noop("The person or body that starts the trial, and answers for how it is run and paid."),
    ),
    Term(
        "collaborator",
        (gettext_noop("Collaborator"),),
        gettext_noop("A body other than the sponsor that supports the trial: with money, design, work or reporting."),
    ),
    Term(
        "responsible-party",
        (gettext_noop("Responsible party"),),
        gettext_noop(
            "Who must keep the registry's record true under US law: the sponsor, or an investigator whom the "
            "sponsor has named."
        ),
    ),
    Term(
        "intervention",
        (gettext_noop("Interventions"),),
        gettext_noop(
            "What participants get or do by the plan: a drug, a device, a procedure, a vaccine, a diet, a training."
        ),
    ),
    Term(
        "results",
        (gettext_noop("Results"), gettext_noop("Results in the registry")),
        gettext_noop(
            "Tables that the sponsor sends to the registry after the end: who took part, what was measured, "
            "what harm was seen."
        ),
    ),
    Term(
        "plan-to-share-individual-data",
        (gettext_noop("Plan to share individual data"),),
        gettext_noop(
            "Whether the sponsor means to give the data of single participants, without their names, to other"
            " researchers, and how to ask."
        ),
    ),
    Term(
        "registry-number",
        (gettext_noop("ClinicalTrials.gov"),),
        gettext_noop(
            "The number by which a registry knows the trial: NCT with eight digits at ClinicalTrials.gov, "
            "ISRCTN, DRKS, ChiCTR, JPRN and others at the registries of the WHO's network."
        ),
    ),
    Term(
        "eu-number",
        (gettext_noop("EudraCT number"), gettext_noop("EU CT number (CTIS)")),
        gettext_noop(
            "Two kinds: the EudraCT number (such as 2016-000488-17) of trials under the older Directive "
            "2001/20/EC, and the EU trial number of the Clinical Trials Information System (such as "
            "2024-516780-93-00) of trials under the newer regulation."
        ),
    ),
    Term(
        "last-verified",
        (gettext_noop("Status last verified"), gettext_noop("Last verified")),
        gettext_noop("When those responsible last looked over the registry's record, even if nothing had changed."),
    ),
    Term(
        "principal-investigator",
        (gettext_noop("Principal investigator"),),
        gettext_noop("Who leads the trial, or its work at one site."),
    ),
    Term(
        "not-yet-recruiting",
        (gettext_noop("Not yet recruiting"),),
        gettext_noop("The trial is planned and takes nobody yet."),
    ),
    Term(
        "recruiting",
        (gettext_noop("Recruiting"),),
        gettext_noop("The trial looks for people to take part, at least at one of its sites."),
    ),
    Term(
        "enrolling-by-invitation",
        (gettext_noop("Enrolling by invitation"),),
        gettext_noop(
            "Only people whom the researchers ask themselves can join, for example those of an earlier trial."
        ),
    ),
    Term(
        "active-not-recruiting",
        (gettext_noop("Active, not recruiting"),),
        gettext_noop("The trial goes on with the people whom it has, and takes no new ones."),
    ),
    Term(
        "completed",
        (gettext_noop("Completed"),),
        gettext_noop("The trial has ended as planned; nobody is examined or treated in it any more."),
    ),
    Term("suspended", (gettext_noop("Suspended"),), gettext_noop("The trial has stopped early and may start again.")),
    Term(
        "terminated",
        (gettext_noop("Terminated"),),
        gettext_noop("The trial has stopped early and will not start again."),
    ),
    Term("withdrawn", (gettext_noop("Withdrawn"),), gettext_noop("The trial stopped before its first participant.")),
    Term(
        "unknown-status",
        (gettext_noop("Unknown status"),),
        gettext_noop(
            "On ClinicalTrials.gov: the trial was last said to recruit, to be about to, or to go on, its "
            "completion date has passed, and nobody has confirmed the status for two years."
        ),
    ),
    Term(
        "expanded-access",
        (
            gettext_noop("Available"),
            gettext_noop("No longer available"),
            gettext_noop("Temporarily not available"),
            gettext_noop("Approved for marketing"),
        ),
        gettext_noop(
            "Use of a treatment that is not approved yet for patients who have no other satisfactory one and "
            "cannot take part in a trial."
        ),
    ),
)


@lru_cache(maxsize=2)
def _by_label(version: bytes) -> dict[str, Term]:  # noqa: ARG001 - the language of the labels
    """Return the terms by the labels that stand for them on pages, as pages write them."""
    return {document_text(gettext(label)): term for term in TERMS for label in term.labels}


def explain_terms(body: str) -> str:
    """Return the Markdown of a trial's page with each term that it uses as a label explained where it comes first."""
    known, seen = _by_label(active_language().version), set[str]()

    def explain(match: re.Match[str]) -> str:
        label = match[1] or match[2]
        term = known.get(label)
        if term is None or term.anchor in seen:
            return match[0]
        seen.add(term.anchor)
        link = f'<a class="term" href="{GLOSSARY}#{term.anchor}" title="{escape(gettext(term.words))}">{label}</a>'
        return match[0].replace(label, link, 1)

    return _LABEL.sub(explain, body)
