"""The grammar of a parsed text: the only package that knows dependency labels.

``Parse`` is a spaCy ``Doc`` turned into plain lists once, because the rules ask about
the same tokens many times over and spaCy's own objects are slow to ask. A token is an
index into those lists. The labels are those of spaCy's English pipelines (ClearNLP's,
as in https://github.com/clir/clearnlp-guidelines).

    labels      what labels have in common
    tree        tokens, heads, phrases          Tree
    subjects    who does what a verb says       Clauses(Tree)
    arguments   who else takes part             Parse(Clauses)
"""

from kg.syntax.arguments import Parse
from kg.syntax.labels import ANY_SUBJECT, CLAUSES, FINITE, NOMINAL, OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kg.syntax.subjects import OBJECT_DOES, Argument
from kg.syntax.tree import NamedSpan, remembered

__all__ = [
    "ANY_SUBJECT",
    "CLAUSES",
    "FINITE",
    "NOMINAL",
    "OBJECTS",
    "OBJECT_DOES",
    "PASSIVE_SUBJECTS",
    "SUBJECTS",
    "Argument",
    "NamedSpan",
    "Parse",
    "remembered",
]
