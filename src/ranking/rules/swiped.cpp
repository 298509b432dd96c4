#include "ranking/rules.h"

namespace modiste {
namespace {

class Swiped final : public Rule {
 public:
  [[nodiscard]] std::string_view name() const override { return "swiped"; }
  void exclude(const RuleInput& input, Exclusions& excluded) const override {
    const auto& liked = input.request.shopper.liked;
    if (input.deck) excluded.items.insert(liked.begin(), liked.end());
  }
};

}  // namespace

std::unique_ptr<Rule> make_swiped_rule(const RuleOptions& /*options*/) { return std::make_unique<Swiped>(); }

}  // namespace modiste
