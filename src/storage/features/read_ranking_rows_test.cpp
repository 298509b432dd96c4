// From the log to what a ranker learns from: answers as groups, with outcomes and the features as logged.
#include "storage/features/read_ranking_rows.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "features/feature.h"
#include "storage/memory/memory_event_log.h"

namespace modiste {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr TimePoint kShownAt{std::chrono::sys_days(std::chrono::year(2026) / 10 / 1)};

struct RankedLog {
  MemoryEventLog log;
  int ids = 0;

  Event event(EventType type, int who, std::string garment, std::string request) {
    Event event;
    event.event_id = fmt::format("e{}", ids++);
    event.type = type;
    event.shopper_id = fmt::format("{:032x}", who);
    event.garment_id = std::move(garment);
    event.request_id = std::move(request);
    return event;
  }
  void add(Event event, TimePoint at) {
    event.occurred_at = at;
    ASSERT_TRUE(log.append({&event, 1}, at).ok());
  }
  // Each garment with `content` as the place it stands at over 10.
  void served(int who, const std::string& request, const std::vector<std::string>& garments, TimePoint at,
              uint32_t set = feature_set()) {
    Event event = this->event(EventType::kServed, who, "", request);
    for (size_t place = 0; place < garments.size(); ++place) {
      ShownItem& item = event.items.emplace_back();
      item.garment_id = garments[place];
      item.colour = "Red";
      item.position = static_cast<int>(place);
      item.propensity = 0.5F;
      item.features.assign(1 + streaming_features().size(), kFeatureUnknown);
      item.features[0] = static_cast<float>(set);
      for (size_t f = 0; f < streaming_features().size(); ++f)
        if (streaming_features()[f].name == "content") item.features[1 + f] = static_cast<float>(place) / 10;
    }
    add(std::move(event), at);
  }
  // What the page reports as seen.
  void saw(int who, const std::string& request, const std::vector<std::string>& garments, TimePoint at) {
    Event event = this->event(EventType::kImpression, who, "", request);
    for (size_t place = 0; place < garments.size(); ++place)
      event.items.push_back({garments[place], "Red", static_cast<int>(place)});
    add(std::move(event), at);
  }
  void did(EventType type, int who, const std::string& garment, const std::string& request, TimePoint at) {
    add(event(type, who, garment, request), at);
  }
  [[nodiscard]] RankingRows rows(TimePoint as_of = kShownAt + days(30)) const {
    auto read = read_ranking_rows(log, as_of, {});
    EXPECT_TRUE(read.ok()) << read.error().message();
    return std::move(read).value();
  }
};

TEST(ReadRankingRows, AnAnswerIsAGroupWithItsOutcomesAndLoggedFeatures) {
  RankedLog log;
  log.served(2, "later", {"D", "E"}, kShownAt + days(1));
  log.saw(2, "later", {"D", "E"}, kShownAt + days(1));
  log.did(EventType::kClick, 2, "D", "later", kShownAt + days(1) + minutes(1));
  log.served(1, "first", {"A", "B", "C"}, kShownAt);
  log.saw(1, "first", {"A", "B", "C"}, kShownAt);
  log.did(EventType::kLike, 1, "B", "first", kShownAt + minutes(1));
  log.did(EventType::kPass, 1, "C", "first", kShownAt + minutes(2));
  const RankingRows rows = log.rows();
  ASSERT_EQ(rows.ends, (std::vector<size_t>{3, 5})) << "in the order of time, not of the log";
  EXPECT_EQ(rows.shown_at[0], kShownAt);
  const size_t content = rows.column("content"), hybrid = rows.column("hybrid");
  for (size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(rows.rows[row].position, static_cast<int>(row));
    EXPECT_FLOAT_EQ(rows.rows[row].propensity, 0.5F);
    EXPECT_FLOAT_EQ(rows.value(row, content), static_cast<float>(row) / 10);
    EXPECT_EQ(rows.value(row, hybrid), kFeatureUnknown);
    EXPECT_EQ(rows.rows[row].passed, row == 2);
  }
  EXPECT_EQ(rows.rows[0].gain, 0);
  EXPECT_EQ(rows.rows[1].gain, kGainOfLabel[2]);
  EXPECT_EQ(rows.rows[3].gain, kGainOfLabel[1]);
}

TEST(ReadRankingRows, WhatWasNotSeenAndWhatOtherFeaturesRankedIsLeftOut) {
  RankedLog log;
  log.served(1, "half", {"A", "B", "C"}, kShownAt);
  log.saw(1, "half", {"A", "B"}, kShownAt);
  log.did(EventType::kLike, 1, "B", "half", kShownAt + minutes(1));
  log.served(2, "older", {"A", "B"}, kShownAt, feature_set() + 1);
  log.saw(2, "older", {"A", "B"}, kShownAt);
  log.did(EventType::kLike, 2, "A", "older", kShownAt + minutes(1));
  const RankingRows rows = log.rows();
  EXPECT_EQ(rows.ends, (std::vector<size_t>{2})) << "C was not seen; the other answer is of another set";
}

TEST(ReadRankingRows, AnAnswerOfTheLastHoursWaitsForItsOutcomes) {
  RankedLog log;
  log.served(1, "ripe", {"A", "B"}, kShownAt);
  log.did(EventType::kLike, 1, "A", "ripe", kShownAt + minutes(1));
  log.served(1, "of now", {"C", "D", "E"}, kShownAt + days(1));
  const auto until = [&](TimePoint as_of) { return log.rows(as_of).ends; };
  EXPECT_EQ(until(kShownAt + days(1) + minutes(1)), (std::vector<size_t>{2}));
  EXPECT_EQ(until(kShownAt + days(2)), (std::vector<size_t>{2, 5}));
}

TEST(ReadRankingRows, TwoPeoplesAnswersUnderOneIdAreTwoAnswers) {
  RankedLog log;
  for (const int who : {1, 2}) {
    log.served(who, "the same", {"A", "B"}, kShownAt + minutes(who));
    log.saw(who, "the same", {"A", "B"}, kShownAt + minutes(who));
  }
  log.did(EventType::kPass, 1, "A", "the same", kShownAt + minutes(3));  // or the visit was abandoned
  log.did(EventType::kLike, 2, "B", "the same", kShownAt + minutes(5));
  log.did(EventType::kClick, 3, "A", "the same", kShownAt + minutes(6));  // was shown neither
  const RankingRows rows = log.rows();
  ASSERT_EQ(rows.ends, (std::vector<size_t>{2, 4}));
  std::vector<float> gains;
  for (const RankingRow& row : rows.rows) gains.push_back(row.gain);
  EXPECT_EQ(gains, (std::vector<float>{0, 0, 0, kGainOfLabel[2]}));
}

TEST(ReadRankingRows, CardsOfAnHourAreComparedWithEachOther) {
  RankedLog log;
  for (const auto& [garment, minute] : {std::pair("A", 1), {"B", 2}, {"C", 70}}) {
    const std::string request = fmt::format("card {}", garment);
    log.served(1, request, {garment}, kShownAt + minutes(minute));
    log.saw(1, request, {garment}, kShownAt + minutes(minute));
    log.did(EventType::kLike, 1, garment, request, kShownAt + minutes(minute) + std::chrono::seconds(20));
  }
  log.served(2, "other", {"A", "B"}, kShownAt + minutes(90));
  const RankingRows rows = log.rows();
  EXPECT_EQ(rows.ends, (std::vector<size_t>{2, 3, 5}));
  EXPECT_EQ(rows.shoppers, (std::vector<uint32_t>{0, 0, 1})) << "two answers of one shopper";
}

}  // namespace
}  // namespace modiste
