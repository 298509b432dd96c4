// Words of requests and quizzes -> terms of the catalog. What the vocabulary does not know is refused, with
// what it knows.
#pragma once

#include "catalog/catalog.h"
#include "events/event.h"
#include "serving/requests.h"
#include "style/shopper_state.h"

namespace modiste {

// where: JSON pointer under /filter.
Result<ItemFilter> compile_filter(const Filter& filter, const Catalog& catalog);

// where: JSON pointer under /quiz. Brands that the shop does not carry are ignored: it may carry them
// tomorrow.
Result<StatedPreferences> understand_quiz(const QuizAnswers& answers, const Catalog& catalog);

// The order in which a shopper's own wishes are given up when too little is left.
enum class Relaxation : uint8_t { kNone, kSize, kBudget, kDepartment };
inline constexpr std::array<std::string_view, 4> kRelaxationNames{"none", "size", "budget", "department"};

// Adds her wishes to a filter where the request says nothing itself, less those relaxed.
void add_preferences(ItemFilter& filter, const StatedPreferences& preferences, Relaxation relaxed);

}  // namespace modiste
