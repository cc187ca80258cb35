"""The tables of the project page: patterns of sentences, and what they state.

A blank in a pattern is a blank in the text: sentences hold single blanks only.
"""

from __future__ import annotations

import re

ACRONYM = r"[A-Z][A-Za-z0-9]{0,29}(?:[-‑][A-Za-z0-9]{1,30}){0,4}(?: \d{1,2}(?![\d.,]))?"
"""What the acronym of a trial may look like; :func:`_may_name_a_trial` looks closer."""

BRACKETS = r"\([^()]{0,200}\)"

GENERAL_ABBREVIATIONS = frozenset(
    {
        "AIDS", "ARDS", "BMI", "CAP", "CHMP", "CNRS", "CNS", "COPD", "COVID", "CRISPR", "CRO", "CTIS", "CTR",
        "DNA", "ECG", "EEG", "EMA", "EORTC", "ESBL", "EUDRACT", "FDA", "GCP", "GDPR", "HAP", "HBV", "HCV",
        "HIV", "HPV", "HRQOL", "ICF", "ICMJE", "ICTRP", "ICU", "INSERM", "ISRCTN", "LPS", "LTE", "MDR", "MRI",
        "MRNA", "MRSA", "NATO", "NCT", "NHS", "NICE", "NIH", "NIHR", "NYHA", "OLE", "PCR", "PET", "PHRC",
        "PICU", "PTSD", "QOL", "RCT", "RNA", "RSV", "SAE", "SAP", "SARS", "SARS-COV", "SLE", "SOFA", "SOP",
        "TNF", "UK", "USA", "USD", "VAP", "WHO",
    }
)  # fmt: skip
"""Abbreviations that stand before "study" or "trial" without being a trial's name."""
CODE = re.compile(r"[A-Z]{1,4}-?\d{2,}[A-Z]?")
"""A drug's or a registry's code, such as ABC-123."""

TRIAL_WORD = r"(?:clinical )?(?:[Ss]tudy|[Tt]rial)\b"
TRIALS_WORD = r"(?:clinical )?(?:[Ss]tudies|[Tt]rials)\b"

WORDS_OF_TRIALS = re.compile(r"[Tt]rial|[Ss]tud(?:y|ies)")
"""Without one of these words, a sentence names a trial by its number or not at all."""

NAMINGS = (
    # the PREV-HAP study · PREV-HAP (NCT01234567) study · (TREAT-HAP study)
    rf"\b(?P<name>{ACRONYM})(?:\s*{BRACKETS})? (?:phase \S+ )?{TRIAL_WORD}",
    # the trial PREV-HAP · our clinical trial called PREV-HAP
    rf"\b(?:[Tt]he|[Oo]ur|[Tt]his) {TRIAL_WORD} (?:called |named )?[“\"]?(?P<name>{ACRONYM})\b",
    # PREV-HAP is a randomised, placebo-controlled trial
    rf"^[“\"]?(?P<name>{ACRONYM})[”\"]?(?:\s*{BRACKETS})? (?:is|was|will be) an? [^.]*?\b{TRIAL_WORD}",
)
"""How a page names one trial."""
NUMBER_IN_BRACKETS = rf"\b(?P<name>{ACRONYM})\s*\([^()]{{0,200}}$"
"""What stands before a registry's number that names a trial: ``PREV-HAP (NCT01234567)``."""

NAMED_BY_NUMBER = (
    # the trial NCT01234567 · our clinical trial (NCT01234567) · this study, registered as NCT01234567
    re.compile(
        rf"\b(?:[Tt]he|[Oo]ur|[Tt]his) (?:(?!of |from |the )[a-z0-9-]+ ){{0,3}}?"
        rf"(?:{TRIAL_WORD}|{TRIALS_WORD})(?: ?[(:]|,? (?:which (?:is|was) )?registered (?:as|under)(?: number)?)?\s*"
        r"(?:#+(?:, | and |, and ))*$"
    ),
    # NCT01234567 compares …
    re.compile(r"^(?:[Tt]rial |[Ss]tudy )?$"),
)
"""What stands before a registry's number by which alone a page names a trial; other numbers stand as ``###``."""
SPEAKS_OF_A_NUMBER = re.compile(
    r"\s{0,3}(?:\([^()]{0,100}\)\s{0,3})?(?:is|was|will|has|aims?|assess(?:es|ed)?|compar(?:es|ed)|enrol(?:l?s|led)|"
    r"evaluat(?:es|ed)|examin(?:es|ed)|includ(?:es|ed)|investigat(?:es|ed)|recruit(?:s|ed)|stud(?:ies|ied)|"
    r"test(?:s|ed)|treat(?:s|ed))\b"
)
"""What follows a number at the beginning of a sentence that is about its trial."""

LIST_NAMINGS = (
    # the PREV-HAP, CURE-HAP and TREAT-HAP studies
    rf"\b(?P<names>{ACRONYM}(?:, {ACRONYM}){{0,20}},? (?:and|&) {ACRONYM}) {TRIALS_WORD}",
    # the trials PREV-HAP and TREAT-HAP
    rf"{TRIALS_WORD}(?: called| named|,|:)? (?P<names>{ACRONYM}(?:, {ACRONYM}){{0,20}},? (?:and|&) {ACRONYM})\b",
)
"""How a page names several trials at once."""

INDEFINITE = re.compile(r"\b(?:an?|any|each|every|another|no|some) $", re.IGNORECASE)
"""Before an acronym: "an MRSA trial" is not the name of one."""

CITED_BEFORE = re.compile(
    r"(?i:such as|like|similar to|unlike|than|as in|in contrast to|buil(?:ds?|t|ding) (?:up)?on|based on"
    r"|follow(?:s|ing)|results? (?:of|from)|findings (?:of|from)|data (?:of|from)|published|previous|earlier"
    r"|conducted by|modelled on|inspired by|see also) (?:the )?(?:results of |findings of )?(?:the )?"
    rf"(?:{ACRONYM}(?:,| and| or) (?:the )?){{0,5}}$"
)
CITED_AFTER = re.compile(
    r"^\s*(?:\(\s*[^()]*\b(?:19|20)\d\d\s*\)|\[\d+[^\]]*\]|\bet al\b|(?:has |have )?(?:showed|shown|demonstrated|found"
    r"|reported|established)\b)"
)
"""A trial that a page names only in this way is another project's trial: a mention, not a trial of the page."""

TOGETHER = re.compile(
    rf"\b(?:[Bb]oth|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Aa]ll|[Tt]hese|[Tt]he|[Oo]ur) "
    rf"(?:(?:of )?(?:the|these|our|two|three|four|five) ){{0,2}}(?:[a-z-]+ ){{0,2}}?{TRIALS_WORD}"
)
"""Words for all trials of the page together."""
EACH = re.compile(rf"\b(?:[Ee]ach (?:of the (?:\w+ )?)?(?:{TRIAL_WORD}|{TRIALS_WORD}))")
"""Words for every single trial of the page."""
THE_STUDY = re.compile(rf"\b(?:[Tt]he|[Tt]his|[Oo]ur) (?:[a-z0-9-]+ ){{0,3}}?{TRIAL_WORD}")
"""Words for one trial that do not name it."""

UNCERTAIN_BEFORE = re.compile(
    r"\b(?:once|if|when|after|before|until|till|as soon as|unless|whether|while)\b[^,;:.]*$", re.IGNORECASE
)
"""Before a status: the status is a condition, not a statement."""

DENYING = re.compile(
    r"\b(?:not|never|neither|nor|nobody|no one|none|hardly|cannot|without|unlike|instead of|rather than|wrong|false|"
    r"untrue)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""A sentence with one of these may say the reverse of what its pattern says: it stays text."""
SUPPOSING = re.compile(r"\b(?:if|unless|provided that|depending on|would|might)\b", re.IGNORECASE)
"""A sentence with one of these may tell of what is only thought of."""
OF_ANOTHER = re.compile(
    r"\b(?:previous|earlier|prior|former|another|other|older|similar|pilot|feasibility|published)\b[^.;:]{0,60}"
    r"\b(?:stud(?:y|ies)|trials?|phase|project|work)\b|\b(?:unlike|such as|compared (?:with|to) (?:the )?[A-Z])"
)
"""A sentence that names another study may give that study's numbers."""
OF_A_PART = re.compile(
    r"\bper\b|\bin (?:the|its|one|each|every|an?) (?:[a-z-]+ )?(?:arm|group|cohort|centre|center|hospital|site|part|"
    r"phase|country)\b|\b(?:so far|already|up to now|by now|to date|at least|at most|up to|more than|less than|or more|"
    r"or less|or fewer)\b|\b(?:could|may)\b",
    re.IGNORECASE,
)
"""A sentence with one of these may give another number than that of all participants."""
NOT_PARTICIPANTS_BEHIND = re.compile(
    r" (?:(?:for|as|more|new|additional|further) )?(?:nurses|staff|volunteers|hospitals|centres|centers|sites|doctors|"
    r"physicians|no (?:more|further|longer|new)|researchers|students|partners)\b| by (?:an?|the|our|its)\b",
    re.IGNORECASE,
)
"""Behind a status: it is not participants who are recruited, or something else is completed."""
CLAUSE_BEFORE = re.compile(r"[^,;:]*$")
CLAUSE_BEHIND = re.compile(r"(?:[^,;:]|,(?! (?:and|but|while|whereas)\b))*")
"""What of a sentence bears on a status: the clause that it stands in."""

RECRUITMENT_OF = r"[Rr]ecruitment (?:for|of|into|to|in)"
STATUSES: tuple[tuple[str | None, str], ...] = (
    (None, r"{recruitment} {s} (?:is|has been|was|has) (?:now )?(?:closed|completed?|ended|finished)\b"),
    (None, r"{s} (?:is|are|has|have) (?:now )?(?:no longer recruiting|not recruiting|closed (?:to|for) recruitment)\b"),
    (None, r"{s} ha(?:s|ve) (?:now )?(?:finished|completed|closed|ended) (?:its |their )?recruit(?:ing|ment)\b"),
    (None, r"^(?:Recruitment (?:is |now )?closed|No longer recruiting)\s*:\s*{s}"),
    ("ENROLLING_BY_INVITATION", r"{s} (?:is|are) (?:now |currently )?(?:enrolling|recruiting) by invitation\b"),
    ("ACTIVE_NOT_RECRUITING", r"{s} (?:is|are) active,? (?:but )?not recruiting\b"),
    ("NOT_YET_RECRUITING", r"{s} (?:is|are) not yet (?:recruiting|open (?:to|for) recruitment)\b"),
    ("NOT_YET_RECRUITING", r"{s} (?:has|have) not (?:yet )?(?:started|begun) (?:to recruit|recruit(?:ing|ment))\b"),
    ("RECRUITING", r"^(?:Now|Currently) recruiting\s*:? {s}"),
    ("RECRUITING", r"{s} (?:is|are) (?:now |currently |actively |already )?(?:both )?recruiting\b(?! by)"),
    ("RECRUITING", r"{s} (?:is|are) (?:now |currently )?open (?:to|for) recruitment\b"),
    ("RECRUITING", r"{recruitment} {s} (?:is (?:now )?(?:open|ongoing|under way)|has (?:started|begun|opened))\b"),
    ("COMPLETED", r"{s} (?:is|are|has been|have been|was|were) (?:now )?completed\b"),
    ("TERMINATED", r"{s} (?:has been|was|were) (?:terminated|stopped early)\b"),
    ("SUSPENDED", r"{s} (?:is|are|has been|have been) (?:currently |temporarily )?suspended\b"),
    ("WITHDRAWN", r"{s} (?:has been|was|were) withdrawn\b"),
)  # fmt: skip
"""What a page says of recruitment, with ``{s}`` for the trial and ``{recruitment}`` for the words before it.

None: it is said, but fits no status of API v2."""

WORDS_OF_STATUS = re.compile(r"recruit|enrolling|complet|terminat|stopped|suspend|withdrawn", re.IGNORECASE)
"""A sentence without any of these says nothing of recruitment."""

REGISTRATIONS = (
    r"{s}\s*[(\[](?:[^()\[\]]{{0,100}}?\b)?(?P<number>{n})(?![\d-])[^()\[\]]{{0,100}}[)\]]",
    r"{s}\s*[:–]\s*(?:ClinicalTrials\.gov )?(?P<number>{n})(?![\d-])",
    r"{s},? (?:is |was |has been )?registered (?:[^.;]|\.(?=\w))*?\b(?P<number>{n})(?![\d-])",
)
"""How a page gives a trial's number, with ``{s}`` for the trial and ``{n}`` for the number."""

LONE_REGISTRATION = re.compile(
    r"^(?:(?:Clinical )?[Tt]rial )?(?:[Rr]egist(?:ration|ered|ry)|ClinicalTrials\.gov|ISRCTN|EudraCT)\b[^;]{0,200}$"
    r"|^(?:EudraCT|EU CT|ISRCTN|Registration) (?:number|no\.?)?\s*:?\s*$"
)
"""What stands before the number on a line of its own, on a page with one trial."""

HAS_NUMBER = re.compile(r"\d{4}")
"""Every number of a registry has so many digits in a row."""
HAS_DIGIT = re.compile(r"\d")

LIST_OF_DRUGS = r"(?P<list>[^.;:]{1,400}?)"
COMPARATOR = r"(?P<comparator>(?:an? )?(?:matching )?placebo|saline|standard (?:of )?care|usual care)"
GIVING = r"(?:supplementing(?: with)?|supplementation with|treatment with|administering|administration of|giving)"
INTERVENTIONS = (
    rf"\b{GIVING} {LIST_OF_DRUGS} (?:can|could|will|would|may)\b",
    rf"\bwhether {LIST_OF_DRUGS},? (?:as )?compared (?:with|to) {COMPARATOR}\b",
    rf"\b(?:compar(?:e|es|ing)) {LIST_OF_DRUGS} (?:with|to|versus|against) {COMPARATOR}\b",
)
"""What is given to the participants."""
WORDS_OF_GIVING = re.compile(r"supplement|treatment with|administ|giving|whether|compar")
"""Without one of these words, a sentence gives nobody anything."""
DOSE = re.compile(r"\d\s*(?:mg|µg|μg|mcg|g|ml|mL|IU|UI|MIU|units?|%|mg/kg)\b")
NOT_A_DRUG = re.compile(
    r"\b(?:this|that|these|it|they|early|earlier|we|our|which|both|patients?|in|for|to|at|by|with|whether|can|will|if|when)\b|,",
    re.IGNORECASE,
)
"""Words that are no part of a drug's name: the sentence is built in another way than the pattern expects."""

PEOPLE = r"(?:patients|participants|adults|children|people|persons|women|men|infants|volunteers)"
POPULATION = re.compile(
    rf"\bin (?P<population>(?:[a-z-]+ ){{0,3}}?{PEOPLE} (?:with|admitted|requiring|undergoing|aged|who|hospitali[sz]ed"
    r"|receiving|suffering|treated)\b[^.;:()]*?)(?=[.;]|$)"
)
ABOUT_THE_AIM = re.compile(
    r"\b(?:objectives?|aims?|purpose|goal|whether|compar(?:e|es|ing)|seeks|designed|intended)\b", re.IGNORECASE
)
CONDITION = re.compile(
    rf"\b{PEOPLE} (?:with|suffering from|diagnosed with) (?P<condition>[^.;:,()]+?)"
    r"(?=[.;:,(]| (?:who|admitted|requiring|undergoing|receiving|at|in|aged|treated|and requiring)\b|$)"
)
NOT_A_CONDITION = re.compile(
    r"^(?:an?|the|no|one|two|high|higher|low|lower|more|less|normal|at least|his|her|their)\b|\brisk\b", re.IGNORECASE
)

ENROLLMENT = re.compile(
    r"\b(?:involv(?:e|es|ing)|enrol(?:l?|ls|led|ling)|recruit(?:s|ed|ing)?|includ(?:e|es|ed|ing)"
    r"|randomi[sz](?:e|es|ed|ing)|with) "
    rf"(?:a total of )?(?P<count>\d{{1,3}}(?:[,  ]\d{{3}})+|\d+) (?:[a-z-]+ ){{0,3}}?{PEOPLE}\b"
)
COUNTRIES = re.compile(
    r"(?P<number>\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})) (?:European )?countries\s*"
    r"[(:]\s*(?P<countries>[A-Z][^().;:]*?)(?=[).;]|$)\)?"
)
NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

OWN_OBJECTIVES = (
    r"\b(?:[Aa]im|[Oo]bjective|[Gg]oal|[Pp]urpose) of {s} is (?:to )?(?P<aim>.+?)[.]?$",
    r"{s} (?:aims|seeks|is designed|is intended) to (?P<aim>.+?)[.]?$",
    r"{s} aims at (?P<aim>.+?)[.]?$",
)
"""A sentence that gives the aim of one trial."""
AIM_BEFORE_NAME = (
    r"(?:(?:\b(?:i{1,3}|iv|v|[a-e1-5])\)|,|;|:)\s*)(?:and )?"
    rf"(?P<aim>[a-z][^();:,]*?)\s*\((?P<name>{ACRONYM}) {TRIAL_WORD}\)"
)
"""In a list of aims, each with its trial in brackets: ``i) prevent (PREV-HAP study)``."""
SHARED_OBJECT = re.compile(r"^ of (?P<object>[^.;:,()]+?)\s*(?=[.;]|$)")
"""After such a list, what all its aims are about: ``of Hospital-Acquired Pneumonia``."""

NEEDS_AN_OBJECT = re.compile(
    r"^\w+$|\b(?:care|course|cure|diagnosis|detection|management|outcomes?|prevention|prognosis|recovery|therapy"
    r"|treatment)$"
)
"""An aim that is not whole without the shared object: ``prevent``, ``enhance the treatment``."""

TOPICS = (
    ("hypothesis", re.compile(r"\bhypothes[ie]", re.IGNORECASE)),
    (
        "objective",
        re.compile(r"\bobjectives?\b|\b(?:aim|purpose|goal) of\b|\baim(?:s|ing|ed)? (?:to|at)\b", re.IGNORECASE),
    ),
    ("assessment", re.compile(r"\bwill (?:also )?be (?:assessed|measured|evaluated|analy[sz]ed)\b", re.IGNORECASE)),
    ("project", re.compile(r"\bproject\b", re.IGNORECASE)),
)
"""What a sentence is about; "background" where none of these fits."""

HEADINGS = frozenset(
    {
        "about", "about the project", "about the studies", "about the study", "aim", "aims", "background",
        "clinical studies", "clinical trials", "contact", "hypothesis", "introduction", "news", "objective",
        "objectives", "our hypothesis", "overview", "summary", "the clinical studies", "the clinical trials",
        "the project", "the science", "the studies", "the trials", "trials",
    }
)  # fmt: skip
PROJECT_HEADING = re.compile(rf"(?:[Tt]he )?{ACRONYM} [Pp]roject")
BOILERPLATE = re.compile(
    r"(?:\(?(?:read|learn|find out|see) more\)?[.…]*|back to top|share this page|©.{0,80})", re.IGNORECASE
)
READ_MORE = re.compile(r"(?<!\s)\s*\((?:read|learn|find out|see) more\)\s*$", re.IGNORECASE)

OTHER_FORMATS = (
    r"\A\s*(?:[<{\[]|---\s*\n|%PDF|From:)",  # XML, HTML, JSON, front matter, PDF, mail
    r"^[^|\n]*\|[^|\n]*\|",  # tables
    r"^\s*[\"{}\[\]]+[\w-]*[\"{}\[\]:,]|^\s*<",  # pieces of JSON and of markup
)
"""Marks of file formats: a page that bears one is not for this reader."""

TABLE_ROW = re.compile(r"^[^\t\n]*\S\t+[^\t\n]*\S", re.MULTILINE)
MOST_TABLE_ROWS = 2
"""Lines with tabs between words; a page that was copied may have one, a table has more."""
LONGEST_SENTENCE = 3_000
"""In characters; facts are not looked for in a longer one, which is no sentence that anybody wrote."""
MOST_TRIALS = 30
"""A page that names more trials is a list."""
FAR_BEFORE = 300
"""So many characters before a name can bear on it."""
LONGEST_PAGE = 200_000
"""In characters; nobody writes a page longer than this about a project."""

LEAST_SHARE_OF_PROSE = 0.6
"""Share of the text that has to stand in whole sentences."""
