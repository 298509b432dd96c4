#include "events/batch.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

const TimePoint kReceivedAt = parse_rfc3339("2026-11-21T09:30:00Z").value();

Result<JudgedBatch> judge(std::string_view text) {
  return judge_batch(parse_json(text).value().as_array(), kReceivedAt);
}

TEST(JudgeBatch, OneBadEventHarmsNoOther) {
  const auto batch = judge(R"([
    {"event_id": "1", "type": "like", "shopper_id": "ada", "garment_id": "g1"},
    {"event_id": "2", "type": "like", "shopper_id": "ada"},
    {"event_id": "3", "type": "lik", "shopper_id": "ada", "garment_id": "g1"},
    "not an event",
    {"event_id": "5", "type": "pass", "shopper_id": "bea", "garment_id": "g2"}])")
                         .value();
  ASSERT_EQ(batch.accepted.size(), 2u);
  EXPECT_EQ(batch.accepted[0].event_id, "1");
  EXPECT_EQ(batch.accepted[1].event_id, "5");
  EXPECT_EQ(batch.places, (std::vector<size_t>{0, 4}));
  ASSERT_EQ(batch.refused.size(), 3u);
  EXPECT_EQ(batch.refused[0].index, 1u);
  EXPECT_EQ(batch.refused[0].event_id, "2");
  EXPECT_EQ(batch.refused[0].pointer, "/garment_id");
  EXPECT_EQ(batch.refused[1].event_id, "3");
  EXPECT_EQ(batch.refused[1].pointer, "/type");
  EXPECT_EQ(batch.refused[1].expected, "'like', perhaps");
  EXPECT_EQ(batch.refused[2].event_id, "");
  EXPECT_EQ(batch.refused[2].pointer, "");
}

TEST(JudgeBatch, ARepeatedEventIsKeptOnce) {
  const auto batch = judge(R"([
    {"event_id": "1", "type": "like", "shopper_id": "ada", "garment_id": "g1"},
    {"event_id": "1", "type": "like", "shopper_id": "ada", "garment_id": "g1"},
    {"event_id": "1", "type": "like", "shopper_id": "bea", "garment_id": "g1"}])")
                         .value();
  EXPECT_EQ(batch.places, (std::vector<size_t>{0, 2})) << "ids are each shopper's own";
  EXPECT_EQ(batch.repeated, std::vector<size_t>{1});
  EXPECT_TRUE(batch.refused.empty());
}

TEST(JudgeBatch, ARefusedEventMayBeSentAgainRightInTheSameBatch) {
  const auto batch = judge(R"([
    {"event_id": "1", "type": "like", "shopper_id": "ada"},
    {"event_id": "1", "type": "like", "shopper_id": "ada", "garment_id": "g1"}])")
                         .value();
  EXPECT_EQ(batch.places, std::vector<size_t>{1});
  EXPECT_EQ(batch.refused.size(), 1u);
}

TEST(JudgeBatch, AnErasureIsNotAnEventToSend) {
  const auto batch = judge(R"([{"event_id": "1", "type": "erase", "shopper_id": "ada"}])").value();
  ASSERT_EQ(batch.refused.size(), 1u);
  EXPECT_EQ(batch.refused[0].pointer, "/type");
}

TEST(JudgeBatch, UnknownFieldsAndLongIdsAreRefusedWithPlace) {
  const auto batch = judge(R"([
    {"event_id": "1", "type": "like", "shopper_id": "ada", "garment_id": "g1", "prize": 3},
    {"event_id": ")" + std::string(101, 'x') +
                           R"(", "type": "like", "shopper_id": "ada", "garment_id": "g1"}])")
                         .value();
  ASSERT_EQ(batch.refused.size(), 2u);
  EXPECT_EQ(batch.refused[0].pointer, "/prize");
  EXPECT_EQ(batch.refused[1].pointer, "/event_id");
  EXPECT_EQ(batch.refused[1].event_id, "") << "not echoed";
}

TEST(JudgeBatch, TooManyEventsAreRefusedAsAWhole) {
  json::array events(kBatchEventsMax, json::value(1));
  EXPECT_EQ(judge_batch(events, kReceivedAt)->refused.size(), kBatchEventsMax);
  events.emplace_back(1);
  EXPECT_EQ(judge_batch(events, kReceivedAt).error().code, Code::kInvalid);
  EXPECT_TRUE(judge_batch({}, kReceivedAt)->accepted.empty());
}

}  // namespace
}  // namespace modiste
