"""Which mentions are one entity: an ordered list of sieves over chains, each link with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate import naming, pronouns, sieves, speakers
from kg.annotate.candidates import Candidate, Resources
from kg.annotate.chains import Chains
from kg.model import Entity, Mention, MentionKind
from kg.syntax import Parse


def resolve(
    parse: Parse, found: Sequence[Candidate], resources: Resources
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities in order of first mention, and every mention that was resolved to one.

    Pronouns without an antecedent are left out: unresolved rather than wrong.
    """
    chains = Chains(parse, found, resources)
    for sieve in sieves.BEFORE_PRONOUNS:
        for link in sieve(chains):
            chains.join(link)
    for link in pronouns.resolve(chains, speakers.find(parse, chains.words.verbs)):
        chains.join(link)
    for sieve in sieves.AFTER_PRONOUNS:
        for link in sieve(chains):
            chains.join(link)
    kept = [chain for chain in chains if any(found[m].kind != "pronoun" for m in chain.members)]
    ids = {chain.members[0]: f"e{n}" for n, chain in enumerate(kept, start=1)}
    entities = naming.entities(chains, kept, ids)
    mentions = [_mention(chains, ids[chain.members[0]], m) for chain in kept for m in chain.members]
    return entities, tuple(sorted(mentions, key=lambda m: (m.span[0], -m.span[1], m.root)))


def _mention(chains: Chains, ident: str, m: int) -> Mention:
    c, parse = chains.found[m], chains.parse
    link = chains.links.get(m)
    why, score = ("first mention", 1.0) if link is None else (link.reason, link.score)
    return Mention(parse.span(*c.tokens), parse.span(*c.head), ident, c.root, c.tokens, _kind(c, why), why, score)


def _kind(c: Candidate, why: str) -> MentionKind:
    """The mention's kind as other stages see it."""
    if c.adjective:
        return "adjective"
    return "apposition" if why == "apposition" and c.kind == "nominal" else c.kind
