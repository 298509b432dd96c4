#include "shop/remote/served_catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "http/catalog_contracts.h"
#include "http/router.h"

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

using Results = std::vector<Result<Upserted>>;

Result<Results> send_body(PatientCalls& calls, const std::vector<Garment>& garments, std::string body) {
  Results results;
  for (const auto& garment : garments) {
    Upserted done;
    done.garment_id = garment.id;
    results.emplace_back(std::move(done));
  }
  TRY_ASSIGN(const auto answer, calls.call({"POST", "/v1/garments", std::move(body)}));
  TRY_ASSIGN(auto report, from_json_text<http::BatchUpsertReport>(answer));
  for (const auto& refusal : report.refused) {
    if (static_cast<size_t>(refusal.index) >= results.size())
      return Error{Code::kUnavailable, "the server refused a garment that was not sent", calls.server().url,
                   ""};
    results[static_cast<size_t>(refusal.index)] =
        Error{Code::kInvalid, refusal.reason, refusal.pointer, refusal.expected};
  }
  add_report(std::move(report), results);
  return results;
}

// One request; in two halves when it would be too large for one. A garment that is too large by itself is
// refused, and the others go on.
Result<Results> send_garments(PatientCalls& calls, std::vector<Garment> garments) {
  http::GarmentBatch batch{std::move(garments)};
  auto body = to_json_text(batch);
  if (body.size() <= http::kBatchBytesMax) return send_body(calls, batch.garments, std::move(body));
  if (batch.garments.size() == 1)
    return Results{Error{Code::kInvalid, fmt::format("is {} bytes as JSON", body.size()), "",
                         fmt::format("at most {} bytes", http::kBatchBytesMax)}};
  const auto middle = batch.garments.begin() + static_cast<std::ptrdiff_t>(batch.garments.size() / 2);
  const auto part = [](auto begin, auto end) {
    return std::vector<Garment>(std::move_iterator(begin), std::move_iterator(end));
  };
  auto second = part(middle, batch.garments.end());
  TRY_ASSIGN(auto results, send_garments(calls, part(batch.garments.begin(), middle)));
  TRY_ASSIGN(auto rest, send_garments(calls, std::move(second)));
  std::move(rest.begin(), rest.end(), std::back_inserter(results));
  return results;
}

}  // namespace

ImportTarget served_target(const std::shared_ptr<PatientCalls>& calls) {
  ImportTarget target;
  target.upsert = [calls](std::vector<Garment> garments) {
    return send_garments(*calls, std::move(garments));
  };
  target.ids = [calls]() -> Result<std::vector<std::string>> {
    std::vector<std::string> ids;
    const auto patiently = [&](const ServerCall& call) { return calls->call(call); };
    TRY(for_each_served_garment(patiently, [&](Garment&& garment) -> Result<Done> {
      ids.push_back(std::move(garment.id));
      return kOk;
    }));
    return ids;
  };
  target.remove = [calls](const std::string& id) -> Result<Done> {
    const std::string path = "/v1/garments/" + percent_encode(id);
    TRY(calls->call({"DELETE", path}));
    return kOk;
  };
  return target;
}

Result<Done> for_each_served_garment(const CallServer& call,
                                     const std::function<Result<Done>(Garment&&)>& visit) {
  for (std::optional<std::string> after = ""; after;) {
    const auto path = fmt::format("/v1/garments?count={}&after={}", kPageGarments, percent_encode(*after));
    TRY_ASSIGN(const auto answer, call({"GET", path}));
    TRY_ASSIGN(auto page, from_json_text<GarmentPage>(answer));
    for (auto& garment : page.garments) TRY(visit(std::move(garment)));
    after = page.next;
  }
  return kOk;
}

Result<Done> for_each_served_garment(const ServingNote& server,
                                     const std::function<Result<Done>(Garment&&)>& visit) {
  const CallServer at_once = [&](const ServerCall& call) { return call_server(server, call); };
  return for_each_served_garment(at_once, visit);
}

}  // namespace modiste
