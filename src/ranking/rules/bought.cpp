#include "ranking/rules.h"

namespace modiste {
namespace {

// What was bought rests in all its colours, then only the item itself stays out. What people rebuy, such as
// socks, is different: another colour is welcome at once, and the same item after the rest.
class BoughtRule final : public Rule {
 public:
  explicit BoughtRule(std::chrono::days rest) : rest_(rest) {}
  [[nodiscard]] std::string_view name() const override { return "bought"; }
  void exclude(const RuleInput& input, Exclusions& excluded) const override {
    const RequestFacts& request = input.request;
    for (const Bought& bought : request.shopper.purchased) {
      const bool rests = request.now - bought.at < rest_;
      const bool rebought = is_rebought(bought.slot, request);
      if (rests || !rebought) excluded.items.add(bought.slot);
      if (rests && !rebought && bought.slot < request.catalog.slot_count())
        excluded.garments.add(request.catalog.garment_of(bought.slot));
    }
    // What the shopper says they have, wherever they bought it.
    for (const OwnedItem& owned : request.shopper.owned)
      if (owned.how == EventType::kOwn && !is_rebought(owned.slot, request)) excluded.items.add(owned.slot);
  }

 private:
  // Underwear, with socks and hosiery below it: worn out and bought again.
  static bool is_rebought(Slot slot, const RequestFacts& request) {
    if (slot >= request.catalog.slot_count()) return false;
    const Term* underwear = request.vocabulary.find(Facet::kCategory, "underwear");
    const TermId category = request.catalog.facts(slot).category;
    return underwear != nullptr && category != kNoTerm && request.vocabulary.is_a(category, underwear->id);
  }

  std::chrono::days rest_;
};

}  // namespace

std::unique_ptr<Rule> make_bought_rule(const RuleOptions& options) {
  return std::make_unique<BoughtRule>(options.bought_rest);
}

}  // namespace modiste
