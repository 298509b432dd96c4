#include "catalog/packed_garment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace modiste {
namespace {

Garment full() {
  Garment garment;
  garment.id = "G1";
  garment.title = "Leinenhemd \xC3\xA4rmellos";
  garment.description = std::string(300, 'd');
  garment.brand = "Stille";
  garment.category = "Men/Shirts";
  garment.department = "Herren";
  garment.currency = "EUR";
  garment.supplier_attributes = {{"material", {"Linen", "Wool"}}, {"care", {}}};
  garment.attributes = {{Facet::kFabric, "linen", "linen", AttributeSource::kSupplier, 1, ""},
                        {Facet::kColour, "red", "Rot", AttributeSource::kPhoto, 0.25F, "Rot"},
                        {Facet::kPattern, "unknown", "", AttributeSource::kSupplier, 0, ""}};
  garment.images = {{"https://images.example.com/1.jpg", ""}, {"2.jpg", "Rot"}};
  garment.variants = {{"G1-S", "S", "Rot", 49.95, 60.0, 0.4, 1'000'000'000, {{"length", {"long"}}}},
                      {"G1-M", "", "", 0, {}, {}, 0, {}}};
  garment.goes_with = {"G2", ""};
  garment.sets = {"linen suit"};
  garment.created_at = TimePoint(Micros(-1'234'567));
  return garment;
}

TEST(PackedGarment, ReadsBackEveryMember) {
  for (const Garment& garment : {full(), Garment()}) {
    const PackedGarment packed(garment);
    EXPECT_EQ(to_json_text(*packed.read()), to_json_text(garment));
    EXPECT_EQ(packed.id(), garment.id);
    EXPECT_EQ(packed.currency(), garment.currency);
    EXPECT_EQ(packed.title(), garment.title);
  }
}

TEST(PackedGarment, IsEqualToItsCopiesAloneAndToNullWhenThereIsNone) {
  const PackedGarment packed(full()), copy = packed, another(full());
  EXPECT_EQ(packed, copy);
  EXPECT_FALSE(packed == another) << "another version of the garment";
  EXPECT_NE(packed, nullptr);
  EXPECT_EQ(PackedGarment(), nullptr);
}

TEST(PackedGarment, TakesLittleMoreThanItsTexts) {
  const Garment garment = full();
  EXPECT_LT(PackedGarment(garment).bytes(), to_json_text(garment).size() * 2 / 3);
}

RC_GTEST_PROP(PackedGarmentProperty, TextsOfAnyLengthAndContent, ()) {
  Garment garment = full();
  garment.title = *rc::gen::arbitrary<std::string>();
  garment.description = std::string(*rc::gen::inRange<size_t>(0, 20'000), 'x');
  garment.variants[0].stock = *rc::gen::inRange(0, 1'000'000'000);
  garment.variants[0].sku = *rc::gen::arbitrary<std::string>();
  const auto read = PackedGarment(garment).read();
  RC_ASSERT(read->title == garment.title);
  RC_ASSERT(read->description == garment.description);
  RC_ASSERT(read->variants[0].stock == garment.variants[0].stock);
  RC_ASSERT(read->variants[0].sku == garment.variants[0].sku);
  RC_ASSERT(read->created_at == garment.created_at);
}

}  // namespace
}  // namespace modiste
