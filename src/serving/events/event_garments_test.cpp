#include "serving/events/event_garments.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace modiste {
namespace {

Garment garment(std::string id, std::string_view prefix) {
  Garment one;
  one.id = std::move(id);
  one.title = "Linen dress";
  int number = 1;
  for (const char* colour : {"Olive", "Rose Pink"})
    for (const char* size : {"S", "M"})
      one.variants.push_back({prefix.ends_with('_') ? fmt::format("{}{}", prefix, 400 + number++)
                                                    : fmt::format("{}-{}-{}", prefix, colour, size),
                              size,
                              colour,
                              50,
                              {},
                              {},
                              3});
  return one;
}

struct EventGarments : testing::Test {
  EventGarments() { catalog.upsert({garment("d1", "d1"), garment("shopify_US_991", "shopify_US_991_")}); }
  std::string named(Event event) {
    event.type = EventType::kLike;
    const bool known = name_garments(event, catalog).known;
    return fmt::format("{}{} | {} | {} | {}", known ? "" : "unknown ", event.garment_id, event.colour,
                       event.size, event.sku);
  }
  std::string by_id(std::string id) {
    Event event;
    event.garment_id = std::move(id);
    return named(std::move(event));
  }
  Catalog catalog{Vocabulary::standard()};
};

TEST_F(EventGarments, AVariantsIdMeansItsGarmentColourAndSize) {
  EXPECT_EQ(by_id("d1-Olive-M"), "d1 | Olive | M | d1-Olive-M");
  EXPECT_EQ(by_id("online:en:US:d1-Olive-M"), "d1 | Olive | M | d1-Olive-M");
  EXPECT_EQ(by_id("d1"), "d1 |  |  | ");
  Event by_sku;
  by_sku.sku = "d1-Olive-S";
  EXPECT_EQ(named(by_sku), "d1 | Olive | S | d1-Olive-S");
  by_sku.garment_id = "7982301938";  // a number that no export has
  EXPECT_EQ(named(by_sku), "d1 | Olive | S | d1-Olive-S");
}

// Adobe's configurable product has a sku of its own, which is the garment's id.
TEST_F(EventGarments, ASkuMayBeTheGarmentsOwnId) {
  Event parent;
  parent.sku = "d1";
  parent.colour = "olive";
  EXPECT_EQ(named(parent), "d1 | Olive |  | ");
  EXPECT_EQ(by_id(" d1 "), "d1 |  |  | ");
  Event nobodys;
  nobodys.sku = "d9";
  EXPECT_EQ(named(nobodys), "unknown  |  |  | d9");
}

// Tag managers write ids in small letters, whatever the shop does.
TEST_F(EventGarments, IdsAreKnownInAnotherCase) {
  EXPECT_EQ(by_id("D1"), "d1 |  |  | ");
  EXPECT_EQ(by_id("SHOPIFY_US_991_402"), "shopify_US_991 | Olive | M | shopify_US_991_402");
}

TEST_F(EventGarments, ShopifysNumbersAreKnownFromGooglesChannel) {
  for (const char* id :
       {"shopify_US_991_402", "402", "gid://shopify/ProductVariant/402", "shopify_DE_991_402"})
    EXPECT_EQ(by_id(id), "shopify_US_991 | Olive | M | shopify_US_991_402") << id;
  for (const char* id : {"991", "gid://shopify/Product/991"}) EXPECT_EQ(by_id(id), "shopify_US_991 |  |  | ");
  Event pixel;
  pixel.garment_id = "linen-dress";  // its handle, and a sku that the feed does not hold
  pixel.sku = "LD-1";
  pixel.also_known_as = {"403", "991"};
  EXPECT_EQ(named(pixel), "shopify_US_991 | Rose Pink | S | shopify_US_991_403");
}

TEST_F(EventGarments, AColourAndASizeInOneTextAreToldApart) {
  const auto with = [&](std::string colour, std::string size = "") {
    Event event;
    event.garment_id = "d1";
    event.colour = std::move(colour);
    event.size = std::move(size);
    return named(std::move(event));
  };
  EXPECT_EQ(with("Olive / M"), "d1 | Olive | M | d1-Olive-M");
  EXPECT_EQ(with("s / rose pink"), "d1 | Rose Pink | S | d1-Rose Pink-S");
  EXPECT_EQ(with("OLIVE"), "d1 | Olive |  | ");
  EXPECT_EQ(with("Olive", "m"), "d1 | Olive | M | d1-Olive-M");
  EXPECT_EQ(with("Default Title"), "d1 | Default Title |  | ");
  EXPECT_EQ(with("Size: M, Color: Olive"), "d1 | Olive | M | d1-Olive-M");
  EXPECT_EQ(with("Olive - M"), "d1 | Olive | M | d1-Olive-M");
  EXPECT_EQ(with("M"), "d1 |  | M | ") << "a size is not a colour";
}

TEST_F(EventGarments, ASkuOfAnotherGarmentIsPassedOver) {
  Event event;
  event.garment_id = "d1";
  event.sku = "shopify_US_991_401";
  EXPECT_EQ(named(event).substr(0, 5), "d1 | ");
}

TEST_F(EventGarments, WhatNobodySellsIsTold) {
  EXPECT_EQ(by_id("no-such-thing"), "unknown no-such-thing |  |  | ");
  Event shown;
  shown.type = EventType::kImpression;
  shown.items = {{"d1-Olive-M", ""}, {"nothing", ""}};
  const auto named = name_garments(shown, catalog);
  EXPECT_TRUE(named.known) << "one of them is sold";
  EXPECT_EQ(named.shown_unknown, 1u);
  EXPECT_EQ(shown.items[0].garment_id, "d1");
  EXPECT_EQ(shown.items[0].colour, "Olive");
  Event search;
  search.type = EventType::kSearch;
  search.items = {{"nothing", ""}};
  EXPECT_TRUE(name_garments(search, catalog).known) << "a search is about its words";
}

TEST_F(EventGarments, WhatWasSoldOnceIsStillKnown) {
  ASSERT_TRUE(catalog.remove("d1").ok());
  EXPECT_EQ(by_id("d1"), "d1 |  |  | ");
  EXPECT_EQ(by_id("d1-Olive-M"), "d1 | Olive | M | d1-Olive-M");
  EXPECT_EQ(catalog.garment_of_sku("d1-Olive-M"), nullptr) << "it is not for sale";
}

// Senders write a variant's options in one text, each in their own way.
TEST_F(EventGarments, ATextHoldsColourAndSizeHoweverTheyAreSetApart) {
  Garment two = garment("d2", "d2");
  for (auto& variant : two.variants) {
    if (variant.colour == "Olive") variant.colour = "Black/White";
    if (variant.size == "S") variant.size = "S/M";
  }
  Garment green = garment("d3", "d3");
  for (auto& variant : green.variants)
    if (variant.colour == "Olive") variant.colour = "Olive Green";
  catalog.upsert({two, green});
  const auto said = [&](std::string id, std::string colour) {
    Event event;
    event.garment_id = std::move(id);
    event.colour = std::move(colour);
    return named(std::move(event));
  };
  for (const char* text :
       {"Olive M", "olive-m", "Olive (M)", "M / Olive", "Size: M, Color: Olive", "M|olive", "OLIVE_M"})
    EXPECT_EQ(said("d1", text), "d1 | Olive | M | d1-Olive-M") << text;
  EXPECT_EQ(said("d1", "Rose Pink M"), "d1 | Rose Pink | M | d1-Rose Pink-M");
  EXPECT_EQ(said("d1", "Olive green"), "d1 | Olive |  | ") << "only one of its colours is inside";
  EXPECT_EQ(said("d1", "M"), "d1 |  | M | ");
  EXPECT_EQ(said("d1", "Olive / Rose Pink"), "d1 | Olive / Rose Pink |  | ") << "which one?";
  EXPECT_EQ(said("d1", "4211"), "d1 | 4211 |  | ");
  EXPECT_EQ(said("d2", "M / Black/White"), "d2 | Black/White | M | d2-Olive-M");
  EXPECT_EQ(said("d2", "Black/White, M"), "d2 | Black/White | M | d2-Olive-M");
  EXPECT_EQ(said("d2", "S/M / Rose Pink"), "d2 | Rose Pink | S/M | d2-Rose Pink-S");
  EXPECT_EQ(said("d3", "Olive / M"), "d3 | Olive Green | M | d3-Olive-M");
}

// GA4's view_item_list has in item_variant whatever the shop put there.
TEST_F(EventGarments, WhatWasShownInAnUnknownColourWasShownAllTheSame) {
  Event event;
  event.type = EventType::kImpression;
  for (const char* colour : {"Olive green", "Medium", "Limited edition", "olive"}) {
    event.items.emplace_back().garment_id = "d1";
    event.items.back().colour = colour;
  }
  event.items.emplace_back().garment_id = "d9";
  event.items.back().colour = "Olive";
  EXPECT_EQ(name_garments(event, catalog).shown_unknown, 1U);
  for (size_t i = 0; i + 1 < event.items.size(); ++i)
    EXPECT_NE(catalog.slot_ever(event.items[i].garment_id, event.items[i].colour), kNoSlot)
        << event.items[i].colour;
  EXPECT_EQ(event.items[0].colour, "Olive");
  EXPECT_EQ(event.items[2].colour, "");
  EXPECT_EQ(event.items[4].colour, "Olive") << "perhaps it comes later";
}

}  // namespace
}  // namespace modiste
