#include "serving/outfits/outfit_reasons.h"

#include <algorithm>
#include <cmath>

#include "context/suitability.h"
#include "outfits/colour_harmony.h"
#include "outfits/proportion_rules.h"
#include "serving/request/outfit_looks.h"

namespace modiste {
namespace {

using outfits::Wearable;

bool is_body(OutfitRole role) {
  return role == OutfitRole::kTop || role == OutfitRole::kBottom || role == OutfitRole::kOnePiece ||
         role == OutfitRole::kSuit || role == OutfitRole::kOuter;
}

// The labels of the colours of the garments that cover the body, each once.
std::vector<std::string> body_colours(const OutfitFacts& facts) {
  std::vector<std::string> labels;
  for (size_t i = 0; i < facts.looks.size(); ++i) {
    const TermId colour = facts.items[i]->facts.colour;
    if (!is_body(facts.looks[i].role) || colour == kNoTerm) continue;
    const std::string& label = facts.vocabulary.term(colour).label;
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
  }
  return labels;
}

bool all_colours_go(const OutfitFacts& facts) {
  for (size_t i = 0; i < facts.looks.size(); ++i)
    for (size_t j = i + 1; j < facts.looks.size(); ++j) {
      const auto &a = facts.looks[i].colour, &b = facts.looks[j].colour;
      if (a && b && outfits::colour_harmony(*a, *b) < kColoursGoMin) return false;
    }
  return true;
}

std::optional<Reason> colours_go(const OutfitFacts& facts) {
  auto labels = body_colours(facts);
  if (labels.size() < 2 || !all_colours_go(facts)) return std::nullopt;
  labels.resize(2);
  Reason reason{ReasonCode::kColoursGo, {}};
  reason.args.terms = std::move(labels);
  return reason;
}

std::optional<Reason> one_formality(const OutfitFacts& facts) {
  double low = 1, high = 0;
  for (const Wearable& look : facts.looks) {
    if (!look.formality) return std::nullopt;
    low = std::min(low, *look.formality), high = std::max(high, *look.formality);
  }
  if (high - low > kOneFormalityMax) return std::nullopt;
  return Reason{ReasonCode::kOneFormality, {}};
}

std::optional<Reason> one_print(const OutfitFacts& facts) {
  std::vector<std::string> prints;
  for (const Wearable& look : facts.looks) {
    if (!look.pattern) return std::nullopt;  // "the rest is plain" would be a guess
    if (facts.rules.is_print(look)) prints.push_back(facts.vocabulary.term(*look.pattern).label);
  }
  if (prints.size() != 1) return std::nullopt;
  Reason reason{ReasonCode::kOnePrint, {}};
  reason.args.terms = std::move(prints);
  return reason;
}

// The label of the garment's term that makes it wide or narrow.
std::string cut_of(const Wearable& look, double volume, const Vocabulary& vocabulary) {
  for (const TermId term : look.terms)
    for (const outfits::VolumeTerm& row : outfits::kVolumes)
      if (vocabulary.term(term).facet == row.facet && vocabulary.term(term).name == row.name &&
          std::abs(static_cast<double>(row.volume) - volume) < 1e-6)
        return vocabulary.term(term).label;
  return {};
}

std::optional<Reason> balanced(const OutfitFacts& facts) {
  const Wearable *upper = nullptr, *lower = nullptr;
  for (const Wearable& look : facts.looks) {
    if (look.role == OutfitRole::kTop) upper = &look;
    if (look.role == OutfitRole::kBottom) lower = &look;
  }
  if (upper == nullptr || lower == nullptr) return std::nullopt;
  const auto above = facts.rules.volume(*upper), below = facts.rules.volume(*lower);
  if (!above || !below || outfits::balance(*above, *below) < kBalancedMin) return std::nullopt;
  Reason reason{ReasonCode::kBalanced, {}};
  reason.args.terms = {cut_of(*upper, *above, facts.vocabulary), cut_of(*lower, *below, facts.vocabulary)};
  return reason;
}

std::optional<Reason> goes_with(const OutfitFacts& facts) {
  if (facts.anchors == 0 || facts.looks.size() <= facts.anchors) return std::nullopt;
  double sum = 0;
  for (size_t i = facts.anchors; i < facts.looks.size(); ++i)
    sum += facts.rules.pair(facts.looks[0], facts.looks[i]);
  if (sum / static_cast<double>(facts.looks.size() - facts.anchors) < kGoesWithMin) return std::nullopt;
  Reason reason{ReasonCode::kGoesWith, {}};
  const auto garment = facts.items[0]->garment.read();
  reason.args.garment_id = garment->id;
  reason.args.title = garment->title;
  return reason;
}

// Said when no piece is for another occasion and each that covers the body names this one.
std::optional<Reason> for_occasion_of(const OutfitFacts& facts) {
  if (!facts.context || facts.context->occasions_known != Provenance::kExplicit) return std::nullopt;
  const Occasion occasion = facts.context->occasion();
  for (size_t i = 0; i < facts.items.size(); ++i) {
    const Suits suits = suits_occasion(facts.items[i]->facts, occasion, facts.vocabulary);
    if (suits == Suits::kNo || (suits == Suits::kUnknown && is_body(facts.looks[i].role)))
      return std::nullopt;
  }
  Reason reason{ReasonCode::kForOccasion, {}};
  reason.args.occasion = occasion;
  return reason;
}

std::optional<Reason> for_season_of(const OutfitFacts& facts) {
  if (!facts.context || facts.context->seasons_known < Provenance::kPlace) return std::nullopt;
  const Season season = facts.context->season();
  const Term* term = facts.vocabulary.find(Facet::kSeason, name_of(season));
  const uint8_t bit = static_cast<uint8_t>(1U << static_cast<size_t>(season));
  for (const Wearable& look : facts.looks)
    if (term == nullptr || (look.seasons != 0 && (look.seasons & bit) == 0) ||
        (look.seasons == 0 && is_body(look.role)))
      return std::nullopt;
  Reason reason{ReasonCode::kForSeason, {}};
  reason.args.season = season;
  return reason;
}

std::optional<Reason> within_budget(const OutfitFacts& facts) {
  if (!facts.budget || facts.total_price > *facts.budget + 0.005) return std::nullopt;
  return Reason{ReasonCode::kWithinBudget, {}};
}

// What takes the place of a piece of the shop's outfit, in a shopper's words.
std::string_view word_of(OutfitRole role) {
  constexpr std::array<std::string_view, EnumNames<OutfitRole>::kNames.size()> kWords{
      "top", "bottom", "dress", "suit", "layer", "coat or jacket", "shoes", "bag", "accessory", ""};
  return kWords[static_cast<size_t>(role)];
}

std::optional<Reason> by_shop(const OutfitFacts& facts) {
  if (!facts.by_shop || !facts.by_shop->replaced.empty()) return std::nullopt;
  Reason reason{ReasonCode::kByShop, {}};
  if (!facts.by_shop->title.empty()) reason.args.title = facts.by_shop->title;
  return reason;
}

std::optional<Reason> by_shop_in_part(const OutfitFacts& facts) {
  if (!facts.by_shop || facts.by_shop->replaced.empty()) return std::nullopt;
  Reason reason{ReasonCode::kByShopInPart, {}};
  if (!facts.by_shop->title.empty()) reason.args.title = facts.by_shop->title;
  auto& terms = reason.args.terms.emplace();
  for (const OutfitRole role : facts.by_shop->replaced) terms.emplace_back(word_of(role));
  return reason;
}

// Of the first piece beside the anchors that a rule prefers.
std::optional<Reason> suits_proportions(const OutfitFacts& facts) {
  if (facts.body_rules.empty()) return std::nullopt;
  for (size_t i = facts.anchors; i < facts.items.size(); ++i) {
    const ItemFacts& item = facts.items[i]->facts;
    const auto department = department_worn(item, facts.departments, facts.vocabulary);
    const auto verdict = outfits::body_verdict(facts.body_rules, facts.looks[i].role, department, item.terms);
    if (verdict.preferred_by == nullptr) continue;
    Reason reason{ReasonCode::kSuitsProportions, {}};
    reason.args.terms = {facts.vocabulary.term(verdict.preferred).label};
    reason.args.note = verdict.preferred_by->row.says;
    return reason;
  }
  return std::nullopt;
}

struct OutfitRule {
  ReasonCode code{};
  std::optional<Reason> (*holds)(const OutfitFacts&);
};

// The strongest first.
constexpr std::array kOutfitRules{OutfitRule{ReasonCode::kByShop, by_shop},
                                  OutfitRule{ReasonCode::kByShopInPart, by_shop_in_part},
                                  OutfitRule{ReasonCode::kForOccasion, for_occasion_of},
                                  OutfitRule{ReasonCode::kGoesWith, goes_with},
                                  OutfitRule{ReasonCode::kSuitsProportions, suits_proportions},
                                  OutfitRule{ReasonCode::kColoursGo, colours_go},
                                  OutfitRule{ReasonCode::kBalanced, balanced},
                                  OutfitRule{ReasonCode::kOnePrint, one_print},
                                  OutfitRule{ReasonCode::kForSeason, for_season_of},
                                  OutfitRule{ReasonCode::kOneFormality, one_formality},
                                  OutfitRule{ReasonCode::kWithinBudget, within_budget}};

}  // namespace

std::vector<Reason> reasons_of_outfit(const OutfitFacts& facts) {
  std::vector<Reason> reasons;
  for (const OutfitRule& rule : kOutfitRules)
    if (reasons.size() < kOutfitReasonsMax)
      if (auto reason = rule.holds(facts)) reasons.push_back(std::move(*reason));
  return reasons;
}

bool is_true_of_outfit(const Reason& reason, const OutfitFacts& facts) {
  for (const OutfitRule& rule : kOutfitRules)
    if (rule.code == reason.code) {
      const auto held = rule.holds(facts);
      return held && to_json_text(held->args) == to_json_text(reason.args);
    }
  return false;
}

}  // namespace modiste
