"""What a trial published and shares."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from generator.language.formats import in_sentence
from generator.language.messages import gettext
from generator.model.catalog import Role
from generator.model.registry_words import ROLES
from generator.pages.paths import CONTACT_ROLES, MOST_PUBLICATIONS
from generator.pages.registry_links import DOI, PUBMED, doi
from generator.pages.text.escaping import Markdown, external_link, join
from generator.pages.text.phrases import dated_text, status_chip
from generator.pages.text.wording import role_name, words
from generator.pages.trial.parts import Fact, Part
from generator.pages.trial.pointers import REFERENCES, SHARING
from generator.pages.trial.related import reasons_in_words, related_trials
from generator.pages.trial.values import TrialValues


def first_references(values: TrialValues) -> tuple[Part, ...]:
    """Return the first publications and links, where all have a page of their own."""
    return tuple(islice(references(values), MOST_PUBLICATIONS // 2))


def references(values: TrialValues) -> Iterable[Part]:
    """Yield publications and links."""
    module = values.protocol.references_module
    for index, item in enumerate(module.references):
        pointer = f"{REFERENCES}/references/{index}"
        citation = item.citation or (f"PubMed {item.pmid}" if item.pmid else gettext("Without a citation"))
        details: list[Markdown] = []
        if item.type:
            details.append(values.tagged(values.linker.text(words(item.type)), f"{pointer}/type"))
        if item.pmid:
            details.append(external_link(f"PubMed {item.pmid}", PUBMED.format(id=item.pmid)))
        found = doi(citation)
        if found:
            details.append(external_link(f"doi:{found}", DOI.format(id=found)))
        details.extend(authors(values, f"{pointer}/citation"))
        if item.retractions:
            details.append(Markdown(gettext("**retracted**")))
        yield Part(values.value(values.linker.text(citation), pointer), tuple(details))
    for index, see in enumerate(module.see_also_links):
        shown = external_link(see.label or see.url or gettext("Link"), see.url or "")
        yield Part(values.value(shown, f"{REFERENCES}/seeAlsoLinks/{index}"))


def authors(values: TrialValues, pointer: str) -> Iterable[Markdown]:
    """Yield who of the catalog's people wrote the publication whose citation stands at *pointer*.

    To have written what a trial cites is no role in it: who is not of this trial is named with the trial he is of.
    """
    links = values.linker.catalog.links_of_study(values.id)
    here = {item.entity for item in links if item.kind == "person" and item.role != "referenceAuthor"}
    wrote = sorted(
        {item.entity for item in links if item.role == "referenceAuthor" and item.pointer == pointer},
    )
    own = [values.linker.entity("person", person) for person in wrote if person in here]
    if own:
        yield Markdown(gettext("by people of this trial: {names}").format(names=join(own)))
    for person in wrote:
        if person not in here:
            yield _elsewhere(values, person)


def _elsewhere(values: TrialValues, person: str) -> Markdown:
    """Return by whom a publication is: "by Ada Brenner, principal investigator of NCT02955615", or of no other."""
    roles = list(ROLES)
    name = values.linker.entity("person", person)
    found = [
        (roles.index(item.role), item.study)
        for item in values.linker.catalog.links_of_entity("person", person)
        if item.role != "referenceAuthor" and item.study != values.id
    ]
    if not found:
        return Markdown(gettext("by {name}").format(name=name))
    rank, study = min(found)
    # For translators: {role} is what the person is to another trial, such as "principal investigator".
    message = gettext("by {name}, {role} of {trial}")
    role = in_sentence(role_name(roles[rank]))
    return Markdown(message.format(name=name, role=role, trial=values.linker.trial(study, study)))


def sharing(values: TrialValues) -> Iterable[Fact]:
    """Yield how data and results are shared."""
    module = values.protocol.ipd_sharing_statement_module
    rows = (
        (gettext("Plan to share individual data"), module.ipd_sharing, "ipdSharing"),
        (gettext("About sharing"), module.description, "description"),
        (gettext("When"), module.time_frame, "timeFrame"),
        (gettext("Who gets access"), module.access_criteria, "accessCriteria"),
    )
    for label, value, field in rows:
        if value:
            yield Fact(label, values.stated(value, f"{SHARING}/{field}", words))
    if module.info_types:
        kinds = values.linker.text(", ".join(words(code) for code in module.info_types))
        yield Fact(gettext("What is shared"), values.value(kinds, f"{SHARING}/infoTypes"))
    if module.url:
        yield Fact(gettext("Address"), values.value(external_link(module.url, module.url), f"{SHARING}/url"))
    for index, item in enumerate(values.protocol.references_module.avail_ipds):
        kind = words(item.type) if item.type else gettext("Data")
        shown = external_link(kind, item.url) if item.url else values.linker.text(kind)
        pieces = [shown, *(values.linker.text(part) for part in (item.id, item.comment) if part)]
        yield Fact(gettext("Available data"), values.value(join(pieces, " · "), f"{REFERENCES}/availIpds/{index}"))
    yield from large_documents(values)
    results = values.linker.paths.beside(values.id, "results")
    if values.study.has_results is not None:
        answer = Markdown(gettext("Posted") if values.study.has_results else gettext("Not posted"))
        if results:
            the_results = values.linker.to(results, gettext("the results"))
            answer = Markdown(f"{answer}: {the_results}")
        yield Fact(gettext("Results in the registry"), values.value(answer, "/hasResults"))
    elif results:
        yield Fact(gettext("Results in the registry"), values.linker.to(results, gettext("The results")))


def large_documents(values: TrialValues) -> Iterable[Fact]:
    """Yield the study's own documents that the registry holds."""
    section = values.study.document_section
    module = section.large_document_module if section else None
    for index, item in enumerate(module.large_docs if module else []):
        details = [values.linker.text(item.filename or "")] if item.filename else []
        if item.date:
            details.append(dated_text(item.date))
        shown = join(details, " · ") or Markdown(gettext("held by the registry"))
        label = item.label or (words(item.type_abbrev) if item.type_abbrev else gettext("Document"))
        yield Fact(label, values.value(shown, f"/documentSection/largeDocumentModule/largeDocs/{index}"))


def related(values: TrialValues) -> Iterable[Part]:
    """Yield the trials that share most with this one, each with what they share."""
    hidden: frozenset[Role] = frozenset() if values.linker.settings.contacts else CONTACT_ROLES
    for item in related_trials(values.id, values.linker.catalog, without=hidden):
        summary = values.linker.catalog.study_summary(item.study)
        chip = status_chip(summary.status, summary.as_of or "", summary.end) if summary else status_chip(None)
        title = values.linker.trial(item.study, values.linker.catalog.title(item.study))
        yield Part(Markdown(f"{title} {chip}"), (reasons_in_words(item, values.linker),))
