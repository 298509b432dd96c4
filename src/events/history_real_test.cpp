// The whole of Rent the Runway, where it lies beside the source tree; its figures were counted with awk.
#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <filesystem>
#include <memory>
#include <set>

#include "events/history_testing.h"

namespace modiste {
namespace {

std::string unpack(const std::string& file) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(gzopen(file.c_str(), "rb"), gzclose);
  std::string text;
  std::array<char, 1 << 16> piece{};
  for (int count = 0; (count = gzread(in.get(), piece.data(), piece.size())) > 0;)
    text.append(piece.data(), static_cast<size_t>(count));
  return text;
}

TEST(HistoryReal, RtrIsTakenWhole) {
  const std::string file =
      std::string(MODISTE_SOURCE_DIR) + "/../shared/data/rtr/interactions_train.csv.gz";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "the research data is not beside the source tree";
  const auto read = read_set(unpack(file), HistorySet::kRtr);
  std::set<std::string> purchases;
  size_t reviews = 0, with_occasion = 0, with_size = 0;
  for (const auto& event : read.events) {
    if (event.type == EventType::kReview) {
      ++reviews;
      continue;
    }
    purchases.insert(event.event_id);
    with_occasion += event.context ? 1 : 0;
    with_size += event.size.empty() ? 0 : 1;
  }
  EXPECT_EQ(read.report.rows.rows_read, 147'592U);
  EXPECT_EQ(read.report.rows.rows_refused, 0U);
  EXPECT_EQ(read.report.shoppers, 86'901U);
  EXPECT_EQ(read.garments.size(), 3'941U);
  EXPECT_EQ(reviews, 147'510U);                      // 82 rows have no rating
  EXPECT_EQ(purchases.size(), 147'592U - 135U);      // 135 rows repeat another
  EXPECT_EQ(with_occasion, 147'592U - 12'610U - 9U);  // rented for "other" or nothing
  EXPECT_EQ(with_size, 147'592U);
  for (const auto& garment : read.garments) ASSERT_TRUE(validate(garment).ok()) << garment.id;
}

}  // namespace
}  // namespace modiste
