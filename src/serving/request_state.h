// A request on its way through the stages: who asks, what they like now, what may be answered. Made once at
// the start; catalog and shopper stay as they are then, whatever changes meanwhile.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "features/request_facts.h"
#include "identity/subject_store.h"
#include "serving/policy.h"
#include "serving/requests.h"
#include "serving/shop_state.h"

namespace modiste {

struct RequestState {
  std::string request_id;
  std::shared_ptr<const Policy> policy;
  TimePoint now{};
  std::shared_ptr<const CatalogSnapshot> catalog;
  std::shared_ptr<const ShopperState> shopper;  // never null: empty for an unknown shopper
  std::vector<IdentityKey> identity_keys;       // of who asks; an empty subject is unknown
  FitProfile fit;
  ItemFilter filter;
  std::unordered_set<Slot> excluded;  // by the rules
  uint64_t seed = 0;
  size_t count = 0;
  bool deck = false;
  std::vector<TasteShare> tastes;              // empty for an unknown shopper who told no situation
  std::vector<float> idf, affinity;            // by TermId
  std::vector<std::vector<float>> affinities;  // by taste, then by TermId
  std::optional<Context> context;              // when the request told its situation
  std::vector<float> situation;  // by TermId: what the context added to the affinities; empty without one
  std::vector<std::string> degraded;

  const Vocabulary* vocabulary = nullptr;
  const StyleOptions* style = nullptr;

  [[nodiscard]] bool admits(Slot slot) const {
    return slot < catalog->slot_count() && filter.admits(catalog->facts(slot), *vocabulary) &&
           !excluded.contains(slot);
  }
  // Views of this state, which must stay where it is meanwhile.
  [[nodiscard]] RequestFacts facts() const {
    return {now, *catalog, *vocabulary, *style, *shopper, tastes, affinities, affinity, idf, context};
  }
};

// Who a request is from, as the event log names them. An identifier that no event has carried gets an empty
// subject: a new account must not be taken for its device's owner.
[[nodiscard]] std::vector<IdentityKey> identity_keys_of(std::span<const Identifier> who,
                                                        const SubjectStore& subjects);

// Who asks, and what they like now.
[[nodiscard]] RequestState make_request_state(std::span<const Identifier> who, const ShopState& shop,
                                              const SubjectStore& subjects, TimePoint now);

// Applies the request's context before retrieval: to the terms that lead it and to the vectors that are
// searched. For an unknown shopper an explicit context stands in for the taste that is not known yet. Errors:
// as RequestContexts::infer.
Result<Done> enter_context(const RequestContext& asked, const RequestContexts& contexts,
                           RequestState& request);

}  // namespace modiste
