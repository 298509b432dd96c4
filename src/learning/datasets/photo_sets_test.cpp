#include "learning/datasets/photo_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

#include "learning/datasets/feature_cache.h"

namespace modiste {
namespace {

class TrainingFiles : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              (std::string("modiste-training-") + test->name() + "-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void put(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  const Vocabulary& vocabulary_ = Vocabulary::standard();
  std::filesystem::path folder_;
};

TEST_F(TrainingFiles, ClothingSaysLabelSenderAndMeaning) {
  put("images.csv", "image,sender_id,label,kids\r\na1,7,Longsleeve,True\r\nb2,8,Not sure,False\r\n");
  const auto records = read_clothing_cc0(folder_, vocabulary_);
  ASSERT_TRUE(records.ok()) << records.error().message();
  ASSERT_EQ(records->size(), 2U);
  EXPECT_EQ(records->at(0).group, "7");
  EXPECT_EQ(records->at(0).label, "Longsleeve");
  EXPECT_THAT(records->at(0).terms, testing::ElementsAre(testing::Pair(Facet::kCategory, "long-sleeve-top"),
                                                         testing::Pair(Facet::kSleeve, "long-sleeve"),
                                                         testing::Pair(Facet::kDepartment, "kids")));
  EXPECT_EQ(records->at(0).file.filename(), "a1.jpg");
  EXPECT_TRUE(records->at(1).label.empty());
}

TEST_F(TrainingFiles, ClothingRefusesOtherTables) {
  EXPECT_EQ(read_clothing_cc0(folder_, vocabulary_).error().code, Code::kNotFound);
  put("images.csv", "sku,price\n1,2\n");
  EXPECT_EQ(read_clothing_cc0(folder_, vocabulary_).error().where, "line 1");
  put("images.csv", "image,sender_id,label,kids\na,1,Hat\n");
  EXPECT_EQ(read_clothing_cc0(folder_, vocabulary_).error().where, "line 2");
}

TEST_F(TrainingFiles, EveryClothingLabelIsInTheVocabulary) {
  std::string table = "image,sender_id,label,kids\n";
  const std::vector<std::string> labels{"Blazer",     "Blouse",  "Body",    "Dress", "Hat",       "Hoodie",
                                        "Longsleeve", "Outwear", "Pants",   "Polo",  "Shirt",     "Shoes",
                                        "Shorts",     "Skirt",   "T-Shirt", "Top",   "Undershirt"};
  for (const auto& label : labels) table += "x,1," + label + ",False\n";
  put("images.csv", table);
  const auto records = read_clothing_cc0(folder_, vocabulary_);
  ASSERT_TRUE(records.ok());
  for (const auto& record : *records) EXPECT_FALSE(record.label.empty()) << record.photo;
}

TEST_F(TrainingFiles, GarmentPhotosCarryColourAndWords) {
  put("img/hoodie-red.jpg", "x");
  Garment garment;
  garment.id = "MH01";
  garment.title = "Chaz Hoodie";
  garment.attributes = {{Facet::kCategory, "hoodie", "Hoodies", AttributeSource::kSupplier, 1},
                        {Facet::kColour, "red", "Fire", AttributeSource::kSupplier, 1},
                        {Facet::kSleeve, "cap", "", AttributeSource::kPhoto, 1}};
  garment.images = {{"/m/h/hoodie-red.jpg", "Fire"}, {"/m/h/absent.jpg", "Fire"}};
  const auto records = photos_of_garments("shop", {garment}, folder_ / "img", vocabulary_);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].garment, "MH01/Fire");
  EXPECT_THAT(records[0].terms, testing::UnorderedElementsAre(testing::Pair(Facet::kCategory, "hoodie"),
                                                              testing::Pair(Facet::kColour, "red")));
  EXPECT_THAT(records[0].texts, testing::ElementsAre(testing::HasSubstr("Chaz Hoodie, Fire")));
}

TEST_F(TrainingFiles, FashionMnistIsReadOrRefused) {
  EXPECT_EQ(read_fashion_mnist(folder_, 10, vocabulary_).error().code, Code::kNotFound);
  put("train-images-idx3-ubyte.gz", "not a gzip file at all, but text");
  put("train-labels-idx1-ubyte.gz", "nor is this");
  EXPECT_EQ(read_fashion_mnist(folder_, 10, vocabulary_).error().code, Code::kCorrupt);
  if (!std::filesystem::exists(kFashionMnistFolder)) GTEST_SKIP() << "dataset-fashion-mnist is absent";
  const auto records = read_fashion_mnist(kFashionMnistFolder, 25, vocabulary_);
  ASSERT_TRUE(records.ok()) << records.error().message();
  ASSERT_EQ(records->size(), 25U);
  EXPECT_EQ(records->front().label, "ankle-boots");  // the set's well-known first photo
  EXPECT_EQ(records->front().pixels.width, 28);
}

TEST_F(TrainingFiles, CacheRemembersAndCutsATornTail) {
  const auto path = folder_ / "c.features";
  {
    auto cache = FeatureCache::open(path, "model-1", 3);
    ASSERT_TRUE(cache.ok());
    cache->add(11, {1, 2, 3});
    cache->add(22, {4, 5, 6});
    cache->add(22, {9, 9, 9});
  }
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 5);
  {
    auto cache = FeatureCache::open(path, "model-1", 3);
    ASSERT_TRUE(cache.ok());
    ASSERT_NE(cache->find(11), nullptr);
    EXPECT_EQ(cache->find(22), nullptr);
    cache->add(33, {7, 8, 9});
  }
  auto cache = FeatureCache::open(path, "model-1", 3);
  EXPECT_EQ(*cache->find(33), (std::vector<float>{7, 8, 9}));
  EXPECT_EQ(*cache->find(11), (std::vector<float>{1, 2, 3}));
}

TEST_F(TrainingFiles, CacheOfAnotherModelIsBegunAnew) {
  const auto path = folder_ / "c.features";
  FeatureCache::open(path, "model-1", 2)->add(1, {1, 2});
  EXPECT_EQ(FeatureCache::open(path, "model-2", 2)->find(1), nullptr);
}

}  // namespace
}  // namespace modiste
