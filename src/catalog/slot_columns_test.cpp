#include "catalog/slot_columns.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "catalog/catalog.h"
#include "catalog/filter_query.h"

namespace modiste {
namespace {

const Vocabulary& kVocabulary = Vocabulary::standard();

TermId some_term(Facet facet, Rng& rng) { return rng.pick(kVocabulary.terms(facet)).id; }

Garment some_priced_garment(size_t number, Rng& rng) {
  Garment garment;
  garment.id = "G" + std::to_string(number);
  garment.title = "Garment";
  if (rng.chance(0.9)) garment.brand = "Brand " + std::to_string(rng.below(40));
  for (const Facet facet :
       {Facet::kCategory, Facet::kDepartment, Facet::kFabric, Facet::kFabric, Facet::kColour})
    if (rng.chance(0.85)) {
      const std::string& name = kVocabulary.term(some_term(facet, rng)).name;
      garment.attributes.push_back(
          {facet, name, facet == Facet::kColour ? "Colour" : name, AttributeSource::kSupplier, 1, ""});
    }
  // Prices on and beside the bounds of the columns, and beyond them all.
  const double price = rng.chance(0.2)   ? std::exp2(static_cast<double>(rng.below(32)) / 2)
                       : rng.chance(0.1) ? 0
                                         : std::exp(rng.uniform(-1, 12));
  for (const char* size : {"S", "M", "38", "One Size"})
    if (rng.chance(0.5))
      garment.variants.push_back({garment.id + size,
                                  size,
                                  rng.chance(0.8) ? "Colour" : "Other",
                                  price,
                                  {},
                                  {},
                                  rng.chance(0.6),
                                  {}});
  if (garment.variants.empty()) garment.variants.push_back({garment.id, "", "Colour", price, {}, {}, 1, {}});
  return garment;
}

SizeSet some_sizes(Rng& rng) {
  SizeSet sizes;
  for (const Size& size : all_sizes())
    if (rng.chance(0.3)) sizes.set(size.id);
  return sizes;
}

ItemFilter some_filter(const Catalog& catalog, Rng& rng) {
  ItemFilter filter;
  const auto price = [&] { return std::exp(static_cast<float>(rng.uniform(-1, 12))); };
  filter.in_stock_only = rng.chance(0.7);
  for (const auto& [wanted, facet] :
       {std::pair{&filter.categories, Facet::kCategory}, std::pair{&filter.departments, Facet::kDepartment},
        std::pair{&filter.colours, Facet::kColour}})
    for (size_t i = rng.chance(0.6) ? 0 : 1 + rng.below(3); i > 0; --i)
      wanted->push_back(some_term(facet, rng));
  if (rng.chance(0.3))
    for (int i = 0; i < 5; ++i)
      filter.brands.push_back(catalog.brand("Brand " + std::to_string(rng.below(40))).value_or(BrandId{0}));
  if (rng.chance(0.4)) filter.price_min = price();
  if (rng.chance(0.4))
    filter.price_max = rng.chance(0.3) ? std::exp2(static_cast<float>(rng.below(32)) / 2) : price();
  if (rng.chance(0.2)) filter.sizes = some_sizes(rng);
  if (rng.chance(0.2)) {
    filter.sizes_wished = some_sizes(rng);
    filter.sizes_comparable = some_sizes(rng);
  }
  return filter;
}

Veto some_veto(Rng& rng) {
  Veto veto;
  if (rng.chance(0.6)) return veto;
  for (const Facet facet : {Facet::kCategory, Facet::kColour, Facet::kFabric, Facet::kDepartment})
    if (rng.chance(0.3)) veto.terms.push_back(some_term(facet, rng));
  if (rng.chance(0.3)) veto.brands.push_back(static_cast<BrandId>(rng.below(40)));
  return veto;
}

void expect_as_each_item_says(const Catalog& catalog, Rng& rng) {
  const auto snapshot = catalog.snapshot();
  const ItemFilter filter = some_filter(catalog, rng);
  const Veto veto = some_veto(rng);
  const SlotBits found = snapshot->find(query_of(filter, veto, snapshot->columns(), kVocabulary));
  ASSERT_EQ(found.slots(), snapshot->slot_count());
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    const ItemFacts& item = snapshot->facts(slot);
    ASSERT_EQ(found.test(slot), filter.admits(item, kVocabulary) && !veto.forbids(item, kVocabulary)) << slot;
  }
}

TEST(SlotColumns, FindWhatTheFilterAndTheVetoSayOfEachItem) {
  Catalog catalog(kVocabulary);
  Rng rng(5);
  // More items than a page has, so that filters meet several blocks.
  std::vector<Garment> garments;
  for (size_t i = 0; i < 4'000; ++i) garments.push_back(some_priced_garment(i, rng));
  catalog.upsert(std::move(garments));
  ASSERT_GT(catalog.snapshot()->slot_count(), kPageSlots);
  for (int round = 0; round < 300; ++round) {
    const size_t number = rng.below(4'000);
    if (rng.chance(0.3))
      static_cast<void>(catalog.remove("G" + std::to_string(number)));
    else
      catalog.upsert({some_priced_garment(number, rng)});
    expect_as_each_item_says(catalog, rng);
  }
}

TEST(SlotColumns, ASnapshotKeepsWhatItStartedWith) {
  Catalog catalog(kVocabulary);
  Rng rng(6);
  for (size_t i = 0; i < 200; ++i) catalog.upsert({some_priced_garment(i, rng)});
  const auto before = catalog.snapshot();
  SlotQuery all;
  all.in_stock_only = false;
  const SlotBits then = before->find(all);
  for (size_t i = 0; i < 100; ++i) static_cast<void>(catalog.remove("G" + std::to_string(i)));
  EXPECT_EQ(before->find(all), then);
  EXPECT_EQ(then.count(), before->live_count());
  EXPECT_EQ(catalog.snapshot()->find(all).count(), catalog.snapshot()->live_count());
}

TEST(SlotColumns, CountWhatIsInStock) {
  Catalog catalog(kVocabulary);
  Rng rng(7);
  for (size_t i = 0; i < 500; ++i) catalog.upsert({some_priced_garment(rng.below(200), rng)});
  const auto snapshot = catalog.snapshot();
  std::vector<size_t> terms(kVocabulary.terms().size()), brands(50);
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    const ItemFacts& item = snapshot->facts(slot);
    if (!item.live || !item.in_stock) continue;
    for (const TermId term : item.terms) ++terms[term];
    ++brands[item.brand];
  }
  const SlotColumns& columns = snapshot->columns();
  for (const Term& term : kVocabulary.terms())
    EXPECT_EQ(columns.in_stock(columns.has(term.id)), terms[term.id]) << term.name;
  for (BrandId brand = 0; brand < brands.size(); ++brand)
    EXPECT_EQ(columns.in_stock_of_brand(brand), brands[brand]) << brand;
}

TEST(SlotBits, NextSkipsWhatIsNotInTheSet) {
  SlotBits bits(200);
  EXPECT_EQ(bits.next(0), kNoSlot);
  for (const Slot slot : {0U, 63U, 64U, 199U}) bits.set(slot);
  EXPECT_EQ(bits.next(0), 0U);
  EXPECT_EQ(bits.next(1), 63U);
  EXPECT_EQ(bits.next(64), 64U);
  EXPECT_EQ(bits.next(65), 199U);
  EXPECT_EQ(bits.next(200), kNoSlot);
  EXPECT_EQ(bits.count(), 4U);
  bits.reset(64);
  EXPECT_FALSE(bits.test(64));
  EXPECT_FALSE(bits.test(1'000));
}

}  // namespace
}  // namespace modiste
