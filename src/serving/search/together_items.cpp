// What others chose beside a garment, or bought with it.
#include <fmt/format.h>

#include <array>

#include "catalog/named_item.h"
#include "ranking/rules.h"
#include "serving/answer/findings.h"
#include "serving/request/eligible_items.h"
#include "serving/request/stage_clock.h"
#include "serving/search/search_service.h"

namespace modiste {
Result<Answer> SearchService::together(const TogetherRequest& asked, std::string_view request_id) {
  const StageClock stages;
  const std::string garment_id = find_named(shop_.catalog, asked.garment_id).value_or(NamedItem()).garment_id;
  const auto garment = shop_.catalog.garment(garment_id);
  const auto slots = shop_.catalog.slots(garment_id);  // fewer than a moment ago, if it is taken off sale
  if (garment == nullptr || slots.empty())
    return Error{Code::kNotFound, fmt::format("no garment '{}'", asked.garment_id), "?id",
                 "an id from GET /v1/garments"};
  TRY_ASSIGN(RequestState request, begin(named_by(asked), asked.filter, asked.count, request_id));
  request.filter.excluded_garments.push_back(request.catalog->facts(slots.front()).garment);
  make_bought_rule(RuleOptions())->exclude({request.facts(), false}, request.excluded);
  const SlotBits eligible = eligible_items(request);
  const bool bought = asked.by == TogetherBy::kBought;
  const CandidateList list = shop_.co_choices.together({.slots = slots,
                                                        .k = kSearchCandidates,
                                                        .filter = SlotFilter(eligible),
                                                        .bought = bought,
                                                        .except = request.shopper->subject});
  const Comparison shoppers_of_both{EnumNames<TogetherBy>::kNames[bought ? 1 : 0], 1};
  Findings<1> found(std::array{shoppers_of_both});
  const float most = list.items.empty() ? 1 : list.items.front().score;
  std::unordered_map<Slot, uint32_t> shoppers;
  for (size_t i = 0; i < list.items.size(); ++i) {
    const Candidate& item = list.items[i];
    found.at(request.catalog->facts(item.slot)).values[0] = item.score / most;
    shoppers[item.slot] = list.evidence[i];
  }
  Answer answer = found.answer(request, shop_);
  for (size_t i = 0; i < answer.items.size(); ++i) {
    Reason reason{bought ? ReasonCode::kBoughtWith : ReasonCode::kChosenWith, {}};
    reason.args.garment_id = garment->id;
    reason.args.title = garment->title;
    reason.args.count = static_cast<int>(shoppers.at(found.shown()[i]));
    answer.items[i].reasons.push_back(std::move(reason));
  }
  impressions_.log_found(request, answer, {.query = {}, .garment_id = asked.garment_id});
  answer.took_ms = stages.total_ms();
  return answer;
}

}  // namespace modiste
