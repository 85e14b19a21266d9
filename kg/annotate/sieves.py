"""The sieves in their order, from the surest to the least sure: first names, then nouns.

Each is a function that yields links which it finds likely; ``Chains.join`` refuses those that
something speaks against. Pronouns come between the two lists: ``pronouns.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.annotate import country_sieves, name_sieves, noun_sieves, title_sieves
from kg.annotate.chains import Chains, Link

Sieve = Callable[[Chains], Iterator[Link]]

BEFORE_PRONOUNS: tuple[Sieve, ...] = (
    name_sieves.same_name,
    title_sieves.apposition,
    title_sieves.title_before,
    title_sieves.two_titles,
    name_sieves.parenthesis,
    name_sieves.kind_of_name,
    name_sieves.full_name,
    name_sieves.same_surname,
    name_sieves.shorter_name,
    title_sieves.predicate_nominal,
    noun_sieves.lead,
    noun_sieves.introduced,
    noun_sieves.same_noun,
    noun_sieves.bare_body,
    noun_sieves.same_words,
    noun_sieves.role_of_name,
    noun_sieves.synonym,
    noun_sieves.generic,
    country_sieves.government,
    country_sieves.capital,
    noun_sieves.somebody,
)
#: Those that ask whose something is, or what a pronoun's owner has.
AFTER_PRONOUNS: tuple[Sieve, ...] = (noun_sieves.same_owner, noun_sieves.same_mission)
