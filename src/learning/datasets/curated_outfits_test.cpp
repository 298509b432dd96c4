#include "learning/datasets/curated_outfits.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "io/test_directory.h"
#include "outfits/learned_compatibility.h"

namespace modiste {
namespace {

Garment sold(const std::string& id, const std::string& category, const std::string& brand) {
  Garment garment;
  garment.id = id;
  garment.title = id;
  garment.brand = brand;
  garment.attributes = {{Facet::kCategory, category, "", AttributeSource::kSupplier, 1}};
  garment.variants.push_back({id + "-1", "M", "Navy", 20, {}, {}, 3});
  return garment;
}

class CuratedExamplesTest : public ::testing::Test {
 public:
  CuratedExamplesTest() {
    std::vector<Garment> garments;
    for (const std::string brand : {"Ada", "Bo"})
      for (int i = 0; i < 10; ++i)
        for (const char* category : {"dress", "heels", "clutch"})
          garments.push_back(sold(brand + std::to_string(i) + category, category, brand));
    catalog_.upsert(std::move(garments));
  }
  static std::string outfit(const std::string& first, const std::string& second, const std::string& third) {
    const auto piece = [](const std::string& id, const char* role) {
      return R"({"garment_id":")" + id + R"(","colour":"Navy","role":")" + role + "\"}";
    };
    return R"({"outfit_id":"O","department":"women","occasion":"party","season":"summer","pieces":[)" +
           piece(first + "dress", "one_piece") + "," + piece(second + "heels", "shoes") + "," +
           piece(third + "clutch", "bag") + "]}\n";
  }
  Result<CuratedExamples> read(const std::string& text) {
    const auto path = folder_.path() / "outfits.jsonl";
    std::ofstream(path) << text;
    return read_curated_outfits(path, {*catalog_.snapshot(), embeddings_, Vocabulary::standard()});
  }

  TestDirectory folder_;
  Catalog catalog_{Vocabulary::standard()};
  ItemEmbeddings embeddings_;
};

TEST_F(CuratedExamplesTest, PiecesAreItemsOfTheShop) {
  embeddings_.put(catalog_.slot("Ada0dress", "Navy"), {{0.6F, 0.8F}, {}, 1});
  const auto curated = read(outfit("Ada0", "Bo1", "Ada2") + outfit("Gone1", "Gone2", "Ada0") + "\n");
  ASSERT_TRUE(curated.ok()) << curated.error().message();
  ASSERT_EQ(curated->outfits.size(), 1U);
  EXPECT_EQ(curated->left_out, 1U);
  EXPECT_EQ(curated->unknown, 2U);
  const OutfitItem& dress = curated->items.items[curated->outfits[0][0]];
  EXPECT_EQ(curated->items.categories[dress.category], "dress");
  EXPECT_EQ(dress.numbers.size(), outfits::WearableReading::kNumbers);
  ASSERT_EQ(dress.vector.size(), 2U);  // 16 bits a component
  EXPECT_NEAR(dress.vector[0], 0.6F, 1e-4F);
  EXPECT_NEAR(dress.vector[1], 0.8F, 1e-4F);
  EXPECT_TRUE(curated->items.items[curated->outfits[0][1]].vector.empty());
}

TEST_F(CuratedExamplesTest, BadLinesAreRefused) {
  const auto malformed = read(outfit("Ada0", "Bo1", "Ada2") + "{\"outfit_id\": 3}\n");
  ASSERT_FALSE(malformed.ok());
  EXPECT_NE(malformed.error().message().find("outfits.jsonl, line 2/outfit_id"), std::string::npos)
      << malformed.error().message();
  const auto foreign = read(outfit("Gone1", "Gone2", "Gone3"));
  ASSERT_FALSE(foreign.ok());
  EXPECT_NE(foreign.error().message().find("sells two pieces of no outfit"), std::string::npos);
}

TEST_F(CuratedExamplesTest, BrandsOfTheTestAreNotTaught) {
  std::string text;
  for (const std::string brand : {"Ada", "Bo"})
    for (int i = 0; i < 10; ++i)
      text +=
          outfit(brand + std::to_string(i), brand + std::to_string((i + 1) % 10), brand + std::to_string(i));
  text += outfit("Ada0", "Bo0", "Ada1");
  const auto curated = read(text);
  ASSERT_TRUE(curated.ok()) << curated.error().message();
  const auto by_brand = split_curated(*curated, CuratedSplit::kBrands, 3);
  EXPECT_EQ(by_brand.train.size(), 10U);
  std::set<BrandId> taught, tested;
  for (const ItemList& outfit : by_brand.train)
    for (const auto item : outfit) taught.insert(curated->brands[item]);
  for (const OutfitLine& line : by_brand.compatibility[0].lines)
    for (const auto item : line.items) tested.insert(curated->brands[item]);
  EXPECT_EQ(taught.size(), 1U);
  EXPECT_EQ(tested.size(), 1U);
  EXPECT_NE(taught, tested);
  EXPECT_EQ(split_curated(*curated, CuratedSplit::kDrawn, 3).train.size(), 11U);
}

TEST(PolyvoreCategories, AreTheVocabularysAndLeaveOutWhatIsNotWorn) {
  EXPECT_EQ(polyvore_category("43"), "heels");
  EXPECT_EQ(polyvore_category("200"), "");  // lipstick
  for (int id = 0; id < 5'000; ++id) {
    const auto name = polyvore_category(std::to_string(id));
    if (!name.empty()) {
      EXPECT_NE(Vocabulary::standard().find(Facet::kCategory, name), nullptr) << name;
    }
  }
}

TEST(PolyvoreCategories, OutfitsAreReadInThem) {
  const TestDirectory folder;
  const auto path = folder.path() / "train.json";
  std::ofstream(path) << R"([{"set_id": "1", "items_category": [43, 200, 4], "items_index": [1, 2, 3]},
                             {"set_id": "2", "items_category": [43, 200], "items_index": [1, 2]}])";
  OutfitItems items;
  items.categories = {"dress"};
  const auto read = read_polyvore_outfits(path, items);
  ASSERT_TRUE(read.ok()) << read.error().message();
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(items.categories, (std::vector<std::string>{"dress", "heels"}));
  EXPECT_EQ(items.items[read->at(0)[1]].category, 0U);
}

}  // namespace
}  // namespace modiste
