"""`trial-catalog review`: questions about names in the terminal, each answer written into ``seeds/names/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.identity.decisions import Answer, DecisionError
from generator.identity.review import Question
from generator.identity.review_session import ReviewSession, usual_reason
from generator.reports.printing import printable

_ANSWERS: Mapping[str, Answer] = {"s": "same", "d": "different", "p": "part of"}
_ASK = "[s]ame, [d]ifferent, [p]art of, s[k]ip, [u]ndo, [q]uit"


class Review:
    """One session in the terminal."""

    def __init__(self, session: ReviewSession, console: Console) -> None:
        """Prepare to ask the questions of *session* on *console*."""
        self.session = session
        self.console = console

    def run(self) -> int:
        """Ask until all is answered or the reader has had enough; return how many decisions were written."""
        while True:
            question = next(iter(self.session.left), None)
            if question is None:
                key = _asked("That was the last. [u]ndo, [q]uit", "uq")
            else:
                self._show(question)
                key = _asked(_ASK, [*_ANSWERS, "k", "u", "q"])
            if key == "q":
                return self.session.written
            try:
                if key == "u":
                    self._undo()
                elif question is not None and key == "k":
                    self.session.skip(question)
                elif question is not None:
                    self._answer(question, _ANSWERS[key])
            except DecisionError as error:
                click.echo(printable(str(error)), err=True)

    def _answer(self, question: Question, answer: Answer) -> None:
        part = "1"
        if answer == "part of":
            first, second = printable(question.first.name), printable(question.second.name)
            part = _asked(f"Which is the part? 1: {first}, 2: {second}", "12")
        reason = click.prompt("Why", default=printable(usual_reason(question, answer)))
        done = self.session.answer(question, answer, reason, part=int(part))
        click.echo(f"Written into {done.file}.")

    def _undo(self) -> None:
        undone = self.session.undo()
        if undone is None:
            click.echo("Nothing to undo.")
        elif undone.written is not None:
            click.echo(f"{undone.file} is as it was.")

    def _show(self, question: Question) -> None:
        number, left = len(self.session.done) + 1, len(self.session.left)
        self.console.print()
        self.console.print(Text(printable(f"{number} of {number - 1 + left}. {question.why}")))
        table = Table(show_header=True, show_lines=False, expand=True)
        table.add_column("", no_wrap=True)
        for entity in (question.first, question.second):
            table.add_column(Text(printable(entity.name)), ratio=1, overflow="fold")
        for heading, *sides in self.session.side_by_side(question):
            table.add_row(heading, *(Text("\n".join(map(printable, side))) for side in sides))
        self.console.print(table)


def _asked(text: str, keys: Sequence[str]) -> str:
    return str(click.prompt(text, type=click.Choice(list(keys)), show_choices=False))
