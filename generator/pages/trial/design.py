"""How a trial is designed and overseen."""

from __future__ import annotations

from collections.abc import Iterable

from generator.language.formats import in_sentence
from generator.language.messages import gettext
from generator.pages.text.wording import words
from generator.pages.trial.parts import Fact
from generator.pages.trial.pointers import DESIGN, OVERSIGHT
from generator.pages.trial.values import TrialValues


def design(values: TrialValues) -> Iterable[Fact]:
    """Yield how the trial is designed, masked and overseen."""
    module = values.protocol.design_module
    info = module.design_info
    pointer = f"{DESIGN}/designInfo"
    if info is not None:
        rows = (
            (gettext("Allocation"), info.allocation, "allocation"),
            (gettext("Model"), info.intervention_model, "interventionModel"),
            (gettext("About the model"), info.intervention_model_description, "interventionModelDescription"),
            (gettext("Observational model"), info.observational_model, "observationalModel"),
            (gettext("Time perspective"), info.time_perspective, "timePerspective"),
            (gettext("Primary purpose"), info.primary_purpose, "primaryPurpose"),
        )
        for label, value, field in rows:
            if value:
                yield Fact(label, values.stated(value, f"{pointer}/{field}", words))
        if info.masking_info:
            yield from masking(values)
    if module.target_duration:
        yield Fact(gettext("Target duration"), values.stated(module.target_duration, f"{DESIGN}/targetDuration"))
    if module.bio_spec and (module.bio_spec.retention or module.bio_spec.description):
        text = " – ".join(words(part) for part in (module.bio_spec.retention, module.bio_spec.description) if part)
        yield Fact(gettext("Samples kept"), values.value(values.linker.text(text), f"{DESIGN}/bioSpec"))
    oversight = values.protocol.oversight_module
    answers = (
        (gettext("Data monitoring committee"), oversight.oversight_has_dmc, "oversightHasDmc"),
        (gettext("FDA-regulated drug"), oversight.is_fda_regulated_drug, "isFdaRegulatedDrug"),
        (gettext("FDA-regulated device"), oversight.is_fda_regulated_device, "isFdaRegulatedDevice"),
    )
    for label, answer, field in answers:
        if answer is not None:
            yield Fact(label, values.yes_or_no(f"{OVERSIGHT}/{field}", answer=answer))


def masking(values: TrialValues) -> Iterable[Fact]:
    """Yield who does not know what is given."""
    info = values.protocol.design_module.design_info
    masking = info.masking_info if info else None
    pointer = f"{DESIGN}/designInfo/maskingInfo"
    if masking is None:
        return
    yield Fact(gettext("Masking"), values.stated(masking.masking, f"{pointer}/masking", words))
    if masking.who_masked:
        who = values.linker.text(", ".join(in_sentence(words(code)) for code in masking.who_masked))
        yield Fact(gettext("Who is masked"), values.value(who, f"{pointer}/whoMasked"))
    elif masking.masking and masking.masking != "NONE":
        yield Fact(gettext("Who is masked"), values.absent(f"{pointer}/whoMasked"))
    if masking.masking_description:
        yield Fact(
            gettext("About the masking"), values.stated(masking.masking_description, f"{pointer}/maskingDescription")
        )
