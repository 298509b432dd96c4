#include "serving/lookbook/look_pieces.h"

#include <algorithm>
#include <map>

#include "context/weather_fit.h"
#include "embedding/lab.h"
#include "ranking/rules/liked.h"
#include "serving/request/chosen_department.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/slot_in.h"
#include "serving/state/stated_preferences.h"
#include "serving/state/style_clusters.h"

namespace modiste {
namespace {

using lookbook::Lack;
using lookbook::MileLook;
using lookbook::MilePiece;

constexpr auto kTrendReach = std::chrono::days(84);  // a season

std::span<const Choice> latest_choices(const ShopperState& shopper) {
  const std::span<const Choice> all(shopper.choices);
  return all.last(std::min(all.size(), kLatestChoices));
}

// What pieces lack for this shopper. Built once a request.
class LackJudge {
 public:
  explicit LackJudge(const RequestState& request) : request_(request), vocabulary_(*request.vocabulary) {
    const StatedPreferences& stated = request.shopper->preferences;
    add_preferences(wanted_, stated, request.departments, Relaxation::kNone);
    size_.in_stock_only = department_.in_stock_only = false;
    size_.sizes_wished = wanted_.sizes_wished;
    size_.sizes_comparable = wanted_.sizes_comparable;
    department_.departments = wanted_.departments;
    weather_known_ = lookbook::is_weather_known(request.context);
  }

  [[nodiscard]] lookbook::LackSet of(const ItemFacts& item) const {
    lookbook::LackSet lacks;
    if (!item.live || !item.in_stock) lacks.add(Lack::kSoldOut);
    if (request_.veto.forbids(item, vocabulary_)) lacks.add(Lack::kVetoed);
    if (!department_.admits(item, vocabulary_)) lacks.add(Lack::kDepartment);
    if (!size_.admits(item, vocabulary_)) lacks.add(Lack::kSize);
    if (wanted_.price_max && item.price > *wanted_.price_max) lacks.add(Lack::kBudget);
    if (was_passed(item)) lacks.add(Lack::kPassed);
    if (weather_known_ && suits_weather(item, *request_.context, vocabulary_) == Suits::kNo)
      lacks.add(Lack::kWeather);
    return lacks;
  }

 private:
  // Or bought. What the shopper likes rests in feeds too, but a look with it is all the better.
  [[nodiscard]] bool was_passed(const ItemFacts& item) const {
    if (request_.excluded.contain(item.slot, item.garment) || request_.shopper->pass_of(item.slot) != nullptr)
      return true;
    return std::any_of(request_.reluctant.begin(), request_.reluctant.end(), [&](const auto& rule) {
      return rule.first != kLikedRule && rule.second.contain(item.slot, item.garment);
    });
  }

  const RequestState& request_;
  const Vocabulary& vocabulary_;
  ItemFilter wanted_, size_, department_;
  bool weather_known_ = false;
};

double category_affinity(const ItemFacts& item, const RequestState& request) {
  double sum = 0;
  int known = 0;
  for (const TermId term : item.terms)
    if (request.vocabulary->term(term).facet == Facet::kCategory)
      sum += static_cast<double>(request.affinity[term]), ++known;
  return known == 0 ? 0 : sum / known;
}

MilePiece mile_piece(OutfitRole role, Slot slot, const LackJudge& judge, const RequestState& request) {
  MilePiece piece;
  piece.role = role;
  if (slot == kNoSlot) {
    piece.lacks.add(Lack::kSoldOut);
    return piece;
  }
  const ItemFacts& item = request.catalog->facts(slot);
  piece.lacks = judge.of(item);
  piece.category = category_affinity(item, request);
  if (item.colour != kNoTerm) piece.colour = static_cast<double>(request.affinity[item.colour]);
  return piece;
}

}  // namespace

StyleCluster style_cluster(const ShopperState& shopper, const ShopState& shop,
                           const CatalogSnapshot& catalog) {
  const Vocabulary& vocabulary = shop.catalog.vocabulary();
  StyleCluster cluster;
  const auto& named = shopper.preferences.departments;
  cluster.department = named.size() == 1
                           ? vocabulary.term(named.front()).name
                           : most_chosen_department(latest_choices(shopper), catalog, vocabulary);
  cluster.style = shop.style_clusters.main_style(shopper);
  if (cluster.style.empty()) cluster.style = lookbook::kNewStyle;
  return cluster;
}

std::vector<Slot> slots_of_look(const lookbook::Look& look, const Catalog& catalog,
                                const CatalogSnapshot& snapshot) {
  std::vector<Slot> slots;
  for (const auto& piece : look.pieces)
    slots.push_back(slot_in(snapshot, catalog.slot(piece.garment_id, piece.colour)));
  return slots;
}

std::vector<MileLook> mile_looks(const lookbook::LookPool& pool, const std::vector<std::vector<Slot>>& slots,
                                 const RequestState& request) {
  const LackJudge judge(request);
  std::vector<MileLook> looks;
  for (size_t i = 0; i < pool.looks.size(); ++i) {
    const lookbook::Look& look = pool.looks[i];
    MileLook& mile = looks.emplace_back();
    mile.look_id = look.look_id;
    mile.evening = look.evening;
    mile.traits = look.traits;
    for (size_t p = 0; p < look.pieces.size(); ++p)
      mile.pieces.push_back(mile_piece(look.pieces[p].role, slots[i][p], judge, request));
  }
  return looks;
}

lookbook::TraitDirection traits_of_shopper(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                           const Vocabulary& vocabulary,
                                           const lookbook::GarmentTraits& traits) {
  std::vector<lookbook::TraitSignal> signals;
  const auto add = [&](Slot slot, double weight) {
    if (slot >= catalog.slot_count()) return;
    const ItemFacts& item = catalog.facts(slot);
    signals.push_back({traits.of(item, dressiness_of(item, vocabulary)), weight});
  };
  for (const Choice& choice : latest_choices(shopper)) add(choice.slot, 1);
  for (const PassRecord* pass : shopper.latest_passes(kLatestChoices))
    add(pass->slot, row_of(EventType::kPass).weight);
  return lookbook::direction_of(signals);
}

lookbook::GarmentTraits learn_traits(const ShopState& shop, TimePoint now) {
  const auto catalog = shop.catalog.snapshot();
  const Vocabulary& vocabulary = shop.catalog.vocabulary();
  std::vector<lookbook::TraitItem> items;
  for (Slot slot = 0; slot < catalog->slot_count(); ++slot) {
    const ItemFacts& facts = catalog->facts(slot);
    if (facts.live) items.push_back({&facts, dressiness_of(facts, vocabulary), 0, 0});
  }
  const auto fill = [&](TimePoint at, double lookbook::TraitItem::*share) {
    const TimeShare around{at, 1};
    shop.popularity_by_time.with_shares({&around, 1}, [&](const SlotPrior& shares) {
      for (lookbook::TraitItem& item : items)
        if (item.facts->slot < shares.slots()) item.*share = static_cast<double>(shares.of(item.facts->slot));
    });
  };
  fill(now, &lookbook::TraitItem::chosen_now);
  fill(now - kTrendReach, &lookbook::TraitItem::chosen_before);
  return lookbook::GarmentTraits::learn(items, vocabulary);
}

lookbook::LookTraits look_traits_now(std::span<const Slot> slots, const ShopState& shop,
                                     const CatalogSnapshot& catalog, const lookbook::GarmentTraits& traits) {
  const Vocabulary& vocabulary = shop.catalog.vocabulary();
  std::vector<lookbook::LookTraits> pieces;
  std::vector<std::optional<Lab>> colours;
  for (const Slot slot : slots) {
    const Item& item = catalog.item(slot);
    const auto embedding = shop.embeddings.get(slot);
    pieces.push_back(traits.of(item.facts, dressiness_of(item.facts, vocabulary)));
    colours.push_back(wearable_of(item, embedding.get(), vocabulary).colour);
  }
  return lookbook::traits_of_look(pieces, colours);
}

std::string_view shared_aesthetic(std::span<const Item* const> items, const Vocabulary& vocabulary) {
  std::map<TermId, size_t> counts;
  for (const Item* item : items)
    for (const TermId term : item->facts.terms)
      if (vocabulary.term(term).facet == Facet::kAesthetic) ++counts[term];
  std::string_view most;
  size_t count_most = 0;
  for (const auto& [term, count] : counts)
    if (count > count_most && 2 * count >= items.size() && (count > 1 || items.size() == 1)) {
      most = vocabulary.term(term).name;
      count_most = count;
    }
  return most;
}

}  // namespace modiste
