"""Who can take part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.language.formats import format_age
from generator.language.messages import gettext
from generator.pages.text.escaping import Markdown
from generator.pages.text.wording import words
from generator.pages.trial.parts import Fact
from generator.pages.trial.pointers import CATALOG, ELIGIBILITY
from generator.pages.trial.values import TrialValues


@dataclass(frozen=True)
class CriteriaColumn:
    """Inclusion or exclusion criteria."""

    title: str
    number: int
    body: Markdown


def eligibility(values: TrialValues) -> Iterable[Fact]:
    """Yield ages, sex and health."""
    module = values.protocol.eligibility_module
    yield Fact(gettext("Minimum age"), values.stated(module.minimum_age, f"{ELIGIBILITY}/minimumAge", format_age))
    yield Fact(gettext("Maximum age"), values.stated(module.maximum_age, f"{ELIGIBILITY}/maximumAge", format_age))
    if values.section.age_limit_without_bound:
        shown = values.stated(values.section.age_limit_without_bound, f"{CATALOG}/ageLimitWithoutBound", format_age)
        yield Fact(gettext("Age limit, lowest or highest not stated"), shown)
    if module.std_ages:
        ages = values.linker.text(", ".join(words(code) for code in module.std_ages))
        yield Fact(gettext("Age groups"), values.value(ages, f"{ELIGIBILITY}/stdAges"))
    yield Fact(gettext("Sex"), values.stated(module.sex, f"{ELIGIBILITY}/sex", words))
    volunteers = module.healthy_volunteers
    pointer = f"{ELIGIBILITY}/healthyVolunteers"
    yield Fact(
        gettext("Healthy volunteers"),
        values.absent(pointer) if volunteers is None else values.yes_or_no(pointer, answer=volunteers),
    )
    if module.gender_description:
        yield Fact(gettext("Gender"), values.stated(module.gender_description, f"{ELIGIBILITY}/genderDescription"))
    if module.study_population:
        yield Fact(
            gettext("Study population"), values.stated(module.study_population, f"{ELIGIBILITY}/studyPopulation")
        )
    if module.sampling_method:
        yield Fact(gettext("Sampling"), values.stated(module.sampling_method, f"{ELIGIBILITY}/samplingMethod", words))
