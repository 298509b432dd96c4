#include <unordered_map>

#include "ranking/rules.h"

namespace modiste {
namespace {

// A garment that was passed twice is out in every colour, whichever two colours it was passed in. Passes of
// long ago no longer exclude.
class PassedTwice final : public Rule {
 public:
  explicit PassedTwice(std::chrono::days rest) : rest_(rest) {}
  [[nodiscard]] std::string_view name() const override { return "passed_twice"; }
  [[nodiscard]] bool gives_way(const RuleInput& input) const override { return !input.deck; }
  void exclude(const RuleInput& input, Exclusions& excluded) const override {
    const RequestFacts& request = input.request;
    const ShopperState& shopper = request.shopper;
    const auto holds = [&](const PassRecord& passed) { return request.now - passed.at < rest_; };
    for (const Slot passed : shopper.recent_passes)
      if (const PassRecord* known = shopper.pass_of(passed); known == nullptr || holds(*known))
        excluded.items.add(passed);
    std::unordered_map<uint32_t, int> passes;  // by garment
    for (const PassRecord& passed : shopper.passed) {
      if (!holds(passed)) continue;
      if (passed.count >= 2) excluded.items.add(passed.slot);
      if (passed.slot >= request.catalog.slot_count()) continue;
      const uint32_t garment = request.catalog.garment_of(passed.slot);
      passes[garment] += passed.count;
      if (passes[garment] >= 2) excluded.garments.add(garment);
    }
  }

 private:
  std::chrono::days rest_;
};

}  // namespace

std::unique_ptr<Rule> make_passed_twice_rule(const RuleOptions& options) {
  return std::make_unique<PassedTwice>(options.pass_rest);
}

}  // namespace modiste
