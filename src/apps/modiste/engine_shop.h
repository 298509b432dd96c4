// The engine as the HTTP server's shop.
#pragma once

#include "http/shop_api.h"
#include "ingest/event_intake.h"
#include "serving/shop.h"

namespace modiste {

// Keeps bytes of a photo under a name made of its content; answers the name.
using ImageKeeper = std::function<Result<std::string>(std::span<const std::byte>)>;

// Borrows the engine, the clock and the dead letters.
class EngineShop final : public http::ShopApi {
 public:
  EngineShop(Shop& engine, const Clock& clock, DeadLetters& letters, std::string name,
             ImageKeeper keep_image)
      : engine_(engine),
        intake_(clock, letters,
                [&engine](std::vector<Event> events, Arrival arrival) {
                  return engine.events().ingest(std::move(events), arrival);
                }),
        name_(std::move(name)),
        keep_image_(std::move(keep_image)) {}

  Result<http::ProductPage> products(const http::ProductsQuery& query) override;
  Result<Garment> product(std::string_view garment_id) override;
  Result<http::Upserted> upsert(Garment garment) override;
  Result<std::vector<Result<http::Upserted>>> upsert_batch(std::vector<Garment> garments) override;
  Result<Done> remove_product(std::string_view garment_id) override;
  Result<Variant> patch_variant(std::string_view sku, const http::VariantPatch& patch) override;
  Result<http::ImageReport> add_image(const http::ImageUpload& upload) override;
  Result<EventsReport> append_events(std::string_view body) override { return intake_.take(body); }
  Result<http::LetterPage> dead_letters(const LetterQuery& query) override;
  Result<DeadLetter> dead_letter(int64_t id) override { return intake_.letters().letter(id); }
  Result<DeadLetter> fix_dead_letter(int64_t id, json::value body) override {
    return intake_.fix(id, std::move(body));
  }
  Result<Done> drop_dead_letter(int64_t id) override { return intake_.letters().remove_letter(id); }
  Result<ReplayReport> replay_dead_letter(int64_t id) override { return intake_.replay(id); }
  Result<ReplayReport> replay_dead_letters(const LetterQuery& query) override {
    return intake_.replay(query);
  }
  Result<Answer> recommend(const RecommendRequest& request) override { return engine_.recommender().recommend(request); }
  Result<Answer> similar(const SimilarRequest& request) override { return engine_.search().similar(request); }
  Result<Answer> search(const SearchRequest& request) override { return engine_.search().by_words(request); }
  Result<Answer> search_photo(const http::PhotoSearch& request) override;
  Result<Quiz> quiz() override { return engine_.quiz(); }
  Result<StyleView> style(const Identifier& shopper) override { return engine_.shoppers().style(shopper); }
  Result<IdentityView> identity(const Identifier& shopper) override { return engine_.shoppers().identity(shopper); }
  Result<ShopperExport> export_shopper(const Identifier& shopper) override {
    return engine_.shoppers().export_shopper(shopper);
  }
  Result<Done> erase_shopper(const Identifier& shopper) override;
  Result<IdentityView> set_link(const Identifier& shopper, const http::LinkChange& change) override {
    return engine_.shoppers().set_link(shopper, change.link, change.merges);
  }
  Result<http::ShopInfo> shop() override;
  Result<http::Facets> facets() override;

 private:
  Shop& engine_;
  EventIntake intake_;
  std::string name_;
  ImageKeeper keep_image_;
};

}  // namespace modiste
