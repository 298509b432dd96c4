#include "simulation/style_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

#include "simulation/liking_regression.h"

namespace modiste {
namespace {

constexpr size_t kCandidates = 100;
constexpr size_t kOthersMet = 8;  // drawn shoppers; the least similar one gives the other taste

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double both = 0, square_a = 0, square_b = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - mean_a) * (b[i] - mean_b);
    square_a += (a[i] - mean_a) * (a[i] - mean_a);
    square_b += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return both / std::sqrt(square_a * square_b + 1e-12);
}

}  // namespace

double mean_of(const std::vector<double>& values) {
  return values.empty()
             ? 0
             : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<StyleCast> StyleStage::draw_cast() {
  // Two more of everybody: others of the same department, and recipients.
  const size_t count = options_.shoppers;
  const auto drawn = draw_shoppers(3 * count, world_.shop.catalog().view(), options_.model, rng_);
  std::vector<std::vector<double>> likings;
  for (size_t i = 0; i < 2 * count; ++i) likings.push_back(likings_of(drawn[i]));
  std::vector<StyleCast> cast;
  for (size_t i = 0; i < count; ++i) {
    StyleCast one{drawn[i], drawn[i], drawn[2 * count + i]};
    size_t other = i;  // the same shopper when nobody else has the department
    double least = 2;
    for (size_t step = 0, met = 0; step < count && met < kOthersMet; ++step) {
      const size_t j = count + (i + step) % count;
      if (drawn[j].department != one.first.department) continue;
      ++met;
      if (const double alike = correlation(likings[i], likings[j]); alike < least) {
        least = alike;
        other = j;
      }
    }
    one.other = drawn[other];
    one.other.id = one.first.id;
    one.first_middle = median(likings[i]);
    one.other_middle = median(likings[other]);
    cast.push_back(std::move(one));
  }
  return cast;
}

Result<Done> StyleStage::introduce(const SimulatedShopper& shopper) {
  Event event = event_of(shopper, EventType::kQuiz, kNoSlot);
  event.quiz = shopper.quiz(words(), false);
  return send({std::move(event)});
}

Result<std::vector<Slot>> StyleStage::page(const SimulatedShopper& shopper, size_t count) {
  RecommendRequest request;
  request.shopper_id = shopper.id;
  request.count = static_cast<int>(count);
  request.seed = static_cast<uint32_t>(mix64(hash64(shopper.id)));
  TRY_ASSIGN(const Answer answer, world_.shop.recommender().recommend(request));
  std::vector<Slot> slots;
  for (const AnswerItem& item : answer.items)
    slots.push_back(world_.shop.catalog().view().slot(item.garment_id, item.colour));
  return slots;
}

Result<Done> StyleStage::session(const SimulatedShopper& shopper) {
  TRY_ASSIGN(auto slots, page(shopper, options_.page));
  const size_t shown = slots.size();
  TRY(show(shopper, slots));
  const auto finds = found_by(shopper);
  slots.insert(slots.end(), finds.begin(), finds.end());
  for (size_t i = 0; i < slots.size(); ++i) TRY(react(shopper, slots[i], i < shown));
  return leave();
}

Result<Done> StyleStage::gift_session(const SimulatedShopper& giver, const SimulatedShopper& recipient) {
  auto slots = found_by(recipient);
  const auto liking = [&](Slot slot) { return recipient.like_probability(snapshot_->facts(slot), words()); };
  std::stable_sort(slots.begin(), slots.end(), [&](Slot a, Slot b) { return liking(a) > liking(b); });
  constexpr size_t kLooked = 8, kLiked = 4, kInCart = 2;
  const ShopperHabit habit = options_.habit;
  slots.resize(std::min(kLooked, slots.size()));
  TRY(show(giver, slots));
  for (size_t i = 0; i < slots.size(); ++i) {
    if (habit == ShopperHabit::kPasses) TRY(act(giver, EventType::kProductView, slots[i]));
    if (i < kLiked && habit != ShopperHabit::kBuysOnly) TRY(act(giver, EventType::kLike, slots[i]));
    if (i < kInCart && habit == ShopperHabit::kPasses) TRY(act(giver, EventType::kAddToCart, slots[i]));
  }
  if (!slots.empty() && habit != ShopperHabit::kLikesOnly)
    TRY(act(giver, EventType::kPurchase, slots.front()));
  return leave();
}

Result<std::vector<double>> StyleStage::ceilings(const SimulatedShopper& newcomer, const StyleCast& cast) {
  const auto unbought = [&](std::vector<Slot> slots) {
    std::erase_if(slots, [&](Slot slot) { return bought_.contains({newcomer.id, garment_of(slot)}); });
    return slots;
  };
  const auto likings = [&](const std::vector<Slot>& slots) {
    std::vector<double> values;
    for (const Slot slot : slots)
      values.push_back(newcomer.like_probability(snapshot_->facts(slot), words()));
    return values;
  };
  const std::vector<Slot> stock = unbought(department_of(newcomer));
  TRY_ASSIGN(const std::vector<Slot> candidates, page(newcomer, kCandidates));
  const auto share = [&](const std::vector<Slot>& slots, const std::vector<double>& values) {
    return share_in(best(slots, values), cast, false);
  };
  return std::vector{share(stock, likings(stock)), share(candidates, likings(candidates)),
                     share(stock, learned_likings(facts_of(liked_[newcomer.id]), facts_of(stock)))};
}

double StyleStage::share_in(const std::vector<Slot>& slots, const StyleCast& cast, bool first) const {
  const SimulatedShopper& mine = first ? cast.first : cast.other;
  const SimulatedShopper& not_mine = first ? cast.other : cast.first;
  const double middle = first ? cast.first_middle : cast.other_middle;
  const auto in = [&](Slot slot) {
    const double liking = mine.like_probability(snapshot_->facts(slot), words());
    return liking > middle && liking > not_mine.like_probability(snapshot_->facts(slot), words());
  };
  return slots.empty() ? 0
                       : static_cast<double>(std::count_if(slots.begin(), slots.end(), in)) /
                             static_cast<double>(slots.size());
}

Result<std::string> StyleStage::outcome(const SimulatedShopper& shopper) const {
  const StyleView view = world_.shop.shoppers().style({IdentifierKind::kUser, shopper.id});
  return view.drift.empty() ? "none" : std::string(name_of(view.drift.back().outcome));
}

std::vector<const ItemFacts*> StyleStage::facts_of(const std::vector<Slot>& slots) const {
  std::vector<const ItemFacts*> facts;
  for (const Slot slot : slots) facts.push_back(&snapshot_->facts(slot));
  return facts;
}

std::vector<Slot> StyleStage::best(const std::vector<Slot>& slots, const std::vector<double>& values) const {
  std::vector<std::pair<double, Slot>> sorted;
  for (size_t i = 0; i < slots.size(); ++i) sorted.emplace_back(-values[i], slots[i]);
  std::sort(sorted.begin(), sorted.end());
  std::vector<Slot> top;
  std::unordered_set<uint32_t> garments;
  for (const auto& [value, slot] : sorted)
    if (top.size() < kTop && garments.insert(garment_of(slot)).second) top.push_back(slot);
  return top;
}

std::vector<Slot> StyleStage::department_of(const SimulatedShopper& shopper) const {
  ItemFilter filter;
  filter.departments = {shopper.department};
  std::vector<Slot> slots;
  for (Slot slot = 0; slot < snapshot_->slot_count(); ++slot)
    if (filter.admits(snapshot_->facts(slot), words())) slots.push_back(slot);
  return slots;
}

std::vector<double> StyleStage::likings_of(const SimulatedShopper& shopper) const {
  std::vector<double> likings;
  for (const Slot slot : department_of(shopper))
    likings.push_back(shopper.like_probability(snapshot_->facts(slot), words()));
  return likings;
}

std::vector<Slot> StyleStage::found_by(const SimulatedShopper& shopper) {
  std::unordered_set<TermId> typed;
  for (const Facet facet : {Facet::kColour, Facet::kAesthetic, Facet::kCategory}) {
    std::vector<std::pair<float, TermId>> loved;
    for (const auto& [term, liking] : shopper.taste)
      if (words().term(term).facet == facet) loved.emplace_back(liking, term);
    std::sort(loved.rbegin(), loved.rend());
    constexpr size_t kLoved = 6, kTyped = 3;
    loved.resize(std::min(loved.size(), kLoved));
    rng_.shuffle(loved);
    for (size_t i = 0; i < std::min(kTyped, loved.size()); ++i) typed.insert(loved[i].second);
  }
  std::vector<std::pair<double, Slot>> matches;
  for (const Slot slot : department_of(shopper)) {
    double matched = rng_.uniform();  // equals in any order
    for (const TermId term : snapshot_->facts(slot).terms) matched += typed.contains(term) ? 1 : 0;
    matches.emplace_back(-matched, slot);
  }
  std::sort(matches.begin(), matches.end());
  std::vector<Slot> slots;
  for (size_t i = 0; i < std::min(options_.found, matches.size()); ++i) slots.push_back(matches[i].second);
  return slots;
}

bool StyleStage::likes(const SimulatedShopper& shopper, Slot slot) const {
  Rng coin(mix64(options_.seed ^ shopper.hidden_seed ^ mix64(slot)));
  return coin.chance(shopper.like_probability(snapshot_->facts(slot), words()));
}

Result<Done> StyleStage::react(const SimulatedShopper& shopper, Slot slot, bool on_page) {
  if (options_.habit != ShopperHabit::kPasses) {
    if (!likes(shopper, slot)) return kOk;
    return act(shopper, options_.habit == ShopperHabit::kLikesOnly ? EventType::kLike : EventType::kPurchase,
               slot);
  }
  if (!likes(shopper, slot)) {
    constexpr double kPassed = 0.7;
    if (on_page && rng_.chance(kPassed)) return act(shopper, EventType::kPass, slot);
    return kOk;
  }
  TRY(act(shopper, EventType::kProductView, slot));
  const double how = rng_.uniform();
  TRY(act(shopper,
          how < 0.6   ? EventType::kLike
          : how < 0.8 ? EventType::kSave
                      : EventType::kAddToCart,
          slot));
  constexpr double kBought = 0.5;  // of what is in the cart
  if (how >= 0.8 && rng_.chance(kBought)) return act(shopper, EventType::kPurchase, slot);
  return kOk;
}

Result<Done> StyleStage::show(const SimulatedShopper& shopper, const std::vector<Slot>& slots) {
  Event event = event_of(shopper, EventType::kImpression, kNoSlot);
  for (const Slot slot : slots) {
    const ItemKey key = world_.shop.catalog().view().key(slot);
    event.items.push_back({.garment_id = key.garment_id,
                           .colour = key.colour,
                           .position = static_cast<int>(event.items.size())});
  }
  return send({std::move(event)});
}

Result<Done> StyleStage::act(const SimulatedShopper& shopper, EventType type, Slot slot) {
  world_.clock.advance(std::chrono::seconds(15));
  if (type == EventType::kPurchase) bought_.insert({shopper.id, garment_of(slot)});
  if (type != EventType::kPass && type != EventType::kProductView) liked_[shopper.id].push_back(slot);
  Event event = event_of(shopper, type, slot);
  if (type == EventType::kProductView) event.dwell_ms = 12'000;
  return send({std::move(event)});
}

Event StyleStage::event_of(const SimulatedShopper& shopper, EventType type, Slot slot) {
  Event event;
  event.event_id = fmt::format("e{}", events_++);
  event.shopper_id = shopper.id;
  event.type = type;
  if (slot != kNoSlot) {
    event.garment_id = snapshot_->item(slot).garment.id();
    event.colour = snapshot_->item(slot).colour;
  }
  return event;
}

Result<Done> StyleStage::send(std::vector<Event> events) {
  TRY_ASSIGN(const auto fates, world_.shop.events().ingest(std::move(events)));
  if (!fates[0].ok()) return fates[0].error();
  return kOk;
}

Result<Done> StyleStage::leave() {
  world_.clock.advance(std::chrono::minutes(70));
  return kOk;
}

}  // namespace modiste
