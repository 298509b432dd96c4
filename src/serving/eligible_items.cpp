#include "serving/eligible_items.h"

#include "catalog/filter_query.h"

namespace modiste {
namespace {

SlotBits find_eligible(const RequestState& request, const EligibleItems::Condition& also) {
  SlotQuery query = query_of(request.filter, request.veto, request.catalog->columns(), *request.vocabulary);
  if (request.role) query.any_of.push_back({request.catalog->columns().of_role(*request.role)});
  if (const auto situation = situation_of(request); situation && request.misfit_max < kMisfitMax)
    require_misfit(request.misfit_max, *situation, request.catalog->columns(), *request.vocabulary, query);
  if (also) also(query);
  return request.catalog->find(query);
}

}  // namespace

EligibleItems::EligibleItems(const RequestState& request, const Condition& also)
    : request_(request),
      bits_(find_eligible(request, also)),
      judges_all_(!request.has_conditions_beyond_columns()) {
  if (!judges_all_) judged_.resize(bits_.words().size());
}

bool EligibleItems::judge(Slot slot) {
  uint64_t& word = judged_[slot / 64];
  const uint64_t bit = uint64_t{1} << (slot % 64);
  if ((word & bit) == 0) {
    word |= bit;
    if (!request_.admits_beyond_columns(slot)) bits_.reset(slot);
  }
  return bits_.test(slot);
}

}  // namespace modiste
