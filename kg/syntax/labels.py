"""Labels and tags by what they have in common; see ``kg.syntax``."""

from __future__ import annotations

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
ANY_SUBJECT = SUBJECTS | PASSIVE_SUBJECTS
OBJECTS = frozenset({"dobj", "obj"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "pcomp", "parataxis"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
#: Tags of a verb that has a tense, and of a modal.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
