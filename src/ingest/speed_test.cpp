// What judging a batch costs in one thread: the figure behind events/s over HTTP.
#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>

#include "ingest/event_door.h"

namespace modiste {
namespace {

constexpr size_t kBatch = 500;

std::string batch_text() {
  std::string text = R"({"events":[)";
  for (size_t i = 0; i < kBatch; ++i) {
    const auto n = std::to_string(i);
    text += (i == 0 ? "" : ",");
    text += R"({"event_id":"0b9c4e5a-7d1f-4c55-9f0e-)" + n +
            R"(","type":"product_view","shopper_id":"shopper-)" + n + R"(","session_id":"s-)" + n +
            R"(","occurred_at":"2026-11-21T09:30:00.123Z","garment_id":"MH)" + n +
            R"(","colour":"Heather Gray","dwell_ms":)" + n +
            R"(,"context":{"device":"phone","channel":"web","locale":"de-AT","time_zone":"Europe/Vienna"}})";
  }
  return text + "]}";
}

std::string segment_text() {
  std::string text = R"({"batch":[)";
  for (size_t i = 0; i < kBatch; ++i) {
    const auto n = std::to_string(i);
    text += (i == 0 ? "" : ",");
    text +=
        R"({"type":"track","event":"Product Viewed","messageId":"ajs-next-4c55-9f0e-)" + n +
        R"(","userId":"shopper-)" + n +
        R"(","timestamp":"2026-11-21T09:30:00.123Z","context":{"locale":"de-AT","timezone":"Europe/Vienna",)"
        R"("device":{"type":"ios"}},"properties":{"product_id":"MH)" +
        n + R"(","variant":"Heather Gray","price":52,"currency":"USD"}})";
  }
  return text + "]}";
}

// Events a second of processor time, the best of some rounds: the machine is shared.
template <class Work>
double best_rate(const Work& work) {
  double best_s = 1e9;
  for (int round = 0; round < 40; ++round) {
    const auto start = std::clock();
    work();
    best_s = std::min(best_s, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return static_cast<double>(kBatch) / best_s;
}

size_t judge(const std::string& text, TimePoint now) {
  const auto admission = ParsedBatch::judge(text, now).value();
  size_t good = 0;
  for (const auto& event : admission.events) good += validate(event, now).ok() ? 1 : 0;
  return good;
}

TEST(EventSpeed, OfABatchInOneThread) {
  const auto now = parse_rfc3339("2026-11-21T09:31:00Z").value();
  const auto ours = batch_text(), segment = segment_text();
  const double parse = best_rate([&] { EXPECT_TRUE(parse_json(ours).ok()); });
  const double judged = best_rate([&] { EXPECT_EQ(judge(ours, now), kBatch); });
  const double translated = best_rate([&] { EXPECT_EQ(judge(segment, now), kBatch); });
  std::printf(
      "events: %zu bytes a batch, JSON alone %.0f events/s, through the door and validated %.0f, from "
      "Segment's %.0f\n",
      ours.size(), parse, judged, translated);
  EXPECT_GT(judged, 30'000) << "the door must not be what bounds events over HTTP";
}

}  // namespace
}  // namespace modiste
