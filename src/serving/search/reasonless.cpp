#include "serving/search/reasonless.h"

#include <algorithm>

namespace modiste {
namespace {

bool has_no_reason(const AnswerItem& shown) { return shown.reasons.empty(); }

}  // namespace

bool is_without_reasons(const Answer& answer) {
  return std::all_of(answer.items.begin(), answer.items.end(), has_no_reason);
}

void say_where_unlike(RequestState& request, Answer& answer) {
  if (std::none_of(answer.items.begin(), answer.items.end(), has_no_reason)) return;
  request.degraded.emplace_back("relaxed match");
  answer.degraded = request.degraded;
}

}  // namespace modiste
