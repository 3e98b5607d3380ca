"""Queries for the embedded engine. Every one of them carries the reader's audiences."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

from tantivy import FieldType, Occur, Query

from search.engines import tantivy_index as fields
from search.engines.tantivy_reader import Clause, ReaderView
from search.language.phrases import Phrase
from search.language.stems import stem
from search.plan import Plan, Vision, Word
from search.query import Days
from search.synonyms import Expansion

# Weights, tuned by nDCG@10 on articles of law and on practices, both judged; the first is the yardstick. Method and
# figures: docs/search-quality.md.
WORD_WEIGHT = 1.0  # a word by its stem, anywhere
PART_WEIGHT = 0.5  # a part of a compound in the query: 0 costs .022 on laws, .012 on practices; 0.5 to 0.7 is flat
EXACT_WEIGHT = 0.8  # the word as typed lifts the literal hit: 0 costs .018 on laws, nothing on practices
JOINED_WEIGHT = 1.0  # two neighbouring words written as one count as one word; at 1.5 laws lose .004
TITLE_WEIGHT = 0.8  # again in the title, for what that adds (see `_titled`): one weight suits practices and laws
SYNONYM_WEIGHT = 0.6  # a phrase that means the same, per word it stands for: flat from 0.4; at 0 practices lose .028
BESIDE_WEIGHT = 0.25  # a broader or related term: only practices have them; 0.15 to 0.4 is flat
ENOUGH = 5  # documents: a term whose names find fewer is also looked for by the terms beside it
PAIR_WEIGHT = 0.3  # what answers two words of the query, over their number: +.010 on laws, flat on practices
PAIRED_WORDS = 6  # so many words make pairs: 15 at most, to bound the cost of a long question
PAIRED_MOST = 0.5  # of the documents: a word that more of them have makes no pair; costs nothing on either set
# A word that only an attachment says, of what it counts for on the page itself: forty pages mention nearly everything,
# and among few attachments every word looks rare to BM25. High enough to be found, too low to pass a page about it.
ATTACHMENT_WEIGHT = 0.2
PREFIX_WEIGHT = 0.2  # the beginning of a word that is still being typed: flat from 0 to 0.4, kept for who is typing

EXACT_FIELDS = {fields.EXACT: 1.0, fields.ATTACHED_EXACT: ATTACHMENT_WEIGHT}  # with what a word in them counts for


class QueryBuilder(ReaderView):
    """Builds the queries of one reader."""

    def vision(self) -> Vision:
        """What this reader can see of the words of the index."""
        return Vision(
            stem=lambda term: self._is_visible(fields.ALL, term) or self._is_visible(fields.ATTACHED, term),
            literal=lambda term: self._is_visible(fields.EXACT, term),
            prefix=lambda prefix: any(self._words_beginning(prefix, field) for field in EXACT_FIELDS),
            finds_enough=self._finds_enough,
            company=self._company,
        )

    def matching(self, plan: Plan) -> Query:
        """What the text asks for, within what the reader may see and the request's kinds; without the facets."""
        clauses = self._scope()
        clauses += [(Occur.MustNot, self._phrase(phrase)) for phrase in plan.excluded]
        phrases = [(Occur.Must, self._phrase(phrase)) for phrase in plan.phrases]
        wanted = [(Occur.Should, query) for query in self._optional(plan)]
        if phrases:
            clauses += [*phrases, *wanted]
        elif wanted:
            clauses.append((Occur.Must, Query.boolean_query(wanted)))
        clauses += [(Occur.Should, self._beside(found)) for found in plan.lifting]
        return Query.boolean_query(clauses)

    def filtered(self, query: Query, *, except_facet: str | None = None) -> Query:
        """Within the selected days and values: any value of a facet, all facets. One may be left out, to count it."""
        clauses: list[Clause] = [(Occur.Must, self.dated(query))]
        for facet in self._request.facets:
            values = self._request.selected(facet.name)
            if values and facet.name != except_facet:
                terms = [fields.facet_term(facet.name, value) for value in values]
                clauses.append((Occur.Must, self._any_of(fields.FACET, terms)))
        return Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]

    def dated(self, query: Query) -> Query:
        """Within the selected days."""
        if not self._request.days:
            return query
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, self._updated(self._request.days))])

    def _optional(self, plan: Plan) -> list[Query]:
        queries = [query for word in plan.words for query in self._word(word)]
        queries += [query for stem in plan.joined for query in self._terms(stem, JOINED_WEIGHT)]
        queries += [query for stem in plan.joined for query in self._titled(stem, JOINED_WEIGHT)]
        queries += [self._expansion(expansion) for expansion in plan.expansions if expansion.equivalents]
        queries += [self._beside(expansion) for expansion in plan.expansions if expansion.beside]
        queries += self._pairs(word.stem for word in plan.words if word.stem is not None)
        queries += self._begun(plan)
        return queries

    def _begun(self, plan: Plan) -> Iterable[Query]:
        """The words that the last one may be the beginning of; where it is no word yet, all their forms."""
        if stems := self._begun_stems(plan):
            yield Query.disjunction_max_query([_sum(self._terms(term, WORD_WEIGHT)) for term in stems])
        for field, weight in EXACT_FIELDS.items():
            if terms := [self._term(field, word, PREFIX_WEIGHT * weight) for word in self._begun_words(plan, field)]:
                yield Query.disjunction_max_query(terms)

    def _begun_stems(self, plan: Plan) -> list[str]:
        """Of the words that begin like the last one, where that is no word by itself."""
        if not plan.prefix or self._is_visible(fields.ALL, stem(plan.prefix)):
            return []
        return sorted({stem(word) for word in self._words_beginning(plan.prefix)})

    def _begun_words(self, plan: Plan, field: str) -> list[str]:
        """The other words of a literal field that begin like the last one."""
        if not plan.prefix:
            return []
        return [word for word in self._words_beginning(plan.prefix, field) if word != plan.prefix]

    def _word(self, word: Word) -> list[Query]:
        queries = [self._term(fields.EXACT, word.literal, EXACT_WEIGHT)]
        if word.stem is not None:
            queries += self._terms(word.stem, WORD_WEIGHT)
            queries += self._titled(word.stem, WORD_WEIGHT)
            for part in word.parts:
                queries += self._terms(part, PART_WEIGHT)
                queries += self._titled(part, PART_WEIGHT)
        return queries

    def _titled(self, term: str, weight: float) -> Iterable[Query]:
        """What a title adds to a document that has the word anyway: the more, the fewer of those have it in theirs.

        A word in the titles of all documents about it, as the name of a law above each of its articles, tells nothing.
        """
        titles = self._searcher.doc_freq(fields.TITLE, term)
        if titles:
            gain = math.log((self._searcher.doc_freq(fields.ALL, term) + 1) / (titles + 0.5))
            query = Query.term_query(self._schema, fields.TITLE, term, index_option="basic")
            yield Query.const_score_query(query, max(gain, 0.0) * weight * TITLE_WEIGHT)

    def _pairs(self, stems: Iterable[str]) -> list[Query]:
        """What answers two words of the query counts again: much of one word is worth less than some of each.

        Not for a word that most documents have: it would lift nearly all of them.
        """
        distinct = list(dict.fromkeys(stems))[:PAIRED_WORDS]
        weight = PAIR_WEIGHT / max(len(distinct), 1)
        most = PAIRED_MOST * self._searcher.num_docs
        telling = [stem for stem in distinct if self._searcher.doc_freq(fields.ALL, stem) <= most]
        terms = [Query.term_query(self._schema, fields.ALL, stem, index_option="freq") for stem in telling]
        return [
            Query.boost_query(Query.boolean_query([(Occur.Must, term) for term in pair]), weight)
            for pair in combinations(terms, 2)
        ]

    def _expansion(self, expansion: Expansion) -> Query:
        """The best of the phrases that mean the same counts: many synonyms are no better than one."""
        return Query.disjunction_max_query(
            [self._equivalent(phrase, SYNONYM_WEIGHT * expansion.length) for phrase in expansion.equivalents]
        )

    def _equivalent(self, phrase: Phrase, weight: float) -> Query:
        """A single word by its stem; several as a phrase, whose score is the sum of its words'."""
        if len(phrase) > 1:
            return Query.boost_query(self._phrase(phrase), weight / len(phrase))
        term = stem(phrase[0])
        return _sum([*self._terms(term, weight), *self._titled(term, weight)])

    def _beside(self, expansion: Expansion) -> Query:
        """The best of the terms beside one of the query's."""
        return Query.disjunction_max_query(
            [self._equivalent(phrase, BESIDE_WEIGHT * expansion.length) for phrase in expansion.beside]
        )

    def _finds_enough(self, phrases: Iterable[Phrase]) -> bool:
        """Are there as many documents with one of these phrases as a reader can choose from?"""
        wanted = Query.boolean_query([(Occur.Should, self._equivalent(phrase, 1.0)) for phrase in phrases])
        return self._count([*self._scope(), (Occur.Must, wanted)]) >= ENOUGH

    def _phrase(self, words: Sequence[str]) -> Query:
        """On the page or in an attachment."""
        found = [self._phrase_in(fields.EXACT, words)]
        if self._holds(fields.ATTACHED_EXACT, words):
            found.append(Query.boost_query(self._phrase_in(fields.ATTACHED_EXACT, words), ATTACHMENT_WEIGHT))
        return _sum(found)

    def _holds(self, field: str, words: Sequence[str]) -> bool:
        """Whether all these words stand anywhere in a literal field."""
        return all(self._searcher.doc_freq(field, word) for word in words)

    def _phrase_in(self, field: str, words: Sequence[str]) -> Query:
        """Of a phrase that is known its documents are, so that nobody goes through those with only its words."""
        if len(words) == 1:
            return Query.term_query(self._schema, field, words[0])
        beside = Query.phrase_query(self._schema, field, list(words))
        if words not in self._phrases:
            return beside
        known = self._any_of(fields.PHRASES[field], [" ".join(words)])
        return Query.boolean_query([(Occur.Must, known), (Occur.Must, beside)])

    def _term(self, field: str, term: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, field, term, index_option="freq"), weight)

    def _terms(self, term: str, weight: float) -> list[Query]:
        """A stem or part of a compound, on the page and in the attachments."""
        found = [self._term(fields.ALL, term, weight)]
        if self._searcher.doc_freq(fields.ATTACHED, term):
            found.append(self._term(fields.ATTACHED, term, weight * ATTACHMENT_WEIGHT))
        return found

    def _updated(self, days: Days) -> Query:
        """A filter; a document without any date is in no range."""
        first = days.first.toordinal() if days.first else 1
        last = days.last.toordinal() if days.last else None
        within = Query.range_query(self._schema, fields.UPDATED, FieldType.Integer, first, last)
        return Query.const_score_query(within, 0.0)


def _sum(queries: list[Query]) -> Query:
    """Any of them, all that match count."""
    return Query.boolean_query([(Occur.Should, query) for query in queries]) if len(queries) > 1 else queries[0]
