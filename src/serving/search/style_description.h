// A shopper's own words about what they wear, read into answers to the quiz.
//
//   "Minimal, mostly black and navy. I love linen shirts, never leather or fur. Size M, up to 120 euros."
//
// Each part of the text is read as a search is (query_reading.h): what it wants answers the steps of the
// quiz, what it refuses becomes vetoes. What the quiz does not ask, such as patterns, is left out. Threads:
// any. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "events/event.h"
#include "serving/query/query_reading.h"

namespace modiste {

struct StyleDescription {
  std::string text;
};

// The parts of the text that are read one by one: sentences, cut at commas and at "but"; where "and" or "or"
// joins wishes, the whole and each. What follows a refusal in its sentence without a filler word stays with
// it: "never leather, fur or suede" is one part.
[[nodiscard]] std::vector<std::string> description_parts(std::string_view text, const QueryReader& reader);

// Collects the answers of the parts.
class DescribedAnswers {
 public:
  // home: the shop's currency; a budget in another one is left out. Borrows the catalog.
  DescribedAnswers(const Catalog& catalog, std::string home) : catalog_(catalog), home_(std::move(home)) {}

  // False when nothing of the part answers the quiz.
  bool add(const QueryReading& part);
  // Brands and terms each once, in the order of the text. Formality: the mean of the occasions that are
  // named.
  [[nodiscard]] QuizAnswers take() &&;

 private:
  bool add_wish(const QueryWish& wish);
  bool add_term(TermId id);
  bool add_refused(const QueryWish& wish);
  bool add_sizes(const QueryReading& part);

  const Catalog& catalog_;
  const std::string home_;
  QuizAnswers answers_;
  Vetoes vetoes_;
  std::vector<TermId> occasions_;
};

template <>
struct Contract<StyleDescription> {
  static constexpr std::string_view kName = "StyleDescription";
  static constexpr std::string_view kDoc = "What a shopper likes and does not like to wear, in their words.";
  static constexpr auto kFields = Fields{
      field("text", &StyleDescription::text,
            {.doc = "In any language of the vocabulary",
             .required = true,
             .length_max = 2000,
             .example =
                 "Minimal, mostly black and navy. I love linen shirts, never leather. Size M, up to 120 €"})};
};

}  // namespace modiste
