// A real shop's texts, where they are at hand: what is asked in a shopper's words is among the first ten.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "catalog/normaliser.h"
#include "feeds/feed_directory.h"
#include "retrieval/text_index.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

class LumaTexts : public ::testing::Test {
 protected:
  void SetUp() override {
    const fs::path folder = fs::path(MODISTE_SOURCE_DIR) / "../shared/data/luma";
    if (!fs::exists(folder)) GTEST_SKIP() << "no luma at " << folder;
    std::ostringstream text;
    text << std::ifstream(folder / "products.csv").rdbuf();
    const std::string csv = text.str();
    MemoryInput input("products.csv", csv);
    std::vector<FeedInput*> inputs{&input};
    const auto report = read_feed_directory(inputs, {"USD", {}}, [&](Garment&& garment) -> Result<Done> {
      normaliser_.normalise(garment);
      index_.put(static_cast<Slot>(garments_.size()), text_fields(garment, "", Vocabulary::standard()));
      garments_.push_back(std::move(garment));
      return kOk;
    });
    ASSERT_TRUE(report.ok()) << report.error().message();
    ASSERT_GT(garments_.size(), 100);
  }

  // Categories of the first ten, with titles for the one who reads a failure.
  [[nodiscard]] std::vector<std::string> ask(std::string_view query) const {
    std::vector<std::string> lines;
    for (const Candidate& c : index_.search({.text = query, .k = 10}).items) {
      const Garment& garment = garments_[c.slot];
      lines.push_back(garment.title + " | " + garment.category);
    }
    return lines;
  }
  static size_t count(const std::vector<std::string>& lines, std::string_view part) {
    return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    }));
  }

  Normaliser normaliser_{Vocabulary::standard()};
  TextIndex index_{Vocabulary::standard()};
  std::vector<Garment> garments_;
};

TEST_F(LumaTexts, AHoodedJacketForTheRain) {
  const auto found = ask("warm hooded jacket for running in the rain");
  EXPECT_GE(count(found, "Jackets") + count(found, "Hoodies"), 8) << ::testing::PrintToString(found);
}

TEST_F(LumaTexts, YogaLeggings) {
  const auto found = ask("yoga leggings");
  EXPECT_GE(count(found, "Pants"), 6) << ::testing::PrintToString(found);
}

TEST_F(LumaTexts, SurvivesAShoppersSpelling) {
  EXPECT_GE(count(ask("yoga legings"), "Pants"), 6) << ::testing::PrintToString(ask("yoga legings"));
  EXPECT_GE(count(ask("hoodded jaket"), "Jackets") + count(ask("hoodded jaket"), "Hoodies"), 8);
}

}  // namespace
}  // namespace modiste
