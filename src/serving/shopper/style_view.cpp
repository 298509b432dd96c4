#include "serving/shopper/style_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "embedding/lab.h"
#include "ranking/hybrid.h"
#include "serving/answer/answer_item.h"
#include "serving/answer/style_names.h"
#include "serving/shopper/liked_view.h"

namespace modiste {
namespace {

constexpr size_t kAffinitiesShown = 24;
constexpr size_t kModeAffinitiesShown = 8;
constexpr size_t kExemplarsShown = 4;
constexpr size_t kLikedShown = 24;

// The photo's shade of a colour family: the first swatch that belongs to it. Backdrop swatches
// belong to other families.
std::string shade_of(const ItemEmbedding& embedding, const Term& family, const Vocabulary& words) {
  for (const auto& swatch : embedding.palette)
    if (const auto rgb = parse_hex(swatch); rgb.ok() && words.nearest_colour(to_lab(*rgb)).id == family.id)
      return swatch;
  return "";
}

// Colours that the shopper liked, by share, each with a garment that shows it.
std::vector<PaletteShare> palette_of(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                     const ItemEmbeddings& embeddings, const Vocabulary& words) {
  std::map<TermId, std::pair<double, std::string>> colours;
  double total = 0;
  for (auto one = shopper.liked.rbegin(); one != shopper.liked.rend(); ++one) {
    const ItemFacts& facts = catalog.facts(one->slot);
    if (!facts.live || facts.colour == kNoTerm) continue;
    auto& [share, hex] = colours[facts.colour];
    const auto embedding = embeddings.get(one->slot);
    if (hex.empty() && embedding != nullptr) hex = shade_of(*embedding, words.term(facts.colour), words);
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

// The score of a term at least ten signals ago; 0 when it was not among the strongest then.
double score_before(const ShopperState& shopper, TermId term) {
  constexpr int kBack = 10;
  double score = 0;
  for (const auto& point : shopper.history)
    if (point.signals <= shopper.signals - kBack) {
      score = 0;
      for (uint32_t i = 0; i < point.count; ++i)
        if (point.affinities[i].first == term) score = static_cast<double>(point.affinities[i].second);
    }
  return score;
}

// Affinity of a taste, or of a mixture of tastes, to each term it has. Terms that every garment has are left
// out: they say nothing about the shopper.
std::vector<Affinity> affinities_of(std::span<const TasteShare> tastes, const StyleOptions& options,
                                    const Vocabulary& words, const SlotColumns& columns) {
  std::set<TermId> known;
  for (const TasteShare& part : tastes)
    for (const Evidence& evidence : part.taste.terms)
      if (!columns.is_of_all(static_cast<TermId>(evidence.key)))
        known.insert(static_cast<TermId>(evidence.key));
  std::vector<Affinity> affinities;
  for (const TermId id : known) {
    const Term& term = words.term(id);
    affinities.push_back(
        {term.facet, term.name, term.label, static_cast<double>(mixed_affinity(tastes, id, options)), 0});
  }
  std::sort(affinities.begin(), affinities.end(),
            [](const Affinity& a, const Affinity& b) { return std::abs(a.score) > std::abs(b.score); });
  return affinities;
}

void keep(std::vector<Affinity>& affinities, size_t max) {
  if (affinities.size() > max) affinities.resize(max);
}

std::map<std::string, double> occasions_of(const Taste& taste, const Vocabulary& words) {
  std::map<std::string, double> shares;
  double total = 0;
  for (const Evidence& evidence : taste.terms) {
    const Term& term = words.term(static_cast<TermId>(evidence.key));
    if (term.facet != Facet::kOccasion || !(evidence.positive > 0)) continue;
    shares[term.name] = static_cast<double>(evidence.positive);
    total += shares[term.name];
  }
  for (auto& [name, share] : shares) share /= total;
  return shares;
}

// Of the garments chosen lately whose formality is known.
std::optional<double> formality_of_choices(const ShopperState& shopper, const CatalogSnapshot& catalog) {
  constexpr size_t kLately = 30;
  double sum = 0;
  size_t known = 0;
  for (auto choice = shopper.choices.rbegin(); choice != shopper.choices.rend() && known < kLately;
       ++choice) {
    const float formality = catalog.facts(choice->slot).formality;
    if (formality < 0) continue;
    sum += static_cast<double>(formality);
    ++known;
  }
  if (known == 0) return std::nullopt;
  return std::round(100 * sum / static_cast<double>(known)) / 100;
}

StyleModeView view_of(const Mode& mode, const TasteShare& part, const ShopperState& shopper,
                      const CatalogSnapshot& snapshot, const ShopState& shop) {
  StyleModeView view;
  view.id = mode.id;
  view.name = style_name(part.taste, shop);
  view.share = static_cast<double>(part.share);
  view.evidence = static_cast<double>(part.taste.positive_total);
  view.sessions = mode.sessions;
  view.tentative = !mode.confirmed;
  view.with_session = part.with_session;
  if (mode.sessions > 0) view.used_at = mode.used_at;
  TasteShare alone = part;
  alone.share = 1;
  view.affinities = affinities_of({&alone, 1}, shop.profiles.model().options(), shop.catalog.vocabulary(),
                                  snapshot.columns());
  keep(view.affinities, kModeAffinitiesShown);
  view.occasions = occasions_of(part.taste, shop.catalog.vocabulary());
  for (auto choice = shopper.choices.rbegin();
       choice != shopper.choices.rend() && view.exemplars.size() < kExemplarsShown; ++choice)
    if (choice->mode == mode.id && snapshot.facts(choice->slot).live)
      view.exemplars.push_back(to_answer_item(snapshot.item(choice->slot), shop));
  return view;
}

void show_style(StyleView& view, const ShopperState& shopper, std::span<const TasteShare> tastes,
                const CatalogSnapshot& snapshot, const ShopState& shop) {
  for (const TasteShare& part : tastes) {
    const auto mode = std::find_if(shopper.style.modes.begin(), shopper.style.modes.end(),
                                   [&](const Mode& other) { return other.id == part.mode; });
    if (mode != shopper.style.modes.end())
      view.modes.push_back(view_of(*mode, part, shopper, snapshot, shop));
    else
      view.session.share = static_cast<double>(part.share);
  }
  view.session.running = shopper.session.running();
  view.session.signals = shopper.session.signals;
  if (view.session.running) view.session.started_at = shopper.session.started_at;
  for (const DriftPoint& point : shopper.style.drift)
    view.drift.push_back({point.at, static_cast<double>(point.divergence),
                          static_cast<double>(shop.profiles.model().options().surprise_min), point.outcome,
                          point.mode});
}

void show_counts(StyleView& view, const RequestState& request, const ShopState& shop, const Policy& policy) {
  const ShopperState& shopper = *request.shopper;
  view.signals = shopper.signals;
  view.likes = shopper.likes;
  view.passes = shopper.passes;
  view.saves = shopper.saves;
  view.purchases = shopper.purchases;
  view.quiz_done = shopper.preferences.answered;
  const double support = shop.co_choices.support(shopper.subject);
  view.exploration = exploration_epsilon({shopper.signals, shopper.purchases, support}, policy.exploration);
  const auto weights =
      weights_of({shopper.signals, shopper.share_of_passes(), support, 0, request.tastes}, policy.weights);
  for (size_t f = 0; f < weights.size(); ++f)
    if (kHybridFeatures[f] != "next_choices")  // takes its share of the neighbours'
      view.source_weights.emplace(kHybridFeatures[f], weights[f]);
}

// Terms, brands and prices of the taste over all modes.
void show_taste(StyleView& view, const RequestState& request, const ShopState& shop) {
  const ShopperState& shopper = *request.shopper;
  const StyleOptions& style = *request.style;
  view.affinities =
      affinities_of(request.tastes, style, shop.catalog.vocabulary(), request.catalog->columns());
  keep(view.affinities, kAffinitiesShown);
  for (Affinity& affinity : view.affinities)
    affinity.change =
        affinity.score -
        score_before(shopper, shop.catalog.vocabulary().find(affinity.facet, affinity.term)->id);
  Taste all;
  double log_price = 0, price_share = 0;
  for (const TasteShare& part : request.tastes) {
    add_later(all, part.taste, style);
    if (part.taste.price_weight > 0) {
      log_price += static_cast<double>(part.share * part.taste.log_price_sum / part.taste.price_weight);
      price_share += static_cast<double>(part.share);
    }
    for (const Evidence& evidence : part.taste.brands)
      view.brands[shop.catalog.brand_name(evidence.key)] =
          static_cast<double>(mixed_brand_affinity(request.tastes, evidence.key, style));
  }
  view.discount_response = static_cast<double>(all.discount_response(style));
  // Passes alone say what the shopper avoids: no price follows from them.
  if (!shopper.liked.empty() && price_share > 0)
    view.price_typical = to_cents(static_cast<double>(static_cast<float>(std::exp(log_price / price_share))));
}

// Style clusters of the catalog. Passes alone say what the shopper avoids: no style follows from them.
void show_aesthetics(StyleView& view, const RequestState& request, const ShopState& shop) {
  constexpr size_t kAestheticsShown = 6;
  const ShopperState& shopper = *request.shopper;
  if (shopper.choices.empty() && !shopper.preferences.answered) return;
  for (const auto& [name, share] : shop.style_clusters.shares(shopper, *request.catalog, shop.embeddings))
    if (view.aesthetics.size() < kAestheticsShown) view.aesthetics.push_back({name, share});
}

// What the shopper stated, and sizes, which purchases and returns tell too.
void show_stated(StyleView& view, const RequestState& request, const ShopState& shop) {
  const auto& stated = request.shopper->preferences;
  for (const auto& [chart, size, observations] : shop.sizing.sizes(request.fit))
    view.sizes_known.push_back({std::string(name_of(chart)), size, observations});
  if (stated.budget_max) view.budget_max = to_cents(static_cast<double>(*stated.budget_max));
  view.sizes = stated.sizes;
  if (stated.formality) view.formality_stated = *stated.formality;
  view.body = request.fit.body;
  view.vetoes = stated.vetoes;
}

void show_history(StyleView& view, const ShopperState& shopper, const Vocabulary& words) {
  for (const auto& point : shopper.history) {
    StylePoint shown{point.signals, {}};
    for (uint32_t i = 0; i < point.count; ++i)
      shown.scores.emplace(words.term(point.affinities[i].first).name,
                           static_cast<double>(point.affinities[i].second));
    view.history.push_back(std::move(shown));
  }
}

}  // namespace

StyleView make_style_view(const Identifier& asked, const SubjectStore& subjects, const ShopState& shop,
                          const Policy& policy, TimePoint now) {
  const RequestState request = make_request_state({&asked, 1}, shop, subjects, now);
  const ShopperState& shopper = *request.shopper;
  const Vocabulary& words = shop.catalog.vocabulary();
  StyleView view;
  view.shopper_id = asked.id;
  show_counts(view, request, shop, policy);
  show_style(view, shopper, request.tastes, *request.catalog, shop);
  show_aesthetics(view, request, shop);
  show_taste(view, request, shop);
  show_stated(view, request, shop);
  view.palette = palette_of(shopper, *request.catalog, shop.embeddings, words);
  view.formality = formality_of_choices(shopper, *request.catalog);
  show_history(view, shopper, words);
  if (auto page = make_liked_page(request, shop, "", kLikedShown); page.ok())
    for (LikedGarment& liked : page->garments) view.liked.push_back(std::move(liked.item));
  return view;
}

}  // namespace modiste
