// What judging a batch costs in one thread: the figure behind events/s over HTTP.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "events/event.h"

namespace modiste {
namespace {

constexpr size_t kBatch = 500;

std::string batch_text() {
  std::string text = R"({"events":[)";
  for (size_t i = 0; i < kBatch; ++i) {
    const auto n = std::to_string(i);
    text += (i == 0 ? "" : ",");
    text += R"({"event_id":"0b9c4e5a-7d1f-4c55-9f0e-)" + n + R"(","type":"product_view","shopper_id":"shopper-)" +
            n + R"(","session_id":"s-)" + n + R"(","occurred_at":"2026-11-21T09:30:00.123Z","garment_id":"MH)" +
            n + R"(","colour":"Heather Gray","dwell_ms":)" + n +
            R"(,"context":{"device":"phone","channel":"web","locale":"de-AT","time_zone":"Europe/Vienna"}})";
  }
  return text + "]}";
}

size_t read_all(const std::string& text, TimePoint now) {
  const auto parsed = parse_json(text);
  size_t good = 0;
  for (const auto& entry : parsed.value().as_object().at("events").as_array()) {
    const auto event = from_json<Event>(entry);
    good += event.ok() && validate(*event, now).ok() ? 1 : 0;
  }
  return good;
}

TEST(EventSpeed, OfABatchInOneThread) {
  const auto now = parse_rfc3339("2026-11-21T09:31:00Z").value();
  const auto text = batch_text();
  double best_s = 1e9, parse_s = 1e9;
  for (int round = 0; round < 40; ++round) {
    auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(parse_json(text).ok());
    parse_s = std::min(parse_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    start = std::chrono::steady_clock::now();
    ASSERT_EQ(read_all(text, now), kBatch);
    best_s = std::min(best_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::printf("events: %zu bytes a batch, JSON alone %.0f events/s, read and validated %.0f events/s\n",
              text.size(), kBatch / parse_s, kBatch / best_s);
}

}  // namespace
}  // namespace modiste
