// Translates words of requests and quizzes into terms of the catalog. Words that the vocabulary does not have
// are refused, and the error lists what it has.
#pragma once

#include "catalog/catalog.h"
#include "events/event.h"
#include "serving/api/requests.h"
#include "style/shopper_state.h"
#include "vocabulary/size_context.h"

namespace modiste {

// The terms of these names in one facet. where of an error: a JSON pointer under `pointer`.
Result<std::vector<TermId>> find_terms(Facet facet, const std::vector<std::string>& names,
                                       const Vocabulary& vocabulary, std::string_view pointer);

// where of an error: a JSON pointer under /filter.
Result<ItemFilter> compile_filter(const Filter& filter, const Catalog& catalog);

// where of an error: a JSON pointer under /quiz. Brands that the shop does not carry are ignored: it may
// carry them later.
Result<StatedPreferences> understand_quiz(const QuizAnswers& answers, const Catalog& catalog);

// A size that a shopper named, on one of the charts that know it.
struct NamedSize {
  SizeChart chart{};
  SizeId size = 0;
};
// The sizes that a word means to a shopper of these departments. "shoe EU 42" is a shoe size; "EU 42" is a
// clothing size unless only shoe charts have it. Of charts of the same kind all that know the word count.
// context: what a bare number means; its chart does not count.
[[nodiscard]] std::vector<NamedSize> named_sizes(std::string_view word,
                                                 const std::vector<TermId>& departments,
                                                 const Vocabulary& vocabulary,
                                                 const SizeContext& context = {});
[[nodiscard]] std::vector<NamedSize> named_sizes(std::string_view word, const QuizAnswers& quiz,
                                                 const Vocabulary& vocabulary,
                                                 const SizeContext& context = {});
// What a shopper's bare number means in this shop, by the currency of the first garment on sale: "12" is
// British where prices are in pounds.
[[nodiscard]] SizeContext shop_sizes(const CatalogSnapshot& catalog);

// The term of a facet by its name; an error at `where` lists the names and says the nearest.
[[nodiscard]] Result<TermId> find_term(Facet facet, std::string_view name, const Vocabulary& vocabulary,
                                       std::string where);

// The departments by which a size is read where the shopper names none: women or men where the shop has twice
// as many garments on that chart as on the other one, by a sample; else none, and both charts count.
[[nodiscard]] std::vector<TermId> main_departments(const CatalogSnapshot& catalog,
                                                   const Vocabulary& vocabulary);

// The order in which a shopper's own preferences are relaxed when too few items are left; what was relaxed
// before stays relaxed.
enum class Relaxation : uint8_t { kNone, kSize, kNearBudget, kBudget, kDepartment };
// Above the budget by this share is still near it. A choice, not a measurement.
inline constexpr double kBudgetNear = 0.5;

// Adds the shopper's preferences to a filter where the request states none itself, except those relaxed.
// departments: RequestState::departments, which are stated or inferred from what the shopper chooses.
void add_preferences(ItemFilter& filter, const StatedPreferences& stated,
                     const std::vector<TermId>& departments, Relaxation relaxed);

}  // namespace modiste
