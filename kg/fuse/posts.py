"""Whether two wordings of a post can be one office."""

from __future__ import annotations

from kg.rules import merging


def compatible_posts(a: str | None, b: str | None) -> bool:
    """Whether ``a`` and ``b`` can name one office of one person.

    >>> compatible_posts("acting ambassador", "envoy"), compatible_posts("vice president", "president")
    (True, False)
    """
    if a is None or b is None:
        return True
    rules = merging.load()
    first, second = a.lower().replace("-", " ").split(), b.lower().replace("-", " ").split()
    if rules.other_office & (set(first) ^ set(second)):
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return any(set(first) & words and set(second) & words for words in rules.same_office)
