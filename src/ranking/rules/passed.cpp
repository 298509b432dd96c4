#include <algorithm>
#include <cmath>

#include "ranking/rules.h"

namespace modiste {
namespace {

// A passed item gets score 0 at first, and half of its score after `fade` more signals or the time `rest`.
class Passed final : public Rule {
 public:
  Passed(double fade, std::chrono::days rest) : fade_(fade), rest_(rest) {}
  [[nodiscard]] std::string_view name() const override { return "passed"; }
  [[nodiscard]] float factor(const RuleInput& input, Slot item) const override {
    const ShopperState& shopper = input.request.shopper;
    const PassRecord* passed = shopper.pass_of(item);
    if (passed == nullptr) return 1;
    const double since = shopper.signals - passed->at_signal;
    // Whole days, so that an answer is not another one a second later.
    const auto days = std::chrono::floor<std::chrono::days>(input.request.now - passed->at);
    const double time = static_cast<double>(days.count()) / static_cast<double>(rest_.count());
    return static_cast<float>(1 - std::exp2(-since / fade_ - std::max(0.0, time)));
  }

 private:
  double fade_;
  std::chrono::days rest_;
};

}  // namespace

std::unique_ptr<Rule> make_passed_rule(const RuleOptions& options) {
  return std::make_unique<Passed>(options.pass_fade_signals, options.pass_rest);
}

}  // namespace modiste
