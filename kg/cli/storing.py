"""``kg build --store``: what is read is kept, and only what is new is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import options, printing, reading

if TYPE_CHECKING:
    from kg.cli.reading import Corpus
    from kg.model import Failure
    from kg.plugins.counting import ProposalCount
    from kg.publish.coverage import Tally
    from kg.publish.formats import Options
    from kg.publish.summary import Summary


def grow(
    folder: Path,
    corpus: Corpus,
    failures: list[Failure],
    *,
    jobs: int,
    chosen: Options,
    output: Path,
    formats: Sequence[str],
    covered: Tally,
    proposals: ProposalCount,
) -> tuple[Summary, str]:
    """Read what the store does not have, bring its graph up to date, and write the files that are asked for.

    What is in the graph, and what was done, in words; what could not be read is added to ``failures``.
    ``proposals`` counts what became of those of plug-ins.
    """
    from kg import archive
    from kg.model import Failure
    from kg.scale import store as stores

    counts: Counter[str] = Counter()
    with stores.opened(folder, write=True) as store, printing.progress(corpus.inputs) as step:
        for item in step(archive.grow(store, corpus.documents(), corpus.setup, jobs=options.jobs(jobs))):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                counts[item.what] += 1
                proposals.add(item.document, item.proposals)
        if not store.counts().documents:
            raise reading.nothing_read(failures)
        publication = archive.Publication(store, chosen, corpus.setup.rules)
        found = publication.refresh()
        paths = publication.export(output, formats) if formats else []
        for _ in covered.counting(store.readings()) if covered.explain else ():
            pass
    told = f"Store {folder}: {counts['new']:,} new, {counts['again']:,} read again, {counts['same']:,} as before."
    written = "Written: " + ", ".join(map(str, paths)) if paths else ""
    return found, "\n".join(filter(None, (told, written)))
