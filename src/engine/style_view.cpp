// My style: what has been learned of a shopper, so that she can see it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "embedding/lab.h"
#include "engine/engine.h"

namespace modiste {
namespace {

constexpr size_t kAffinitiesShown = 24;
constexpr size_t kLikedShown = 24;

// The photo's shade of a colour family: the first swatch that is of it. A backdrop is of another.
std::string shade_of(const Look& look, const Term& family, const Vocabulary& words) {
  for (const auto& swatch : look.palette)
    if (const auto rgb = parse_hex(swatch); rgb.ok() && words.nearest_colour(to_lab(*rgb)).id == family.id)
      return swatch;
  return "";
}

// Colours she liked, by share, each shown by a garment of hers.
std::vector<PaletteShare> palette_of(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                     const Looks& looks, const Vocabulary& words) {
  std::map<TermId, std::pair<double, std::string>> colours;
  double total = 0;
  for (auto slot = shopper.liked.rbegin(); slot != shopper.liked.rend(); ++slot) {
    const ItemFacts& facts = catalog.facts(*slot);
    if (!facts.live || facts.colour == kNoTerm) continue;
    auto& [share, hex] = colours[facts.colour];
    const auto look = looks.get(*slot);
    if (hex.empty() && look != nullptr) hex = shade_of(*look, words.term(facts.colour), words);
    ++share;
    ++total;
  }
  std::vector<PaletteShare> palette;
  for (auto& [id, colour] : colours) {
    const Term& term = words.term(id);
    if (colour.second.empty() && term.lab) colour.second = to_hex(to_rgb(*term.lab));
    palette.push_back({colour.second, term.name, colour.first / total});
  }
  std::sort(palette.begin(), palette.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
  return palette;
}

// What a term scored at least ten signals ago; 0 when it was not among the strongest then.
double score_before(const ShopperState& shopper, TermId term) {
  constexpr int kBack = 10;
  double score = 0;
  for (const auto& point : shopper.history)
    if (point.signals <= shopper.signals - kBack) {
      score = 0;
      for (const auto& [then, value] : point.affinities)
        if (then == term) score = static_cast<double>(value);
    }
  return score;
}

std::vector<Affinity> affinities_of(const ShopperState& shopper, const StyleOptions& options,
                                    const Vocabulary& words, const AttributeIndex& index) {
  std::vector<Affinity> affinities;
  for (const auto& [id, evidence] : shopper.terms) {
    if (index.idf(id) <= 0) continue;  // what every garment has says nothing of her
    const Term& term = words.term(id);
    const auto score = static_cast<double>(shopper.affinity(id, options));
    affinities.push_back({term.facet, term.name, term.label, score, score - score_before(shopper, id)});
  }
  std::sort(affinities.begin(), affinities.end(),
            [](const Affinity& a, const Affinity& b) { return std::abs(a.score) > std::abs(b.score); });
  if (affinities.size() > kAffinitiesShown) affinities.resize(kAffinitiesShown);
  return affinities;
}

std::optional<double> to_cents(std::optional<float> price) {
  if (!price) return std::nullopt;
  return std::round(static_cast<double>(*price) * 100) / 100;
}

}  // namespace

Result<StyleView> Engine::style(std::string_view shopper_id) const {
  const auto shopper = shopper_state(shopper_id);
  const Vocabulary& words = catalog_.vocabulary();
  const auto snapshot = catalog_.snapshot();
  StyleView view;
  view.shopper_id = std::string(shopper_id);
  view.signals = shopper->signals;
  view.likes = shopper->likes;
  view.passes = shopper->passes;
  view.saves = shopper->saves;
  view.purchases = shopper->purchases;
  view.quiz_done = shopper->wishes.answered;
  view.exploration = exploration_epsilon(shopper->signals, options_.exploration);
  const auto weights = hybrid_weights(shopper->signals);
  for (size_t s = 0; s < kSourceCount; ++s) view.source_weights.emplace(kSourceNames[s], weights[s]);
  view.affinities = affinities_of(*shopper, options_.style, words, shelf_.attributes());
  for (const auto& [brand, evidence] : shopper->brands)
    view.brands.emplace(catalog_.brand_name(brand),
                        static_cast<double>(shopper->brand_affinity(brand, options_.style)));
  view.palette = palette_of(*shopper, *snapshot, looks_, words);
  view.price_typical = to_cents(shopper->price_typical());
  view.budget_max = to_cents(shopper->wishes.budget_max);
  view.sizes = shopper->wishes.sizes;
  for (const auto& point : shopper->history) {
    StylePoint shown{point.signals, {}};
    for (const auto& [id, value] : point.affinities)
      shown.scores.emplace(words.term(id).name, static_cast<double>(value));
    view.history.push_back(std::move(shown));
  }
  for (auto slot = shopper->liked.rbegin(); slot != shopper->liked.rend() && view.liked.size() < kLikedShown;
       ++slot)
    if (snapshot->facts(*slot).live) view.liked.push_back(present(snapshot->item(*slot)));
  return view;
}

}  // namespace modiste
