#include "ranking/rules.h"

namespace modiste {
namespace {

class PassedTwice final : public Rule {
 public:
  [[nodiscard]] std::string_view name() const override { return "passed_twice"; }
  void exclude(const RuleInput& input, std::unordered_set<Slot>& excluded) const override {
    const ShopperState& shopper = input.request.shopper;
    excluded.insert(shopper.recent_passes.begin(), shopper.recent_passes.end());
    for (const PassRecord& passed : shopper.passed)
      if (passed.count >= 2) excluded.insert(passed.slot);
  }
};

}  // namespace

std::unique_ptr<Rule> make_passed_twice_rule(const RuleOptions& /*options*/) {
  return std::make_unique<PassedTwice>();
}

}  // namespace modiste
