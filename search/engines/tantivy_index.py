"""The schema of the embedded index, and the guard around tantivy's errors.

Text arrives already analysed and is only cut at spaces. Raise SCHEMA_VERSION with every change of the schema *or* of
the analysis: an index of another version is not opened, it is rebuilt.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from search import concordance
from search.documents import SearchDocument
from search.engines import telling
from search.engines.base import IndexBusy, IndexUnavailable
from search.highlight import joined
from search.language import Analyzer, normalise
from search.language.phrases import Phrase

SCHEMA_VERSION = 17

META = "meta.json"  # tantivy's list of the parts of the index, replaced by every commit
ID = "id"  # raw text: deleting by a number silently deletes nothing
FINGERPRINT = "fingerprint"
KIND = "kind"
AUDIENCE = "audience"
FACET = "facet"  # every value of every facet, as "name␟value"
ALL = "all"  # stems and parts of compounds of title, summary, body and keywords
TITLE = "title"  # the same of the title
EXACT = "exact"  # every word, folded, with positions: literal hits and phrases
# Attachments have fields of their own: in ALL, forty pages of PDF would make a practice "long", and BM25 would count
# every word of the practice itself for less than that of a practice without attachments.
ATTACHED = "attached"
ATTACHED_EXACT = "attached_exact"
# The phrases of the vocabularies, each as one term with spaces, that EXACT or ATTACHED_EXACT hold.
PHRASES = {EXACT: "phrases", ATTACHED_EXACT: "attached_phrases"}
TIE_BREAKER = "tie_breaker"
NEWEST = "newest"
EVIDENCE = "evidence"
UPDATED = "updated"  # the day, as an ordinal; 0 where there is none
HAPPENS = "happens"  # minutes since 1970; 0 where nothing takes place
SHOWN = "shown"  # title, summary, body and keywords, as they are marked
CONCORDANCE = "concordance"  # where the words of that stand
WEIGHTS = "weights"  # which of its terms say how much about it
SHOWN_ATTACHMENTS = "shown_attachments"  # JSON: pairs of name and text

SEPARATOR = "\x1f"  # cannot occur in a facet's name or value: normalising removes it
_GAP = "¶"  # a term between title, summary and body that no phrase contains

# Two equally relevant documents: the better evidenced comes first, then the more recently confirmed. The score is
# multiplied by at most 1 + EVIDENCE_WEIGHT + FRESHNESS_WEIGHT, so that a clearly better match always wins. They decide
# between equals and are no better an answer: no judgement can tune them (measured in docs/search-quality.md).
EVIDENCE_WEIGHT = 0.03
FRESHNESS_WEIGHT = 0.02
_FRESHNESS_EPOCH = date(2000, 1, 1)
_FRESHNESS_DAYS = 40 * 365  # freshness grows evenly over these days: it never has to be computed again
_WRITER_TIMEOUT = 2.0  # seconds
_DAYS = 10_000_000  # more than any date's ordinal
# Of a text that is only stored. As bytes it would not be indexed at all, but tantivy reads those one by one.
_WITHOUT_WORDS = "without_words"


def build_schema() -> tantivy.Schema:
    """Fields: see the names above."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(KIND, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(AUDIENCE, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(FACET, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(ALL, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(TITLE, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(EXACT, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(ATTACHED, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(ATTACHED_EXACT, tokenizer_name="whitespace", index_option="position")
    for name in PHRASES.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_float_field(TIE_BREAKER, fast=True)
    builder.add_integer_field(NEWEST, fast=True)
    builder.add_integer_field(EVIDENCE, fast=True)
    builder.add_integer_field(UPDATED, fast=True)
    builder.add_integer_field(HAPPENS, fast=True)
    for name in (FINGERPRINT, SHOWN, CONCORDANCE, WEIGHTS, SHOWN_ATTACHMENTS):
        builder.add_text_field(name, stored=True, tokenizer_name=_WITHOUT_WORDS, index_option="basic")
    return builder.build()


def facet_term(name: str, value: str) -> str:
    """How a value of a facet stands in the index."""
    return f"{name}{SEPARATOR}{normalise(value)}"


def to_tantivy(document: SearchDocument, analyzer: Analyzer, schema: tantivy.Schema) -> tantivy.Document:
    """A document as tantivy stores it."""
    texts = document.texts
    shown = joined(*texts)
    known = concordance.written(shown, analyzer)
    stems, literal = zip(*(analyzer.all_terms(text) for text in texts), strict=True)
    day = document.published or document.updated
    updated = document.updated or document.published
    values: dict[str, Any] = {
        ID: document.id,
        FINGERPRINT: document.fingerprint(),
        KIND: document.kind,
        AUDIENCE: sorted(document.audiences),
        FACET: [facet_term(name, value) for name, values in document.facets.items() for value in values],
        ALL: " ".join(stems),
        TITLE: stems[0],
        **_literal(EXACT, literal, analyzer),
        **_attached(document, analyzer),
        TIE_BREAKER: _tie_breaker(document),
        NEWEST: day.toordinal() if day else 0,
        EVIDENCE: document.evidence_rank * _DAYS + (day.toordinal() if day else 0),
        UPDATED: updated.toordinal() if updated else 0,
        HAPPENS: int(document.happens.timestamp()) // 60 if document.happens else 0,
        SHOWN: shown,
        CONCORDANCE: known,
        WEIGHTS: telling.weights(shown, known),
    }
    return tantivy.Document.from_dict(values, schema)


def _literal(field: str, texts: Sequence[str], analyzer: Analyzer) -> dict[str, Any]:
    """The words of some texts, and the phrases that stand in one of them."""
    found: set[Phrase] = set()
    for text in texts:
        found |= analyzer.lexicon.phrases.within(text.split(" "))
    return {field: f" {_GAP} ".join(texts), PHRASES[field]: [" ".join(phrase) for phrase in sorted(found)]}


def _attached(document: SearchDocument, analyzer: Analyzer) -> dict[str, Any]:
    """The fields of the attachments; most documents have none and get none."""
    attached = document.attached
    if not attached:
        return {}
    stems, literal = zip(*(analyzer.all_terms(text) for _name, text in attached), strict=True)
    return {
        ATTACHED: " ".join(stems),
        **_literal(ATTACHED_EXACT, literal, analyzer),
        SHOWN_ATTACHMENTS: json.dumps(attached, ensure_ascii=False),
    }


def _tie_breaker(document: SearchDocument) -> float:
    confirmed = document.updated or document.published
    days = (confirmed - _FRESHNESS_EPOCH).days if confirmed else 0
    freshness = min(max(days / _FRESHNESS_DAYS, 0.0), 1.0)
    return 1.0 + EVIDENCE_WEIGHT * document.evidence_rank / 4 + FRESHNESS_WEIGHT * freshness


def open_index(directory: Path, schema: tantivy.Schema) -> tantivy.Index:
    """Open an existing index. Raises IndexUnavailable."""
    with guarded():
        if not tantivy.Index.exists(str(directory)):
            raise IndexUnavailable("the index's files are gone, rebuild it")
        return create_index(directory, schema)


def create_index(directory: Path, schema: tantivy.Schema) -> tantivy.Index:
    """Open what there is in a directory, or begin an index there; who reads it says when to look for commits.

    Tantivy would by itself watch the directory in a thread, open what was committed there once more, and leave a lock
    file behind at a moment that nobody expects.
    """
    with guarded():
        index = tantivy.Index(schema, path=str(directory))
        index.register_tokenizer(_WITHOUT_WORDS, _without_words())
        index.config_reader(reload_policy="manual")
        return index


def _without_words() -> tantivy.TextAnalyzer:
    """A tokenizer that takes a text as one word and leaves out words of one character or more."""
    whole = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return whole.filter(tantivy.Filter.remove_long(1)).build()


@contextmanager
def open_writer(index: tantivy.Index, memory: int) -> Iterator[tantivy.IndexWriter]:
    """The one writer of an index: commits at the end, or takes everything back. Raises IndexBusy, IndexUnavailable.

    Whatever happens the writer is closed here: an exception that somebody still holds would keep its lock. What a
    writer left behind that died in the middle of its commit is swept away first: the next commit gives its files the
    same names, and tantivy refuses to write over a file.
    """
    with guarded():
        writer = _acquired_writer(index, memory)
    try:
        with guarded():
            writer.garbage_collect_files()
        yield writer
    except BaseException:
        with suppress(IndexUnavailable), guarded():
            writer.rollback()
        raise
    else:
        with guarded():
            writer.commit()
    finally:
        with suppress(IndexUnavailable), guarded():
            writer.wait_merging_threads()


def _acquired_writer(index: tantivy.Index, memory: int) -> tantivy.IndexWriter:
    """Our own lock keeps other writers out, but a dying process may hold tantivy's for a moment longer."""
    deadline = time.monotonic() + _WRITER_TIMEOUT
    while True:
        try:
            return index.writer(memory, 1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            if time.monotonic() >= deadline:
                raise IndexBusy("another process is writing to the index") from error
            time.sleep(0.05)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn tantivy's errors into IndexUnavailable (its panics do not even derive from Exception)."""
    try:
        yield
    except (ValueError, RuntimeError, OSError) as error:
        raise IndexUnavailable(f"the index cannot be used, rebuild it ({str(error)[:200]})") from error
    except BaseException as error:
        # A panic of the Rust code has a type that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable(f"the index cannot be used, rebuild it ({str(error)[:200]})") from error
