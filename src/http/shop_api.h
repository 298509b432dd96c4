// What the HTTP server needs of a shop: one method per endpoint. apps/ adapts the engine to it.
//
// Threads: every method is called from several threads at once. Methods marked [worker] may take long (fsync,
//          neural nets): the server calls them on its bounded worker pool. The others run on the threads that
//          serve sockets and must answer within milliseconds.
// Failure: kInvalid and its kin as in base/result.h; `where` is a JSON pointer into the argument. Exceptions
//          are caught by the server and answered as 500, without their text.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "http/contracts.h"

namespace modiste::http {

struct ImageUpload {
  std::string garment_id;
  std::string colour;                // empty: shows every colour
  std::span<const std::byte> image;  // begins like a JPEG, PNG or WebP; nothing else has been checked
};

struct PhotoSearch {
  std::span<const std::byte> image;  // as above
  int count = 24;
  Who who;
};

struct Upserted {
  UpsertReport report;
  bool created = false;  // false: replaced
};

class ShopApi {
 public:
  virtual ~ShopApi() = default;

  // Catalog. Changes are live when the call returns.
  virtual Result<ProductPage> products(const ProductsQuery& query) = 0;
  virtual Result<Garment> product(std::string_view garment_id) = 0;
  virtual Result<Upserted> upsert(Garment garment) = 0;  // [worker]
  // [worker] One result per garment, in their order; the outer error means that none was taken.
  virtual Result<std::vector<Result<Upserted>>> upsert_batch(std::vector<Garment> garments) = 0;
  virtual Result<Done> remove_product(std::string_view garment_id) = 0;                        // [worker]
  virtual Result<Variant> patch_variant(std::string_view sku, const VariantPatch& patch) = 0;  // [worker]
  virtual Result<ImageReport> add_image(const ImageUpload& upload) = 0;                        // [worker]

  // [worker] A body as it was sent: our batch, Segment's, GA4's. Durable when the call returns. The outer
  // error means that none was taken (kUnavailable: the sender should try again).
  virtual Result<EventsReport> append_events(std::string_view body) = 0;

  // Dead letters. All [worker].
  virtual Result<LetterPage> dead_letters(const LetterQuery& query) = 0;
  virtual Result<DeadLetter> dead_letter(int64_t id) = 0;
  virtual Result<DeadLetter> fix_dead_letter(int64_t id, json::value body) = 0;
  virtual Result<Done> drop_dead_letter(int64_t id) = 0;
  virtual Result<ReplayReport> replay_dead_letter(int64_t id) = 0;
  virtual Result<ReplayReport> replay_dead_letters(const LetterQuery& query) = 0;

  // Answers.
  virtual Result<Answer> recommend(const RecommendRequest& request) = 0;
  virtual Result<Answer> similar(const SimilarRequest& request) = 0;
  virtual Result<Answer> search(const SearchRequest& request) = 0;
  virtual Result<Answer> search_photo(const PhotoSearch& request) = 0;  // [worker]

  // Shoppers.
  virtual Result<Quiz> quiz() = 0;
  virtual Result<StyleView> style(const Identifier& shopper) = 0;
  virtual Result<IdentityView> identity(const Identifier& shopper) = 0;
  virtual Result<ShopperExport> export_shopper(const Identifier& shopper) = 0;  // [worker]
  virtual Result<Done> erase_shopper(const Identifier& shopper) = 0;            // [worker]
  // [worker] Parts what a link had merged, or takes that back.
  virtual Result<IdentityView> set_link(const Identifier& shopper, const LinkChange& change) = 0;

  // The shop.
  virtual Result<ShopInfo> shop() = 0;
  virtual Result<Facets> facets() = 0;
};

}  // namespace modiste::http
