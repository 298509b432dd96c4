#include "ranking/rules.h"

namespace modiste {
namespace {

class Bought final : public Rule {
 public:
  [[nodiscard]] std::string_view name() const override { return "bought"; }
  void exclude(const RuleInput& input, std::unordered_set<Slot>& excluded) const override {
    const auto& bought = input.request.shopper.purchased;
    excluded.insert(bought.begin(), bought.end());
  }
};

}  // namespace

std::unique_ptr<Rule> make_bought_rule(const RuleOptions& /*options*/) { return std::make_unique<Bought>(); }

}  // namespace modiste
