"""Through whom a report comes: the paper that was told, that cites or quotes somebody, that carries a statement."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import Candidate
from kg.extract.speakers import Material, can_be_cited, can_speak, speaker
from kg.model import is_a
from kg.rules.cues import Effect

#: How "citing ..." can hang on the verb before it.
_PARTICIPLES = frozenset({"advcl", "xcomp", "prep", "acl", "ccomp", "dep"})
#: Before what words are put in: "said *in* a statement".
_IN_WORDS = frozenset({"in", "via", "through"})


def cite(material: Material, candidate: Candidate) -> None:
    """Let whom the source cites be the source, and the source the one that relays it: "the daily said ..., citing an
    official" comes from the official. What cites is no part of the content."""
    parse, source = material.parse, candidate.source
    if source is None or not candidate.effect.voice:
        return
    for c in _citing_places(material, candidate, source):
        effect = _citing(material, c)
        cited = None if effect is None else parse.child(c, "dobj", "pobj")
        if effect is not None and cited is not None and _is_source(material, cited, effect):
            candidate.content.difference_update(parse.subtree(c))
            candidate.source = cited
            candidate.citing = source
            return


def _is_source(material: Material, token: int, effect: Effect) -> bool:
    return can_be_cited(material, token) and can_speak(material, token, effect)


def _citing_places(material: Material, candidate: Candidate, source: int) -> list[int]:
    """Where "citing ..." may stand: below the cue; for the press also below what it reports, between commas."""
    parse = material.parse
    places = [*parse.children[candidate.cue], *parse.with_dep(source, "acl")]
    if _is_press(material, source):
        for clause in parse.with_dep(candidate.cue, "ccomp"):
            places += [c for c in parse.children[clause] if parse.words[c - 1] == ","]
    return places


def _citing(material: Material, i: int) -> Effect | None:
    """What the cue "citing" says of its content, if the participle ``i`` is one."""
    parse = material.parse
    if parse.tags[i] != "VBG" or parse.deps[i] not in _PARTICIPLES:
        return None
    return _cites(material, i)


def _cites(material: Material, verb: int) -> Effect | None:
    patterns = material.cues.verbs.get(material.parse.lemmas[verb], ())
    return next((p.frames["source"] for p in patterns if "source" in p.frames), None)


def outlets(material: Material, candidate: Candidate) -> list[str]:
    """Through whom the report comes, outermost first: who was told and is of the press, who quotes the source, who
    carries the words."""
    found = [t for t in candidate.outlets if _is_outlet(material, t)]
    if candidate.source is not None:
        found += _quoting(material, candidate.source)
        found += (t for t in _carrying(material, candidate.cue) if _is_outlet(material, t))
    names = [m.entity for t in found if (m := material.mentions.get(t)) is not None]
    citing = None if candidate.citing is None else speaker(material, candidate.citing)
    return names if citing is None else [*names, citing]


def _quoting(material: Material, source: int) -> Iterator[int]:
    """Who quotes the source: "witnesses *quoted by the agency* said"."""
    parse = material.parse
    for participle in parse.with_dep(source, "acl", "relcl", "advcl", "amod"):
        if parse.tags[participle] == "VBN" and participle > source and _cites(material, participle) is not None:
            yield from (t for name, t in parse.prepositions(participle) if name == "by")


def _carrying(material: Material, cue: int) -> Iterator[int]:
    """Who carries the words: "said in a statement *carried by the agency*"."""
    parse, cues = material.parse, material.cues
    for name, noun in parse.prepositions(cue):
        if name not in _IN_WORDS or parse.lemmas[noun] not in cues.utterances | cues.works:
            continue
        for participle in parse.with_dep(noun, "acl"):
            if parse.tags[participle] == "VBN" and parse.lemmas[participle] in cues.carrying:
                yield from (t for by, t in parse.prepositions(participle) if by in {"by", "on", "in"})


def _is_outlet(material: Material, token: int) -> bool:
    entity = material.entity(token)
    return entity is not None and (is_a(entity.cls, "NewsOutlet") or is_a(entity.cls, "Work"))


def _is_press(material: Material, token: int) -> bool:
    """Whether somebody is of the press, by name or by noun: "local *media*"."""
    parse, press = material.parse, material.cues.press
    return _is_outlet(material, token) or parse.lemmas[token] in press or parse.lower[token] in press
