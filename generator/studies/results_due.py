"""When results of a trial would be due under United States law, if that law applies to it.

The Food and Drug Administration Amendments Act of 2007, section 801, and its rule, 42 CFR part 11, ask for results of
*applicable clinical trials* no later than one year after the primary completion date (11.44 (a)), for all that were
completed on or after 18 January 2017 (11.42); a certified delay moves the date (11.44 (b) to (e)).  Which trials are
applicable (11.22 (b)) also hangs on what no document states, such as an application for an investigational drug.  So a
date is given only where the documents state all that they can state of it, and it is called what it is: the day on
which results would be due if the rule applies.  See https://www.ecfr.gov/current/title-42/part-11.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from generator.model.countries import countries_by_code
from generator.model.study import Study

_FIRST_COMPLETION = "2017-01-18"
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_NOT_APPLICABLE_PHASES = frozenset({"EARLY_PHASE1", "PHASE1"})
_UNITED_STATES = ("US", "PR", "GU", "AS", "MP", "VI")
"""ISO 3166 codes of the States and the territories."""


@lru_cache(maxsize=1)
def _names_of_the_united_states() -> frozenset[str]:
    found = (countries_by_code()[code] for code in _UNITED_STATES)
    return frozenset(name.casefold() for one in found for name in (one.name, *one.printed, *one.translated))


def results_due(study: Study) -> str | None:
    """Return the day on which results would be due, as ``YYYY-MM-DD``; None where the documents do not decide that.

    The documents have to say that the trial is interventional and not of phase 1 alone, that a product is regulated by
    the FDA, that a site lies in the United States, when the primary completion was, and that no results are posted.  A
    trial whose results were submitted or whose sponsor has certified a delay has no date here.
    """
    protocol = study.protocol_section
    status, design = protocol.status_module, protocol.design_module
    completion = status.primary_completion_date_struct
    if (
        study.has_results is not False
        or study.results_section is not None
        or design.study_type != "INTERVENTIONAL"
        or not design.phases
        or _NOT_APPLICABLE_PHASES.issuperset(design.phases)
        or (design.design_info is not None and design.design_info.primary_purpose == "DEVICE_FEASIBILITY")
        or status.overall_status == "WITHDRAWN"
        or completion is None
        or completion.type != "ACTUAL"
        or not _is_regulated(study)
        or not _has_a_site_in_the_united_states(study)
        or _is_on_its_way(study)
    ):
        return None
    due = _a_year_after(completion.date or "")
    # A month that holds the first day leaves open on which side of it the completion was, and is the smaller text.
    return due if due and (completion.date or "") >= _FIRST_COMPLETION else None


def _is_regulated(study: Study) -> bool:
    module = study.protocol_section.oversight_module
    return module.is_fda_regulated_drug is True or module.is_fda_regulated_device is True


def _has_a_site_in_the_united_states(study: Study) -> bool:
    locations = study.protocol_section.contacts_locations_module.locations
    return any((location.country or "").casefold().strip() in _names_of_the_united_states() for location in locations)


def _is_on_its_way(study: Study) -> bool:
    """Say whether results were submitted, or a delay was certified."""
    status = study.protocol_section.status_module
    annotations = study.annotation_section.annotation_module if study.annotation_section else None
    return bool(
        status.results_first_submit_date
        or status.results_first_post_date_struct
        or status.disp_first_submit_date
        or status.disp_first_post_date_struct
        or (annotations and annotations.unposted_annotation)
    )


def _a_year_after(stated: str) -> str | None:
    """Return the day one year after a date; of a month, after its last day."""
    parts = _DATE.fullmatch(stated)
    if parts is None:
        return None
    year, month = int(parts[1]) + 1, int(parts[2])
    try:
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(int(parts[3]), last) if parts[3] else last).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        return None
