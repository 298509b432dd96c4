// Whole outfits for a shopper: what to wear with a garment, within a budget, for an occasion and its weather.
//
//   request -> fixed pieces and templates -> candidates per role (outfit_candidates.h) -> what the shop put
//   together itself (curated_looks.h) -> beam search (outfits/composer.h) -> relaxing until there is one
//   -> reasons -> impression log
//
// An answer is not empty while the shop has an outfit: what does not fit is relaxed in this order, and named
// in `degraded`: the shopper's own preferences per piece (as recommendations do), the budget (the cheapest
// outfits then), coat and shoes, every role. Vetoes and stock never are.
//
// Threads: compose() from any thread. I/O: as Recommender::recommend() reads profile and identifiers.
#pragma once

#include <memory>
#include <string_view>

#include "base/versioned.h"
#include "serving/answer/recommender.h"
#include "serving/outfits/outfit_requests.h"

namespace modiste::outfits {
class Compatibility;
class ExplicitCompatibility;
struct Composed;
}  // namespace modiste::outfits

namespace modiste {

struct CuratedLook;

class OutfitService {
 public:
  // Borrows everything; all of it must outlive the service. currency: of budgets, as configured; empty: that
  // of the garments.
  OutfitService(const ShopState& shop, Recommender& recommender, ImpressionQueue& impressions,
                std::string currency = {});

  // kInvalid, with a pointer into the request: a garment that the shop does not know or that is never part of
  // an outfit, pieces that are not worn together, names that the vocabulary does not have.
  Result<OutfitAnswer> compose(const OutfitRequest& asked, std::string_view request_id = {});

  // The same for another service, which logs what it shows.
  Result<OutfitAnswer> compose_unlogged(const OutfitRequest& asked, std::string_view request_id);
  // For a profile that is nobody's, such as the average of many; not logged. The request's identifiers do not
  // count. Errors: as compose().
  Result<OutfitAnswer> compose_for(std::shared_ptr<const ShopperState> shopper, const OutfitRequest& asked);

  // Judges by the rules and this model from now on; null: by the rules alone, with which it begins. Requests
  // that are under way end with the one before.
  void use(std::shared_ptr<const outfits::Compatibility> learned, int version);
  [[nodiscard]] const outfits::ExplicitCompatibility& rules() const { return *rules_; }
  // What judges now: the rules, and the model beside them.
  [[nodiscard]] std::shared_ptr<const outfits::Compatibility> compatibility() const;

 private:
  struct Judge;  // the compatibility in use
  struct Scene;  // of one request
  [[nodiscard]] std::shared_ptr<const Judge> judge_by(
      std::shared_ptr<const outfits::Compatibility> learned) const;
  // request: as begun; it is changed to what the plan asks for.
  Result<OutfitAnswer> compose_in(RequestState& request, const OutfitRequest& asked) const;
  [[nodiscard]] ComposedOutfit shown(const Scene& scene, const outfits::Composed& composed,
                                     const CuratedLook* by_shop) const;
  void log(const RequestState& request, const OutfitRequest& asked, const OutfitAnswer& answer);

  const ShopState& shop_;
  Recommender& recommender_;
  ImpressionQueue& impressions_;
  const std::string currency_;
  const std::shared_ptr<const outfits::ExplicitCompatibility> rules_;
  Versioned<const Judge> judge_;
};

}  // namespace modiste
