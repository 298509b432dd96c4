// The state of one request as it passes through the stages: who asks, what they like now, which
// items are allowed. Made once at the start. Its catalog and shopper are snapshots that do not
// change during the request.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "context/suitability.h"
#include "features/request_facts.h"
#include "identity/subject_store.h"
#include "ranking/rule.h"
#include "serving/api/requests.h"
#include "serving/request/policy.h"
#include "serving/request/wardrobe.h"
#include "serving/state/shop_state.h"

namespace modiste {

struct RequestState {
  std::string request_id;
  std::shared_ptr<const Policy> policy;
  TimePoint now{};
  std::shared_ptr<const CatalogSnapshot> catalog;
  std::shared_ptr<const ShopperState> shopper;  // never null: empty for an unknown shopper
  std::vector<Identifier> who;                  // as asked
  std::vector<IdentityKey> identity_keys;       // of the shopper; an empty subject is unknown
  FitProfile fit;
  std::vector<const outfits::BodyRule*> body_rules;  // that hold for the shopper; none when switched off
  // What a purchase is judged by; null: the shopper has nothing, as far as is known.
  std::shared_ptr<const std::vector<OwnedPiece>> owned;
  std::vector<TermId> departments;  // that the shopper is shown first (chosen_department.h); empty: all
  ItemFilter filter;
  int misfit_max = kMisfitMax;          // of the items admitted, to the situation
  std::optional<OutfitRole> role = {};  // of the items admitted; absent: any
  double limits_share = 1;              // of the sources' limits: less where it is one of several roles
  Veto veto;                            // of the shopper; holds in every list
  Exclusions excluded;                  // by the ranking rules
  // By the rules that give way when nothing else is left, in that order.
  std::vector<std::pair<std::string, Exclusions>> reluctant;
  uint64_t seed = 0;            // of the draws in select()
  uint64_t retrieval_seed = 0;  // of the sources' samples; equal for all requests of a shopper in an hour
  size_t count = 0;
  bool deck = false;
  std::vector<TasteShare> tastes;              // empty for an unknown shopper without a request context
  std::vector<float> idf, affinity;            // by TermId
  std::vector<std::vector<float>> affinities;  // by taste, then by TermId
  std::optional<Context> context;              // when the request has one
  std::vector<float> situation;  // by TermId: what the context added to the affinities; empty without context
  // Models that the request began with. Null: none, or nothing is known of the shopper.
  std::shared_ptr<const TasteWeights> learned_taste = {};
  std::shared_ptr<const NextChoices> next_choices = {};
  std::vector<std::string> degraded;

  const Vocabulary* vocabulary = nullptr;
  const StyleOptions* style = nullptr;

  [[nodiscard]] bool admits(Slot slot) const;
  // Views into this state; it must not move while they are in use.
  [[nodiscard]] RequestFacts facts() const {
    return {now,      *catalog, *vocabulary,         *style,
            *shopper, tastes,   affinities,          affinity,
            idf,      context,  learned_taste.get(), next_choices.get()};
  }
};

// The place that an item takes in an outfit; kNone where its category is unknown.
[[nodiscard]] OutfitRole role_of(const ItemFacts& item, const Vocabulary& vocabulary);

// The situation that the answer is for; empty when the request has no context.
[[nodiscard]] std::optional<Situation> situation_of(const RequestState& request);

// The identity key of an identifier, as the event log names it. One that no event has carried gets an empty
// subject: a new account must not be taken for the owner of its device. Errors: the store's.
[[nodiscard]] Result<IdentityKey> key_of(const Identifier& identifier, const SubjectStore& subjects);

// Resolves who asks and what they like now. While the store cannot be read, the shopper is answered as a
// stranger, and `degraded` says so: "profile".
[[nodiscard]] RequestState make_request_state(std::span<const Identifier> who, const ShopState& shop,
                                              const SubjectStore& subjects, TimePoint now);

// The same for a profile that is nobody's, such as the average of many.
[[nodiscard]] RequestState request_state_for(std::shared_ptr<const ShopperState> shopper,
                                             const ShopState& shop, TimePoint now);

// Applies the request's context before retrieval: adjusts term affinities and shifts the query vector. For an
// unknown shopper an explicit context replaces the missing taste. Errors: as RequestContexts::infer.
Result<Done> enter_context(const RequestContext& asked, const RequestContexts& contexts,
                           RequestState& request);

}  // namespace modiste
