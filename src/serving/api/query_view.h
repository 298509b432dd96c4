// What a search understood of its query, as the API shows it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace modiste {

// A part of the query that was understood, for a page to show as a chip.
struct QueryTerm {
  std::string facet;  // of the vocabulary; "brand"; or "word" for a word that must not occur
  std::string term;   // its name there; the brand; the word
  std::string label;  // for people
  std::string words;  // of the query
  bool wanted = true;
  std::string without;  // the query as it is without it
};

// A word that was taken for mistyped.
struct MendedWord {
  std::string written, read;
};

struct QueryView {
  std::string text;                      // that was searched for
  std::optional<std::string> corrected;  // the same, where words of the query were mended
  std::vector<MendedWord> mended;
  std::vector<QueryTerm> terms;
  std::optional<double> price_min, price_max;
  std::string currency;  // of the prices, when the query names one
  std::vector<std::string> sizes;
  std::optional<std::string> without_prices, without_sizes;  // the query as it is without them
  std::vector<std::string> relaxed, ignored;
};

template <>
struct Contract<QueryTerm> {
  static constexpr std::string_view kName = "QueryTerm";
  static constexpr std::string_view kDoc = "A part of the query that was understood.";
  static constexpr auto kFields = Fields{
      field("facet", &QueryTerm::facet,
            {.doc =
                 "A facet of the vocabulary (category, colour, fabric, ...), 'brand', or 'word': a word that "
                 "must not occur",
             .required = true,
             .example = "colour"}),
      field("term", &QueryTerm::term,
            {.doc = "Name of the term, the brand or the word", .required = true, .example = "red"}),
      field("label", &QueryTerm::label, {.doc = "The term as shown to shoppers", .required = true}),
      field("words", &QueryTerm::words, {.doc = "The words of the query that say it", .required = true}),
      field("wanted", &QueryTerm::wanted,
            {.doc = "False: garments that have it are left out ('without leather')", .required = true}),
      field("without", &QueryTerm::without,
            {.doc = "The query as it is without it: what a page asks for when the shopper removes it",
             .required = true})};
};

template <>
struct Contract<MendedWord> {
  static constexpr std::string_view kName = "MendedWord";
  static constexpr std::string_view kDoc = "A word of the query that was taken for mistyped.";
  static constexpr auto kFields =
      Fields{field("written", &MendedWord::written,
                   {.doc = "As the shopper wrote it", .required = true, .example = "linnen"}),
             field("read", &MendedWord::read,
                   {.doc = "What was searched for instead", .required = true, .example = "linen"})};
};

template <>
struct Contract<QueryView> {
  static constexpr std::string_view kName = "QueryReading";
  static constexpr std::string_view kDoc =
      "What was understood of a query. Stated prices, sizes and unwanted things are limits; garments that "
      "have "
      "the stated category, department, colour, pattern, fabric and brand come first, then garments of which "
      "they are not known, then others.";
  static constexpr auto kFields = Fields{
      field("text", &QueryView::text, {.doc = "The query that was answered", .required = true}),
      field("corrected", &QueryView::corrected,
            {.doc = "Present when words of the query were mended: show 'Showing results for'"}),
      field("mended", &QueryView::mended,
            {.doc = "The words that were mended; a search with `literal` leaves them as written",
             .required = true}),
      field("terms", &QueryView::terms, {.doc = "In the order of the query", .required = true}),
      field("price_min", &QueryView::price_min, {.doc = "Lowest price, in the shop's currency"}),
      field("price_max", &QueryView::price_max, {.doc = "Highest price, in the shop's currency"}),
      field("currency", &QueryView::currency,
            {.doc = "ISO 4217; of the prices, when the query names one", .required = true}),
      field("sizes", &QueryView::sizes, {.doc = "As the shopper wrote them", .required = true}),
      field("without_prices", &QueryView::without_prices,
            {.doc = "The query as it is without its prices; present when it has some"}),
      field("without_sizes", &QueryView::without_sizes, {.doc = "The same without its sizes"}),
      field(
          "relaxed", &QueryView::relaxed,
          {.doc =
               "Limits that no garment in stock of the stated category met, and that were therefore dropped, "
               "in this order: size, price (the nearest prices are shown), unwanted; and stated facets that "
               "not even the first item of the answer is known to "
               "have",
           .required = true}),
      field("ignored", &QueryView::ignored,
            {.doc =
                 "'price' when the query names another currency than the shop's, 'size' when the size is not "
                 "understood, 'words' when nothing of the query is and no item shown has its words: guesses",
             .required = true})};
};

}  // namespace modiste
