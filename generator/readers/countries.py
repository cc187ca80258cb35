"""The names under which registries list countries, and how lines of place names are taken apart.

The names are those that ClinicalTrials.gov prints for sites (ISO 3166 short names, several of them inverted, and
former countries of old records), with the spellings that it has changed over the years.
"""

from __future__ import annotations

import re
from functools import cache

COUNTRIES = frozenset(
    " ".join(name.split())
    for name in """
    Afghanistan; Albania; Algeria; American Samoa; Andorra; Angola; Anguilla; Antarctica; Antigua and Barbuda;
    Argentina; Armenia; Aruba; Australia; Austria; Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados; Belarus;
    Belgium; Belize; Benin; Bermuda; Bhutan; Bolivia; Bonaire, Sint Eustatius and Saba; Bosnia and Herzegovina;
    Botswana; Brazil; Brunei; Brunei Darussalam; Bulgaria; Burkina Faso; Burundi; Cabo Verde; Cambodia;
    Cameroon; Canada; Cape Verde; Cayman Islands; Central African Republic; Chad; Chile; China; Christmas
    Island; Colombia; Comoros; Congo; Congo, The Democratic Republic of the; Cook Islands; Costa Rica; Croatia;
    Cuba; Curaçao; Cyprus; Czech Republic; Czechia; Côte d'Ivoire; Côte D'Ivoire; Cote d'Ivoire; Democratic
    Republic of the Congo; Denmark; Djibouti; Dominica; Dominican Republic; Ecuador; Egypt; El Salvador;
    Equatorial Guinea; Eritrea; Estonia; Eswatini; Ethiopia; Falkland Islands (Malvinas); Faroe Islands;
    Federated States of Micronesia; Fiji; Finland; Former Serbia and Montenegro; Former Yugoslavia; France;
    French Guiana; French Polynesia; Gabon; Gambia; Georgia; Germany; Ghana; Gibraltar; Greece; Greenland;
    Grenada; Guadeloupe; Guam; Guatemala; Guernsey; Guinea; Guinea-Bissau; Guyana; Haiti; Holy See (Vatican City
    State); Honduras; Hong Kong; Hungary; Iceland; India; Indonesia; Iran; Iran, Islamic Republic of; Iraq;
    Ireland; Isle of Man; Israel; Italy; Jamaica; Japan; Jersey; Jordan; Kazakhstan; Kenya; Kiribati; Korea,
    Democratic People's Republic of; Korea, Republic of; Kosovo; Kuwait; Kyrgyzstan; Laos; Lao People's
    Democratic Republic; Latvia; Lebanon; Lesotho; Liberia; Libya; Libyan Arab Jamahiriya; Liechtenstein;
    Lithuania; Luxembourg; Macau; Macao; Macedonia, The Former Yugoslav Republic of; Madagascar; Malawi;
    Malaysia; Maldives; Mali; Malta; Marshall Islands; Martinique; Mauritania; Mauritius; Mayotte; Mexico;
    Micronesia, Federated States of; Moldova; Moldova, Republic of; Monaco; Mongolia; Montenegro; Montserrat;
    Morocco; Mozambique; Myanmar; Namibia; Nauru; Nepal; Netherlands; Netherlands Antilles; New Caledonia; New
    Zealand; Nicaragua; Niger; Nigeria; Niue; Norfolk Island; North Korea; North Macedonia; Northern Mariana
    Islands; Norway; Oman; Pakistan; Palau; Palestine; Palestine, State of; Palestinian Territories; Palestinian
    Territories, Occupied; Palestinian Territory, Occupied; Panama; Papua New Guinea; Paraguay; Peru;
    Philippines; Poland; Portugal; Puerto Rico; Qatar; Republic of Korea; Republic of the Congo; Romania;
    Russia; Russian Federation; Rwanda; Réunion; Reunion; Saint Kitts and Nevis; Saint Lucia; Saint Martin;
    Saint Vincent and the Grenadines; Samoa; San Marino; Sao Tome and Principe; Saudi Arabia; Senegal; Serbia;
    Serbia and Montenegro; Seychelles; Sierra Leone; Singapore; Sint Maarten; Slovakia; Slovenia; Solomon
    Islands; Somalia; South Africa; South Korea; South Sudan; Spain; Sri Lanka; Sudan; Suriname; Swaziland;
    Sweden; Switzerland; Syria; Syrian Arab Republic; Taiwan; Taiwan, Province of China; Tajikistan; Tanzania;
    Tanzania, United Republic of; Thailand; The Gambia; Timor-Leste; Togo; Tonga; Trinidad and Tobago; Tunisia;
    Turkey; Turkmenistan; Turks and Caicos Islands; Tuvalu; Türkiye; Turkey (Türkiye); U.S. Virgin Islands;
    Uganda; Ukraine; United Arab Emirates; United Kingdom; United States; United States Minor Outlying Islands;
    Uruguay; Uzbekistan; Vanuatu; Venezuela; Vietnam; Viet Nam; Virgin Islands (British); Virgin Islands (U.S.);
    Wallis and Futuna; Western Sahara; Yemen; Yugoslavia; Zambia; Zimbabwe
    """.replace("\n", " ").split(";")
)


_INVERTED_REGION = re.compile(
    r"(?:city|province|county|state|region|republic|prefecture|isle|islands?|district|territory)(?: of)?"
    r"|(?:comunitat|comunidad|principado|regi[oó]n|provincia|islas|illes|ciudad)(?: \w+)?(?: de| of)?",
    re.IGNORECASE,
)
"""What stands behind the comma of a region whose name a registry has inverted (``London, City Of``)."""


_MUNICIPALITY = re.compile(r".*[ -](?:ku|shi|city|cho|machi|gun|mura|son)", re.IGNORECASE)
"""The name of a ward, a town or a village of Japan, which is no prefecture."""


def is_municipality(name: str, country: str) -> bool:
    """Say whether *name* is that of a town or a part of one, and so no state, by the words of *country*."""
    return country == "Japan" and _MUNICIPALITY.fullmatch(name) is not None


def split_city(text: str, country: str) -> tuple[str, str]:
    """Return city and state of *text*, which stands before *country*; the state is empty where no comma parts them.

    Both may hold commas of their own: the state is what stands after the last comma, with one part more where it
    repeats the country (``Koriyama-shi, Fukushima, Japan``) or is an inverted name (``London, City Of``).
    """
    city, border, state = text.rpartition(", ")
    if ", " in city and (state == country or _INVERTED_REGION.fullmatch(state)):
        city, border, region = city.rpartition(", ")
        state = f"{region}, {state}"
    return (city.strip(), state.strip()) if border else (text, "")


def split_place(text: str) -> tuple[str, str, str] | None:
    """Return ``(city, state, country)`` of a line ``City, State, Country``, or None where it is no such line.

    City and state may be empty (``Angers, , France``), and both may hold commas of their own: the country is the
    longest known name that the line ends with, and :func:`split_city` parts what stands before it.  A country that is
    not in the table is taken as the last of exactly three parts.
    """
    parts = text.split(", ")
    for size in (3, 2, 1):
        country = ", ".join(parts[-size:])
        if len(parts) > size and country in COUNTRIES:
            rest = ", ".join(parts[:-size])
            return (*split_city(rest, country), country) if ", " in rest else (rest.strip(" ,"), "", country)
    pieces = [part.strip() for part in text.split(",")]
    if len(pieces) == 3 and pieces[0] and pieces[2] and not re.search(r"\d", pieces[2]):
        return pieces[0], pieces[1], pieces[2]
    return None


def split_countries(text: str, known: frozenset[str] = frozenset()) -> list[str] | None:
    """Take a line of country names joined by blanks apart (``Austria United States``), or return None.

    Only names of the table, or of *known*, count; where the line can be taken apart in several ways, the one
    with the fewest names is right, because a shorter one would cut a name (``Guinea Guinea-Bissau``).
    """
    words = tuple(text.split())
    names = COUNTRIES | known

    @cache
    def best(start: int) -> tuple[str, ...] | None:
        if start == len(words):
            return ()
        found: tuple[str, ...] | None = None
        for end in range(min(len(words), start + 8), start, -1):
            name = " ".join(words[start:end])
            if name in names and (rest := best(end)) is not None and (found is None or len(rest) + 1 < len(found)):
                found = (name, *rest)
        return found

    result = best(0)
    return list(result) if result else None


STATES: dict[str, frozenset[str]] = {
    country: frozenset(" ".join(name.split()) for name in names.split(";"))
    for country, names in {
        "United States": """
    Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; District of Columbia; Florida;
    Georgia; Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine; Maryland; Massachusetts;
    Michigan; Minnesota; Mississippi; Missouri; Montana; Nebraska; Nevada; New Hampshire; New Jersey; New Mexico;
    New York; North Carolina; North Dakota; Ohio; Oklahoma; Oregon; Pennsylvania; Rhode Island; South Carolina;
    South Dakota; Tennessee; Texas; Utah; Vermont; Virginia; Washington; West Virginia; Wisconsin; Wyoming
    """,
        "Canada": """
    Alberta; British Columbia; Manitoba; New Brunswick; Newfoundland and Labrador; Nova Scotia; Ontario;
    Prince Edward Island; Quebec; Québec; Saskatchewan; Northwest Territories; Nunavut; Yukon
    """,
        "Australia": """
    Australian Capital Territory; New South Wales; Northern Territory; Queensland; South Australia; Tasmania;
    Victoria; Western Australia
    """,
    }.items()
}
"""Country -> its states, for the countries whose sites always have one at ClinicalTrials.gov."""

COUNTRY_CODES = {
    code: name
    for code, _, name in (
        " ".join(entry.split()).partition(" ")
        for entry in """
    AR Argentina; AT Austria; AU Australia; BA Bosnia and Herzegovina; BE Belgium; BG Bulgaria; BR Brazil; CA Canada;
    CH Switzerland; CL Chile; CN China; CO Colombia; CY Cyprus; CZ Czechia; DE Germany; DK Denmark; EE Estonia;
    EG Egypt; ES Spain; FI Finland; FR France; GB United Kingdom; GE Georgia; GR Greece; HR Croatia; HU Hungary;
    IE Ireland; IL Israel; IN India; IS Iceland; IT Italy; JP Japan; KR South Korea; LI Liechtenstein; LT Lithuania;
    LU Luxembourg; LV Latvia; MT Malta; MX Mexico; NL Netherlands; NO Norway; NZ New Zealand; PE Peru; PL Poland;
    PT Portugal; RO Romania; RS Serbia; RU Russia; SE Sweden; SI Slovenia; SK Slovakia; TH Thailand; TR Turkey;
    TW Taiwan; UA Ukraine; US United States; ZA South Africa
    """.replace("\n", " ").split(";")
    )
}
"""ISO 3166 code -> name, for the countries in which registries that write codes have trials."""
