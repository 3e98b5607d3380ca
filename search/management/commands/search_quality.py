"""manage.py search_quality SET [--baselines] [--typos] [--held-out | --all] [--worst N] [--weight NAME=NUMBER]"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import tantivy_index, tantivy_query
from search.quality import practices
from search.quality.rankers import our_engine, sqlite_any_word, without_compounds
from search.quality.report import Scores, by_kind, header, measure, worst
from search.quality.sets import RelevanceSet, read_folder

BASELINES = {"SQLite FTS5, any word": sqlite_any_word, "ours, without compounds": without_compounds}


class Command(BaseCommand):
    """Measures the ranking on judged queries, on a throwaway index; the site's own is not touched."""

    help = "Measure the quality of search: nDCG@10, MRR@10 and Recall@10 with 95% bootstrap intervals."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The set and what to do with it."""
        parser.add_argument("set", help=f"a folder with corpus, queries and qrels, or: {practices.NAME}")
        parser.add_argument("--baselines", action="store_true", help="also SQLite FTS5, and ours without compounds")
        parser.add_argument("--typos", action="store_true", help="also every query with one random typo")
        part = parser.add_mutually_exclusive_group()
        part.add_argument("--held-out", action="store_true", help="the queries kept for the final check")
        part.add_argument("--all", action="store_true", help="all queries (without this: those meant for tuning)")
        parser.add_argument("--limit", type=int, default=0, help="only the first so many queries")
        parser.add_argument("--worst", type=int, default=0, help="also list the worst queries")
        parser.add_argument("--weight", action="append", default=[], metavar="NAME=NUMBER", help="try another weight")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        judged = self._chosen(_read(options["set"]), options)
        self.stdout.write(f"{judged.name}: {len(judged.queries)} queries")
        with _weights(options["weight"]):
            self._measure(judged, options)

    def _chosen(self, judged: RelevanceSet, options: dict[str, Any]) -> RelevanceSet:
        if not options["all"]:
            judged = judged.part(held_out=options["held_out"])
        if options["limit"]:
            judged = replace(judged, queries=judged.queries[: options["limit"]])
        if not judged.queries:
            raise CommandError("There are no such queries in this set.")
        return judged

    def _measure(self, judged: RelevanceSet, options: dict[str, Any]) -> None:
        rows: list[Scores] = []
        with our_engine(judged, self.stdout.write) as rank:
            ours = self._scores("ours", judged, rank)
            rows.append(ours)
            if options["typos"]:
                rows.append(self._scores("ours, one typo each", judged, rank, typos=True))
        for name, ranker in BASELINES.items() if options["baselines"] else ():
            with ranker(judged, self.stdout.write) as rank:
                rows.append(self._scores(name, judged, rank))
        self.stdout.write("\n".join([header(), *(scores.row() for scores in rows)]))
        if options["typos"] and ours.ndcg:
            self.stdout.write(f"With one typo each: {rows[1].ndcg / ours.ndcg:.1%} of clean.")
        if len({query.kind for query in judged.queries}) > 1:
            self.stdout.write("\n".join(["nDCG@10 by kind of query:", *by_kind(judged.queries, ours)]))
        if options["worst"]:
            self.stdout.write("\n".join(["Worst:", *worst(judged.queries, ours, options["worst"])]))

    def _scores(
        self, name: str, judged: RelevanceSet, rank: Callable[[str], list[str]], *, typos: bool = False
    ) -> Scores:
        self.stdout.write(f"Asking: {name}")
        return measure(name, judged.queries, rank, typos=typos, progress=self.stdout.write)


def _read(name: str) -> RelevanceSet:
    base = Path(settings.BASE_DIR)
    try:
        if name == practices.NAME:
            return practices.read_practices(base / "site/home/demo", base / "tests/relevance" / name)
        return read_folder(Path(name))
    except (OSError, ValueError, KeyError, StopIteration) as error:
        raise CommandError(f"The set {name!r} cannot be read: {error!r}") from error


@contextmanager
def _weights(changes: list[str]) -> Iterator[None]:
    """Other weights for the duration of a run: NAME=NUMBER, of a constant of the engine that ends in _WEIGHT."""
    with ExitStack() as stack:
        for change in changes:
            name, _, number = change.partition("=")
            module = next((found for found in (tantivy_query, tantivy_index) if hasattr(found, name)), None)
            if module is None or not name.endswith("_WEIGHT"):
                raise CommandError(f"The engine has no weight {name!r}.")
            try:
                stack.enter_context(patch.object(module, name, float(number)))
            except ValueError as error:
                raise CommandError(f"{change!r} names no number.") from error
        yield
