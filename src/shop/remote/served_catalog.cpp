#include "shop/remote/served_catalog.h"

#include <fmt/format.h>

#include "http/contracts.h"

namespace modiste {
namespace {

constexpr int kPageGarments = 100;

// The server reports on the batch, not on each garment: the first that were accepted stand for those meant.
void add_report(http::BatchUpsertReport report, std::vector<Result<Upserted>>& results) {
  int created = report.created;
  Upserted* first = nullptr;
  for (auto& result : results) {
    if (!result.ok()) continue;
    if (created-- > 0) result->created = true;
    if (first == nullptr) first = &*result;
  }
  if (first == nullptr) return;
  first->embedded = static_cast<size_t>(report.embedded);
  first->photo_problems = std::move(report.photo_problems);
  first->conflicts = std::move(report.conflicts);
}

Upserter served_upserter(const ServingNote& server) {
  return [server](std::vector<Garment> garments) -> Result<std::vector<Result<Upserted>>> {
    std::vector<Result<Upserted>> results;
    for (const auto& garment : garments) {
      Upserted done;
      done.garment_id = garment.id;
      results.emplace_back(std::move(done));
    }
    const http::GarmentBatch batch{std::move(garments)};
    TRY_ASSIGN(const auto answer, call_server(server, "POST", "/v1/garments", to_json_text(batch)));
    TRY_ASSIGN(auto report, from_json_text<http::BatchUpsertReport>(answer));
    for (const auto& refusal : report.refused) {
      if (static_cast<size_t>(refusal.index) >= results.size())
        return Error{Code::kUnavailable, "the server refused a garment that was not sent", server.url, ""};
      results[static_cast<size_t>(refusal.index)] =
          Error{Code::kInvalid, refusal.reason, refusal.pointer, refusal.expected};
    }
    add_report(std::move(report), results);
    return results;
  };
}

}  // namespace

ImportTarget served_target(const ServingNote& server) {
  ImportTarget target;
  target.upsert = served_upserter(server);
  target.ids = [server]() -> Result<std::vector<std::string>> {
    std::vector<std::string> ids;
    TRY(for_each_served_garment(server, [&](Garment&& garment) -> Result<Done> {
      ids.push_back(std::move(garment.id));
      return kOk;
    }));
    return ids;
  };
  target.remove = [server](const std::string& id) -> Result<Done> {
    TRY(call_server(server, "DELETE", "/v1/garments/" + percent_encode(id), ""));
    return kOk;
  };
  return target;
}

Result<Done> for_each_served_garment(const ServingNote& server,
                                     const std::function<Result<Done>(Garment&&)>& visit) {
  for (std::optional<std::string> after = ""; after;) {
    const auto path = fmt::format("/v1/garments?count={}&after={}", kPageGarments, percent_encode(*after));
    TRY_ASSIGN(const auto answer, call_server(server, "GET", path, ""));
    TRY_ASSIGN(auto page, from_json_text<GarmentPage>(answer));
    for (auto& garment : page.garments) TRY(visit(std::move(garment)));
    after = page.next;
  }
  return kOk;
}

}  // namespace modiste
