"""What stands beside the dates of a trial."""

from __future__ import annotations

from collections.abc import Iterable

from generator.language.messages import gettext
from generator.pages.text.wording import status
from generator.pages.trial.parts import Fact
from generator.pages.trial.pointers import STATUS
from generator.pages.trial.values import TrialValues


def dates(values: TrialValues) -> Iterable[Fact]:
    """Yield the last known status and why the trial stopped."""
    module = values.protocol.status_module
    if module.last_known_status:
        yield Fact(
            gettext("Last known status"),
            values.stated(module.last_known_status, f"{STATUS}/lastKnownStatus", lambda code: status(code).label),
        )
    if module.why_stopped:
        yield Fact(gettext("Why it stopped"), values.stated(module.why_stopped, f"{STATUS}/whyStopped"))
