#include "http/history_routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/named_item.h"
#include "http/shop_route_parts.h"

namespace modiste::http {
namespace {

// Where in the event, not in the batch.
std::string in_event(const Refusal& refused) {
  const std::string batch = fmt::format("/events/{}", refused.index);
  return refused.error.where.starts_with(batch) ? refused.error.where.substr(batch.size())
                                                : refused.error.where;
}

Result<HistoryBatchReport> take_history(Shop& shop, PartialBatch<HistoryBatch> parsed) {
  std::vector<Event>& events = parsed.batch.events;
  HistoryBatchReport report;
  for (const Refusal& refused : parsed.refused)
    report.refused.push_back({refused.index, refused.error.what, in_event(refused), refused.error.expected});
  report.unknown_garments = static_cast<int>(count_unknown_garments(shop.catalog().view(), events));
  TRY_ASSIGN(const auto fates, shop.events().ingest(std::move(events), Arrival::kImport));
  for (size_t i = 0; i < fates.size(); ++i) {
    const int index = parsed.places[i];
    if (!fates[i].ok()) {
      const Error& error = fates[i].error();
      report.refused.push_back({index, error.what, error.where, error.expected});
    } else if (*fates[i] == IngestResult::kDuplicate) {
      report.duplicates.push_back(index);
    } else {
      ++report.accepted;
    }
  }
  std::ranges::sort(report.refused, {}, &HistoryRefusal::index);
  return report;
}

}  // namespace

size_t count_unknown_garments(const Catalog& catalog, std::span<const Event> events) {
  return static_cast<size_t>(std::ranges::count_if(events, [&](const Event& event) {
    return !event.garment_id.empty() && !find_named(catalog, event.garment_id);
  }));
}

void add_history_routes(Router& router, Shop* shop) {
  router.route<Request<Nothing, Nothing, PartialBatch<HistoryBatch>>, HistoryBatchReport>(
      {.method = Method::kPost,
       .path = "/v1/history",
       .name = "importHistory",
       .tag = "Shoppers",
       .summary = "Import past events of any age, as `modiste import` does. Each is validated independently; "
                  "sending them again changes nothing.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax,
       .example = R"({"events":[{"event_id":"o1","type":"purchase","shopper_id":"ada","garment_id":"MH01",)"
                  R"("occurred_at":"2024-03-01T10:00:00Z","order_id":"o1"}]})"},
      on(shop, [](Shop& s, auto request) { return take_history(s, std::move(request.body)); }));
}

}  // namespace modiste::http
