#include "style/aesthetic_clusters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

#include "catalog/catalog.h"
#include "catalog/normaliser.h"
#include "feeds/feed_directory.h"

namespace modiste {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }
TermId term(Facet facet, std::string_view name) {
  const Term* found = vocabulary().find(facet, name);
  CHECK(found != nullptr);
  return found->id;
}

struct PlantedStyle {
  std::string aesthetic, pattern, fabric, occasion, category, colour;
};
const std::vector<PlantedStyle>& styles() {
  static const std::vector<PlantedStyle> kStyles{
      {"romantic", "floral", "chiffon", "party", "dress", "black"},
      {"basic", "solid", "linen", "casual", "shirt", "white"},
      {"sporty", "colour-block", "mesh", "sport", "leggings", "fuchsia"},
      {"preppy", "checked", "wool", "work", "blazer", "navy"},
      {"edgy", "solid", "leather", "party", "leather-jacket", "black"},
      {"bohemian", "paisley", "viscose", "travel", "skirt", "rust"},
      {"glamorous", "solid", "sequin", "formal", "gown", "gold"},
      {"street", "graphic", "fleece", "casual", "hoodie", "grey"}};
  return kStyles;
}

// Items of planted styles: with probability `purity` an attribute belongs to the item's style, otherwise to
// another; the vector is noise around the style's direction.
class Planted {
 public:
  Planted(size_t items, double purity, uint64_t seed, size_t dimension = 32) : rng_(seed) {
    std::vector<Vector> directions;
    for (size_t s = 0; s < styles().size(); ++s) directions.push_back(direction(dimension));
    for (size_t i = 0; i < items; ++i) {
      truth.push_back(rng_.below(styles().size()));
      facts.push_back(make(truth.back(), purity));
      Vector vector = directions.empty() ? Vector() : directions[truth.back()];
      for (float& value : vector) value += static_cast<float>(0.12 * rng_.normal());
      normalise(vector);
      vectors.push_back(std::move(vector));
    }
  }

  [[nodiscard]] std::vector<ClusterItem> items(bool with_vectors = true) const {
    std::vector<ClusterItem> out;
    for (size_t i = 0; i < facts.size(); ++i)
      out.push_back(
          {&facts[i], with_vectors ? std::span<const float>(vectors[i]) : std::span<const float>()});
    return out;
  }

  std::vector<ItemFacts> facts;
  std::vector<Vector> vectors;
  std::vector<size_t> truth;

 private:
  Vector direction(size_t dimension) {
    Vector out(dimension);
    for (float& value : out) value = static_cast<float>(rng_.normal());
    normalise(out);
    return out;
  }
  ItemFacts make(size_t style, double purity) {
    const auto from = [&]() -> const PlantedStyle& {
      return styles()[rng_.chance(purity) ? style : rng_.below(styles().size())];
    };
    ItemFacts item;
    item.colour = term(Facet::kColour, from().colour);
    item.terms = {term(Facet::kAesthetic, from().aesthetic), term(Facet::kPattern, from().pattern),
                  term(Facet::kFabric, from().fabric),       term(Facet::kOccasion, from().occasion),
                  term(Facet::kCategory, from().category),   item.colour};
    std::sort(item.terms.begin(), item.terms.end());
    item.formality = -1;
    return item;
  }
  Rng rng_;
};

// Hubert & Arabie 1985: 1 for equal partitions, about 0 for random ones.
double adjusted_rand_index(const std::vector<size_t>& a, const std::vector<uint16_t>& b) {
  std::map<std::pair<size_t, size_t>, double> both;
  std::map<size_t, double> rows, columns;
  for (size_t i = 0; i < a.size(); ++i) ++both[{a[i], b[i]}], ++rows[a[i]], ++columns[b[i]];
  const auto pairs = [](double n) { return n * (n - 1) / 2; };
  double together = 0, in_rows = 0, in_columns = 0;
  for (const auto& [key, n] : both) together += pairs(n);
  for (const auto& [key, n] : rows) in_rows += pairs(n);
  for (const auto& [key, n] : columns) in_columns += pairs(n);
  const double chance = in_rows * in_columns / pairs(static_cast<double>(a.size()));
  return (together - chance) / ((in_rows + in_columns) / 2 - chance);
}

std::vector<uint16_t> nearest_of(const AestheticClusters& clusters, const std::vector<ClusterItem>& items) {
  std::vector<uint16_t> out;
  for (const auto& item : items) out.push_back(clusters.nearest(*item.facts, item.vector));
  return out;
}

AestheticOptions eight(uint64_t seed) {
  AestheticOptions options;
  options.clusters_max = 8;
  options.seed = seed;
  return options;
}

TEST(AestheticClusters, RecoverPlantedStyles) {
  for (const uint64_t seed : {1, 2, 3}) {
    const Planted planted(1'200, 0.8, seed);
    const auto with = AestheticClusters::learn(planted.items(), vocabulary(), eight(seed));
    const double index = adjusted_rand_index(planted.truth, nearest_of(with, planted.items()));
    const auto without = AestheticClusters::learn(planted.items(false), vocabulary(), eight(seed));
    const double words = adjusted_rand_index(planted.truth, nearest_of(without, planted.items(false)));
    std::printf("seed %d: adjusted Rand index %.3f, attributes alone %.3f\n", static_cast<int>(seed), index,
                words);
    EXPECT_GT(index, 0.9) << "seed " << seed;
    EXPECT_GT(words, 0.9) << "seed " << seed;
  }
}

TEST(AestheticClusters, AreNamedByWhatSetsThemApart) {
  const Planted planted(1'200, 0.85, 5);
  const auto clusters = AestheticClusters::learn(planted.items(), vocabulary(), eight(5));
  std::set<std::string> names;
  for (size_t k = 0; k < clusters.size(); ++k) {
    names.insert(clusters.cluster(k).name);
    std::printf("%4zu  %s\n", clusters.cluster(k).items, clusters.cluster(k).name.c_str());
  }
  EXPECT_EQ(names.size(), clusters.size());
  const auto named = [&](std::string_view noun) {
    return std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.ends_with(noun); });
  };
  for (const char* noun : {" dresses", " shirts", " leggings", " blazers", " skirts", " gowns", " hoodies"})
    EXPECT_TRUE(named(noun)) << noun;
}

TEST(AestheticClusters, TheSameSeedGivesTheSameClusters) {
  const Planted planted(400, 0.7, 11);
  const auto a = AestheticClusters::learn(planted.items(), vocabulary(), {});
  const auto b = AestheticClusters::learn(planted.items(), vocabulary(), {});
  ASSERT_EQ(a.size(), b.size());
  for (size_t k = 0; k < a.size(); ++k) EXPECT_EQ(a.cluster(k).name, b.cluster(k).name);
  for (size_t i = 0; i < 50; ++i)
    EXPECT_EQ(a.membership(planted.facts[i], planted.vectors[i]),
              b.membership(planted.facts[i], planted.vectors[i]));
}

TEST(AestheticClusters, ARelearningAfterASmallChangeKeepsOrderAndNames) {
  Planted planted(1'200, 0.85, 13);
  const auto before = AestheticClusters::learn(planted.items(), vocabulary(), eight(13));
  auto items = planted.items();
  items.erase(items.begin(), items.begin() + 40);
  auto options = eight(99);  // other seeds must not change the clusters
  const auto after = AestheticClusters::learn(items, vocabulary(), options, &before);
  ASSERT_EQ(after.size(), before.size());
  for (size_t k = 0; k < after.size(); ++k) EXPECT_EQ(after.cluster(k).name, before.cluster(k).name);
  size_t same = 0;
  for (const auto& item : items)
    same += after.nearest(*item.facts, item.vector) == before.nearest(*item.facts, item.vector) ? 1 : 0;
  EXPECT_GT(static_cast<double>(same), 0.98 * static_cast<double>(items.size()));
}

TEST(AestheticClusters, ANewStyleTakesAClusterAndAName) {
  Planted planted(1'200, 0.9, 17);
  std::vector<ClusterItem> seven, all = planted.items();
  for (size_t i = 0; i < all.size(); ++i)
    if (planted.truth[i] != 6) seven.push_back(all[i]);  // no gowns yet
  const auto before = AestheticClusters::learn(seven, vocabulary(), eight(17));
  const auto after = AestheticClusters::learn(all, vocabulary(), eight(17), &before);
  const auto has_gowns = [](const AestheticClusters& clusters) {
    for (size_t k = 0; k < clusters.size(); ++k)
      if (clusters.cluster(k).name.ends_with("gowns")) return true;
    return false;
  };
  EXPECT_FALSE(has_gowns(before));
  EXPECT_TRUE(has_gowns(after));
}

TEST(AestheticClusters, MembershipsAreSharesAndSurestInTheMiddle) {
  const Planted planted(1'200, 0.85, 19);
  const auto clusters = AestheticClusters::learn(planted.items(), vocabulary(), eight(19));
  double surest = 0;
  for (size_t i = 0; i < 200; ++i) {
    for (const auto vector : {std::span<const float>(planted.vectors[i]), std::span<const float>()}) {
      const auto membership = clusters.membership(planted.facts[i], vector);
      ASSERT_EQ(membership.size(), clusters.size());
      EXPECT_NEAR(std::accumulate(membership.begin(), membership.end(), 0.0F), 1, 1e-4);
      EXPECT_GE(*std::min_element(membership.begin(), membership.end()), 0);
    }
    const auto membership = clusters.membership(planted.facts[i], planted.vectors[i]);
    surest += static_cast<double>(*std::max_element(membership.begin(), membership.end())) / 200;
  }
  EXPECT_GT(surest, 0.6);
  // A garment that is half of one style and half of another belongs to both.
  ItemFacts half = planted.facts[0];
  const auto first = clusters.nearest(planted.facts[0], planted.vectors[0]);
  const size_t other = static_cast<size_t>(std::find_if(planted.truth.begin(), planted.truth.end(),
                                                        [&](size_t t) { return t != planted.truth[0]; }) -
                                           planted.truth.begin());
  for (size_t i = 0; i < half.terms.size(); i += 2) half.terms[i] = planted.facts[other].terms[i];
  std::sort(half.terms.begin(), half.terms.end());
  half.terms.erase(std::unique(half.terms.begin(), half.terms.end()), half.terms.end());
  Vector between = planted.vectors[0];
  add_scaled(between, planted.vectors[other], 1);
  normalise(between);
  EXPECT_LT(clusters.membership(half, between)[first],
            clusters.membership(planted.facts[0], planted.vectors[0])[first]);
}

TEST(AestheticClusters, AShopperBelongsWhereHerLikesAre) {
  const Planted planted(1'200, 0.9, 23);
  const auto clusters = AestheticClusters::learn(planted.items(), vocabulary(), eight(23));
  const auto none = clusters.shopper({});
  for (size_t k = 0; k < clusters.size(); ++k)
    EXPECT_NEAR(none[k], static_cast<float>(clusters.cluster(k).items) / 1'200, 1e-5);
  std::vector<Membership> memberships;
  std::vector<float> weights;
  for (size_t i = 0; i < 150; ++i)
    if (planted.truth[i] <= 1) {  // likes the first style, passes on the second
      memberships.push_back(clusters.membership(planted.facts[i], planted.vectors[i]));
      weights.push_back(planted.truth[i] == 0 ? 0.6F : -0.4F);
    }
  std::vector<WeightedMembership> signals;
  for (size_t i = 0; i < memberships.size(); ++i) signals.push_back({memberships[i], weights[i]});
  const auto shares = clusters.shopper(signals);
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0F), 1, 1e-4);
  std::map<size_t, float> by_style;
  for (const size_t style : {0, 1}) {
    const auto i = static_cast<size_t>(std::find(planted.truth.begin(), planted.truth.end(), style) -
                                       planted.truth.begin());
    by_style[style] = shares[clusters.nearest(planted.facts[i], planted.vectors[i])];
  }
  EXPECT_GT(by_style[0], 0.5F);
  EXPECT_LT(by_style[1], 0.1F);
}

TEST(AestheticClusters, EdgesOfSize) {
  const auto none = AestheticClusters::learn({}, vocabulary(), {});
  EXPECT_EQ(none.size(), 0U);
  EXPECT_TRUE(none.membership({}, {}).empty());
  const Planted planted(5, 0.9, 3);
  EXPECT_EQ(AestheticClusters::learn(planted.items(), vocabulary(), {}).size(), 1U);
  const std::vector<ItemFacts> same(100, planted.facts[0]);  // nothing to tell apart
  std::vector<ClusterItem> items;
  for (const auto& facts : same) items.push_back({&facts, {}});
  const auto clusters = AestheticClusters::learn(items, vocabulary(), {});
  std::set<std::string> names;
  for (size_t k = 0; k < clusters.size(); ++k) names.insert(clusters.cluster(k).name);
  EXPECT_EQ(names.size(), clusters.size());
  EXPECT_EQ(cluster_count(4'600, 0, {}), 32U);
  EXPECT_EQ(cluster_count(800, 0, {}), 20U);
  EXPECT_EQ(cluster_count(800, 18, {}), 18U);
  EXPECT_EQ(cluster_count(800, 10, {}), 20U);
  EXPECT_EQ(cluster_count(20, 0, {}), 5U);
}

TEST(AestheticClusters, OfARealShopHaveNamesOfTheirOwn) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(MODISTE_SOURCE_DIR) / "../shared/data/luma";
  if (!fs::exists(folder)) GTEST_SKIP() << "no luma at " << folder;
  std::map<std::string, std::string> texts;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".csv") {
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      texts.emplace(entry.path().filename(), text.str());
    }
  std::vector<MemoryInput> inputs;
  for (const auto& [name, text] : texts) inputs.emplace_back(name, text);
  std::vector<FeedInput*> pointers;
  for (auto& input : inputs) pointers.push_back(&input);
  const Normaliser normaliser(vocabulary());
  std::vector<Garment> garments;
  const auto report = read_feed_directory(pointers, {"USD", {}}, [&](Garment&& garment) -> Result<Done> {
    normaliser.normalise(garment);
    garments.push_back(std::move(garment));
    return kOk;
  });
  ASSERT_TRUE(report.ok()) << report.error().message();
  Catalog catalog(vocabulary());
  catalog.upsert(std::move(garments));
  const auto snapshot = catalog.snapshot();
  std::vector<ClusterItem> items;
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) items.push_back({&snapshot->facts(slot), {}});
  const auto clusters = AestheticClusters::learn(items, vocabulary(), {});
  std::set<std::string> names;
  for (size_t k = 0; k < clusters.size(); ++k) {
    const auto& cluster = clusters.cluster(k);
    names.insert(cluster.name);
    EXPECT_GT(cluster.items, 0U);
    EXPECT_EQ(cluster.name.find(", "), std::string::npos) << cluster.name << ": a number instead of a name";
    std::printf("%4zu  %s\n", cluster.items, cluster.name.c_str());
  }
  EXPECT_EQ(names.size(), clusters.size());
}

}  // namespace
}  // namespace modiste
