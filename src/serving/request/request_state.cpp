#include "serving/request/request_state.h"

#include <algorithm>

#include "base/contains.h"
#include "serving/request/chosen_department.h"
#include "serving/state/vetoes.h"

namespace modiste {
namespace {

std::shared_ptr<const ShopperState> shopper_of(const std::optional<std::string>& person,
                                               const ProfileBuilder& profiles, TimePoint now) {
  static const auto kUnknown = std::make_shared<const ShopperState>();
  const auto known = person ? profiles.find(*person, now) : nullptr;
  return known == nullptr ? kUnknown : known;
}

}  // namespace

OutfitRole role_of(const ItemFacts& item, const Vocabulary& vocabulary) {
  return item.category == kNoTerm ? OutfitRole::kNone : vocabulary.term(item.category).role;
}

bool RequestState::admits(Slot slot) const {
  if (slot >= catalog->slot_count()) return false;
  const ItemFacts& item = catalog->facts(slot);
  if (role && role_of(item, *vocabulary) != *role) return false;
  if (!filter.admits(item, *vocabulary) || veto.forbids(item, *vocabulary)) return false;
  if (contains(filter.excluded_garments, item.garment) || excluded.contain(slot, item.garment)) return false;
  return std::none_of(reluctant.begin(), reluctant.end(),
                      [&](const auto& rule) { return rule.second.contain(slot, item.garment); }) &&
         (misfit_max == kMisfitMax || !context ||
          situation_misfit(item, *situation_of(*this), *vocabulary) <= misfit_max);
}

std::optional<Situation> situation_of(const RequestState& request) {
  if (!request.context) return std::nullopt;
  return Situation{*request.context, request.shopper->signals < request.policy->thin_signals};
}

Result<IdentityKey> key_of(const Identifier& identifier, const SubjectStore& subjects) {
  auto found = subjects.find(identifier);
  if (found.ok()) return IdentityKey{identifier.kind, std::move(*found)};
  if (found.error().code == Code::kNotFound) return IdentityKey{identifier.kind, {}};
  return std::move(found).error();
}

RequestState make_request_state(std::span<const Identifier> who, const ShopState& shop,
                                const SubjectStore& subjects, TimePoint now) {
  std::vector<IdentityKey> identity_keys;
  bool all_told = true;
  for (const Identifier& identifier : who) {
    auto key = key_of(identifier, subjects);
    all_told = all_told && key.ok();
    identity_keys.push_back(key.ok() ? std::move(*key) : IdentityKey{identifier.kind, {}});
  }
  const auto person = shop.profiles.person_of(refs_of(identity_keys));
  RequestState request = request_state_for(shopper_of(person, shop.profiles, now), shop, now);
  if (!all_told) request.degraded.emplace_back("profile");
  request.who.assign(who.begin(), who.end());
  request.identity_keys = std::move(identity_keys);
  if (person) request.fit = shop.profiles.declared(*person).fit;
  request.body_rules = shop.body_rules.of(request.fit.body);
  return request;
}

RequestState request_state_for(std::shared_ptr<const ShopperState> shopper, const ShopState& shop,
                               TimePoint now) {
  RequestState request;
  request.now = now;
  request.vocabulary = &shop.catalog.vocabulary();
  request.style = &shop.profiles.model().options();
  request.catalog = shop.catalog.snapshot();
  request.shopper = std::move(shopper);
  request.departments = departments_of(*request.shopper, *request.catalog, *request.vocabulary);
  request.veto = veto_of(request.shopper->preferences.vetoes, shop.catalog);
  const size_t terms = request.vocabulary->terms().size();
  for (size_t term = 0; term < terms; ++term)
    request.idf.push_back(request.catalog->columns().idf(static_cast<TermId>(term)));
  request.affinity.assign(terms, 0);
  request.tastes = present_taste(request.shopper->style, request.shopper->session, shop.profiles.model());
  for (const TasteShare& part : request.tastes) {
    auto& affinity = request.affinities.emplace_back(terms, 0.0F);
    for (const Evidence& evidence : part.taste.terms) {
      const auto term = static_cast<TermId>(evidence.key);
      affinity[term] = part.taste.affinity(evidence, *request.style);
      request.affinity[term] += part.share * affinity[term];
    }
  }
  return request;
}

Result<Done> enter_context(const RequestContext& asked, const RequestContexts& contexts,
                           RequestState& request) {
  TRY_ASSIGN(request.context, contexts.infer(asked, *request.shopper, *request.catalog, request.now));
  request.situation.assign(request.affinity.size(), 0);
  contexts.apply(*request.context, request.situation);
  contexts.apply(*request.context, request.affinity);
  if (request.tastes.empty() && is_explicit(*request.context)) {
    request.tastes.push_back({1, kSessionMode, true, {}});
    request.affinities.emplace_back(request.affinity.size(), 0.0F);
  }
  for (size_t t = 0; t < request.tastes.size(); ++t) {
    contexts.apply(*request.context, request.affinities[t]);
    Vector& vector = request.tastes[t].taste.vector;
    vector = contexts.shift(vector, *request.context);
  }
  return kOk;
}

}  // namespace modiste
