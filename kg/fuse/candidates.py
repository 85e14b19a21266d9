"""Which profiles are compared at all: those that share a blocking key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product

from kg.fuse.names import company_stem, initials, name_key, person_words, sound_key
from kg.fuse.profiles import Profile, broad_class

#: A block of more profiles is not compared in full: each meets its neighbours in name and the most frequent one.
FULL, WINDOW = 40, 10


def block_keys(profile: Profile) -> tuple[str, ...]:
    """The keys under which a profile meets any other that has them: its identifiers, and its name however
    it is ordered and spelt, shortened or not."""
    entity = profile.entity
    keys = [f"{register}:{ident}" for register, ident in entity.identifiers]
    name = name_key(entity.label)
    if entity.cls == "Country" and entity.country:
        keys.append(f"country:{entity.country}")
    if not name or not entity.named:
        return tuple(keys)
    keys.append(f"name:{name}")
    kind = broad_class(entity.cls)
    if kind == "Person":
        words = person_words(entity.label)
        heard = sound_key(entity.label)
        keys += [f"parts:{' '.join(sorted(words))}", f"sound:{heard}", f"ends:{words[0]} {words[-1]}"]
        keys.append("consonants:" + "".join(c for c in heard if c not in "aeiou"))
    elif kind == "Organization":
        keys.append("stem:" + " ".join(company_stem(entity.label)))
        letters = name if " " not in name else initials(entity.label)
        keys += [f"initials:{letters}"] if len(letters) > 2 else []
    return tuple(dict.fromkeys(keys))


def short_keys(profile: Profile) -> tuple[str, ...]:
    """The keys under which a person's short name ("Quill", "M. Quill") meets the full ones."""
    entity = profile.entity
    if entity.cls != "Person" or not entity.named:
        return ()
    words = person_words(entity.label)
    if not words:
        return ()
    ends = [f"word:{word}" for word in dict.fromkeys((words[0], words[-1])) if len(word) > 1]
    return (*ends, f"initial:{words[0][0]} {words[-1]}") if len(words) > 1 else tuple(ends)


def is_short(profile: Profile) -> bool:
    """Whether a person's name is a surname, or has but an initial before it."""
    words = person_words(profile.entity.label)
    return len(words) == 1 or len(words[0]) == 1


def pairs(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Every pair that is worth comparing, once, the earlier profile first; in a fixed order."""
    seen: set[tuple[int, int]] = set()
    for found in (_alike(profiles), _shortened(profiles)):
        for a, b in found:
            pair = (a.place, b.place) if a.place < b.place else (b.place, a.place)
            if pair not in seen:
                seen.add(pair)
                yield (a, b) if a.place < b.place else (b, a)


def _blocks(profiles: Iterable[Profile], keys: Callable[[Profile], tuple[str, ...]]) -> Iterator[list[Profile]]:
    blocks: dict[str, list[Profile]] = {}
    for profile in profiles:
        for key in keys(profile):
            blocks.setdefault(key, []).append(profile)
    yield from blocks.values()


def _alike(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    for block in _blocks(profiles, block_keys):
        if len(block) <= FULL:
            yield from combinations(block, 2)
        else:
            by_name = sorted(block, key=lambda profile: (name_key(profile.entity.label), profile.place))
            yield from _window(by_name, _hub(block))


def _shortened(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    for block in _blocks(profiles, short_keys):
        short = [profile for profile in block if is_short(profile)]
        if not short:
            continue
        full = [profile for profile in block if not is_short(profile)]
        if len(full) > FULL:  # whoever is written about most is meant by the surname, if anyone
            full = sorted(full, key=lambda profile: (-len(profile.members), profile.place))[:FULL]
        yield from product(short, full)


def _hub(block: Sequence[Profile]) -> Profile:
    """The profile of the most documents, the first of equals."""
    return max(block, key=lambda profile: (len(profile.members), -profile.place))


def _window(block: Sequence[Profile], hub: Profile) -> Iterator[tuple[Profile, Profile]]:
    for n, a in enumerate(block):
        for b in block[n + 1 : n + 1 + WINDOW]:
            yield a, b
        if a is not hub:
            yield a, hub
