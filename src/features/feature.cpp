#include "features/feature.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/rng.h"
#include "features/streaming_features.h"

namespace modiste {
namespace {

struct Counted {
  std::string_view what, types, doc;
};

FeatureDefinition count_of(FeatureEntity entity, const Counted& counted, int days) {
  const auto whose = name_of(entity);
  FeatureDefinition feature;
  feature.name = fmt::format("{}_{}_{}d", whose, counted.what, days);
  feature.doc =
      fmt::format("{} of the last {}", counted.doc, days == 1 ? "day" : fmt::format("{} days", days));
  feature.entity = entity;
  feature.window = fmt::format("{} day{}", days, days == 1 ? "" : "s");
  feature.freshness = Freshness::kDaily;
  feature.lineage = fmt::format("log: {}", counted.types);
  feature.sql = fmt::format("count(*) FILTER (WHERE type IN ({})) OVER days_{}", counted.types, days);
  return feature;
}

// Share of the purchases in the window that were returned within it; unknown without purchases.
FeatureDefinition return_rate(FeatureEntity entity) {
  FeatureDefinition feature;
  feature.name = fmt::format("{}_return_rate_30d", name_of(entity));
  feature.doc = "Returns over purchases of the last 30 days, at most 1";
  feature.entity = entity;
  feature.window = "30 days";
  feature.freshness = Freshness::kDaily;
  feature.lineage = "log: 'purchase', 'return'";
  feature.sql =
      "least(1.0, (count(*) FILTER (WHERE type = 'return') OVER days_30) / "
      "nullif(count(*) FILTER (WHERE type = 'purchase') OVER days_30, 0))";
  return feature;
}

void add_daily(std::vector<FeatureDefinition>& into) {
  constexpr std::array kCounted{
      Counted{"impressions", "'impression'", "Times shown"}, Counted{"clicks", "'click'", "Clicks"},
      Counted{"likes", "'like', 'save'", "Likes and saves"},
      Counted{"carts", "'add_to_cart'", "Put into a cart"}, Counted{"purchases", "'purchase'", "Purchases"}};
  for (const int days : {1, 7, 30})
    for (const Counted& counted : kCounted) into.push_back(count_of(FeatureEntity::kGarment, counted, days));
  into.push_back(return_rate(FeatureEntity::kGarment));
  for (const int days : {7, 30})
    for (const Counted& counted : kCounted) into.push_back(count_of(FeatureEntity::kShopper, counted, days));
  into.push_back(return_rate(FeatureEntity::kShopper));
}

struct Registry {
  std::vector<FeatureDefinition> features = define_streaming_features();
  size_t streaming = features.size();
  uint32_t set = 0;

  Registry() {
    uint64_t hash = 0;
    for (const auto& feature : features) hash = hash64(feature.name, hash);
    set = static_cast<uint32_t>(hash & 0xFFFFFF);
    add_daily(features);
  }
};

const Registry& registry() {
  static const Registry kRegistry;
  return kRegistry;
}

}  // namespace

std::span<const FeatureDefinition> all_features() { return registry().features; }

std::span<const FeatureDefinition> streaming_features() { return all_features().first(registry().streaming); }

std::vector<const FeatureDefinition*> daily_features(FeatureEntity entity) {
  std::vector<const FeatureDefinition*> found;
  for (const auto& feature : all_features())
    if (feature.freshness == Freshness::kDaily && feature.entity == entity) found.push_back(&feature);
  return found;
}

const FeatureDefinition* find_feature(std::string_view name) {
  const auto all = all_features();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.name == name; });
  return found == all.end() ? nullptr : &*found;
}

uint32_t feature_set() { return registry().set; }

std::vector<float> served_vector(const FeatureInput& input) {
  std::vector<float> values;
  values.reserve(1 + streaming_features().size());
  values.push_back(static_cast<float>(feature_set()));
  for (const auto& feature : streaming_features()) {
    const double value = feature.compute(input);
    values.push_back(std::isfinite(value) ? static_cast<float>(value) : kFeatureUnknown);
  }
  return values;
}

}  // namespace modiste
