"""Who sponsors a trial and who is in charge of it."""

from __future__ import annotations

from collections.abc import Iterable

from generator.language.messages import gettext
from generator.pages.text.escaping import NOTHING, Markdown, join
from generator.pages.text.wording import words
from generator.pages.trial.parts import Fact, Part
from generator.pages.trial.pointers import CATALOG, CONTACTS, SPONSORS
from generator.pages.trial.values import TrialValues


def sponsors(values: TrialValues) -> Iterable[Fact]:
    """Yield who sponsors the trial and who is responsible for it."""
    module = values.protocol.sponsor_collaborators_module
    lead = module.lead_sponsor
    if lead and lead.name:
        yield Fact(gettext("Lead sponsor"), organization(values, lead.name, lead.class_, f"{SPONSORS}/leadSponsor"))
    for index, item in enumerate(module.collaborators):
        if item.name:
            yield Fact(
                gettext("Collaborator"),
                organization(values, item.name, item.class_, f"{SPONSORS}/collaborators/{index}"),
            )
    for index, loose in enumerate(values.section.sponsors_without_role):
        if loose.name:
            pointer = f"{CATALOG}/sponsorsWithoutRole/{index}"
            yield Fact(gettext("Sponsor, role not stated"), organization(values, loose.name, loose.class_, pointer))
    party = module.responsible_party
    if party is not None:
        yield Fact(gettext("Responsible party"), responsible_party(values))
    elif not values.section.responsible_party and values.provenance.absence(f"{SPONSORS}/responsibleParty"):
        yield Fact(gettext("Responsible party"), values.absent(f"{SPONSORS}/responsibleParty"))
    if values.section.responsible_party:
        pointer = f"{CATALOG}/responsibleParty"
        shown = values.name(values.section.responsible_party, pointer)
        yield Fact(gettext("Responsible party, in which capacity not stated"), values.value(shown, pointer))


def organization(values: TrialValues, name: str, class_: str | None, pointer: str) -> Markdown:
    """Return an organization with its class."""
    kind = values.linker.text(f" ({words(class_)})") if class_ else NOTHING
    shown = values.name(name, f"{pointer}/name")
    return values.value(
        Markdown(f"{shown} {kind}".rstrip()), f"{pointer}/name", *([f"{pointer}/class"] if class_ else [])
    )


def responsible_party(values: TrialValues) -> Markdown:
    """Return the responsible party, on one line."""
    party = values.protocol.sponsor_collaborators_module.responsible_party
    pointer = f"{SPONSORS}/responsibleParty"
    if party is None:
        return values.absent(pointer)
    pieces = [values.linker.text(words(party.type))] if party.type else []
    if party.investigator_full_name:
        pieces.append(values.name(party.investigator_full_name, f"{pointer}/investigatorFullName"))
    if party.old_name_title:
        pieces.append(values.name(party.old_name_title, f"{pointer}/oldNameTitle"))
    if party.investigator_title:
        pieces.append(values.linker.text(party.investigator_title))
    if party.investigator_affiliation:
        pieces.append(values.name(party.investigator_affiliation, f"{pointer}/investigatorAffiliation"))
    if party.old_organization:
        pieces.append(values.name(party.old_organization, f"{pointer}/oldOrganization"))
    return values.value(join(pieces), pointer)


def sponsor_remark(values: TrialValues) -> Markdown:
    """Return why no sponsor is said to lead, where that is so."""
    if not values.section.sponsors_without_role:
        return NOTHING
    remark = values.lost_remark(f"{SPONSORS}/leadSponsor")
    return remark or values.linker.text(
        gettext(
            "The document names these sponsors without saying which of them leads and which collaborates. "
            "The catalog does not guess."
        )
    )


def people(values: TrialValues) -> Iterable[Part]:
    """Yield the officials of the whole trial."""
    for index, item in enumerate(values.protocol.contacts_locations_module.overall_officials):
        pointer = f"{CONTACTS}/overallOfficials/{index}"
        name = (
            values.name(item.name, f"{pointer}/name") if item.name else values.linker.text(gettext("Name not stated"))
        )
        details = [*values.kind_of(item.role, f"{pointer}/role")]
        if item.affiliation:
            affiliation = values.name(item.affiliation, f"{pointer}/affiliation")
            details.append(values.tagged(affiliation, f"{pointer}/affiliation"))
        title = values.tagged(Markdown(f"**{name}**"), f"{pointer}/name")
        yield Part(Markdown(f"{title}{values.provenance.mark(pointer)}"), tuple(details))
