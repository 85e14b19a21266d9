from __future__ import annotations

import pytest

from kg.rules.inflection import plural

PLURALS = {
    "ministry": "ministries",
    "embassy": "embassies",
    "envoy": "envoys",
    "spokesman": "spokesmen",
    "policewoman": "policewomen",
    "spokesperson": "spokespeople",
    "person": "people",
    "human": "humans",
    "wife": "wives",
    "ex-wife": "ex-wives",
    "housewife": "housewives",
    "child": "children",
    "grandchild": "grandchildren",
    "witness": "witnesses",
    "church": "churches",
    "monarch": "monarchs",
    "patriarch": "patriarchs",
    "hero": "heroes",
    "chief": "chiefs",
    "police chief": "police chiefs",
    "secretary-general": "secretaries-general",
    "secretary general": "secretaries general",
    "attorney general": "attorneys general",
    "director general": "director generals",
    "major general": "major generals",
    "general": "generals",
    "brother-in-law": "brothers-in-law",
    "member of parliament": "members of parliament",
    "secretary of state": "secretaries of state",
    "deputy chief of staff": "deputy chiefs of staff",
    "commander-in-chief": "commanders-in-chief",
    "president-elect": "presidents-elect",
    "prime minister": "prime ministers",
    "chargé d'affaires": "chargés d'affaires",
    "news agency": "news agencies",
    "staff": "staff",
    "security forces": "security forces",
    "passer-by": "passers-by",
}


@pytest.mark.parametrize("word", PLURALS)
def test_plural(word: str) -> None:
    assert plural(word) == PLURALS[word]
