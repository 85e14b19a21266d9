"""Whether two wordings of a post can be one office."""

from __future__ import annotations

#: Words of one office: a text varies among them when it speaks of the same post.
_SYNONYMS = (
    frozenset({"ambassador", "envoy", "diplomat", "emissary", "representative"}),
    frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    frozenset({"chairman", "chairwoman", "chairperson", "chair", "head", "chief", "leader", "president", "director"}),
    frozenset({"lawmaker", "legislator", "parliamentarian", "senator", "representative", "congressman", "congresswoman"}),
    frozenset({"premier", "pm"}),
)
#: Words that make another office of the one that follows.
_OTHER_OFFICE = frozenset({"vice", "deputy", "prime", "assistant", "under"})


def compatible_posts(a: str | None, b: str | None) -> bool:
    """Whether ``a`` and ``b`` can name one office of one person.

    >>> compatible_posts("acting ambassador", "envoy"), compatible_posts("vice president", "president")
    (True, False)
    """
    if a is None or b is None:
        return True
    first, second = a.lower().replace("-", " ").split(), b.lower().replace("-", " ").split()
    if _OTHER_OFFICE & (set(first) ^ set(second)):
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return any(set(first) & words and set(second) & words for words in _SYNONYMS)
