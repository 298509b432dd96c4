// A shop that answers nothing: to describe the API without one, and to be up before the real one is.
#pragma once

#include "http/shop_api.h"

namespace modiste::http {

class ClosedShop : public ShopApi {
 public:
  Result<ProductPage> products(const ProductsQuery&) override { return closed(); }
  Result<Garment> product(std::string_view) override { return closed(); }
  Result<Upserted> upsert(Garment) override { return closed(); }
  Result<std::vector<Result<Upserted>>> upsert_batch(std::vector<Garment>) override { return closed(); }
  Result<Done> remove_product(std::string_view) override { return closed(); }
  Result<Variant> patch_variant(std::string_view, const VariantPatch&) override { return closed(); }
  Result<ImageReport> add_image(const ImageUpload&) override { return closed(); }
  Result<EventsReport> append_events(std::string_view) override { return closed(); }
  Result<LetterPage> dead_letters(const LetterQuery&) override { return closed(); }
  Result<DeadLetter> dead_letter(int64_t) override { return closed(); }
  Result<DeadLetter> fix_dead_letter(int64_t, json::value) override { return closed(); }
  Result<Done> drop_dead_letter(int64_t) override { return closed(); }
  Result<ReplayReport> replay_dead_letter(int64_t) override { return closed(); }
  Result<ReplayReport> replay_dead_letters(const LetterQuery&) override { return closed(); }
  Result<Answer> recommend(const RecommendRequest&) override { return closed(); }
  Result<Answer> similar(const SimilarRequest&) override { return closed(); }
  Result<Answer> search(const SearchRequest&) override { return closed(); }
  Result<Answer> search_photo(const PhotoSearch&) override { return closed(); }
  Result<Quiz> quiz() override { return closed(); }
  Result<StyleView> style(const Identifier&) override { return closed(); }
  Result<IdentityView> identity(const Identifier&) override { return closed(); }
  Result<ShopperExport> export_shopper(const Identifier&) override { return closed(); }
  Result<Done> erase_shopper(const Identifier&) override { return closed(); }
  Result<IdentityView> set_link(const Identifier&, const LinkChange&) override { return closed(); }
  Result<ShopInfo> shop() override { return closed(); }
  Result<Facets> facets() override { return closed(); }

 private:
  static Error closed() { return {Code::kUnavailable, "the shop is not open yet", "", "try again"}; }
};

}  // namespace modiste::http
