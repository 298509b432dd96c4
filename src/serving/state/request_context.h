// Builds a Context from the request and applies it to the query.
//
// Threads: infer, apply, shift, reasons and use from any thread; learn from one at a time.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/versioned.h"
#include "catalog/catalog.h"
#include "context/modulation.h"
#include "serving/api/requests.h"
#include "serving/state/item_embeddings.h"
#include "style/shopper_state.h"

namespace modiste {

struct RequestContextOptions {
  ContextOptions inference;
  ModulationOptions modulation;
  size_t recent_garments = 20;  // latest liked garments whose occasions are evidence
  double relearn_share = 0.02;  // share of changed items after which the directions are learned again
};

// Inputs of the inference: the request's context and the occasions of the garments liked last. Weather comes
// from the request only. kInvalid with a pointer under /context for an invalid local time.
Result<ContextInput> context_input(const RequestContext& asked, const ShopperState& shopper,
                                   const CatalogSnapshot& catalog, const Vocabulary& vocabulary,
                                   TimePoint now, const RequestContextOptions& options);
// The request context that a logged event would have had. Without the occasion, which is what a
// model has to predict.
[[nodiscard]] RequestContext request_in(const EventContext& logged);

class RequestContexts {
 public:
  // weather: may be null (no weather service). Borrowed.
  RequestContexts(const Vocabulary& vocabulary, WeatherProvider* weather, RequestContextOptions options = {});

  // Infers with this model from now on; requests that are under way end with the one before. Null: the prior
  // table, with which it begins.
  void use(std::shared_ptr<const OccasionModel> model, int version);
  [[nodiscard]] std::shared_ptr<const OccasionModel> occasions() const { return model_.get(); }

  // kInvalid with a pointer under /context for an invalid time zone or time.
  Result<Context> infer(const RequestContext& asked, const ShopperState& shopper,
                        const CatalogSnapshot& catalog, TimePoint now) const;
  // Adds the context's weights to affinities by TermId, within [-1, 1]. An occasion or season that the
  // request states replaces what the history says about occasions or seasons.
  void apply(const Context& context, std::span<float> affinity) const;
  // Shifts the taste vector towards garments that suit the context. May return a vector for an empty taste.
  [[nodiscard]] Vector shift(const Vector& taste, const Context& context) const;
  // The parts of the context that this item suits.
  [[nodiscard]] std::vector<Reason> reasons(const ItemFacts& item, const Context& context) const;
  [[nodiscard]] ContextView view(const Context& context) const;

  // Learns the directions from all live items when enough has changed; `changed` items are
  // added to the count.
  void learn(const CatalogSnapshot& catalog, const ItemEmbeddings& embeddings, size_t changed);
  // For a saved index: what learn() learned. kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  const Vocabulary& vocabulary_;
  WeatherProvider* weather_;
  const std::shared_ptr<const OccasionModel> table_;
  Versioned<const OccasionModel> model_;
  RequestContextOptions options_;
  size_t changed_ = 0;  // items since the directions were learned
  std::atomic<std::shared_ptr<const ContextDirections>> directions_;
};

}  // namespace modiste
