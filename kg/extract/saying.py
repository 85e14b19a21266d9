"""Acts of saying: when "X said that ..." is a situation of its own, and when it only attributes.

Design: a plain saying is the attribution of what is inside it, and a ``Statement`` only when
nothing inside is of a class. Announcements, accusations, denials and the like are always acts.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.attribution import Report
from kg.extract.clauses import is_infinitive
from kg.extract.drafts import Draft, Participants
from kg.extract.frames import is_figure_of_speech
from kg.extract.plain import background
from kg.model import Annotations
from kg.rules.schema import EventRules
from kg.syntax import Parse

_PLAIN_ACT = "Statement"


def settle(
    drafts: Sequence[Draft],
    reports: Sequence[Report],
    annotations: Annotations,
    rules: EventRules,
    who: Participants,
) -> list[Draft]:
    """Put plain sayings whose content is told by others into the background; add the acts that only
    a cue shows."""
    parse = annotations.parse
    by_cue = {t: report for report in reports for t in range(*report.cue_tokens)}
    kept: list[Draft] = []
    acted: set[int] = set()
    plain: dict[int, Draft] = {}
    for draft in drafts:
        report = by_cue.get(draft.head)
        if report is None or parse.pos[draft.head] == "NOUN":
            kept.append(draft)
            continue
        if draft.plain:
            plain[report.cue] = draft  # the report decides below
            continue
        acted.add(report.cue)
        if draft.cls == _PLAIN_ACT and report.voice and _is_told(report, drafts, draft):
            kept.append(background(parse, draft.head, rules, who))
        else:
            kept.append(draft)
    spoken = {(parse.sent_of[r.cue], r.speaker) for r in reports if parse.words[r.cue] != ":"}
    covered = {t for draft in drafts if not draft.plain for t in draft.tokens}
    for report in reports:
        doubled = parse.words[report.cue] == ":" and (parse.sent_of[report.cue], report.speaker) in spoken
        if not doubled and report.cue not in acted and report.cue not in covered:
            act = _joined(_act(parse, report, drafts, rules, who), plain.get(report.cue), rules)
            if act is not None:
                kept.append(act)
    return sorted(kept, key=lambda d: (d.head, d.tokens))


def _is_told(report: Report, drafts: Sequence[Draft], own: Draft | None) -> bool:
    """Whether something in the report's content is an event of a class."""
    return any(
        not d.plain and not d.state and d is not own and any(start <= d.head < end for start, end in report.content)
        for d in drafts
    )


def _act(parse: Parse, report: Report, drafts: Sequence[Draft], rules: EventRules, who: Participants) -> Draft | None:
    """The act of a cue that no trigger covers: of its class, or a plain event (a thought)."""
    if parse.pos[report.cue] == "NOUN" and any(d.head == report.cue for d in drafts):
        return None
    known = rules.classes.get(report.act)
    speaker = _speaker_token(report, who)
    if known is None or report.source is None or _is_refused(parse, report, rules):
        return None
    if known.somebody and speaker is not None and is_figure_of_speech({"agent": [speaker]}, who):
        return None
    if report.act == _PLAIN_ACT and (not report.voice or _is_told(report, drafts, None)):
        return None
    return Draft(
        head=report.cue,
        tokens=(report.cue,),
        cls=report.act,
        predicate=parse.lemmas[report.cue],
        rule=f"reporting.toml «{parse.lemmas[report.cue]}»",
        plover=known.plover,
        roles={"agent": [speaker]} if speaker is not None else {},
        confidence=0.8,
    )


def _is_refused(parse: Parse, report: Report, rules: EventRules) -> bool:
    """Whether the cue is no act: an infinitive that is only wished for, or a trigger of the very class
    whose frames did not fit here."""
    cue = report.cue
    if not report.voice and is_infinitive(parse, cue):
        return True
    if report.act != _PLAIN_ACT and parse.child(cue, "ccomp", "xcomp") is not None:
        return False
    patterns = rules.index["verb"].get(parse.lemmas[cue], ()) if parse.pos[cue] == "VERB" else ()
    return any(frame.cls == report.act and len(pattern.words) == 1 for pattern, frame in patterns)


def _joined(act: Draft | None, plain: Draft | None, rules: EventRules) -> Draft | None:
    """The act of a cue with the participants of the plain event that the same word is; the plain
    event itself, where the lexicon knows it as an act of another kind ("vetoed")."""
    if act is None or plain is None:
        return act or plain
    if plain.plover is not None and plain.plover != act.plover:
        return plain
    own = {token for tokens in act.roles.values() for token in tokens}
    for role, tokens in plain.roles.items():
        if role in rules.classes[act.cls].roles and role not in act.roles and not own & set(tokens):
            act.add(role, tokens)
    return act


def _speaker_token(report: Report, who: Participants) -> int | None:
    """The token by which the source phrase refers to the speaker."""
    if report.source is None:
        return None
    for token in range(*report.source):
        mention = who.by_root.get(token)
        if mention is not None and (report.speaker is None or mention.entity == report.speaker):
            return token
    return None
