"""Text that breaks formats: what people, machines and attackers write into names."""

from __future__ import annotations

from kg.model import Claim, Document, Entity, Filler, Knowledge, Mention, PlacedMention, Situation

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1",
    "-1",
    "\t=1",
    "'=1",
    'say "no", never',
    "two\nlines\r\nand three\r",
    "a, b; c\td",
    "a\\",
    "\\u0027 + \\\\u0027",
    "'; MATCH (n) DETACH DELETE n //",
    "`tick` ``two``",
    "x]] [[y|z]] [a](javascript:alert(1))",
    "../../etc/passwd",
    "C:\\CON",
    "</script><script>alert(1)</script>",
    "<!-- &amp; ]]> -->",
    "\u202eright to left\u202c \u200f",
    "😀 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\x00 null \x1b[31m \x7f",
    "half \ud800",
    "\ufffe\uffff",
    "line\u2028separator\u2029and\u0085next",
    "#tag %%comment%% ==mark== $math$ ~~no~~ ^ref",
    "---\ntitle: x\n---",
    "null",
    "NaN",
    ":-) --- ...",
    "%s %(x)s {0} ${x}",
)


def hostile(text: str, words: str) -> Knowledge:
    """An event and a tenure of ``words``, which begin ``text``, in a document of that text; they are in every field."""
    document = Document(id=words, text=text, title=words, publisher=words, author=words, url=words)
    span = (0, len(words))
    entity = Entity(id=f"entity/{document.key}/{words}", cls="Person", label=words, aliases=(words, "x"), named=True)
    mention = Mention(span, span, entity.id, 0, (0, 1), "nominal")
    claims = tuple(
        Claim(
            id=f"claim/{cls}",
            cls=cls,
            predicate=words,
            trigger=span,
            sentence=(0, len(text)),
            state=cls == "Tenure",
            roles={"agent": (Filler(span, entity=entity.id),)},
            document=document.key,
            about=f"situation/{cls}",
            rule=words,
            cue=span,
            amount=words,
            position=words,
        )
        for cls in ("Event", "Tenure")
    )
    situations = tuple(
        Situation(
            c.about, c.cls, words, c.state, "Asserted", {"agent": (entity.id,)}, (c.id,), position=words, amount=words
        )
        for c in claims
    )
    mentions = {entity.id: (PlacedMention(document.key, mention),)}
    return Knowledge((document,), (entity,), mentions, situations, claims)
