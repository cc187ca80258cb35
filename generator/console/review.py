"""`trial-catalog review`: questions about names in the terminal, each answer written into ``seeds/names/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.console.reporting import printable
from generator.identity.curated import FILES
from generator.identity.decisions import Answer, DecisionError, Written, decide
from generator.identity.review import Context, Question
from generator.model.catalog import Entity

_MOST = 4
"""Values of one kind that are shown of a name."""

_ANSWERS: Mapping[str, Answer] = {"s": "same", "d": "different", "p": "part of"}
_ASK = "[s]ame, [d]ifferent, [p]art of, s[k]ip, [u]ndo, [q]uit"
_WORDS: Mapping[Answer, str] = {"same": "are one", "different": "are two", "part of": "are part and whole"}


class Review:
    """One sitting: the questions, and what was answered so far."""

    def __init__(
        self,
        seeds: Path,
        questions: Sequence[Question],
        context: Context,
        titles: Mapping[str, str],
        today: date,
        console: Console,
    ) -> None:
        """Prepare to ask *questions* about the names of the catalog whose documents lie in *seeds*."""
        self.seeds = seeds
        self.questions = questions
        self.context = context
        self.titles = titles
        self.today = today
        self.console = console
        self.answered: list[tuple[int, Written | None]] = []
        """The number of each question that is done with, and what its answer changed."""

    def run(self) -> int:
        """Ask until all is answered or the reader has had enough; return how many decisions were written."""
        position = 0
        while True:
            if position == len(self.questions):
                end = click.prompt(
                    "That was the last. [u]ndo, [q]uit", type=click.Choice(["u", "q"]), show_choices=False
                )
                if end == "q":
                    break
                position = self._undo(position)
                continue
            question = self.questions[position]
            self._show(question, position)
            answer = click.prompt(_ASK, type=click.Choice([*_ANSWERS, "k", "u", "q"]), show_choices=False)
            if answer == "q":
                break
            if answer == "u":
                position = self._undo(position)
            elif answer == "k":
                self.answered.append((position, None))
                position += 1
            elif self._answer(question, position, _ANSWERS[answer]):
                position += 1
        return sum(written is not None for _, written in self.answered)

    def _answer(self, question: Question, position: int, answer: Answer) -> bool:
        first, second = question.first, question.second
        if answer == "part of":
            which = click.prompt(
                f"Which is the part? 1: {printable(first.name)}, 2: {printable(second.name)}",
                type=click.Choice(["1", "2"]),
                show_choices=False,
            )
            first, second = (first, second) if which == "1" else (second, first)
        given = click.prompt("Why", default=f"{_names(question)} {_WORDS[answer]}", show_default=True)
        reason = f"{given.strip().rstrip('.')} (decided on {self.today.isoformat()})."
        try:
            written = decide(self.seeds, first, second, answer, reason)
        except DecisionError as error:
            click.echo(printable(str(error)), err=True)
            return False
        self.answered.append((position, written))
        click.echo(f"Written into seeds/{FILES[first.kind]}.")
        return True

    def _undo(self, position: int) -> int:
        if not self.answered:
            click.echo("Nothing to undo.")
            return position
        back, written = self.answered.pop()
        if written is not None:
            written.undo()
            click.echo(f"{written.file.name} is as it was.")
        return back

    def _show(self, question: Question, position: int) -> None:
        self.console.print()
        self.console.print(Text(printable(f"{position + 1} of {len(self.questions)}. {question.why}")))
        table = Table(show_header=True, show_lines=False, expand=True)
        table.add_column("", no_wrap=True)
        for entity in (question.first, question.second):
            table.add_column(Text(printable(entity.name)), ratio=1, overflow="fold")
        facts = [dict(self.context.facts(entity, self.titles)) for entity in (question.first, question.second)]
        for heading in dict.fromkeys(heading for known in facts for heading in known):
            cells = [_listed(known.get(heading, [])) for known in facts]
            if any(cell.plain for cell in cells):
                table.add_row(heading, *cells)
        self.console.print(table)


def _names(question: Question) -> str:
    def quoted(entity: Entity) -> str:
        return f"“{entity.name}”"

    return f"{quoted(question.first)} and {quoted(question.second)}"


def _listed(values: Sequence[str]) -> Text:
    shown = [printable(value) for value in values[:_MOST]]
    more = len(values) - _MOST
    return Text("\n".join([*shown, f"and {more} more"] if more > 0 else shown))
