// Past events into a shop that is being served (`modiste import`).
#pragma once

#include "http/router.h"
#include "serving/shop.h"

namespace modiste::http {

inline constexpr size_t kHistoryEventsMax = 2'000;

struct HistoryBatch {
  std::vector<Event> events;
};
struct HistoryRefusal {
  int index = 0;
  std::string reason, pointer, expected;
};
struct HistoryBatchReport {
  int accepted = 0, unknown_garments = 0;
  std::vector<int> duplicates;
  std::vector<HistoryRefusal> refused;
};

// Of a batch: how many name a garment that the catalog does not know.
[[nodiscard]] size_t count_unknown_garments(const Catalog& catalog, std::span<const Event> events);

// shop: as shop_router's.
void add_history_routes(Router& router, Shop* shop);

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::HistoryBatch> {
  static constexpr std::string_view kName = "HistoryBatch";
  static constexpr std::string_view kDoc = "Past events, of any age.";
  static constexpr auto kFields = Fields{field(
      "events", &http::HistoryBatch::events,
      {.doc = "Each is validated independently", .required = true, .items_max = http::kHistoryEventsMax})};
};

template <>
struct Contract<http::HistoryRefusal> {
  static constexpr std::string_view kName = "HistoryRefusal";
  static constexpr std::string_view kDoc = "An event that was refused.";
  static constexpr auto kFields = Fields{
      field("index", &http::HistoryRefusal::index, {.doc = "In the batch, from 0", .required = true}),
      field("reason", &http::HistoryRefusal::reason, {.doc = "What is wrong", .required = true}),
      field("pointer", &http::HistoryRefusal::pointer, {.doc = "Where in the event", .required = true}),
      field("expected", &http::HistoryRefusal::expected, {.doc = "What would be right", .required = true})};
};

template <>
struct Contract<http::HistoryBatchReport> {
  static constexpr std::string_view kName = "HistoryBatchReport";
  static constexpr std::string_view kDoc = "What became of past events.";
  static constexpr auto kFields =
      Fields{field("accepted", &http::HistoryBatchReport::accepted,
                   {.doc = "Events that are durable and were not known before", .required = true}),
             field("unknown_garments", &http::HistoryBatchReport::unknown_garments,
                   {.doc = "Events about garments that the catalog does not know; profiles ignore them",
                    .required = true}),
             field("duplicates", &http::HistoryBatchReport::duplicates,
                   {.doc = "Indexes of events that were known already", .required = true}),
             field("refused", &http::HistoryBatchReport::refused,
                   {.doc = "Events that were refused", .required = true})};
};

}  // namespace modiste
