// Events that were refused: read, corrected, replayed.
#include "http/event_contracts.h"
#include "http/shop_route_parts.h"

namespace modiste::http {

void add_dead_letter_routes(Router& router, Shop* shop) {
  const auto spec = [](Method method, std::string_view path, std::string_view name,
                       std::string_view summary) {
    return RouteSpec{.method = method,
                     .path = path,
                     .name = name,
                     .tag = "Dead letters",
                     .summary = summary,
                     .access = access::kWriter,
                     .run = Run::kWorker};
  };
  router.route<Request<Nothing, LetterQuery>, LetterPage>(
      spec(Method::kGet, "/v1/dead-letters", "listDeadLetters", "Events that were refused, oldest first."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().page(r.query); }));
  router.route<Request<LetterPath>, DeadLetter>(
      spec(Method::kGet, "/v1/dead-letters/{id}", "getDeadLetter",
           "A refused event as it was sent, and why."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().letters().letter(r.path.id); }));
  router.route<Request<LetterPath, Nothing, LetterFix>, DeadLetter>(
      spec(Method::kPut, "/v1/dead-letters/{id}", "fixDeadLetter",
           "Correct the event. It is validated when it is replayed."),
      on(shop, [](Shop& s, auto r) { return s.intake().fix(r.path.id, std::move(r.body.body)); }));
  auto drop = spec(Method::kDelete, "/v1/dead-letters/{id}", "dropDeadLetter", "Delete a dead letter.");
  drop.statuses = {204};
  router.route<Request<LetterPath>, Nothing>(std::move(drop), on(shop, [](Shop& s, const auto& r) {
                                               return s.intake().letters().remove_letter(r.path.id);
                                             }));
  router.route<Request<LetterPath>, ReplayReport>(
      spec(Method::kPost, "/v1/dead-letters/{id}/replay", "replayDeadLetter",
           "Submit it again, with the time it was first received. It is deleted when it is accepted."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().replay(r.path.id); }));
  router.route<Request<Nothing, LetterQuery>, ReplayReport>(
      spec(Method::kPost, "/v1/dead-letters/replay", "replayDeadLetters",
           "Submit a page of dead letters again."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().replay(r.query); }));
}

}  // namespace modiste::http
