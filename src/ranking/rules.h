// The rules applied to every recommendation, in the order in which their exclusions give way. A new rule is a
// new file in rules/ that defines make_NAME_rule, and a line here.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "ranking/rule.h"

namespace modiste {

struct RuleOptions {
  double pass_fade_signals = 30;  // signals after which a passed item has regained half of its score
  // A pass excludes for so long, and by then the item has half of its score back: as the style fades.
  std::chrono::days pass_rest{365};
  // A garment that was bought is not offered in another colour for so long: about a season's half. A buyer
  // of a dress needs no second one of the same cut a moment later.
  std::chrono::days bought_rest = std::chrono::weeks(8);
  // A garment that was liked is not in the feed again for so long: the shopper finds it among what they
  // liked. Then it may remind them. A choice, not a measurement.
  std::chrono::days liked_rest{30};
};

// clang-format off
#define MODISTE_RULES(RULE)                                          \
  RULE(bought)       /* what was bought is not offered again */      \
  RULE(liked)        /* what was liked has a list of its own */      \
  RULE(passed_twice) /* what was passed twice, or just now, rests */ \
  RULE(passed)       /* what was passed comes back slowly */
// clang-format on

#define MODISTE_DECLARE(name) \
  [[nodiscard]] std::unique_ptr<Rule> make_##name##_rule(const RuleOptions& options);
MODISTE_RULES(MODISTE_DECLARE)
#undef MODISTE_DECLARE

[[nodiscard]] inline std::vector<std::unique_ptr<Rule>> make_rules(const RuleOptions& options) {
  std::vector<std::unique_ptr<Rule>> rules;
#define MODISTE_MAKE(name) rules.push_back(make_##name##_rule(options));
  MODISTE_RULES(MODISTE_MAKE)
#undef MODISTE_MAKE
  return rules;
}

}  // namespace modiste
