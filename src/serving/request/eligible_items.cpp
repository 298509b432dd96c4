#include "serving/request/eligible_items.h"

#include <utility>

#include "catalog/filter_query.h"

namespace modiste {
namespace {

SlotBits find_eligible(const RequestState& request, std::optional<OutfitRole> role,
                       const EligibleItems::Condition& also) {
  SlotQuery query = query_of(request.filter, request.veto, request.catalog->columns(), *request.vocabulary);
  if (role) query.any_of.push_back({request.catalog->columns().of_role(*role)});
  if (const auto situation = situation_of(request))
    require_misfit(request.misfit_max, *situation, request.catalog->columns(), *request.vocabulary, query);
  if (also) also(query);
  return request.catalog->find(query);
}

SlotBits of_role(const RequestState& request, SlotBits of_any_role) {
  if (request.role) {
    const SlotColumns& columns = request.catalog->columns();
    columns.keep(columns.of_role(*request.role), of_any_role);
  }
  return of_any_role;
}

}  // namespace

SlotBits admitted_of_any_role(const RequestState& request) { return find_eligible(request, {}, {}); }

EligibleItems::EligibleItems(const RequestState& request, const Condition& also)
    : EligibleItems(find_eligible(request, request.role, also), request) {}

EligibleItems::EligibleItems(const RequestState& request, const SlotBits& of_any_role)
    : EligibleItems(of_role(request, of_any_role), request) {}

EligibleItems::EligibleItems(SlotBits admitted, const RequestState& request)
    : request_(request),
      bits_(std::move(admitted)),
      excluded_(request.exclusions()),
      excludes_(!excluded_.empty()) {
  if (excludes_) judged_.resize(bits_.words().size());
}

bool EligibleItems::judge(Slot slot) {
  uint64_t& word = judged_[slot / 64];
  const uint64_t bit = uint64_t{1} << (slot % 64);
  if ((word & bit) == 0) {
    word |= bit;
    if (excluded_.contain(slot, request_.catalog->garment_of(slot))) bits_.reset(slot);
  }
  return bits_.test(slot);
}

}  // namespace modiste
