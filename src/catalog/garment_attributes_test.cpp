#include "catalog/garment_attributes.h"

#include <gtest/gtest.h>

#include <set>

#include "catalog/catalog.h"
#include "catalog/normaliser.h"

namespace modiste {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }

Garment shirt_in(const std::vector<std::pair<std::string, std::string>>& colours_and_patterns) {
  Garment garment;
  garment.id = "g";
  garment.title = "Shirt";
  garment.category = "Men/Shirts";
  for (const auto& [colour, pattern] : colours_and_patterns) {
    Variant& variant = garment.variants.emplace_back();
    variant.sku = colour + pattern;
    variant.colour = colour;
    if (!pattern.empty()) variant.supplier_attributes["pattern"] = {pattern};
  }
  return garment;
}

Garment by_rules(Garment garment) {
  static const Normaliser kNormaliser(vocabulary());
  kNormaliser.normalise(garment);
  return garment;
}

std::set<std::string> patterns_of(const Garment& garment, std::string_view colour) {
  std::set<std::string> patterns;
  for (const Attribute* attribute : attributes_of(garment, colour))
    if (attribute->facet == Facet::kPattern) patterns.insert(attribute->term);
  return patterns;
}

using Names = std::set<std::string>;

TEST(VariantAttributes, StayWithTheirColour) {
  const Garment shirt = by_rules(shirt_in({{"White", "Solid"}, {"Blue", "Striped"}, {"Green", ""}}));
  EXPECT_EQ(patterns_of(shirt, "White"), Names{"solid"});
  EXPECT_EQ(patterns_of(shirt, "Blue"), Names{"striped"});
  EXPECT_EQ(patterns_of(shirt, "Green"), Names{});
  const TermId striped = vocabulary().find(Facet::kPattern, "striped")->id;
  const auto has = [&](std::string_view colour) {
    const auto terms = facts_of(shirt, colour, vocabulary()).terms;
    return std::find(terms.begin(), terms.end(), striped) != terms.end();
  };
  EXPECT_TRUE(has("Blue"));
  EXPECT_FALSE(has("White"));
}

TEST(VariantAttributes, WhatAllColoursHaveIsTheGarments) {
  Garment shirt = by_rules(shirt_in({{"White", "Checked"}, {"Blue", "Checked"}}));
  size_t count = 0;
  for (const auto& attribute : shirt.attributes)
    if (attribute.facet == Facet::kPattern) {
      ++count;
      EXPECT_TRUE(attribute.colour.empty());
    }
  EXPECT_EQ(count, 1U);
  EXPECT_EQ(to_json_text(by_rules(shirt)), to_json_text(shirt));
}

// The garment's own words count for colours of which the shop says nothing else.
TEST(VariantAttributes, AColoursOwnWordsReplaceTheGarments) {
  Garment shirt = shirt_in({{"White", "Solid"}, {"Blue", ""}});
  shirt.supplier_attributes["pattern"] = {"Striped"};
  shirt = by_rules(shirt);
  EXPECT_EQ(patterns_of(shirt, "White"), Names{"solid"});
  EXPECT_EQ(patterns_of(shirt, "Blue"), Names{"striped"});
}

TEST(VariantAttributes, SharedOnesMoveToTheGarment) {
  Garment shirt = shirt_in({{"White", "Solid"}, {"Blue", "Striped"}});
  for (auto& variant : shirt.variants) variant.supplier_attributes["material"] = {"Cotton"};
  share_variant_attributes(shirt);
  EXPECT_EQ(shirt.supplier_attributes.at("material"), std::vector<std::string>{"Cotton"});
  EXPECT_FALSE(shirt.supplier_attributes.contains("pattern"));
  EXPECT_EQ(shirt.variants[1].supplier_attributes.size(), 1U);
  EXPECT_EQ(shirt.variants[1].supplier_attributes.at("pattern"), std::vector<std::string>{"Striped"});
}

struct Impossible {
  const char* category;
  std::vector<Facet> kept, dropped;
};

TEST(PossibleFacets, ACategoryHasOnlyItsOwn) {
  const Impossible kCases[] = {
      {"watch", {Facet::kFabric, Facet::kOccasion}, {Facet::kNeckline, Facet::kSleeve, Facet::kPattern}},
      {"umbrella", {Facet::kPattern, Facet::kFabric}, {Facet::kSleeve, Facet::kFit, Facet::kLength}},
      {"jeans", {Facet::kFit, Facet::kLength, Facet::kSilhouette}, {Facet::kSleeve, Facet::kNeckline}},
      {"dress", {Facet::kSleeve, Facet::kNeckline, Facet::kLength}, {}},
      {"sneakers", {Facet::kPattern, Facet::kFabric}, {Facet::kSleeve, Facet::kNeckline, Facet::kFit}},
      {"socks", {Facet::kLength, Facet::kPattern}, {Facet::kSleeve, Facet::kSilhouette}}};
  for (const auto& [category, kept, dropped] : kCases) {
    Garment garment;
    garment.attributes = {{Facet::kCategory, category, "", AttributeSource::kSupplier, 1}};
    for (const auto* list : {&kept, &dropped})
      for (const Facet facet : *list)
        for (const auto source : {AttributeSource::kSupplier, AttributeSource::kPhoto})
          garment.attributes.push_back({facet, vocabulary().terms(facet)[0].name, "", source, 1});
    drop_impossible_attributes(garment, vocabulary());
    EXPECT_EQ(garment.attributes.size(), 1 + 2 * kept.size()) << category;
    for (const auto& attribute : garment.attributes)
      EXPECT_TRUE(std::find(dropped.begin(), dropped.end(), attribute.facet) == dropped.end()) << category;
  }
}

TEST(PossibleFacets, WithoutACategoryThePhotosGuessesOfCutGo) {
  Garment garment;
  garment.attributes = {{Facet::kSleeve, "long-sleeve", "", AttributeSource::kPhoto, 0.9F},
                        {Facet::kPattern, "striped", "", AttributeSource::kPhoto, 0.9F},
                        {Facet::kNeckline, "v-neck", "V-neck", AttributeSource::kSupplier, 1}};
  drop_impossible_attributes(garment, vocabulary());
  ASSERT_EQ(garment.attributes.size(), 2U);
  EXPECT_EQ(garment.attributes[0].facet, Facet::kPattern);
  EXPECT_EQ(garment.attributes[1].facet, Facet::kNeckline);
}

// Prose and attributes alike: a hooded watch, a crossbody bag with sleeves.
TEST(PossibleFacets, HoldForEverySource) {
  Garment watch;
  watch.id = "w";
  watch.title = "Hooded V-neck Watch with Long Sleeves";
  watch.category = "Gear/Watches";
  watch.description = "Crew neckline. Slim fit.";
  watch.supplier_attributes = {{"sleeve", {"Long sleeve"}}, {"material", {"Stainless steel"}}};
  watch.variants.emplace_back().sku = "w";
  watch = by_rules(watch);
  for (const auto& attribute : watch.attributes)
    EXPECT_TRUE(attribute.facet == Facet::kCategory || attribute.facet == Facet::kDepartment ||
                attribute.facet == Facet::kFabric)
        << name_of(attribute.facet);
}

TEST(PlatformIds, LeadToTheGarmentAndTheVariantThatHaveThem) {
  Garment garment;
  garment.id = "dress";
  garment.title = "Dress";
  garment.supplier_attributes["also_known_as"] = {"7982301938"};
  for (const char* size : {"S", "M"}) {
    garment.variants.push_back({std::string("D-") + size, size, "Red", 20, {}, {}, 1});
    garment.variants.back().supplier_attributes["also_known_as"] = {size[0] == 'S' ? "41" : "42"};
  }
  share_variant_attributes(garment);
  Catalog catalog(Vocabulary::standard());
  catalog.upsert({garment});
  EXPECT_EQ(catalog.garment_id_of("7982301938"), "dress");
  EXPECT_EQ(catalog.garment_id_of("gid://shopify/Product/7982301938"), "dress");
  for (const char* id : {"42", "gid://shopify/ProductVariant/42"}) {
    const auto variant = catalog.variant_of(id);
    ASSERT_TRUE(variant) << id;
    EXPECT_EQ(variant->variant().sku, "D-M");
  }
  EXPECT_FALSE(catalog.variant_of("43"));
  garment.variants.pop_back();
  share_variant_attributes(garment);
  EXPECT_TRUE(garment.variants[0].supplier_attributes.contains("also_known_as"))
      << "it stays the variant's own";
}

}  // namespace
}  // namespace modiste
