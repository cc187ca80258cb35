"""Countries: their codes in ISO 3166 and the names under which documents write them.

A vocabulary that people curated: "Korea, Republic of" and "South Korea" are one country, because ISO 3166 has one
entry for both.  The first name of a line is the one that is shown.  What is no country of the standard (a former
state, a part of the United Kingdom) is not forced into one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.identity.cleaning import words

_TABLE = """
AD Andorra
AE United Arab Emirates; UAE
AF Afghanistan
AG Antigua and Barbuda
AI Anguilla
AL Albania
AM Armenia
AO Angola
AQ Antarctica
AR Argentina
AS American Samoa
AT Austria; Österreich
AU Australia
AW Aruba
AX Åland Islands
AZ Azerbaijan
BA Bosnia and Herzegovina; Bosnia
BB Barbados
BD Bangladesh
BE Belgium; Belgique; België
BF Burkina Faso
BG Bulgaria
BH Bahrain
BI Burundi
BJ Benin
BL Saint Barthélemy
BM Bermuda
BN Brunei; Brunei Darussalam
BO Bolivia; Bolivia, Plurinational State of
BQ Bonaire, Sint Eustatius and Saba; Bonaire, Saint Eustatius and Saba
BR Brazil; Brasil
BS Bahamas
BT Bhutan
BV Bouvet Island
BW Botswana
BY Belarus
BZ Belize
CA Canada
CC Cocos (Keeling) Islands; Cocos Islands
CD Democratic Republic of the Congo; Congo, The Democratic Republic of the; Congo, Democratic Republic; DR Congo
CF Central African Republic
CG Congo; Republic of the Congo; Congo, Republic of the
CH Switzerland; Schweiz; Suisse
CI Côte d'Ivoire; Ivory Coast
CK Cook Islands
CL Chile
CM Cameroon
CN China; People's Republic of China; P.R. China; PR China; China, People's Republic of
CO Colombia
CR Costa Rica
CU Cuba
CV Cabo Verde; Cape Verde
CW Curaçao
CX Christmas Island
CY Cyprus
CZ Czechia; Czech Republic
DE Germany; Deutschland; Federal Republic of Germany
DJ Djibouti
DK Denmark; Danmark
DM Dominica
DO Dominican Republic
DZ Algeria
EC Ecuador
EE Estonia
EG Egypt
EH Western Sahara
ER Eritrea
ES Spain; España
ET Ethiopia
FI Finland; Suomi
FJ Fiji
FK Falkland Islands; Falkland Islands (Malvinas)
FM Micronesia; Micronesia, Federated States of; Federated States of Micronesia
FO Faroe Islands
FR France
GA Gabon
GB United Kingdom; UK; U.K.; Great Britain; United Kingdom of Great Britain and Northern Ireland
GD Grenada
GE Georgia
GF French Guiana
GG Guernsey
GH Ghana
GI Gibraltar
GL Greenland
GM Gambia; The Gambia
GN Guinea
GP Guadeloupe
GQ Equatorial Guinea
GR Greece; Hellas
GS South Georgia and the South Sandwich Islands
GT Guatemala
GU Guam
GW Guinea-Bissau
GY Guyana
HK Hong Kong; Hong Kong SAR; Hong Kong, China
HM Heard Island and McDonald Islands
HN Honduras
HR Croatia; Hrvatska
HT Haiti
HU Hungary; Magyarország
ID Indonesia
IE Ireland; Republic of Ireland
IL Israel
IM Isle of Man
IN India
IO British Indian Ocean Territory
IQ Iraq
IR Iran; Iran, Islamic Republic of; Islamic Republic of Iran; Iran (Islamic Republic of)
IS Iceland
IT Italy; Italia
JE Jersey
JM Jamaica
JO Jordan
JP Japan
KE Kenya
KG Kyrgyzstan
KH Cambodia
KI Kiribati
KM Comoros
KN Saint Kitts and Nevis
KP North Korea; Korea, Democratic People's Republic of; Democratic People's Republic of Korea
KR South Korea; Korea, Republic of; Republic of Korea; Korea, South; Korea (Republic of); Korea, Republic Of (South)
KW Kuwait
KY Cayman Islands
KZ Kazakhstan
LA Laos; Lao People's Democratic Republic; Lao PDR
LB Lebanon
LC Saint Lucia
LI Liechtenstein
LK Sri Lanka
LR Liberia
LS Lesotho
LT Lithuania
LU Luxembourg
LV Latvia
LY Libya; Libyan Arab Jamahiriya
MA Morocco
MC Monaco
MD Moldova; Moldova, Republic of; Republic of Moldova
ME Montenegro
MF Saint Martin; Saint Martin (French part)
MG Madagascar
MH Marshall Islands
MK North Macedonia; Macedonia, The Former Yugoslav Republic of; Republic of North Macedonia; Macedonia; FYROM
ML Mali
MM Myanmar; Burma
MN Mongolia
MO Macao; Macau
MP Northern Mariana Islands
MQ Martinique
MR Mauritania
MS Montserrat
MT Malta
MU Mauritius
MV Maldives
MW Malawi
MX Mexico; México
MY Malaysia
MZ Mozambique
NA Namibia
NC New Caledonia
NE Niger
NF Norfolk Island
NG Nigeria
NI Nicaragua
NL Netherlands; The Netherlands; Nederland; Holland; Netherlands, Kingdom of the
NO Norway; Norge
NP Nepal
NR Nauru
NU Niue
NZ New Zealand
OM Oman
PA Panama
PE Peru; Perú
PF French Polynesia
PG Papua New Guinea
PH Philippines
PK Pakistan
PL Poland; Polska
PM Saint Pierre and Miquelon
PN Pitcairn
PR Puerto Rico
PS Palestine; Palestine, State of; Palestinian Territories; Palestinian Territory; Palestinian Territory, Occupied;
   Palestinian Territories, Occupied
PT Portugal
PW Palau
PY Paraguay
QA Qatar
RE Réunion
RO Romania; România
RS Serbia
RU Russia; Russian Federation
RW Rwanda
SA Saudi Arabia; Kingdom of Saudi Arabia
SB Solomon Islands
SC Seychelles
SD Sudan
SE Sweden; Sverige
SG Singapore
SH Saint Helena
SI Slovenia
SJ Svalbard and Jan Mayen
SK Slovakia; Slovak Republic
SL Sierra Leone
SM San Marino
SN Senegal
SO Somalia
SR Suriname
SS South Sudan
ST Sao Tome and Principe
SV El Salvador
SX Sint Maarten; Sint Maarten (Dutch part)
SY Syria; Syrian Arab Republic
SZ Eswatini; Swaziland
TC Turks and Caicos Islands
TD Chad
TF French Southern Territories
TG Togo
TH Thailand
TJ Tajikistan
TK Tokelau
TL Timor-Leste; East Timor
TM Turkmenistan
TN Tunisia
TO Tonga
TR Türkiye; Turkey; Turkey (Türkiye); Türkiye (Turkey)
TT Trinidad and Tobago
TV Tuvalu
TW Taiwan; Taiwan, Province of China
TZ Tanzania; Tanzania, United Republic of; United Republic of Tanzania
UA Ukraine
UG Uganda
UM United States Minor Outlying Islands
US United States; USA; U.S.A.; US; U.S.; United States of America
UY Uruguay
UZ Uzbekistan
VA Vatican City; Holy See (Vatican City State); Holy See; Vatican
VC Saint Vincent and the Grenadines
VE Venezuela; Venezuela, Bolivarian Republic of
VG British Virgin Islands; Virgin Islands (British); Virgin Islands, British
VI U.S. Virgin Islands; Virgin Islands (U.S.); Virgin Islands, U.S.
VN Viet Nam; Vietnam
VU Vanuatu
WF Wallis and Futuna
WS Samoa
YE Yemen
YT Mayotte
ZA South Africa
ZM Zambia
ZW Zimbabwe
"""

PARTS_OF_COUNTRIES = {"england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB"}
"""What documents write in a country's place and is a part of one: a page of its own, which belongs to the country."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country of ISO 3166."""

    code: str
    """Two letters."""
    name: str
    """As it is shown."""


def _key(text: str) -> str:
    return " ".join(word for word in words(text) if word not in ("the", "of", "and"))


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Country], dict[str, Country]]:
    by_name: dict[str, Country] = {}
    by_code: dict[str, Country] = {}
    for line in _TABLE.replace("\n   ", " ").strip().splitlines():
        code, _, names = line.partition(" ")
        several = [name.strip() for name in names.split(";")]
        country = by_code[code] = Country(code, several[0])
        for name in several:
            by_name[_key(name)] = country
    return by_name, by_code


@lru_cache(maxsize=4096)
def country_of(text: str) -> Country | None:
    """Return the country that *text* names, or None where the vocabulary does not know it."""
    return _tables()[0].get(_key(text))


def country_by_code(code: str) -> Country | None:
    """Return the country with this *code*."""
    return _tables()[1].get(code)


@lru_cache(maxsize=4096)
def country_key(text: str) -> str:
    """Return what a country is compared by: its code where the vocabulary knows it, else its words.

    A town of a part of a country is compared by the country: Edinburgh in Scotland is Edinburgh in the United Kingdom.
    """
    key = _key(text)
    country = country_of(text)
    return country.code if country else PARTS_OF_COUNTRIES.get(key, key)


def country_words(text: str) -> str:
    """Return the words of a country's name that count."""
    return _key(text)
