// The catalog: garments, their variants and photos.
#include "base/check.h"
#include "http/catalog_contracts.h"
#include "http/shop_route_parts.h"
#include "serving/catalog/shown_garment.h"

namespace modiste::http {
namespace {

GarmentRefusal garment_refusal(Refusal r) {
  return {r.index, std::move(r.id), std::move(r.error.what), std::move(r.error.where),
          std::move(r.error.expected)};
}

Result<Reply<UpsertReport>> put_garment(Shop& shop,
                                        Request<GarmentPath, Nothing, WithPathId<Garment>> request) {
  std::vector<Garment> one;
  one.push_back(std::move(request.body.value));
  TRY_ASSIGN(const auto results, shop.catalog().upsert(std::move(one)));
  const auto& upserted = results.front();
  if (!upserted.ok()) return upserted.error();
  return Reply<UpsertReport>{{upserted->garment_id, static_cast<int>(upserted->items),
                              upserted->photo_problems, upserted->conflicts},
                             upserted->created ? 201 : 200};
}

template <class T>
void append(std::vector<T>&& from, std::vector<T>& to) {
  const size_t taken = std::min(from.size(), kPhotosReportedMax - std::min(kPhotosReportedMax, to.size()));
  std::move(from.begin(), from.begin() + static_cast<ptrdiff_t>(taken), std::back_inserter(to));
}

void add_upserted(Upserted&& garment, BatchUpsertReport& report) {
  ++report.accepted;
  report.created += garment.created ? 1 : 0;
  report.embedded += static_cast<int>(garment.embedded);
  append(std::move(garment.photo_problems), report.photo_problems);
  append(std::move(garment.conflicts), report.conflicts);
}

// Merges entries that could not be read with those that the shop refused, in the order of the batch.
Result<BatchUpsertReport> post_garments(Shop& shop,
                                        Request<Nothing, Nothing, PartialBatch<GarmentBatch>> request) {
  auto& parsed = request.body;
  std::vector<std::string> ids;
  for (const auto& garment : parsed.batch.garments) ids.push_back(garment.id);
  std::vector<Result<Upserted>> results;
  if (!ids.empty()) {
    TRY_ASSIGN(results, shop.catalog().upsert(std::move(parsed.batch.garments)));
  }
  CHECK(results.size() == ids.size());
  BatchUpsertReport report;
  for (size_t i = 0; i < results.size(); ++i) {
    if (results[i].ok()) {
      add_upserted(std::move(*results[i]), report);
      continue;
    }
    const auto place = static_cast<size_t>(parsed.places[i]);
    parsed.refused.push_back({parsed.places[i], std::move(ids[i]),
                              reader_detail::in_batch(std::move(results[i]).error(), "garments", place)});
  }
  for (auto& refusal : parsed.refused) report.refused.push_back(garment_refusal(std::move(refusal)));
  std::sort(report.refused.begin(), report.refused.end(),
            [](const auto& a, const auto& b) { return a.index < b.index; });
  return report;
}

ShownGarments garment_page(Shop& shop, const Request<Nothing, GarmentsQuery>& request) {
  const auto count = static_cast<size_t>(request.query.count);
  return shown(make_page(shop.catalog().view(), request.query.after, count), request.caller.trusted);
}

Result<ShownGarment> garment_by_id(Shop& shop, const Request<GarmentPath>& request) {
  TRY_ASSIGN(Garment garment, shop.catalog().garment(request.path.id));
  return shown(std::move(garment), request.caller.trusted);
}

Result<Variant> patch_variant(Shop& shop, const Request<VariantPath, Nothing, VariantPatch>& request) {
  const auto& patch = request.body;
  if (!patch.stock && !patch.price && !patch.list_price)
    return Error{Code::kInvalid, "the request changes nothing", "",
                 "at least one of stock, price, list_price"};
  return shop.catalog().change_variant(request.path.sku, {patch.stock, patch.price, patch.list_price});
}

void add_garments(Router& router, Shop* shop) {
  router.route<Request<Nothing, GarmentsQuery>, ShownGarments>(
      {.path = "/v1/garments",
       .name = "listGarments",
       .tag = "Catalog",
       .summary = "Garments by id, a page at a time. Margins and counts of stock are for API keys only.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto& r) -> Result<ShownGarments> { return garment_page(s, r); }));
  router.route<Request<Nothing, Nothing, PartialBatch<GarmentBatch>>, BatchUpsertReport>(
      {.method = Method::kPost,
       .path = "/v1/garments",
       .name = "upsertGarments",
       .tag = "Catalog",
       .summary = "Add or replace garments. Each is validated independently; valid ones are live at once.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax},
      on(shop, [](Shop& s, auto r) { return post_garments(s, std::move(r)); }));
  router.route<Request<GarmentPath>, ShownGarment>(
      {.path = "/v1/garments/{id}",
       .name = "getGarment",
       .tag = "Catalog",
       .summary =
           "A garment with its variants and photos. Margins and counts of stock are for API keys only.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto& r) { return garment_by_id(s, r); }));
  router.route<Request<GarmentPath, Nothing, WithPathId<Garment>>, UpsertReport>(
      {.method = Method::kPut,
       .path = "/v1/garments/{id}",
       .name = "putGarment",
       .tag = "Catalog",
       .summary = "Add (201) or replace (200) a garment. It is recommendable as soon as this call returns. "
                  "The id may be left out of the body.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax,
       .statuses = {200, 201}},
      on(shop, [](Shop& s, auto r) { return put_garment(s, std::move(r)); }));
  router.route<Request<GarmentPath>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/garments/{id}",
       .name = "deleteGarment",
       .tag = "Catalog",
       .summary = "Remove a garment from the shop, at once.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .statuses = {204}},
      on(shop, [](Shop& s, const auto& r) { return s.catalog().remove(r.path.id); }));
}

void add_parts_of_garments(Router& router, Shop* shop) {
  router.route<Request<VariantPath, Nothing, VariantPatch>, Variant>(
      {.method = Method::kPatch,
       .path = "/v1/variants/{sku}",
       .name = "patchVariant",
       .tag = "Catalog",
       .summary = "Change stock or price of a variant, at once.",
       .access = access::kWriter,
       .run = Run::kWorker},
      on(shop, [](Shop& s, const auto& r) { return patch_variant(s, r); }));
  router.route<Request<GarmentPath, ImageQuery, ImageBody>, ImageReport>(
      {.method = Method::kPost,
       .path = "/v1/garments/{id}/images",
       .name = "addImage",
       .tag = "Catalog",
       .summary = "Add a photo to a garment: it is stored, encoded and linked.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kImageBytesMax,
       .statuses = {201}},
      on(shop, [](Shop& s, const auto& r) -> Result<ImageReport> {
        TRY_ASSIGN(const auto name, s.catalog().add_image(r.path.id, r.query.colour, r.body.bytes));
        return ImageReport{"/images/" + name};
      }));
}

}  // namespace

void add_catalog_routes(Router& router, Shop* shop) {
  add_garments(router, shop);
  add_parts_of_garments(router, shop);
}

}  // namespace modiste::http
