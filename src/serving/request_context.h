// Builds a Context from what a request tells of its situation, and applies it to the query.
//
// Threads: infer, apply, shift and reasons from any; learn by one at a time.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "context/modulation.h"
#include "serving/item_embeddings.h"
#include "serving/requests.h"
#include "style/shopper_state.h"

namespace modiste {

struct RequestContextOptions {
  ContextOptions inference;
  ModulationOptions modulation;
  size_t recent_garments = 20;  // latest liked ones whose occasions are a clue
  double relearn_share = 0.02;  // of the items changed since the directions were learned last
};

// What is inferred from: what the request tells, and the occasions of what she liked last. The weather is the
// request's own. kInvalid with a pointer under /context for a local time that is none.
Result<ContextInput> context_input(const RequestContext& asked, const ShopperState& shopper,
                                   const CatalogSnapshot& catalog, const Vocabulary& vocabulary,
                                   TimePoint now, const RequestContextOptions& options);
// What a request would have told in the situation of a logged event; not the occasion, which is what a model
// is to guess.
[[nodiscard]] RequestContext request_in(const EventContext& logged);

class RequestContexts {
 public:
  // weather, model: may be null (no weather service; the prior table). Borrowed.
  RequestContexts(const Vocabulary& vocabulary, WeatherProvider* weather, const OccasionModel* model,
                  RequestContextOptions options = {});

  // kInvalid with a pointer under /context for a time zone or time that is none.
  Result<Context> infer(const RequestContext& asked, const ShopperState& shopper,
                        const CatalogSnapshot& catalog, TimePoint now) const;
  // Adds the context's weights to affinities by TermId, within [-1, 1]. An occasion or season that was said
  // replaces what the history says of occasions or seasons.
  void apply(const Context& context, std::span<float> affinity) const;
  // The taste vector turned towards the context's garments; may answer for an empty taste.
  [[nodiscard]] Vector shift(const Vector& taste, const Context& context) const;
  // What the context asks for and this item is.
  [[nodiscard]] std::vector<Reason> reasons(const ItemFacts& item, const Context& context) const;
  [[nodiscard]] ContextView view(const Context& context) const;

  // Learns the directions from all live items when enough have changed: `changed` more than last time.
  void learn(const CatalogSnapshot& catalog, const ItemEmbeddings& embeddings, size_t changed);

 private:
  const Vocabulary& vocabulary_;
  WeatherProvider* weather_;
  OccasionModel table_;
  const OccasionModel* model_;
  RequestContextOptions options_;
  size_t changed_ = 0;  // items since the directions were learned
  std::atomic<std::shared_ptr<const ContextDirections>> directions_;
};

}  // namespace modiste
