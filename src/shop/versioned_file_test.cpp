#include "shop/versioned_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/test_directory.h"
#include "shop/background/training_schedule.h"
#include "shop/kept_settings.h"

namespace modiste {
namespace {

// Every small file of a data directory answers alike.
TEST(VersionedFile, AnotherVersionIsRefusedByEveryReader) {
  const TestDirectory data;
  std::ofstream(data.path() / "shop.json") << R"({"version":2,"currency":"EUR","embedding":"none"})";
  const auto settings = read_kept_settings(data.path());
  ASSERT_FALSE(settings.ok());
  EXPECT_EQ(settings.error().code, Code::kCorrupt);
  std::ofstream(data.path() / "schedule.json") << R"({"version":2,"models":[]})";
  const auto schedule = read_training_state(data.path());
  ASSERT_FALSE(schedule.ok());
  EXPECT_EQ(schedule.error().code, Code::kCorrupt);
  EXPECT_EQ(schedule.error().what, settings.error().what);
}

TEST(VersionedFile, ReadsWhatWasWrittenAndNothingWhereThereIsNone) {
  const TestDirectory data;
  const auto file = data.path() / "new" / "shop.json";
  EXPECT_FALSE(read_versioned<KeptSettings>(file, "another is written").value());
  KeptSettings written;
  written.currency = "EUR";
  ASSERT_TRUE(write_versioned(file, written).ok());
  const auto read = read_versioned<KeptSettings>(file, "another is written");
  ASSERT_TRUE(read.ok()) << read.error().message();
  ASSERT_TRUE(read->has_value());
  EXPECT_EQ((*read)->currency, "EUR");
  std::ofstream(file) << std::string(kVersionedBytesMax + 1, ' ');
  EXPECT_EQ(read_versioned<KeptSettings>(file, "another is written").error().code, Code::kInvalid);
}

}  // namespace
}  // namespace modiste
