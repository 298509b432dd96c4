// A catalog that is saved and loaded, and one that is caught up after it, beside one that went on.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/rng.h"
#include "catalog/catalog.h"
#include "catalog/garment_store.h"

namespace modiste {
namespace {

const Vocabulary& kWords = Vocabulary::standard();

struct Saved {
  std::string texts, rest;
  bool operator==(const Saved&) const = default;
};

Saved save(const Catalog& catalog) {
  Saved saved;
  const ByteSink sink = [&](std::span<const std::byte> bytes) {
    saved.texts.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return true;
  };
  EXPECT_TRUE(catalog.save(sink, saved.rest).ok());
  return saved;
}

Result<Done> load(const Saved& saved, Catalog& catalog) {
  const auto texts = std::make_shared<const std::string>(saved.texts);
  return catalog.load(saved.rest, {std::as_bytes(std::span(*texts)), texts});
}

Garment some_garment(size_t number, Rng& rng) {
  Garment garment;
  garment.id = rng.chance(0.1) ? fmt::format("shopify_US_{}", 900 + number) : fmt::format("G{}", number);
  garment.title = fmt::format("Garment {} {}", number, rng.below(1'000));
  if (rng.chance(0.9)) garment.brand = fmt::format("Brand {}", rng.below(9));
  for (const Facet facet : {Facet::kCategory, Facet::kDepartment, Facet::kFabric})
    garment.attributes.push_back(
        {facet, rng.pick(kWords.terms(facet)).name, "", AttributeSource::kSupplier, 1, ""});
  for (const char* colour : {"Red", "Blue", "Green"})
    for (const char* size : {"S", "38"})
      if (rng.chance(0.6))
        garment.variants.push_back({fmt::format("{}-{}-{}-{}", garment.id, colour, size, rng.below(2)),
                                    size,
                                    colour,
                                    rng.uniform(5, 500),
                                    {},
                                    {},
                                    rng.chance(0.7) ? 3 : 0,
                                    {}});
  if (garment.variants.empty())
    garment.variants.push_back(
        {fmt::format("gid://shopify/ProductVariant/{}", number), "", "Red", 9, {}, {}, 1, {}});
  return garment;
}

void change(Catalog& catalog, size_t number, Rng& rng) {
  Garment garment = some_garment(number, rng);
  if (rng.chance(0.25))
    static_cast<void>(catalog.remove(garment.id));
  else
    catalog.upsert({std::move(garment)});
}

TEST(SavedCatalog, ComesBackAsItWasAndGoesOn) {
  Rng rng(3);
  Catalog first(kWords);
  for (int i = 0; i < 900; ++i) change(first, rng.below(200), rng);
  Catalog second(kWords);
  const Saved saved = save(first);
  ASSERT_TRUE(load(saved, second).ok());
  EXPECT_TRUE(save(second) == saved);
  EXPECT_EQ(second.garment_count(), first.garment_count());
  EXPECT_EQ(second.snapshot()->live_count(), first.snapshot()->live_count());
  for (int i = 0; i < 300; ++i) {
    const size_t number = rng.below(250);
    Rng a(static_cast<uint64_t>(i)), b(static_cast<uint64_t>(i));
    change(first, number, a);
    change(second, number, b);
  }
  EXPECT_TRUE(save(second) == save(first));
  std::vector<ItemKey> keys;
  for (Slot slot = 0; slot < first.snapshot()->slot_count(); ++slot) {
    const ItemKey key = first.key(slot);
    keys.push_back(key);
    for (const Catalog* catalog : {&first, &second})
      EXPECT_EQ(catalog->snapshot()->garment_of(slot), catalog->snapshot()->facts(slot).garment);
    EXPECT_EQ(second.key(slot).garment_id, key.garment_id);
    EXPECT_EQ(second.slot_ever(key.garment_id, key.colour), first.slot_ever(key.garment_id, key.colour));
  }
  second.reserve(keys);  // all are there
  EXPECT_TRUE(save(second) == save(first));
  keys.push_back({"new", "Red"});
  second.reserve(keys);
  EXPECT_EQ(second.snapshot()->slot_count(), keys.size());
  for (const auto& garment : first.page("", 1'000))
    for (const Variant& variant : garment->variants) {
      ASSERT_TRUE(second.variant_of(variant.sku)) << variant.sku;
      EXPECT_EQ(second.variant_of(variant.sku)->garment->title,
                first.variant_of(variant.sku)->garment->title);
      EXPECT_EQ(second.garment_of_sku(variant.sku)->id, first.garment_of_sku(variant.sku)->id);
    }
}

// What a store would say of a garment after the changes: here the versions as they were put.
TEST(SavedCatalog, IsCaughtUpToWhatWentOn) {
  const auto garment = [](const std::string& id, std::vector<const char*> colours) {
    Garment one;
    one.id = id;
    one.title = id;
    for (const char* colour : colours) one.variants.push_back({id + colour, "M", colour, 20, {}, {}, 1, {}});
    return one;
  };
  Catalog first(kWords);
  first.upsert({garment("kept", {"Red"}), garment("removed", {"Red"}), garment("grown", {"Red"}),
                garment("recoloured", {"Red", "Blue"})});
  Catalog second(kWords);
  ASSERT_TRUE(load(save(first), second).ok());
  const auto both = [&](std::vector<GarmentVersion> versions) { second.catch_up(std::move(versions)); };
  static_cast<void>(first.remove("removed"));
  both({{garment("removed", {"Red"}), false}});
  first.upsert({garment("grown", {"Red", "Green"})});
  both({{garment("grown", {"Red", "Green"}), true}});
  first.upsert({garment("recoloured", {"Blue", "White"})});
  first.upsert({garment("recoloured", {"Blue"})});
  both({{garment("recoloured", {"Red", "Blue"}), false},
        {garment("recoloured", {"Blue", "White"}), false},
        {garment("recoloured", {"Blue"}), true}});
  first.upsert({garment("come and gone", {"Red"})});
  static_cast<void>(first.remove("come and gone"));
  both({{garment("come and gone", {"Red"}), false}});
  for (const char* id : {"kept", "removed", "grown", "recoloured", "come and gone"}) {
    EXPECT_EQ(second.garment(id) == nullptr, first.garment(id) == nullptr) << id;
    EXPECT_EQ(second.slots(id), first.slots(id)) << id;
    for (const char* colour : {"Red", "Blue", "Green", "White"})
      EXPECT_EQ(second.slot_ever(id, colour), first.slot_ever(id, colour)) << id << colour;
    EXPECT_EQ(second.garment_id_of(id), first.garment_id_of(id));
  }
  EXPECT_EQ(second.garment_count(), first.garment_count());
  EXPECT_EQ(second.snapshot()->live_count(), first.snapshot()->live_count());
}

// Shopify's numbers, under the ids of its Google channel: the garment of one country goes, that of another
// comes. What went on, and what is restored in either order, agree.
TEST(SavedCatalog, ANumberLeadsToWhatIsSold) {
  const auto garment = [](const std::string& id) {
    Garment one;
    one.id = id;
    one.title = id;
    one.variants.push_back({id, "M", "Red", 20, {}, {}, 1, {}});
    return one;
  };
  const std::string gone = "shopify_US_123_456", sold = "shopify_DE_123_456";
  Catalog live(kWords);
  live.upsert({garment(gone)});
  EXPECT_EQ(live.garment_id_of("gid://shopify/Product/123"), gone);
  static_cast<void>(live.remove(gone));
  EXPECT_EQ(live.garment_id_of("gid://shopify/Product/123"), gone) << "better than nothing";
  live.upsert({garment(sold)});
  Catalog gone_first(kWords), sold_first(kWords);
  gone_first.restore({{garment(gone), false}, {garment(sold), true}});
  sold_first.restore({{garment(sold), true}, {garment(gone), false}});
  for (const Catalog* catalog : {&live, &gone_first, &sold_first}) {
    EXPECT_EQ(catalog->garment_id_of("gid://shopify/Product/123"), sold);
    ASSERT_TRUE(catalog->variant_of("gid://shopify/ProductVariant/456"));
    EXPECT_EQ(catalog->variant_of("gid://shopify/ProductVariant/456")->garment->id, sold);
  }
  live.upsert({garment(gone)});
  EXPECT_EQ(live.garment_id_of("gid://shopify/Product/123"), sold) << "both are sold: the first known stays";
}

TEST(SavedCatalog, RefusesWhatIsCutShort) {
  Rng rng(4);
  Catalog first(kWords);
  for (size_t i = 0; i < 30; ++i) change(first, i, rng);
  const Saved saved = save(first);
  for (size_t length = 0; length < saved.rest.size(); length += 97) {
    Catalog second(kWords);
    EXPECT_FALSE(load({saved.texts, saved.rest.substr(0, length)}, second).ok()) << length;
  }
  Catalog second(kWords);
  EXPECT_FALSE(load({saved.texts.substr(0, saved.texts.size() / 2), saved.rest}, second).ok());
}

}  // namespace
}  // namespace modiste
