"""A session of questions about names: which is asked, what was answered, and the way back.

The terminal and the preview's page are two faces of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.identity.curated import FILES
from generator.identity.decisions import Answer, Written, decide
from generator.identity.review import Context, Question

_WORDS: Mapping[Answer, str] = {"same": "are one", "different": "are two", "part of": "are part and whole"}


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that is done with."""

    question: Question
    written: Written | None = None
    """What the answer changed; None where the question was skipped."""

    @property
    def file(self) -> str:
        """The file that an answer goes to, as people name it."""
        return f"seeds/{FILES[self.question.first.kind]}"


class ReviewSession:
    """Questions about the names of one catalog, asked one after the other."""

    def __init__(
        self, seeds: Path, questions: Sequence[Question], context: Context, today: Callable[[], date] = date.today
    ) -> None:
        """Prepare to ask *questions* about the names of the catalog whose documents lie in *seeds*."""
        self.done: list[AnsweredQuestion] = []
        self._seeds = seeds
        self._today = today
        self.renew(questions, context)

    def renew(self, questions: Sequence[Question], context: Context) -> None:
        """Ask *questions*, those of a later build, from now on; what was answered before stays so."""
        self._questions = list(questions)
        self._context = context

    @property
    def left(self) -> list[Question]:
        """The questions that are still open; the first is asked next."""
        done = {one.question.key for one in self.done}
        return [question for question in self._questions if question.key not in done]

    @property
    def written(self) -> int:
        """How many decisions were written."""
        return sum(one.written is not None for one in self.done)

    def side_by_side(self, question: Question) -> Iterator[tuple[str, list[str], list[str]]]:
        """Yield what is known of the two names: a heading, the first values of the one, and those of the other."""
        return self._context.side_by_side(question)

    def answer(self, question: Question, answer: Answer, reason: str = "", *, part: int = 1) -> AnsweredQuestion:
        """Write an *answer* with its *reason*, else the usual one, and the date.

        Where one name is part of the other, *part* says which: 1 or 2.  Raises DecisionError where it cannot be
        written.
        """
        pair = question.first, question.second
        first, second = reversed(pair) if answer == "part of" and part == len(pair) else pair
        given = _plain(reason) or usual_reason(question, answer)
        dated = f"{given} (decided on {self._today().isoformat()})."
        return self._add(AnsweredQuestion(question, decide(self._seeds, first, second, answer, dated)))

    def skip(self, question: Question) -> AnsweredQuestion:
        """Leave *question* open for another session."""
        return self._add(AnsweredQuestion(question))

    def _add(self, done: AnsweredQuestion) -> AnsweredQuestion:
        self.done.append(done)
        return done

    def undo(self) -> AnsweredQuestion | None:
        """Ask the last question again, and take its answer out of the file; None where nothing was answered.

        Raises DecisionError where the file was changed since.
        """
        if not self.done:
            return None
        last = self.done[-1]
        if last.written is not None:
            last.written.undo()
        self.done.pop()
        self._questions = [last.question, *(one for one in self._questions if one.key != last.question.key)]
        return last


def usual_reason(question: Question, answer: Answer) -> str:
    """Return the reason for an *answer* for which none is given."""
    return f"“{question.first.name}” and “{question.second.name}” {_WORDS[answer]}"


def _plain(reason: str) -> str:
    """Return what a person typed on one line, without what no file should hold, and without the full stop."""
    shown = "".join(letter if letter.isprintable() else " " for letter in reason)
    return " ".join(shown.split()).rstrip(".")
