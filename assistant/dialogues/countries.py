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
    "british virgin islands": "VG",
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
    "republic of the congo": "CG",
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
    "us virgin islands": "VI",
    "usa": "US",
    "vatican": "VA",
    "venezuela": "VE",
    "vietnam": "VN",
    "wales": "GB",
}
# Where ISO's name up to its comma is another country's too, or is not what people say.
_SHOWN = {
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
    "GB": "United Kingdom",
    "KP": "North Korea",
    "KR": "South Korea",
    "NL": "Netherlands",
    "US": "United States",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "XK": "Kosovo",
}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """The ISO codes of every name, in lower case; several where countries share it (Korea)."""
    # Loaded here: a question needs no countries.
    from iso3166 import countries

    names: dict[str, tuple[str, ...]] = {}
    for country in countries:
        own = (country.name, country.apolitical_name, country.alpha2, country.alpha3)
        for name in {part.lower() for full in own for part in (full, full.partition(",")[0])}:
            names[name] = (*names.get(name, ()), country.alpha2)
    return {**names, **{name: (code,) for name, code in _EVERYDAY.items()}}


def _plain(typed: str) -> str:
    return " ".join(typed.lower().replace(".", "").split())


def code_of(typed: str) -> str | None:
    """The ISO code of the country that ``typed`` names, None where it names none, or several."""
    name = _plain(typed)
    codes = _names().get(name) or _names().get(name.removeprefix("the "), ())
    return codes[0] if len(codes) == 1 else None


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
    near = process.extract(_plain(typed), names, scorer=fuzz.ratio, score_cutoff=60, limit=12)
    codes = dict.fromkeys(code for name, _, _ in near for code in _names()[name])
    return [name_of(code) for code in codes][:most]


def is_code(text: object) -> bool:
    """Whether ``text`` is the ISO code of a country, as answers hold it."""
    return isinstance(text, str) and text in (_names().get(text.lower()) or ())


def groups(countries: Countries | None) -> Mapping[str, frozenset[str]]:
    """The ISO codes of each group of countries, by its id."""
    if countries is None:
        return {}
    return {
        group.id: frozenset(member.code for member in group.members) for group in countries.groups
    }
