#include "serving/outfits/outfit_candidates.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/contains.h"
#include "base/price_max.h"
#include "context/modulation.h"
#include "serving/answer/answer_item.h"
#include "serving/request/eligible_items.h"
#include "serving/request/preference_tiers.h"

namespace modiste {
namespace {

using outfits::Option;

// Of what the pipeline finds, garments short of a preference come in only below this many that are not.
constexpr size_t kEnoughGarments = 8;
constexpr size_t kLikedLookedAt = 100, kLikedMax = 24;  // the latest likes

// Who may wear what is fixed; what the shopper wears already may mix departments, then anyone.
uint8_t wearers_of(std::span<const Option> fixed) {
  uint8_t wearers = Option::kAnyWearer;
  for (const Option& piece : fixed) wearers = static_cast<uint8_t>(wearers & piece.wearers);
  return wearers == 0 ? Option::kAnyWearer : wearers;
}

}  // namespace

OutfitCandidates::OutfitCandidates(const ShopState& shop, const Recommender& recommender,
                                   const RequestState& request, std::span<const Option> fixed,
                                   const outfits::Compatibility& compatibility, OutfitCandidateLimits limits)
    : shop_(shop),
      recommender_(recommender),
      request_(request),
      fixed_(fixed),
      compatibility_(compatibility),
      limits_(limits) {}

Option OutfitCandidates::option_of(Slot slot, const ItemEmbedding* embedding, double style) const {
  const Item& item = request_.catalog->item(slot);
  Option option;
  option.look = wearable_of(item, embedding, *request_.vocabulary);
  option.garment = item.facts.garment;
  option.price = static_cast<double>(item.facts.price);
  option.wearers = wearers_of_department(item.facts.department, *request_.vocabulary);
  option.style = std::clamp(style, 0.0, 1.0);
  option.currency = currency_code(item);
  option.context = fit(item.facts);
  return option;
}

// As context_fit(), but what is worn for one occasion, such as a sports bra, goes into an outfit for that, or
// around a piece for it.
double OutfitCandidates::fit(const ItemFacts& facts) const {
  const Vocabulary& vocabulary = *request_.vocabulary;
  const auto only_for = [&](TermId category) { return vocabulary.term(category).worn_for; };
  if (const auto only = facts.category == kNoTerm ? std::nullopt : only_for(facts.category)) {
    const auto asked = worn_for(request_.context).occasion;
    const bool wanted = asked && term_of(*asked, vocabulary) == *only;
    const bool beside = std::any_of(fixed_.begin(), fixed_.end(), [&](const Option& piece) {
      return piece.look.category && only_for(*piece.look.category) == only;
    });
    if (!wanted && !beside) return kUnsuited;
  }
  return context_fit(facts, request_.context, vocabulary);
}

// What an option adds to an outfit as far as it can be told before the others are chosen. Its look is made
// only where there is something that it must go with: the garment's texts lie on the disk.
double OutfitCandidates::promise(const ItemFacts& facts, const ItemEmbedding* embedding, double style,
                                 double context) const {
  const outfits::ComposeOptions weights;
  double pairs = 0;
  if (!fixed_.empty()) {
    const auto look = wearable_of(request_.catalog->item(facts.slot), embedding, *request_.vocabulary);
    for (const Option& piece : fixed_) pairs += compatibility_.pair(piece.look, look);
    pairs /= static_cast<double>(fixed_.size());
  }
  return weights.style * std::clamp(style, 0.0, 1.0) + weights.context * context +
         weights.compatibility * pairs;
}

void OutfitCandidates::add(Option option, Choice choice) {
  if (!contained_.add(choice.slot)) return;
  options_.push_back(std::move(option));
  choices_.push_back(choice);
}

void OutfitCandidates::find(std::span<const OutfitRole> roles, std::optional<double> price_max,
                            StageClock& stages) {
  std::vector<RequestState*> requests;
  for (const OutfitRole role : roles) {
    auto& found = found_[static_cast<size_t>(role)];
    CHECK(found == nullptr);
    found = std::make_unique<Found>(Found{request_, {}});
    RequestState& request = found->request;
    request.role = role;
    request.limits_share = std::max(limits_.found_share, 1.0 / static_cast<double>(roles.size()));
    request.count = std::max(kEnoughGarments, request_.count + 2);
    if (price_max) {
      const auto most = static_cast<float>(*price_max);
      request.filter.price_max = std::min(request.filter.price_max.value_or(most), most);
    }
    requests.push_back(&request);
  }
  auto ranked = recommender_.rank_each(requests, stages);
  for (size_t i = 0; i < roles.size(); ++i) {
    Found& found = *found_[static_cast<size_t>(roles[i])];
    found.ranked = std::move(ranked[i]);
    choose(found, !price_max);
  }
}

bool OutfitCandidates::add_other_departments() {
  const size_t before = options_.size();
  for (const auto& found : found_)
    if (found != nullptr) choose(*found, true);
  return options_.size() > before;
}

// Takes the most promising options of a role.
void OutfitCandidates::choose(const Found& found, bool other_departments) {
  const RequestState& request = found.request;
  const Candidates& candidates = found.ranked.found;
  const auto embeddings = shop_.embeddings.get(candidates.slots);
  struct Ahead {
    uint32_t tier = 0;
    double promise = 0, context = 0;
    Choice choice;
  };
  // Scores are ranks among a role's candidates: of six suits the best, or any of six alike, would have less
  // than the best of a hundred shirts, and no outfit a suit.
  const std::vector<float>& scores = found.ranked.scores;
  const float best = scores.empty() ? 0 : *std::max_element(scores.begin(), scores.end());
  const auto style_of = [&](uint32_t row) {
    return best > 0 ? static_cast<double>(scores[row] / best) : 0.0;
  };
  std::vector<Ahead> order;
  for (uint32_t row = 0; row < candidates.slots.size(); ++row) {
    if (!other_departments && PreferenceTiers::is_short_of(candidates.tiers[row], "department")) continue;
    const Slot slot = candidates.slots[row];
    const ItemFacts& facts = request.catalog->facts(slot);
    const double context = fit(facts);
    const double promised = promise(facts, embeddings[row].get(), style_of(row), context);
    order.push_back({candidates.tiers[row], promised, context, {slot, row, candidates.tiers[row]}});
  }
  std::sort(order.begin(), order.end(), [](const Ahead& a, const Ahead& b) {
    if (a.tier != b.tier) return a.tier < b.tier;
    return a.promise != b.promise ? a.promise > b.promise : a.choice.slot < b.choice.slot;
  });
  std::set<uint32_t> suited;
  for (const Ahead& ahead : order)
    if (ahead.context > kUnsuited) suited.insert(request.catalog->garment_of(ahead.choice.slot));
  if (suited.size() >= limits_.suited)
    std::erase_if(order, [](const Ahead& ahead) { return ahead.context <= kUnsuited; });
  std::map<uint32_t, size_t> of_garment;
  std::map<TermId, size_t> of_category;
  size_t taken = 0;
  for (const Ahead& ahead : order) {
    if (taken == limits_.per_role || (ahead.tier > 0 && of_garment.size() >= request.count)) break;
    const ItemFacts& facts = request.catalog->facts(ahead.choice.slot);
    if (of_category[facts.category] == limits_.per_category ||
        of_garment[facts.garment] == limits_.colours_per_garment)
      continue;
    ++of_category[facts.category], ++of_garment[facts.garment], ++taken;
    held_.push_back(embeddings[ahead.choice.row]);
    add(option_of(ahead.choice.slot, held_.back().get(), style_of(ahead.choice.row)), ahead.choice);
  }
}

void OutfitCandidates::keep(std::span<const Slot> items, double style) {
  for (const Slot slot : items) {
    if (has(slot)) {
      for (size_t i = 0; i < options_.size(); ++i)
        if (choices_[i].slot == slot) options_[i].style = std::max(options_[i].style, style);
      continue;
    }
    if (!request_.admits(slot)) continue;  // sold out, or vetoed since
    held_.push_back(shop_.embeddings.get(slot));
    add(option_of(slot, held_.back().get(), style), {slot});
  }
}

void OutfitCandidates::keep_liked(std::span<const OutfitRole> roles, double style) {
  const std::vector<Liked>& liked = request_.shopper->liked;
  ItemFilter preferred = request_.filter;
  add_preferences(preferred, request_.shopper->preferences, request_.departments, Relaxation::kNone);
  std::vector<Slot> kept;
  for (size_t i = liked.size(); i-- > 0 && liked.size() - i <= kLikedLookedAt && kept.size() < kLikedMax;) {
    const Slot slot = liked[i].slot;
    if (!request_.admits(slot)) continue;
    const ItemFacts& facts = request_.catalog->facts(slot);
    if (contains(roles, role_of(facts, *request_.vocabulary)) &&
        preferred.admits(facts, *request_.vocabulary) && fit(facts) > kUnsuited)
      kept.push_back(slot);
  }
  keep(kept, style);
}

std::optional<uint32_t> OutfitCandidates::place_of(Slot slot) const {
  for (uint32_t i = 0; i < choices_.size(); ++i)
    if (choices_[i].slot == slot) return i;
  return std::nullopt;
}

// By rising prices, so that most of a large catalog is never looked at.
std::vector<std::pair<float, Slot>> OutfitCandidates::cheapest_of(const RequestState& request) const {
  constexpr float kFirst = 4, kStep = 2, kLast = kPriceMax;
  const uint8_t wearers = wearers_of(fixed_);
  std::vector<std::pair<float, Slot>> cheapest;
  for (float price_max = kFirst; cheapest.size() < limits_.cheapest && price_max < kStep * kLast;
       price_max *= kStep) {
    cheapest.clear();
    const SlotBits eligible = eligible_items(request, [&](SlotQuery& query) {
      query.price_max = std::min(query.price_max.value_or(price_max), price_max);
    });
    for (Slot slot = eligible.next(0); slot != kNoSlot; slot = eligible.next(slot + 1)) {
      const ItemFacts& facts = request.catalog->facts(slot);
      if ((wearers & wearers_of_department(facts.department, *request.vocabulary)) != 0)
        cheapest.emplace_back(facts.price, slot);
    }
  }
  const size_t kept = std::min(cheapest.size(), limits_.cheapest);
  std::partial_sort(cheapest.begin(), cheapest.begin() + static_cast<ptrdiff_t>(kept), cheapest.end());
  cheapest.resize(kept);
  return cheapest;
}

void OutfitCandidates::add_cheapest(CheapOnes of) {
  constexpr double kUnranked = 0.3;
  const PreferenceTiers tiers(request_.filter, request_);
  for (const auto& found : found_) {
    if (found == nullptr) continue;
    RequestState request = found->request;
    request.filter = request_.filter;  // without the price of the role
    add_preferences(request.filter, request.shopper->preferences, request.departments,
                    of == CheapOnes::kPreferred ? Relaxation::kNone : Relaxation::kBudget);
    request.misfit_max =
        of == CheapOnes::kAnySituation ? kMisfitMax : loosenings(request_).front().misfit_max;
    for (const auto& [price, slot] : cheapest_of(request)) {
      if (has(slot)) continue;
      held_.push_back(shop_.embeddings.get(slot));
      add(option_of(slot, held_.back().get(), kUnranked),
          {slot, kNotRanked, tiers.tier(request_.catalog->facts(slot))});
    }
  }
}

AnswerItem OutfitCandidates::show(uint32_t option) const {
  const Choice& choice = choices_[option];
  const auto& found = found_[static_cast<size_t>(options_[option].look.role)];
  if (choice.row != kNotRanked) {
    AnswerItem ranked = recommender_.show(found->request, found->ranked, choice.row);
    ranked.score = static_cast<double>(found->ranked.scores[choice.row]);
    return ranked;
  }
  const Item& item = request_.catalog->item(choice.slot);
  AnswerItem shown = to_answer_item(item, shop_);
  shown.score = options_[option].style;
  if (auto advice = shop_.sizing.advise(*shop_.sizing.model(), request_.fit, item)) {
    shown.size = std::move(advice->size);
    shown.fit = advice->fit;
  }
  return shown;
}

std::vector<std::string> OutfitCandidates::degraded(uint32_t option) const {
  const auto& found = found_[static_cast<size_t>(options_[option].look.role)];
  // Of the cheapest, which nobody ranked, the tier alone tells it.
  static const std::vector<std::string> kOfCheapOnes{"relaxed size", "relaxed budget", "relaxed context"};
  const bool ranked = found != nullptr && choices_[option].row != kNotRanked;
  // What a garment does not say of occasion or weather is unknown, and not said to be relaxed.
  const bool unsuited = options_[option].context < kUnknownSuits;
  const uint32_t tier = choices_[option].tier;
  std::vector<std::string> names;
  for (const std::string& name : ranked ? found->request.degraded : kOfCheapOnes) {
    constexpr std::string_view kRelaxed = "relaxed ";
    const std::string_view what =
        name.starts_with(kRelaxed) ? std::string_view(name).substr(kRelaxed.size()) : std::string_view();
    const bool of_tiers = what == "size" || what == "budget" || what == "context" || what == "department";
    if (of_tiers && !PreferenceTiers::is_short_of(tier, what)) continue;
    if (what == "context" && !unsuited) continue;
    // The budget of an outfit is another matter than the shopper's own limit for each garment.
    names.push_back(what == "budget" ? "relaxed price limit" : name);
  }
  return names;
}

}  // namespace modiste
