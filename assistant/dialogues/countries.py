"""Countries as officers name them: ``Germany``, ``USA``, ``holland``, ``DE``."""

from collections.abc import Mapping
from functools import lru_cache

from assistant.guidance.model import Countries

# Everyday names beside those of ISO 3166, which has "Korea, Republic of" and "Russian Federation".
_EVERYDAY = {
    "america": "US",
    "bolivia": "BO",
    "bosnia": "BA",
    "britain": "GB",
    "burma": "MM",
    "cape verde": "CV",
    "czech republic": "CZ",
    "democratic republic of congo": "CD",
    "dr congo": "CD",
    "drc": "CD",
    "east timor": "TL",
    "eire": "IE",
    "emirates": "AE",
    "england": "GB",
    "great britain": "GB",
    "holland": "NL",
    "iran": "IR",
    "ivory coast": "CI",
    "kosovo": "XK",
    "laos": "LA",
    "macedonia": "MK",
    "micronesia": "FM",
    "moldova": "MD",
    "netherlands": "NL",
    "north korea": "KP",
    "northern ireland": "GB",
    "palestine": "PS",
    "republic of ireland": "IE",
    "russia": "RU",
    "scotland": "GB",
    "south korea": "KR",
    "swaziland": "SZ",
    "syria": "SY",
    "taiwan": "TW",
    "tanzania": "TZ",
    "the gambia": "GM",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "united kingdom": "GB",
    "united states": "US",
    "usa": "US",
    "vatican": "VA",
    "venezuela": "VE",
    "vietnam": "VN",
    "wales": "GB",
}
_SHOWN = {"GB": "United Kingdom", "US": "United States", "XK": "Kosovo", "NL": "Netherlands"}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """The ISO code of every name, in lower case."""
    # Loaded here: a question needs no countries.
    from iso3166 import countries

    names = {}
    for country in countries:
        for name in (country.name, country.apolitical_name, country.alpha2, country.alpha3):
            names[name.lower()] = country.alpha2
            names.setdefault(name.lower().partition(",")[0], country.alpha2)
    return {**names, **_EVERYDAY}


def code_of(typed: str) -> str | None:
    """The ISO code of the country that ``typed`` names, None where it names none."""
    return _names().get(" ".join(typed.lower().replace(".", "").split()))


def name_of(code: str) -> str:
    """The name to show for an ISO code."""
    from iso3166 import countries_by_alpha2

    if code in _SHOWN:
        return _SHOWN[code]
    found = countries_by_alpha2.get(code)
    return found.name.partition(",")[0] if found else code


def nearest(typed: str, most: int = 3) -> list[str]:
    """The countries whose names come nearest to ``typed``, to be offered."""
    from rapidfuzz import fuzz, process

    names = [name for name in _names() if len(name) > 3]
    near = process.extract(typed.lower(), names, scorer=fuzz.ratio, score_cutoff=60, limit=12)
    codes = dict.fromkeys(_names()[name] for name, _, _ in near)
    return [name_of(code) for code in codes][:most]


def groups(countries: Countries | None) -> Mapping[str, frozenset[str]]:
    """The ISO codes of each group of countries, by its id."""
    if countries is None:
        return {}
    return {
        group.id: frozenset(member.code for member in group.members) for group in countries.groups
    }
