// What the shop should look at: garments that come back, photos that contradict the words.
#include "http/catalog_contracts.h"
#include "http/shop_route_parts.h"

namespace modiste::http {

void add_quality_routes(Router& router, Shop* shop) {
  router.route<Request<Nothing, QualityQuery>, GarmentReturnsPage>(
      {.path = "/v1/quality/returns",
       .name = "listReturns",
       .tag = "Catalog",
       .summary = "Garments that come back, those first that are not as described or defective.",
       .access = access::kWriter},
      on(shop, [](Shop& s, const auto& r) -> Result<GarmentReturnsPage> {
        return s.doubtful_garments(static_cast<size_t>(r.query.count));
      }));
  router.route<Request<Nothing, ConflictsQuery>, ConflictPage>(
      {.path = "/v1/quality/conflicts",
       .name = "listConflicts",
       .tag = "Catalog",
       .summary = "Where a photo contradicts the shop's words, a page at a time. Only kinds of contradiction "
                  "that proved right at least 8 times in 10.",
       .access = access::kWriter,
       .run = Run::kWorker},  // looks at all of them
      on(shop, [](Shop& s, const auto& r) {
        return s.conflicts(r.query.state, r.query.after, static_cast<size_t>(r.query.count));
      }));
  router.route<Request<ConflictPath, Nothing, ConflictDecision>, ListedConflict>(
      {.method = Method::kPut,
       .path = "/v1/quality/conflicts/{id}",
       .name = "settleConflict",
       .tag = "Catalog",
       .summary =
           "Decide whether the photo or the words are right. The garment follows at once; the decision "
           "is kept when the same photo and words are imported again.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .example = R"({"right":"photo"})"},
      on(shop, [](Shop& s, const auto& r) { return s.catalog().settle(r.path.id, r.body.right); }));
}

}  // namespace modiste::http
