// The streaming features: every formula once.
#include "features/streaming_features.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "context/modulation.h"
#include "context/suitability.h"
#include "features/learned_taste.h"
#include "features/source_shares.h"

namespace modiste {
namespace {

using Input = FeatureInput;
using Type = FeatureType;
using Entity = FeatureEntity;

// The best affinity among the item's terms of a facet; unknown if it has none.
double best_affinity(const Input& in, Facet facet) {
  double best = kMissing;
  for (const TermId term : in.item.facts.terms)
    if (term < in.request.affinity.size() && in.request.vocabulary.term(term).facet == facet)
      best = std::isnan(best) ? static_cast<double>(in.request.affinity[term])
                              : std::max(best, static_cast<double>(in.request.affinity[term]));
  return best;
}

bool has(const Item& item, TermId term) {
  return std::binary_search(item.facts.terms.begin(), item.facts.terms.end(), term);
}

double price_against_typical(const Input& in) {
  double sum = 0, share = 0;
  for (const TasteShare& part : in.request.tastes)
    if (part.taste.price_weight > 0) {
      sum += static_cast<double>(part.share * part.taste.log_price_sum / part.taste.price_weight);
      share += static_cast<double>(part.share);
    }
  if (share <= 0 || in.item.facts.price <= 0) return kMissing;
  return std::log(static_cast<double>(in.item.facts.price)) - sum / share;
}

double discount(const Input& in) { return static_cast<double>(in.item.facts.discount); }

double stock_share(const Input& in) {
  const float share = in.item.facts.stock_share;
  return share < 0 ? kMissing : static_cast<double>(share);
}

double own_size_in_stock(const Input& in) {
  const SizeSet& sizes = in.item.facts.sizes_in_stock;
  if ((sizes & in.request.shopper.preferences.sizes_comparable).none()) return kMissing;
  return (sizes & in.request.shopper.preferences.sizes_fitting).any() ? 1 : 0;
}

double session_share(const Input& in) {
  double share = 0;
  for (const TasteShare& part : in.request.tastes)
    if (part.mode == kSessionMode) share += static_cast<double>(part.share);
  return share;
}

double hours_since(TimePoint then, TimePoint now) {
  return std::max(0.0, std::chrono::duration<double, std::ratio<3600>>(now - then).count());
}

// The shopper's latest signal: of the current session, else of the last merged session.
double hours_since_last_signal(const Input& in) {
  std::optional<TimePoint> latest;
  if (in.request.shopper.session.running()) latest = in.request.shopper.session.heard_at;
  for (const Mode& mode : in.request.shopper.style.modes)
    if (mode.sessions > 0 && (!latest || *latest < mode.used_at)) latest = mode.used_at;
  return latest ? hours_since(*latest, in.request.now) : kMissing;
}

double garment_age_days(const Input& in) {
  if (in.item.facts.created_at_s == 0) return kMissing;
  return hours_since(TimePoint(std::chrono::seconds(in.item.facts.created_at_s)), in.request.now) / 24;
}

// The probability that the occasion is one this item suits; unknown when the item's occasions are unknown.
double occasion_match(const Input& in) {
  if (!in.request.context) return kMissing;
  double match = 0;
  bool known = false;
  for (size_t o = 0; o < kOccasionCount; ++o)
    if (has(in.item, term_of(static_cast<Occasion>(o), in.request.vocabulary))) {
      match += in.request.context->occasions[o];
      known = true;
    }
  return known ? match : kMissing;
}

double season_match(const Input& in) {
  if (!in.request.context) return kMissing;
  double match = 0;
  bool known = false;
  for (size_t s = 0; s < kSeasonCount; ++s)
    if (has(in.item, term_of(static_cast<Season>(s), in.request.vocabulary))) {
      match += in.request.context->seasons[s];
      known = true;
    }
  return known ? match : kMissing;
}

double warmth_match(const Input& in) {
  if (!in.request.context) return kMissing;
  const auto warmth = warmth_of(in.item.facts, in.request.vocabulary);
  return warmth ? 1 - std::abs(*warmth - in.request.context->warmth) : kMissing;
}

template <class E>
std::vector<std::string> names() {
  return {EnumNames<E>::kNames.begin(), EnumNames<E>::kNames.end()};
}

FeatureDefinition streaming(std::string name, std::string doc, Type type, Entity entity, std::string window,
                            std::string lineage, double (*compute)(const Input&),
                            std::vector<std::string> categories = {}) {
  return {std::move(name),       std::move(doc),     type,    entity, std::move(window),
          Freshness::kStreaming, std::move(lineage), compute, {},     std::move(categories)};
}

void add_sources(std::vector<FeatureDefinition>& into) {
  into.push_back(streaming("content", "Rank share by attributes, brand and price", Type::kNumber,
                           Entity::kPair, "style", "signals -> style (affinities, price); item facts",
                           [](const Input& in) { return in.sources.content; }));
  into.push_back(streaming("neighbours",
                           "What is chosen together, from 1 for the best on a logarithmic scale",
                           Type::kNumber, Entity::kPair, "all", "positive signals of all shoppers",
                           [](const Input& in) { return in.sources.neighbours; }));
  into.push_back(streaming(
      "next_choices",
      "What comes next by the shop's network over the order of choices, from 1 for the best on a logarithmic "
      "scale",
      Type::kNumber, Entity::kPair, "all", "positive signals -> choices; the trained network",
      [](const Input& in) { return in.sources.next_choices; }));
  into.push_back(streaming("visual", "Rank share by similarity to the shopper's taste vector", Type::kNumber,
                           Entity::kPair, "style", "signals -> style (vector); item vector",
                           [](const Input& in) { return in.sources.visual; }));
  into.push_back(streaming(
      "popularity",
      "Rank share by popularity: shop-wide, or within the style clusters of a shopper with few signals",
      Type::kNumber, Entity::kPair, "all, faded", "impressions and positive signals of all shoppers",
      [](const Input& in) { return in.sources.popularity; }));
  into.push_back(streaming("hybrid", "Score of the hybrid ranker", Type::kNumber, Entity::kPair, "now",
                           "content, neighbours, visual, popularity, fit, wardrobe; signals",
                           [](const Input& in) { return in.sources.hybrid; }));
  into.push_back(streaming(
      "wardrobe", "How well what the shopper has completes an outfit with it; of the candidates ahead",
      Type::kNumber, Entity::kPair, "all", "purchases, returns, own -> wardrobe; item facts",
      [](const Input& in) { return in.sources.wardrobe; }));
}

void add_pairs(std::vector<FeatureDefinition>& into) {
  const std::string style = "signals -> style";
  into.push_back(streaming("price_log_ratio", "Log of price over the typical price of liked items",
                           Type::kNumber, Entity::kPair, "style", style + " (log price); price",
                           price_against_typical));
  into.push_back(streaming("brand_affinity", "Affinity of the shopper to the brand, -1 to 1", Type::kNumber,
                           Entity::kPair, "style", style + " (brands)", [](const Input& in) {
                             return static_cast<double>(mixed_brand_affinity(
                                 in.request.tastes, in.item.facts.brand, in.request.style));
                           }));
  const std::string terms = style + " (attributes), context; item facts";
  into.push_back(streaming("category_affinity", "Affinity of the shopper to its category, -1 to 1",
                           Type::kNumber, Entity::kPair, "style", terms,
                           [](const Input& in) { return best_affinity(in, Facet::kCategory); }));
  into.push_back(streaming("colour_affinity", "Affinity of the shopper to its best liked colour, -1 to 1",
                           Type::kNumber, Entity::kPair, "style", terms,
                           [](const Input& in) { return best_affinity(in, Facet::kColour); }));
  into.push_back(streaming("pattern_affinity", "Affinity of the shopper to its best liked pattern, -1 to 1",
                           Type::kNumber, Entity::kPair, "style", terms,
                           [](const Input& in) { return best_affinity(in, Facet::kPattern); }));
  into.push_back(streaming(
      "aesthetic_affinity", "Affinity of the shopper to its best liked aesthetic, -1 to 1", Type::kNumber,
      Entity::kPair, "style", terms, [](const Input& in) { return best_affinity(in, Facet::kAesthetic); }));
  into.push_back(streaming("fabric_affinity", "Affinity of the shopper to its best liked fabric, -1 to 1",
                           Type::kNumber, Entity::kPair, "style", terms,
                           [](const Input& in) { return best_affinity(in, Facet::kFabric); }));
  into.push_back(streaming(
      "silhouette_affinity", "Affinity of the shopper to its best liked silhouette, -1 to 1", Type::kNumber,
      Entity::kPair, "style", terms, [](const Input& in) { return best_affinity(in, Facet::kSilhouette); }));
  into.push_back(streaming("content_match",
                           "How well its attributes, brand and price match the present taste", Type::kNumber,
                           Entity::kPair, "style", terms + "; price", [](const Input& in) -> double {
                             if (in.request.tastes.empty()) return kMissing;
                             return static_cast<double>(content_match(in.item.facts, in.request));
                           }));
  into.push_back(streaming("learned_taste",
                           "Log odds that the shopper likes its attributes, brand and price, by the taste "
                           "model of the shop",
                           Type::kNumber, Entity::kPair, "all",
                           "likes, passes, views; the trained taste model; item facts",
                           [](const Input& in) -> double {
                             if (in.request.learned_taste == nullptr) return kMissing;
                             return static_cast<double>(in.request.learned_taste->logit(in.item.facts));
                           }));
  into.push_back(streaming("own_size_in_stock", "Whether a size that fits the shopper is in stock",
                           Type::kFlag, Entity::kPair, "now", "quiz -> wishes (sizes); stock",
                           own_size_in_stock));
  into.push_back(streaming(
      "fit", "P(fit) of the best size in stock, as a share of the P(fit) that the ideal size would have",
      Type::kNumber, Entity::kPair, "now", "purchases, returns, quiz, body -> size model; stock",
      [](const Input& in) { return in.sources.fit; }));
}

void add_garment(std::vector<FeatureDefinition>& into) {
  into.push_back(streaming("discount", "Largest reduction of its variants, share of the list price",
                           Type::kNumber, Entity::kGarment, "now", "catalog (price, list price)", discount));
  into.push_back(streaming("garment_age_days", "Days since the shop created it", Type::kNumber,
                           Entity::kGarment, "all", "catalog (created_at)", garment_age_days));
  into.push_back(streaming("like_rate", "Likes over showings in the shop, smoothed", Type::kNumber,
                           Entity::kGarment, "all, faded", "impressions and positive signals of all shoppers",
                           [](const Input& in) { return in.sources.like_rate; }));
  into.push_back(streaming("stock_share", "Share of its sizes that are in stock", Type::kNumber,
                           Entity::kGarment, "now", "catalog (stock)", stock_share));
}

void add_shopper(std::vector<FeatureDefinition>& into) {
  into.push_back(streaming("evidence_n", "Signals the shopper has given", Type::kNumber, Entity::kShopper,
                           "all", "signals",
                           [](const Input& in) { return static_cast<double>(in.request.shopper.signals); }));
  into.push_back(streaming(
      "session_signals", "Signals of the current session", Type::kNumber, Entity::kShopper, "session",
      "signals", [](const Input& in) { return static_cast<double>(in.request.shopper.session.signals); }));
  into.push_back(streaming("session_share", "Share of the current session, by itself, in the present taste",
                           Type::kNumber, Entity::kShopper, "session", "signals -> session, style",
                           session_share));
  into.push_back(streaming(
      "surprise", "Divergence of the shopper's sessions from what the profile predicted, bits, smoothed",
      Type::kNumber, Entity::kShopper, "style", "signals -> style (drift)",
      [](const Input& in) { return static_cast<double>(in.request.shopper.style.surprise); }));
  into.push_back(streaming("hours_since_last_signal", "Hours since the shopper's latest signal",
                           Type::kNumber, Entity::kShopper, "all", "signals -> session, style",
                           hours_since_last_signal));
}

void add_context(std::vector<FeatureDefinition>& into) {
  const std::string context = "request -> context; item facts";
  into.push_back(streaming("occasion_match", "Probability of the occasions it is for", Type::kNumber,
                           Entity::kPair, "now", context, occasion_match));
  into.push_back(streaming("season_match", "Probability of the seasons it is for", Type::kNumber,
                           Entity::kPair, "now", context, season_match));
  into.push_back(streaming("warmth_match", "1 minus the distance of its warmth from the wanted warmth",
                           Type::kNumber, Entity::kPair, "now", context, warmth_match));
  into.push_back(streaming(
      "day_part", "Time of day, local to the shopper", Type::kCategory, Entity::kContext, "now",
      "request -> context",
      [](const Input& in) {
        return in.request.context && in.request.context->part ? static_cast<double>(*in.request.context->part)
                                                              : kMissing;
      },
      names<DayPart>()));
  into.push_back(streaming("weekend", "Saturday or Sunday, local to the shopper", Type::kFlag,
                           Entity::kContext, "now", "request -> context", [](const Input& in) {
                             if (!in.request.context) return kMissing;
                             return in.request.context->local.weekend() ? 1.0 : 0.0;
                           }));
  into.push_back(streaming(
      "device", "Device class", Type::kCategory, Entity::kContext, "now", "request",
      [](const Input& in) {
        return !in.request.context ? kMissing : static_cast<double>(in.request.context->device);
      },
      names<DeviceClass>()));
}

}  // namespace

std::vector<FeatureDefinition> define_streaming_features() {
  std::vector<FeatureDefinition> features;
  add_sources(features);
  add_pairs(features);
  add_garment(features);
  add_shopper(features);
  add_context(features);
  return features;
}

}  // namespace modiste
