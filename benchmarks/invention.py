"""Invented trials: registry records whose words mean nothing, and whose lengths and numbers are those of real ones.

The figures were measured on 68 records of ClinicalTrials.gov (API v2).  Those are larger than most, so the quarter with
the most sites is left out.  The same number of trials always gives the same records.
"""

from __future__ import annotations

import itertools
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

LETTERS = (0.03, 0.172, 0.146, 0.114, 0.102, 0.066, 0.081, 0.087, 0.071, 0.046, 0.029, 0.028, 0.014, 0.007, 0.005)
"""Share of words of one letter, of two, and so on."""

WORDS = 12_000
"""Different words; the most frequent is every 23rd, the first hundred are half of all, as in the records."""

Quartiles = Sequence[float]

SUMMARY: Quartiles = (10, 28, 46, 84, 400)
DESCRIPTION: Quartiles = (0, 0, 0, 161, 900)
CRITERIA: Quartiles = (30, 96, 267, 465, 1000)
TITLE: Quartiles = (3, 10, 14, 21, 40)
OFFICIAL_TITLE: Quartiles = (6, 14, 23, 30, 60)
MEASURE: Quartiles = (2, 5, 9, 15, 40)
MEASURE_DETAIL: Quartiles = (0, 4, 14, 32, 140)
ARM_DETAIL: Quartiles = (0, 4, 9, 23, 110)
PRIMARY: Quartiles = (1, 1, 1, 2, 8)
SECONDARY: Quartiles = (0, 2, 6, 10, 30)
ARMS: Quartiles = (1, 1, 2, 3, 6)
INTERVENTIONS: Quartiles = (1, 1, 2, 3, 6)
CONDITIONS: Quartiles = (1, 1, 1, 2, 5)
SITES: Quartiles = (0, 1, 2, 4, 44)
COLLABORATORS: Quartiles = (0, 0, 0, 1, 4)

COUNTRIES = {
    "France": ("Paris", "Lyon", "Nantes", "Lille", "Toulouse", "Nancy", "Rennes", "Limoges"),
    "Germany": ("Berlin", "Hamburg", "Leipzig", "Dresden", "Bonn", "Jena"),
    "Spain": ("Madrid", "Barcelona", "Sevilla", "Bilbao"),
    "Italy": ("Roma", "Milano", "Torino", "Bologna"),
    "United States": ("Boston", "Chicago", "Houston", "Seattle", "Denver", "Atlanta", "Cleveland"),
    "Japan": ("Tokyo", "Osaka", "Nagoya"),
    "Greece": ("Athens", "Patras"),
    "Netherlands": ("Utrecht", "Leiden"),
}

_CONSONANTS = "bcdfglmnprstvz"
_VOWELS = "aeiou"


@dataclass(frozen=True)
class Names:
    """Names that trials share."""

    sponsors: list[str]
    hospitals: list[tuple[str, str, str]]
    """With city and country."""
    people: list[str]
    drugs: list[str]
    conditions: list[str]


class Inventor:
    """Invents the records of a catalog."""

    def __init__(self, trials: int) -> None:
        """Prepare a catalog of so many trials; larger catalogs have more names, shared in the same way."""
        self._random = random.Random(trials)  # noqa: S311 - the same each time is what is wanted
        self._vocabulary = self._invent_words()
        weights = [1.0 / (rank + 2.7) for rank in range(WORDS)]
        self._sums = list(itertools.accumulate(weights))
        self._names = self._invent_names(trials)
        self._trials = trials

    def records(self) -> Iterator[tuple[str, bytes]]:
        """Yield file name and API v2 record of each trial."""
        for number in range(self._trials):
            identifier = f"NCT{9_000_000 + number * 7 % 900_000 + number // 900_000:08}"
            yield f"{identifier}.json", msgspec.json.encode(self._record(identifier))

    # Words and names

    def _invent_words(self) -> list[str]:
        lengths = range(1, len(LETTERS) + 1)
        found: dict[str, None] = {}
        while len(found) < WORDS:
            length = self._random.choices(lengths, LETTERS)[0]
            if length < 4 and len(found) > 200:  # there are not that many short words
                length += 4
            found[self._word(length)] = None
        return list(found)

    def _word(self, length: int) -> str:
        letters = [self._random.choice(_VOWELS if index % 2 else _CONSONANTS) for index in range(length)]
        return "".join(letters)

    def _proper(self) -> str:
        return self._word(self._random.randint(4, 9)).capitalize()

    def _invent_names(self, trials: int) -> Names:
        def some(share: float) -> range:
            return range(max(5, round(trials * share)))

        places = [(city, country) for country, cities in COUNTRIES.items() for city in cities]
        hospitals = []
        for _ in some(0.4):
            city, country = self._random.choice(places)
            kind = self._random.choice(("University Hospital", "Hospital", "Medical Center", "Clinic"))
            hospitals.append((f"{self._proper()} {kind} {self._proper()}", city, country))
        firms, kinds = ("Pharma", "Institute", "Therapeutics"), ("Disease", "Syndrome")
        return Names(
            sponsors=[f"{self._proper()} {self._random.choice(firms)}" for _ in some(0.1)],
            hospitals=hospitals,
            people=[f"{self._proper()} {self._proper()}" for _ in some(0.4)],
            drugs=[self._word(self._random.randint(5, 8)) + "mab" for _ in some(0.2)],
            conditions=[f"{self._proper()} {self._word(7)} {self._random.choice(kinds)}" for _ in some(0.1)],
        )

    def _shared(self, names: Sequence[Any]) -> Any:
        """Return one of *names*; few are frequent, many are rare."""
        return names[min(int(len(names) * self._random.random() ** 2), len(names) - 1)]

    # Lengths and texts

    def _draw(self, quartiles: Quartiles) -> int:
        place = self._random.random() * 4
        quarter = min(int(place), 3)
        low, high = quartiles[quarter], quartiles[quarter + 1]
        return round(low + (high - low) * (place - quarter) ** (3 if quarter == 3 else 1))

    def _words(self, number: int) -> list[str]:
        total = self._sums[-1]
        return [self._vocabulary[bisect(self._sums, self._random.random() * total)] for _ in range(number)]

    def _phrase(self, quartiles: Quartiles) -> str:
        return " ".join(self._words(max(1, self._draw(quartiles)))).capitalize()

    def _prose(self, quartiles: Quartiles) -> str:
        left = self._draw(quartiles)
        sentences: list[str] = []
        while left > 0:
            length = min(left, self._random.randint(8, 26))
            sentences.append(" ".join(self._words(length)).capitalize() + ".")
            left -= length
        paragraphs = [sentences[start : start + 6] for start in range(0, len(sentences), 6)]
        return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)

    def _criteria(self) -> str:
        left = self._draw(CRITERIA)
        lists: list[list[str]] = [[], []]
        while left > 0:
            length = min(left, self._random.randint(6, 30))
            lists[self._random.random() < 0.55].append("* " + " ".join(self._words(length)).capitalize())
            left -= length
        return "Inclusion Criteria:\n\n" + "\n".join(lists[0]) + "\n\nExclusion Criteria:\n\n" + "\n".join(lists[1])

    # Records

    def _record(self, identifier: str) -> dict[str, Any]:
        year = self._random.randint(2005, 2025)
        sites = [self._shared(self._names.hospitals) for _ in range(self._draw(SITES))]
        drugs = [self._shared(self._names.drugs) for _ in range(self._draw(INTERVENTIONS))]
        arms = [f"Arm {letter}" for letter in "ABCDEF"[: self._draw(ARMS)]]
        title = self._phrase(TITLE)
        status = self._random.choice(("RECRUITING", "COMPLETED", "COMPLETED", "NOT_YET_RECRUITING", "TERMINATED"))
        return {
            "protocolSection": {
                "identificationModule": {
                    "nctId": identifier,
                    "orgStudyIdInfo": {"id": f"{self._word(3).upper()}-{self._random.randint(1, 9999):04}"},
                    "briefTitle": title,
                    "officialTitle": self._phrase(OFFICIAL_TITLE),
                },
                "statusModule": {
                    "statusVerifiedDate": f"{year}-{self._random.randint(1, 12):02}",
                    "overallStatus": status,
                    "startDateStruct": {"date": f"{year - 2}-03-01", "type": "ACTUAL"},
                    "completionDateStruct": {"date": f"{year + 2}-11", "type": "ESTIMATED"},
                    "lastUpdatePostDateStruct": {"date": f"{year}-12-05", "type": "ESTIMATED"},
                },
                "sponsorCollaboratorsModule": {
                    "leadSponsor": {"name": self._shared(self._names.sponsors), "class": "INDUSTRY"},
                    "collaborators": [
                        {"name": self._shared(self._names.sponsors), "class": "OTHER"}
                        for _ in range(self._draw(COLLABORATORS))
                    ],
                },
                "descriptionModule": {
                    "briefSummary": self._prose(SUMMARY),
                    "detailedDescription": self._prose(DESCRIPTION),
                },
                "conditionsModule": {
                    "conditions": [self._shared(self._names.conditions) for _ in range(self._draw(CONDITIONS))]
                },
                "designModule": {
                    "studyType": "INTERVENTIONAL",
                    "phases": [f"PHASE{self._random.randint(1, 4)}"],
                    "designInfo": {
                        "allocation": "RANDOMIZED",
                        "interventionModel": "PARALLEL",
                        "primaryPurpose": "TREATMENT",
                        "maskingInfo": {"masking": "DOUBLE"},
                    },
                    "enrollmentInfo": {"count": self._random.randint(10, 900), "type": "ESTIMATED"},
                },
                "armsInterventionsModule": {
                    "armGroups": [
                        {
                            "label": arm,
                            "type": "EXPERIMENTAL",
                            "description": self._prose(ARM_DETAIL),
                            "interventionNames": [f"Drug: {self._random.choice(drugs)}"],
                        }
                        for arm in arms
                    ],
                    "interventions": [
                        {
                            "type": "DRUG",
                            "name": drug,
                            "description": self._prose(ARM_DETAIL),
                            "armGroupLabels": arms[:1],
                        }
                        for drug in dict.fromkeys(drugs)
                    ],
                },
                "outcomesModule": {
                    "primaryOutcomes": [self._outcome() for _ in range(self._draw(PRIMARY))],
                    "secondaryOutcomes": [self._outcome() for _ in range(self._draw(SECONDARY))],
                },
                "eligibilityModule": {
                    "eligibilityCriteria": self._criteria(),
                    "healthyVolunteers": False,
                    "sex": "ALL",
                    "minimumAge": "18 Years",
                },
                "contactsLocationsModule": {
                    "overallOfficials": [
                        {
                            "name": self._shared(self._names.people),
                            "affiliation": self._shared(self._names.hospitals)[0],
                            "role": "PRINCIPAL_INVESTIGATOR",
                        }
                    ]
                    if self._random.random() < 0.7
                    else [],
                    "locations": [self._site(*site) for site in sites],
                },
            },
            "hasResults": False,
        }

    def _outcome(self) -> dict[str, str]:
        return {
            "measure": self._phrase(MEASURE),
            "description": self._prose(MEASURE_DETAIL),
            "timeFrame": f"{self._random.randint(1, 48)} weeks",
        }

    def _site(self, name: str, city: str, country: str) -> dict[str, Any]:
        site: dict[str, Any] = {"facility": name, "city": city, "country": country, "status": "RECRUITING"}
        if self._random.random() < 0.2:
            person = self._shared(self._names.people)
            host = self._vocabulary[self._random.randint(0, 99)]
            site["contacts"] = [
                {
                    "name": person,
                    "role": "CONTACT",
                    "phone": f"+33 {self._random.randint(10**8, 10**9 - 1)}",
                    "email": f"{person.lower().replace(' ', '.')}@{host}.example",
                }
            ]
        return site
