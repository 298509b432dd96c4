#include "simulation/shopper_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

// How much each facet weighs when a person judges a garment at a glance.
float facet_weight(Facet facet) {
  switch (facet) {
    case Facet::kColour:
    case Facet::kAesthetic:
      return 1.0F;
    case Facet::kCategory:
      return 0.8F;
    case Facet::kPattern:
      return 0.7F;
    case Facet::kFabric:
    case Facet::kSilhouette:
      return 0.5F;
    case Facet::kFit:
    case Facet::kLength:
    case Facet::kSleeve:
    case Facet::kNeckline:
    case Facet::kOccasion:
      return 0.3F;
    case Facet::kDepartment:
    case Facet::kSeason:
      return 0;
  }
  return 0;
}

float hidden_liking(uint64_t seed, Slot slot) {
  Rng rng(mix64(seed ^ slot));
  return static_cast<float>(rng.normal());
}

float utility(const SimulatedShopper& shopper, const ItemFacts& item, const Vocabulary& vocabulary) {
  float sum = 0, weight = 0;
  for (const TermId term : item.terms) {
    const float w = facet_weight(vocabulary.term(term).facet);
    const auto taste = shopper.taste.find(term);
    if (w == 0 || taste == shopper.taste.end()) continue;
    sum += w * taste->second;
    weight += w * w;
  }
  if (const auto brand = shopper.brands.find(item.brand); brand != shopper.brands.end()) {
    sum += 0.8F * brand->second;
    weight += 0.64F;
  }
  const float seen = weight > 0 ? sum / std::sqrt(weight) : 0;
  const float off = std::log(std::max(1.0F, item.price)) - shopper.log_price;
  const float over = std::max(0.0F, off);  // nobody likes a garment less because it costs less
  const float hidden = hidden_liking(shopper.hidden_seed, item.slot);
  return (1 - shopper.hidden_share) * seen + shopper.hidden_share * hidden - 0.5F * over * over;
}

double like_probability_at(float utility, const SimulatedShopper& shopper) {
  return 1 / (1 + std::exp(-static_cast<double>(shopper.sharpness * utility + shopper.bias)));
}

// Sets the bias so that the shopper's mean like probability over the given items is the one wanted.
void calibrate(SimulatedShopper& shopper, const std::vector<ItemFacts>& items, double wanted,
               const Vocabulary& vocabulary) {
  std::vector<float> utilities;
  for (const auto& item : items) utilities.push_back(utility(shopper, item, vocabulary));
  float low = -20, high = 20;
  for (int step = 0; step < 40; ++step) {
    shopper.bias = (low + high) / 2;
    double sum = 0;
    for (const float one : utilities) sum += like_probability_at(one, shopper);
    (sum / static_cast<double>(items.size()) > wanted ? high : low) = shopper.bias;
  }
}

std::vector<std::string> favourites(const std::map<TermId, float>& taste, Facet facet, size_t count,
                                    const Vocabulary& vocabulary) {
  std::vector<std::pair<float, std::string>> liked;
  for (const auto& [term, liking] : taste)
    if (vocabulary.term(term).facet == facet && liking > 0.3F)
      liked.emplace_back(liking, vocabulary.term(term).name);
  std::sort(liked.rbegin(), liked.rend());
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(count, liked.size()); ++i) names.push_back(liked[i].second);
  return names;
}

std::vector<ItemFacts> items_of(const CatalogSnapshot& catalog, std::string_view department,
                                const Vocabulary& vocabulary) {
  ItemFilter filter;
  filter.departments = {vocabulary.find(Facet::kDepartment, department)->id};
  std::vector<ItemFacts> items;
  for (Slot slot = 0; slot < catalog.slot_count(); ++slot)
    if (filter.admits(catalog.facts(slot), vocabulary)) items.push_back(catalog.facts(slot));
  return items;
}

using DrawnTaste = std::map<TermId, float>;

DrawnTaste draw_taste(const Vocabulary& vocabulary, Rng& rng) {
  DrawnTaste taste;
  for (const Term& term : vocabulary.terms())
    if (facet_weight(term.facet) > 0) taste[term.id] = static_cast<float>(rng.normal());
  return taste;
}

}  // namespace

double SimulatedShopper::like_probability(const ItemFacts& item, const Vocabulary& vocabulary) const {
  return like_probability_at(utility(*this, item, vocabulary), *this);
}

QuizAnswers SimulatedShopper::quiz(const Vocabulary& vocabulary, bool full) const {
  QuizAnswers answers;
  if (department != kNoTerm) answers.departments = {vocabulary.term(department).name};
  if (!full) return answers;
  answers.colours = favourites(taste, Facet::kColour, 3, vocabulary);
  answers.styles = favourites(taste, Facet::kAesthetic, 2, vocabulary);
  return answers;
}

std::vector<SimulatedShopper> draw_shoppers(size_t count, const Catalog& catalog,
                                            const ShopperModelOptions& options, Rng& rng) {
  const Vocabulary& vocabulary = catalog.vocabulary();
  const auto snapshot = catalog.snapshot();
  const std::array<std::string_view, 2> departments{"women", "men"};
  const std::array<std::vector<ItemFacts>, 2> items{items_of(*snapshot, departments[0], vocabulary),
                                                    items_of(*snapshot, departments[1], vocabulary)};
  std::vector<DrawnTaste> tribes;
  for (size_t i = 0; i < options.tribes; ++i) tribes.push_back(draw_taste(vocabulary, rng));

  const auto share = static_cast<float>(options.tribe_share);
  std::vector<SimulatedShopper> shoppers;
  for (size_t i = 0; i < count; ++i) {
    size_t department = rng.below(2);
    if (items[department].empty()) department = 1 - department;
    CHECK(!items[department].empty());
    SimulatedShopper shopper;
    shopper.id = fmt::format("shopper-{:04}", i);
    shopper.department = vocabulary.find(Facet::kDepartment, departments[department])->id;
    shopper.sharpness = static_cast<float>(options.sharpness);
    shopper.hidden_share = static_cast<float>(options.hidden_share);
    shopper.hidden_seed = rng.next();
    const DrawnTaste own = draw_taste(vocabulary, rng);
    for (const auto& [term, liking] : rng.pick(std::span<const DrawnTaste>(tribes)))
      shopper.taste[term] = share * liking + (1 - share) * own.at(term);
    for (const auto& item : items[department])
      if (!shopper.brands.contains(item.brand)) shopper.brands[item.brand] = static_cast<float>(rng.normal());
    const auto& typical = items[department][rng.below(items[department].size())];
    shopper.log_price = std::log(std::max(1.0F, typical.price));
    calibrate(shopper, items[department], options.like_rate_mean, vocabulary);
    shoppers.push_back(std::move(shopper));
  }
  return shoppers;
}

}  // namespace modiste
