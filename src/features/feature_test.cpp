#include "features/feature.h"

#include <gtest/gtest.h>

#include <set>

#include "features/feature_sql.h"

namespace modiste {
namespace {

TermId term(Facet facet, std::string_view name) { return Vocabulary::standard().find(facet, name)->id; }

constexpr TimePoint kNow{std::chrono::sys_days(std::chrono::year(2026) / 11 / 25)};

// A red dress at 80 in place of 100, one of two sizes in stock.
Item dress() {
  Garment garment;
  garment.id = "G1";
  garment.variants = {{"a", "S", "Red", 80, 100.0, {}, 3},
                      {"b", "M", "Red", 80, {}, {}, 0},
                      {"c", "M", "Blue", 10, 90.0, {}, 3}};
  Item item{facts_of(garment, "Red", Vocabulary::standard()), "Red", PackedGarment(garment)};
  item.facts.created_at_s =
      std::chrono::duration_cast<std::chrono::seconds>((kNow - std::chrono::days(3)).time_since_epoch())
          .count();
  item.facts.terms = {term(Facet::kColour, "red"), term(Facet::kOccasion, "party")};
  std::sort(item.facts.terms.begin(), item.facts.terms.end());
  return item;
}

class Features : public testing::Test {
 protected:
  double value(std::string_view name) {
    return find_feature(name)->compute({facts(), item, {0.1, 0.2, 0.3, 0.4}});
  }
  [[nodiscard]] RequestFacts facts() const {
    return {kNow, *snapshot, Vocabulary::standard(), style, shopper, tastes, {}, affinity, {}, context};
  }
  Catalog catalog{Vocabulary::standard()};
  std::shared_ptr<const CatalogSnapshot> snapshot = catalog.snapshot();
  StyleOptions style;
  ShopperState shopper;
  std::vector<TasteShare> tastes;
  std::vector<float> affinity = std::vector<float>(Vocabulary::standard().terms().size(), 0.0F);
  std::optional<Context> context;
  Item item = dress();
};

TEST(FeatureRegistry, NamesEachOnceAndSaysHowItIsMade) {
  std::set<std::string_view> names;
  for (const auto& feature : all_features()) {
    EXPECT_TRUE(names.insert(feature.name).second) << feature.name;
    EXPECT_FALSE(feature.doc.empty()) << feature.name;
    EXPECT_FALSE(feature.lineage.empty()) << feature.name;
    EXPECT_FALSE(feature.window.empty()) << feature.name;
    EXPECT_EQ(feature.compute != nullptr, feature.freshness == Freshness::kStreaming) << feature.name;
    EXPECT_EQ(feature.sql.empty(), feature.freshness == Freshness::kStreaming) << feature.name;
    EXPECT_EQ(feature.categories.empty(), feature.type != FeatureType::kCategory) << feature.name;
  }
  EXPECT_EQ(find_feature("no such"), nullptr);
  EXPECT_LT(streaming_features().size(), 64u) << "the taxonomy's limit of a vector";
}

// Logged vectors are identified by this number: a change of names or order gives another set and
// must be recorded here.
TEST(FeatureRegistry, TheSetChangesOnlyOnPurpose) {
  EXPECT_EQ(feature_set(), 15144808u) << "add the old set to docs/formats/features.md";
  EXPECT_EQ(static_cast<uint32_t>(static_cast<float>(feature_set())), feature_set()) << "a float holds it";
}

TEST_F(Features, OfAGarment) {
  EXPECT_NEAR(value("discount"), 0.2, 1e-6);
  EXPECT_NEAR(value("stock_share"), 0.5, 1e-9);
  EXPECT_NEAR(value("garment_age_days"), 3, 1e-9);
}

TEST_F(Features, OfAStrangerAreUnknownNotZero) {
  for (const char* name : {"price_log_ratio", "pattern_affinity", "own_size_in_stock",
                           "hours_since_last_signal", "occasion_match", "day_part", "weekend", "device"})
    EXPECT_TRUE(std::isnan(value(name))) << name;
  const auto vector = served_vector({facts(), item, {}});
  ASSERT_EQ(vector.size(), 1 + streaming_features().size());
  EXPECT_EQ(vector[0], static_cast<float>(feature_set()));
  EXPECT_EQ(std::count(vector.begin(), vector.end(), kFeatureUnknown) > 5, true);
}

TEST_F(Features, OfHerAndIt) {
  affinity[term(Facet::kColour, "red")] = 0.6F;
  EXPECT_NEAR(value("colour_affinity"), 0.6, 1e-6);
  TasteShare mode, session;
  mode.share = 0.75F;
  mode.mode = 1;
  mode.taste.log_price_sum = 2 * std::log(40.0F);
  mode.taste.price_weight = 2;
  session.share = 0.25F;
  tastes = {mode, session};
  EXPECT_NEAR(value("price_log_ratio"), std::log(2.0), 1e-6);
  EXPECT_NEAR(value("session_share"), 0.25, 1e-6);
  shopper.signals = 12;
  shopper.session.signals = 3;
  shopper.session.heard_at = kNow - std::chrono::minutes(30);
  EXPECT_EQ(value("evidence_n"), 12);
  EXPECT_EQ(value("session_signals"), 3);
  EXPECT_NEAR(value("hours_since_last_signal"), 0.5, 1e-9);
}

TEST_F(Features, OfTheMoment) {
  context.emplace();
  context->occasions[static_cast<size_t>(Occasion::kParty)] = 0.7;
  context->occasions[static_cast<size_t>(Occasion::kWork)] = 0.3;
  context->part = DayPart::kEvening;
  context->local.weekday = 5;
  context->device = DeviceClass::kPhone;
  EXPECT_NEAR(value("occasion_match"), 0.7, 1e-9);
  EXPECT_EQ(value("day_part"), static_cast<double>(DayPart::kEvening));
  EXPECT_EQ(value("weekend"), 1);
  EXPECT_EQ(value("device"), static_cast<double>(DeviceClass::kPhone));
}

}  // namespace
}  // namespace modiste
