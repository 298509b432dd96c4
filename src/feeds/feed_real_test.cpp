// Real merchants' files, where they are at hand.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "catalog/normaliser.h"
#include "feeds/feed_directory.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

fs::path data(const std::string& name) { return fs::path(MODISTE_SOURCE_DIR) / "../shared/data" / name; }

struct Imported {
  std::map<std::string, Garment> garments;
  DirectoryReport report;
};

Imported import_directory(const fs::path& directory) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().extension() != ".csv") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    texts.emplace_back(entry.path().filename(), text.str());
  }
  std::sort(texts.begin(), texts.end());
  std::vector<MemoryInput> inputs;
  for (const auto& [name, text] : texts) inputs.emplace_back(name, text);
  std::vector<FeedInput*> pointers;
  for (auto& input : inputs) pointers.push_back(&input);
  Imported imported;
  auto report = read_feed_directory(pointers, {"USD", {}}, [&](Garment&& garment) -> Result<Done> {
    const std::string id = garment.id;
    imported.garments.emplace(id, std::move(garment));
    return kOk;
  });
  EXPECT_TRUE(report.ok()) << report.error().message();
  imported.report = std::move(report).value();
  return imported;
}

class Luma : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(data("luma"))) GTEST_SKIP() << "no luma at " << data("luma");
  }
  static const Imported& luma() {
    static const Imported kLuma = import_directory(data("luma"));
    return kLuma;
  }
};

TEST_F(Luma, HasEveryGarmentAndVariant) {
  size_t configurable = 0, variants = 0;
  for (const auto& [id, garment] : luma().garments) {
    if (id.starts_with("24-")) continue;
    ++configurable;
    variants += garment.variants.size();
  }
  EXPECT_EQ(configurable, 147);
  EXPECT_EQ(variants, 1'847);
  EXPECT_EQ(luma().garments.size(), 147 + 14 + 9 + 9);
  EXPECT_EQ(luma().report.total.garments, luma().garments.size());
  EXPECT_EQ(luma().report.total.rows_refused, 0);
  EXPECT_EQ(luma().report.total.rows_read, 1'994 + 14 + 9 + 9 + 18 + 22 + 10 + 98 + 147);
}

TEST_F(Luma, KnowsWhatEachFileIs) {
  std::map<std::string, std::string> roles;
  for (const auto& file : luma().report.files) roles[file.file] = file.role;
  EXPECT_EQ(roles.at("products.csv"), "adobe-commerce-csv");
  EXPECT_EQ(roles.at("products_gear_bags.csv"), "adobe-commerce-csv");
  EXPECT_EQ(roles.at("images_gear_bags.csv"), "photos");
  EXPECT_EQ(roles.at("related.csv"), "links");
  EXPECT_EQ(roles.at("upsell.csv"), "upsell links, not read");
  EXPECT_EQ(roles.at("reviews.csv"), "unsupported format");
}

TEST_F(Luma, ReadsAGarmentWithItsColoursAndPhotos) {
  const Garment& hoodie = luma().garments.at("MH01");
  EXPECT_EQ(hoodie.title, "Chaz Kangeroo Hoodie");
  EXPECT_EQ(hoodie.category, "Men/Tops/Hoodies & Sweatshirts");
  EXPECT_EQ(hoodie.variants.size(), 15);
  EXPECT_EQ(hoodie.variants.front().sku, "MH01-XS-Black");
  EXPECT_EQ(hoodie.variants.front().price, 52);
  EXPECT_EQ(hoodie.variants.front().stock, 100);
  EXPECT_EQ(hoodie.images.front().url, "/m/h/mh01-gray_main.jpg");
  EXPECT_EQ(hoodie.images.front().colour, "Gray");
  std::map<std::string, size_t> by_colour;
  for (const auto& image : hoodie.images) ++by_colour[image.colour];
  EXPECT_EQ(by_colour, (std::map<std::string, size_t>{{"Black", 1}, {"Gray", 3}, {"Orange", 1}}));
  EXPECT_EQ(hoodie.description.find('<'), std::string::npos);
  EXPECT_EQ(hoodie.description.find('&'), std::string::npos) << hoodie.description;
  EXPECT_EQ(hoodie.supplier_attributes.at("climate").size(), 5);
  EXPECT_EQ(hoodie.supplier_attributes.at("collection"), std::vector<std::string>{"Eco Friendly"});
  EXPECT_FALSE(hoodie.goes_with.empty());
}

TEST_F(Luma, JoinsTheBagsWithTheirPhotos) {
  const Garment& bag = luma().garments.at("24-MB04");
  EXPECT_EQ(bag.category, "Gear/Bags");
  EXPECT_EQ(bag.variants.front().price, 32);
  EXPECT_EQ(bag.images.size(), 2);
  EXPECT_EQ(bag.supplier_attributes.at("material"),
            (std::vector<std::string>{"Canvas", "Cotton", "Mesh", "Polyester"}));
}

TEST_F(Luma, FindsThePhotosOnDisk) {
  for (const auto& [id, garment] : luma().garments)
    for (const auto& image : garment.images) {
      bool found = false;
      for (const auto& path : image_file_candidates(image.url))
        found = found || fs::exists(data("luma") / path);
      EXPECT_TRUE(found) << id << ' ' << image.url;
    }
}

std::string term_of(const Garment& garment, Facet facet) {
  const Attribute* best = nullptr;
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == facet && (best == nullptr || attribute.confidence > best->confidence))
      best = &attribute;
  return best == nullptr ? "" : best->term;
}

// Prints what the merchant is shown after an import; run with --gtest_filter=Luma.* to read it.
TEST_F(Luma, MostSupplierWordsAreUnderstoodWithoutAModel) {
  const Normaliser normaliser(Vocabulary::standard());
  VocabularyReport report;
  for (const auto& [id, garment] : luma().garments) {
    Garment copy = garment;
    normaliser.normalise(copy, &report);
    EXPECT_NE(term_of(copy, Facet::kCategory), "") << id;
    EXPECT_NE(term_of(copy, Facet::kCategory), "unknown") << id << ' ' << copy.category;
    EXPECT_NE(term_of(copy, Facet::kDepartment), "") << id;
  }
  std::printf("luma: %zu words, %.1f%% understood (%zu exact, %zu stemmed)\n", report.words(),
              100 * report.understood_share(), report.words(MatchStep::kExact),
              report.words(MatchStep::kStemmed));
  for (const auto& [where, word, count] : report.unknown())
    std::printf("  not understood: %4zu x %s = %s\n", count, where.c_str(), word.c_str());
  EXPECT_GE(report.understood_share(), 0.95);
}

TEST(ClothingCc0, EveryPhotoIsAGarmentOrRefusedWithItsLabel) {
  if (!fs::exists(data("clothing_cc0"))) GTEST_SKIP() << "no clothing_cc0";
  const Imported photos = import_directory(data("clothing_cc0"));
  const auto& total = photos.report.total;
  EXPECT_EQ(total.rows_read, 4'299);
  EXPECT_EQ(total.rows_refused, 175);  // 169 "Not sure", 6 "Skip"
  EXPECT_EQ(total.garments, 4'299 - 175);
  EXPECT_EQ(total.refusals.front().column, "label");
  const Garment& garment = photos.garments.begin()->second;
  EXPECT_TRUE(fs::exists(data("clothing_cc0") / garment.images.front().url));
}

}  // namespace
}  // namespace modiste
