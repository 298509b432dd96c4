#include "serving/outfits/outfit_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/contains.h"
#include "outfits/blended_compatibility.h"
#include "outfits/cached_pairs.h"
#include "outfits/composer.h"
#include "outfits/curated_pairs.h"
#include "outfits/explicit_compatibility.h"
#include "outfits/kept_apart.h"
#include "ranking/rules/liked.h"
#include "serving/answer/answer_item.h"
#include "serving/catalog/catalog_views.h"
#include "serving/outfits/curated_looks.h"
#include "serving/outfits/outfit_candidates.h"
#include "serving/outfits/outfit_pieces.h"
#include "serving/outfits/outfit_plan.h"
#include "serving/outfits/outfit_reasons.h"
#include "serving/request/owned_photo.h"

namespace modiste {
namespace {

using outfits::Composed;
using outfits::ComposeInput;
using outfits::ComposeOptions;

// The style of a piece that the shopper sees now: it stays unless another one is clearly better.
constexpr double kKeptStyle = 1;
// The least style of a piece that the shop put together with others or links to the anchor, and of one that
// the shopper likes, which the ranker does not see: it rests in feeds.
constexpr double kCuratedStyle = 0.5, kLikedStyle = 0.8;
constexpr size_t kCuratedShownMax = 2;  // of an answer; the others are composed

RecommendRequest base_of(const OutfitRequest& asked) {
  RecommendRequest base = recommend_as(asked);
  base.filter = asked.filter;
  base.seed = asked.seed;
  return base;
}

// Looks for outfits, and relaxes until there are some. Lives for one request.
class Cascade {
 public:
  Cascade(const OutfitRequest& asked, const OutfitPlan& plan, OutfitCandidates& candidates,
          const outfits::ExplicitCompatibility& rules, const outfits::Compatibility& compatibility)
      : asked_(asked), plan_(plan), candidates_(candidates), rules_(rules), compatibility_(compatibility) {}

  [[nodiscard]] std::vector<Composed> run(std::vector<std::string>& degraded) {
    auto outfits = find(degraded);
    if (outfits.empty() && candidates_.add_other_departments()) outfits = find(degraded);
    return outfits;
  }

 private:
  [[nodiscard]] std::vector<Composed> find(std::vector<std::string>& degraded) {
    auto outfits = attempt(plan_.templates, asked_.budget);
    for (const CheapOnes of : kCheapOnes) {
      if (!asked_.budget || outfits.size() >= static_cast<size_t>(asked_.count)) break;
      if (of != CheapOnes::kPreferred && !outfits.empty()) break;
      candidates_.add_cheapest(of);
      outfits = attempt(plan_.templates, asked_.budget);
    }
    if (!outfits.empty()) return outfits;
    if (asked_.budget) {
      outfits = attempt(plan_.templates, std::nullopt);
      if (!outfits.empty()) return add_once(degraded, "relaxed budget"), outfits;
    }
    for (const auto& templates : weaker_templates(plan_)) {
      outfits = attempt(templates, asked_.budget);
      if (outfits.empty() && asked_.budget) {
        outfits = attempt(templates, std::nullopt);
        if (!outfits.empty()) add_once(degraded, "relaxed budget");
      }
      if (outfits.empty()) continue;
      name_missing(outfits, degraded);
      return outfits;
    }
    return {};
  }

  // Above the budget the cheapest outfits come first.
  [[nodiscard]] std::vector<Composed> attempt(const std::vector<outfits::OutfitTemplate>& templates,
                                              std::optional<double> budget) const {
    ComposeInput input;
    input.fixed = plan_.fixed;
    input.options = candidates_.options();
    input.templates = templates;
    input.budget = budget;
    input.currency = plan_.currency;
    input.count = static_cast<size_t>(asked_.count);
    input.forbids = [this](const outfits::Wearable& a, const outfits::Wearable& b) {
      return rules_.forbids(a, b);
    };
    ComposeOptions options;
    options.cheapest = asked_.budget && !budget;
    if (asked_.swap) options.shared_max = std::numeric_limits<size_t>::max();  // the rest may stay
    return outfits::compose(input, compatibility_, options);
  }

  void name_missing(const std::vector<Composed>& outfits, std::vector<std::string>& degraded) const {
    for (const Composed& outfit : outfits) {
      const auto has = [&](OutfitRole role) {
        return std::any_of(outfit.options.begin(), outfit.options.end(),
                           [&](uint32_t option) { return candidates_.options()[option].look.role == role; });
      };
      // Of the template that it comes nearest to.
      const outfits::OutfitTemplate* nearest = nullptr;
      std::ptrdiff_t least = std::numeric_limits<std::ptrdiff_t>::max();
      for (const auto& shape : plan_.templates) {
        const auto missing = std::count_if(shape.required.begin(), shape.required.end(),
                                           [&](OutfitRole role) { return !has(role); });
        if (missing < least) nearest = &shape, least = missing;
      }
      for (const OutfitRole role : nearest->required)
        if (!has(role)) add_once(degraded, fmt::format("without {}", name_of(role)));
    }
  }

  const OutfitRequest& asked_;
  const OutfitPlan& plan_;
  OutfitCandidates& candidates_;
  const outfits::ExplicitCompatibility& rules_;
  const outfits::Compatibility& compatibility_;
};

std::unordered_set<uint64_t> curated_pairs_of(const ShopState& shop, const RequestState& request,
                                              const OutfitPlan& plan, const OutfitCandidates& candidates) {
  std::vector<Slot> items;
  for (const FixedPiece& anchor : plan.anchors)
    if (anchor.slot != kNoSlot) items.push_back(anchor.slot);
  for (uint32_t i = 0; i < candidates.options().size(); ++i) items.push_back(candidates.slot(i));
  return curated_pairs_among(items, *request.catalog, shop.curated);
}

// What the shop's own pairs add beyond the terms, so that the breakdown sums to the score.
void add_curated_part(ComposedOutfit& outfit) {
  constexpr double kNothing = 1e-5;
  double sum = 0;
  for (const ScorePart& part : outfit.score_breakdown) sum += part.weight * part.value;
  if (outfit.score - sum > kNothing) outfit.score_breakdown.push_back({"curated", outfit.score - sum, 1});
}

// The terms of the score: those of the composer, with compatibility by its own terms.
std::vector<ScorePart> breakdown_of(const Composed& outfit, const outfits::ExplicitCompatibility& rules,
                                    const outfits::Compatibility* learned,
                                    std::span<const outfits::Wearable> looks) {
  const ComposeOptions weights;
  std::vector<ScorePart> parts{{"style", weights.style, outfit.style},
                               {"context", weights.context, outfit.context},
                               {"complete", weights.complete, outfit.complete}};
  double compatibility = weights.compatibility;
  if (learned != nullptr) {
    parts.push_back({"learned", compatibility * outfits::kLearnedShare, learned->set(looks)});
    compatibility *= 1 - outfits::kLearnedShare;
  }
  const auto terms = rules.terms(looks);
  double sum = 0;
  for (size_t t = 0; t < outfits::kCompatibilityTerms; ++t)
    sum += rules.weight(static_cast<outfits::CompatibilityTerm>(t));
  for (size_t t = 0; t < outfits::kCompatibilityTerms; ++t) {
    const auto term = static_cast<outfits::CompatibilityTerm>(t);
    if (rules.weight(term) > 0)
      parts.push_back({std::string(name_of_term(term)), compatibility * rules.weight(term) / sum,
                       terms.of(term).value_or(outfits::kUnknownValue)});
  }
  return parts;
}

// Whether the anchors are an outfit already: nothing beside them is required.
bool is_whole(const OutfitPlan& plan) {
  return std::any_of(plan.templates.begin(), plan.templates.end(),
                     [](const outfits::OutfitTemplate& shape) { return shape.required.empty(); });
}

}  // namespace

struct OutfitService::Judge {
  std::shared_ptr<const outfits::Compatibility> learned;  // null: none
  std::shared_ptr<const outfits::Compatibility> whole;
};

OutfitService::OutfitService(const ShopState& shop, Recommender& recommender, ImpressionQueue& impressions,
                             std::string currency)
    : shop_(shop),
      recommender_(recommender),
      impressions_(impressions),
      currency_(std::move(currency)),
      rules_(std::make_shared<const outfits::ExplicitCompatibility>(shop.catalog.vocabulary())),
      judge_(judge_by(nullptr)) {
  recommender_.use_compatibility(std::make_shared<const outfits::KeptApart>(judge_.get()->whole, rules_), 0);
}

std::shared_ptr<const OutfitService::Judge> OutfitService::judge_by(
    std::shared_ptr<const outfits::Compatibility> learned) const {
  std::shared_ptr<const outfits::Compatibility> whole = rules_;
  if (learned != nullptr) whole = std::make_shared<const outfits::BlendedCompatibility>(rules_, learned);
  whole = std::make_shared<const outfits::CachedPairs>(std::move(whole));
  return std::make_shared<const Judge>(Judge{std::move(learned), std::move(whole)});
}

void OutfitService::use(std::shared_ptr<const outfits::Compatibility> learned, int version) {
  judge_.set(judge_by(std::move(learned)), version);
  recommender_.use_compatibility(std::make_shared<const outfits::KeptApart>(judge_.get()->whole, rules_),
                                 version);
}

struct OutfitService::Scene {
  const OutfitRequest& asked;
  const RequestState& request;
  const OutfitPlan& plan;
  const OutfitCandidates& candidates;
  const Judge& judge;
  const outfits::Compatibility& compatibility;  // with what the shop put together
};

std::shared_ptr<const outfits::Compatibility> OutfitService::compatibility() const {
  return judge_.get()->whole;
}

Result<OutfitAnswer> OutfitService::compose(const OutfitRequest& asked, std::string_view request_id) {
  const StageClock stages;
  TRY_ASSIGN(RequestState request, recommender_.begin(base_of(asked), request_id));
  TRY_ASSIGN(OutfitAnswer answer, compose_in(request, asked));
  log(request, asked, answer);
  answer.took_ms = stages.total_ms();
  return answer;
}

Result<OutfitAnswer> OutfitService::compose_unlogged(const OutfitRequest& asked,
                                                     std::string_view request_id) {
  TRY_ASSIGN(RequestState request, recommender_.begin(base_of(asked), request_id));
  return compose_in(request, asked);
}

Result<OutfitAnswer> OutfitService::compose_for(std::shared_ptr<const ShopperState> shopper,
                                                const OutfitRequest& asked) {
  TRY_ASSIGN(RequestState request, recommender_.begin_for(std::move(shopper), base_of(asked)));
  return compose_in(request, asked);
}

Result<OutfitAnswer> OutfitService::compose_in(RequestState& request, const OutfitRequest& asked) const {
  StageClock stages;
  const auto judge = judge_.get();
  // What the shopper likes has a list of its own beside feeds; an outfit is what it is liked for.
  std::erase_if(request.reluctant, [](const auto& rule) { return rule.first == kLikedRule; });
  TRY_ASSIGN(OutfitPlan plan, plan_outfits(asked, shop_, request));
  if (const auto home = currency_of(*request.catalog, currency_); asked.budget && !home.empty())
    plan.currency = hash64(home);
  OutfitCandidates candidates(shop_, recommender_, request, plan.fixed, *judge->whole);
  std::optional<double> price_max;
  // Where the anchors cost it all, the outfit is above the budget whatever the rest costs.
  if (asked.budget && *asked.budget > plan.fixed_price) price_max = *asked.budget - plan.fixed_price;
  candidates.find(plan.open, price_max, stages);
  candidates.keep(plan.current, kKeptStyle);
  candidates.keep(linked_items(shop_, request, plan), kCuratedStyle);
  candidates.keep_liked(plan.open, kLikedStyle);
  const auto looks = curated_looks(asked, shop_, request, plan, kCuratedShownMax);
  for (const CuratedLook& look : looks) candidates.keep(look.pieces, kCuratedStyle);
  const outfits::CuratedPairs compatibility(*judge->whole,
                                            curated_pairs_of(shop_, request, plan, candidates));

  OutfitAnswer answer;
  answer.request_id = request.request_id;
  answer.degraded = request.degraded;
  const Scene scene{asked, request, plan, candidates, *judge, compatibility};
  const auto add = [&](const Composed& composed, const CuratedLook* by_shop) {
    if (answer.outfits.size() >= static_cast<size_t>(asked.count)) return;
    ComposedOutfit outfit = shown(scene, composed, by_shop);
    const auto same = [&](const ComposedOutfit& other) { return other.outfit_id == outfit.outfit_id; };
    if (std::any_of(answer.outfits.begin(), answer.outfits.end(), same)) return;
    for (const uint32_t option : composed.options)
      for (std::string& name : candidates.degraded(option)) add_once(answer.degraded, std::move(name));
    answer.outfits.push_back(std::move(outfit));
  };
  for (const CuratedLook& look : looks)
    if (const auto composed = complete_look(look, plan, candidates, asked.budget, compatibility, *rules_))
      add(*composed, &look);
  Cascade cascade(asked, plan, candidates, *rules_, compatibility);
  std::vector<std::string> relaxed;
  const auto found = cascade.run(relaxed);
  if (answer.outfits.size() < static_cast<size_t>(asked.count))
    for (std::string& name : relaxed) add_once(answer.degraded, std::move(name));
  for (const Composed& composed : found) add(composed, nullptr);
  if (answer.outfits.empty() && is_whole(plan)) add_once(answer.degraded, "nothing to add");
  if (request.context) answer.context = shop_.contexts.view(*request.context);
  return answer;
}

ComposedOutfit OutfitService::shown(const Scene& scene, const Composed& composed,
                                    const CuratedLook* by_shop) const {
  ComposedOutfit outfit;
  std::vector<outfits::Wearable> looks;
  std::vector<const Item*> items;
  for (size_t i = 0; i < scene.plan.anchors.size(); ++i) {
    const FixedPiece& anchor = scene.plan.anchors[i];
    items.push_back(anchor.described != nullptr ? anchor.described.get()
                                                : &scene.request.catalog->item(anchor.slot));
    looks.push_back(scene.plan.fixed[i].look);
    AnswerItem item = to_answer_item(*items.back(), shop_);
    if (anchor.described != nullptr && !item.image.empty() && !scene.request.who.empty())
      item.image = owned_photo_path(scene.request.who.front(), item.garment_id);
    if (auto advice = shop_.sizing.advise(*shop_.sizing.model(), scene.request.fit, *items.back())) {
      item.size = std::move(advice->size);
      item.fit = advice->fit;
    }
    const OutfitRole role = role_of(items.back()->facts, *scene.request.vocabulary);
    outfit.pieces.push_back({role, true, anchor.owned, std::move(item)});
  }
  for (const uint32_t option : composed.options) {
    items.push_back(&scene.request.catalog->item(scene.candidates.slot(option)));
    looks.push_back(scene.candidates.options()[option].look);
    outfit.pieces.push_back({looks.back().role, false, false, scene.candidates.show(option)});
  }
  for (size_t i = 0; i < outfit.pieces.size(); ++i) {
    outfit.pieces[i].item.position = static_cast<int>(i);
    if (!outfit.pieces[i].owned) outfit.total_price += outfit.pieces[i].item.price;
    if (outfit.currency.empty()) outfit.currency = outfit.pieces[i].item.currency;
  }
  outfit.total_price = to_cents(outfit.total_price);
  outfit.outfit_id = outfit_id_of(pieces_of(outfit.pieces));
  outfit.score = composed.value;
  outfit.score_breakdown = breakdown_of(composed, *rules_, scene.judge.learned.get(), looks);
  add_curated_part(outfit);
  OutfitFacts facts{shop_.catalog.vocabulary(), *rules_, looks, items};
  facts.anchors = scene.plan.anchors.size();
  facts.context = scene.request.context;
  facts.budget = scene.asked.budget;
  facts.total_price = outfit.total_price;
  facts.body_rules = scene.request.body_rules;
  facts.departments = scene.request.departments;
  if (by_shop != nullptr) {
    outfit.shop_outfit_id = by_shop->id;
    facts.by_shop = ByShop{by_shop->title, {}};
    for (const OutfitRole role : by_shop->replaced)
      if (std::any_of(looks.begin(), looks.end(), [&](const auto& look) { return look.role == role; }))
        facts.by_shop->replaced.push_back(role);
  }
  outfit.reasons = reasons_of_outfit(facts);
  return outfit;
}

void OutfitService::log(const RequestState& request, const OutfitRequest& asked, const OutfitAnswer& answer) {
  Answer chosen;
  for (const ComposedOutfit& outfit : answer.outfits) add_chosen(outfit.pieces, chosen);
  impressions_.log_found(
      request, chosen, {.query = {}, .garment_id = asked.anchors.empty() ? "" : asked.anchors[0].garment_id});
}

}  // namespace modiste
