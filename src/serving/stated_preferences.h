// Translates words of requests and quizzes into terms of the catalog. Words that the vocabulary does not have
// are refused, and the error lists what it has.
#pragma once

#include "catalog/catalog.h"
#include "events/event.h"
#include "serving/requests.h"
#include "style/shopper_state.h"

namespace modiste {

// where of an error: a JSON pointer under /filter.
Result<ItemFilter> compile_filter(const Filter& filter, const Catalog& catalog);

// where of an error: a JSON pointer under /quiz. Brands that the shop does not carry are ignored: it may
// carry them later.
Result<StatedPreferences> understand_quiz(const QuizAnswers& answers, const Catalog& catalog);

// The order in which a shopper's own preferences are relaxed when too few items are left.
enum class Relaxation : uint8_t { kNone, kSize, kBudget, kDepartment };
inline constexpr std::array<std::string_view, 4> kRelaxationNames{"none", "size", "budget", "department"};

// Adds the shopper's stated preferences to a filter where the request states none
// itself, except those relaxed.
void add_preferences(ItemFilter& filter, const StatedPreferences& preferences, Relaxation relaxed);

}  // namespace modiste
