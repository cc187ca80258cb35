"""How a trial is designed and overseen."""

from __future__ import annotations

from collections.abc import Iterable

from generator.pages.text.escaping import Markdown
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
            ("Allocation", info.allocation, "allocation"),
            ("Model", info.intervention_model, "interventionModel"),
            ("About the model", info.intervention_model_description, "interventionModelDescription"),
            ("Observational model", info.observational_model, "observationalModel"),
            ("Time perspective", info.time_perspective, "timePerspective"),
            ("Primary purpose", info.primary_purpose, "primaryPurpose"),
        )
        for label, value, field in rows:
            if value:
                yield Fact(label, values.stated(value, f"{pointer}/{field}", words))
        if info.masking_info:
            yield from masking(values)
    if module.target_duration:
        yield Fact("Target duration", values.stated(module.target_duration, f"{DESIGN}/targetDuration"))
    if module.bio_spec and (module.bio_spec.retention or module.bio_spec.description):
        text = " – ".join(words(part) for part in (module.bio_spec.retention, module.bio_spec.description) if part)
        yield Fact("Samples kept", values.value(values.linker.text(text), f"{DESIGN}/bioSpec"))
    oversight = values.protocol.oversight_module
    answers = (
        ("Data monitoring committee", oversight.oversight_has_dmc, "oversightHasDmc"),
        ("FDA-regulated drug", oversight.is_fda_regulated_drug, "isFdaRegulatedDrug"),
        ("FDA-regulated device", oversight.is_fda_regulated_device, "isFdaRegulatedDevice"),
    )
    for label, answer, field in answers:
        if answer is not None:
            yield Fact(label, values.value(Markdown("Yes" if answer else "No"), f"{OVERSIGHT}/{field}"))


def masking(values: TrialValues) -> Iterable[Fact]:
    """Yield who does not know what is given."""
    info = values.protocol.design_module.design_info
    masking = info.masking_info if info else None
    pointer = f"{DESIGN}/designInfo/maskingInfo"
    if masking is None:
        return
    yield Fact("Masking", values.stated(masking.masking, f"{pointer}/masking", words))
    if masking.who_masked:
        who = values.linker.text(", ".join(words(code).lower() for code in masking.who_masked))
        yield Fact("Who is masked", values.value(who, f"{pointer}/whoMasked"))
    elif masking.masking and masking.masking != "NONE":
        yield Fact("Who is masked", values.absent(f"{pointer}/whoMasked"))
    if masking.masking_description:
        yield Fact("About the masking", values.stated(masking.masking_description, f"{pointer}/maskingDescription"))
