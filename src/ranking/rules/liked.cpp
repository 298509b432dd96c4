#include "ranking/rules/liked.h"

#include <algorithm>

#include "ranking/rules.h"

namespace modiste {
namespace {

// What was liked, saved or put into the cart has a list of its own: it rests in every colour, and in a deck
// it stays out for good. What was bought is the bought rule's.
class LikedRule final : public Rule {
 public:
  explicit LikedRule(std::chrono::days rest) : rest_(rest) {}
  [[nodiscard]] std::string_view name() const override { return kLikedRule; }
  [[nodiscard]] bool gives_way(const RuleInput& input) const override { return !input.deck; }
  void exclude(const RuleInput& input, Exclusions& excluded) const override {
    const RequestFacts& request = input.request;
    for (const Liked& liked : request.shopper.liked) {
      if (liked.how == EventType::kPurchase || is_bought(liked.slot, request.shopper)) continue;
      if (!input.deck && request.now - liked.at >= rest_) continue;
      excluded.items.add(liked.slot);
      if (liked.slot < request.catalog.slot_count())
        excluded.garments.add(request.catalog.garment_of(liked.slot));
    }
  }

 private:
  static bool is_bought(Slot slot, const ShopperState& shopper) {
    return std::any_of(shopper.purchased.begin(), shopper.purchased.end(),
                       [=](const Bought& bought) { return bought.slot == slot; });
  }

  std::chrono::days rest_;
};

}  // namespace

std::unique_ptr<Rule> make_liked_rule(const RuleOptions& options) {
  return std::make_unique<LikedRule>(options.liked_rest);
}

}  // namespace modiste
