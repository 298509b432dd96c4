// Photos that contradict the shop's words: from the import to the merchant's verdict.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "catalog/catalog.h"
#include "small_shop.h"
#include "storage/memory/memory_image_store.h"

namespace modiste {
namespace {

// A picture of so many pixels a side.
std::vector<std::byte> picture(int side) {
  const std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"><rect width="9" height="9"/></svg>)",
      side);
  const auto* bytes = reinterpret_cast<const std::byte*>(svg.data());
  return {bytes, bytes + svg.size()};
}

// Sees black in every photo, and reports red garments that are.
class BlackEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return name; }
  [[nodiscard]] size_t dimension() const override { return words_.dimension(); }
  [[nodiscard]] std::span<const ConflictRule> conflict_rules() const override { return rules; }
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    return words_.encode_texts(texts);
  }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    photos += static_cast<int>(images.size());
    auto seen = words_.encode_images(images);
    for (auto& one : *seen) {
      one.palette = {"#161616"};
      one.palette_shares = {1};
      if (!neckline.empty()) one.tags = {{Facet::kNeckline, neckline, "", AttributeSource::kPhoto, 0.9F}};
    }
    return seen;
  }

  std::vector<ConflictRule> rules{{ConflictKind::kNoHue, 0.5F, 0.875F}};
  int photos = 0;
  std::string name = "black-1", neckline;  // the neckline it sees; empty: none

 private:
  WordEncoder words_;
};

struct ConflictShop : testing::Test {
  ConflictShop() { open(); }
  void open() {
    shop = std::make_unique<Shop>(
        ShopPorts{stores.clock, stores.log, stores.store, stores.store, &encoder, &images},
        Vocabulary::standard());
    ASSERT_TRUE(shop->load().ok());
  }
  // Red dresses, each with a photo.
  Upserted put(int number, std::string_view title = "") {
    Garment garment = make_garment(number, title);
    garment.images = {{image, "Red"}};
    auto results = shop->catalog().upsert({garment});
    EXPECT_TRUE(results.ok() && results->front().ok());
    return std::move(*results->front());
  }
  std::vector<PhotoConflict> listed(ConflictState state = ConflictState::kAll) {
    std::vector<PhotoConflict> all;
    const auto page = shop->conflicts(state, "", 100);
    EXPECT_TRUE(page.ok());
    for (const auto& one : page->conflicts) all.push_back(one.conflict);
    return all;
  }
  std::string colour(const std::string& garment_id) {
    const Catalog& catalog = shop->catalog().view();
    const Slot slot = catalog.slot(garment_id, "Red");
    const auto snapshot = catalog.snapshot();
    const TermId term = snapshot->facts(slot).colour;
    return term == kNoTerm ? "none" : catalog.vocabulary().term(term).name;
  }

  SmallShop stores;
  BlackEncoder encoder;
  MemoryImageStore images;
  std::string image = images.keep(picture(16)).value();
  std::unique_ptr<Shop> shop;
};

TEST_F(ConflictShop, AreStoredListedAndLowerConfidence) {
  EXPECT_EQ(put(0).conflicts.size(), 1U);
  const auto all = listed();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].garment_id, "G0");
  EXPECT_EQ(all[0].supplier_term, "red");
  EXPECT_EQ(all[0].photo_term, "black");
  EXPECT_EQ(all[0].image, image);
  const Garment garment = shop->catalog().garment("G0").value();
  const auto red = std::find_if(garment.attributes.begin(), garment.attributes.end(),
                                [](const Attribute& one) { return one.term == "red"; });
  ASSERT_NE(red, garment.attributes.end());
  EXPECT_FLOAT_EQ(red->confidence, 0.125F) << "what the kind leaves it";
  EXPECT_EQ(colour("G0"), "black");
  const int before = encoder.photos;
  put(0);
  EXPECT_EQ(encoder.photos, before) << "the photo did not change";
  EXPECT_EQ(listed().size(), 1U);
  open();
  EXPECT_EQ(listed().size(), 1U) << "after a restart";
}

// The necklines that photos put on the garment.
std::vector<std::string> necklines(const Garment& garment) {
  std::vector<std::string> terms;
  for (const Attribute& one : garment.attributes)
    if (one.facet == Facet::kNeckline && one.source == AttributeSource::kPhoto) terms.push_back(one.term);
  return terms;
}

TEST_F(ConflictShop, ANewEncodersTagsReplaceThoseOfTheOneBefore) {
  encoder.neckline = "v-neck";
  put(0);
  EXPECT_EQ(necklines(shop->catalog().garment("G0").value()), std::vector<std::string>{"v-neck"});
  put(0);
  EXPECT_EQ(necklines(shop->catalog().garment("G0").value()), std::vector<std::string>{"v-neck"})
      << "the photo did not change";
  encoder.name = "black-2";
  encoder.neckline = "crew";
  open();
  EXPECT_EQ(necklines(shop->catalog().garment("G0").value()), std::vector<std::string>{"crew"});
  EXPECT_EQ(listed().size(), 1U) << "the doubt about its colour stays";
}

TEST_F(ConflictShop, TheWordsAreRightThroughImports) {
  put(0);
  const std::string id = listed()[0].id;
  ASSERT_TRUE(shop->catalog().settle(id, ConflictVerdict::kWords).ok());
  EXPECT_EQ(colour("G0"), "red");
  EXPECT_TRUE(listed(ConflictState::kOpen).empty());
  EXPECT_EQ(listed(ConflictState::kSettled).size(), 1U);
  EXPECT_TRUE(put(0).conflicts.empty()) << "the same again";
  EXPECT_TRUE(put(0, "with other words").conflicts.empty()) << "looked at again, the same colour word";
  EXPECT_EQ(colour("G0"), "red");
  open();
  EXPECT_EQ(colour("G0"), "red");
  EXPECT_TRUE(put(0).conflicts.empty());
}

TEST_F(ConflictShop, ThePhotoIsRightThroughImports) {
  put(0);
  const std::string id = listed()[0].id;
  ASSERT_TRUE(shop->catalog().settle(id, ConflictVerdict::kPhoto).ok());
  EXPECT_EQ(colour("G0"), "black");
  put(0, "with other words");
  open();
  EXPECT_EQ(colour("G0"), "black");
  encoder.rules.clear();
  put(0, "once more");
  EXPECT_EQ(colour("G0"), "black") << "also by heads that do not report it";
  ASSERT_TRUE(shop->catalog().settle(id, std::nullopt).ok());
  EXPECT_EQ(listed(ConflictState::kOpen).size(), 1U) << "open again";
  ASSERT_TRUE(shop->catalog().settle(id, ConflictVerdict::kWords).ok());
  EXPECT_EQ(colour("G0"), "red");
}

TEST_F(ConflictShop, AnotherPhotoIsAnotherConflict) {
  put(0);
  ASSERT_TRUE(shop->catalog().settle(listed()[0].id, ConflictVerdict::kWords).ok());
  image = images.keep(picture(20)).value();
  EXPECT_EQ(put(0).conflicts.size(), 1U);
  EXPECT_EQ(listed(ConflictState::kOpen).size(), 1U);
}

TEST_F(ConflictShop, AreListedPageByPage) {
  for (int i = 0; i < 10; i += 2) put(i);
  std::vector<std::string> seen;
  std::string after;
  for (int pages = 0; pages < 3; ++pages) {
    const auto page = shop->conflicts(ConflictState::kAll, after, 2);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->total, 5);
    EXPECT_EQ(page->next.has_value(), pages < 2);
    for (const auto& one : page->conflicts) seen.push_back(one.conflict.garment_id);
    after = page->next.value_or("");
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"G0", "G2", "G4", "G6", "G8"}));
  ASSERT_TRUE(shop->catalog().remove("G4").ok());
  EXPECT_EQ(listed().size(), 4U) << "what is no longer sold is not listed";
  EXPECT_EQ(shop->conflicts(ConflictState::kAll, "nonsense", 2).error().code, Code::kInvalid);
  EXPECT_EQ(shop->catalog().settle("nothing", ConflictVerdict::kPhoto).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace modiste
