#include "serving/retrieval_stage.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/contains.h"
#include "base/rng.h"
#include "serving/eligible_items.h"
#include "serving/preference_tiers.h"

namespace modiste {
namespace {

// For an unknown shopper the source of items popular within their style clusters is asked, for a known one
// the source of items popular in the whole shop; also for an unknown one in a shop that has no clusters,
// because its garments have neither attributes nor photos. found: by the sources before it.
bool is_asked(const CandidateSource& source, const RequestState& request, const Candidates& found) {
  const bool thin = request.shopper->signals < request.policy->thin_signals;
  if (source.name() == "popularity") {
    const CandidateList* in_style = found.of("style_clusters");
    return !thin || (in_style != nullptr && in_style->items.empty());
  }
  if (source.name() == "style_clusters") return thin;
  return true;
}

size_t limit_of(const CandidateSource& source, const RequestState& request, const Candidates& found) {
  const auto& limits = request.policy->candidates;
  const auto limit = limits.find(source.name());
  if (!is_asked(source, request, found)) return 0;
  return std::min(limit == limits.end() ? source.limit() : limit->second, kCandidatesMax);
}

size_t distinct_garments(const Candidates& found, const CatalogSnapshot& catalog) {
  SlotTable garments;
  for (const Slot slot : found.slots) garments.add(catalog.facts(slot).garment);
  return garments.size();
}

void merge_into(Candidates& all, Candidates found) {
  if (all.slots.empty() && all.sources.empty()) {
    all = std::move(found);
    return;
  }
  for (const Slot slot : found.slots)
    if (all.rows.add(slot)) all.slots.push_back(slot);
  for (const Slot slot : found.open)
    if (!contains(all.open, slot)) all.open.push_back(slot);
  for (SourceResult& result : found.sources) {
    const auto known = std::find_if(all.sources.begin(), all.sources.end(),
                                    [&](const SourceResult& one) { return one.source == result.source; });
    if (known == all.sources.end()) {
      all.sources.push_back(std::move(result));
      continue;
    }
    CandidateList& list = known->list;
    list.items.insert(list.items.end(), result.list.items.begin(), result.list.items.end());
    list.evidence.insert(list.evidence.end(), result.list.evidence.begin(), result.list.evidence.end());
    list.complete = list.complete && result.list.complete;
    known->took_ms += result.took_ms;
  }
}

void degrade(RequestState& request, std::string what) {
  if (!contains(request.degraded, what)) request.degraded.push_back(std::move(what));
}

}  // namespace

const CandidateList* Candidates::of(std::string_view source) const {
  const auto found =
      std::find_if(sources.begin(), sources.end(), [&](const auto& one) { return one.source == source; });
  return found == sources.end() ? nullptr : &found->list;
}

std::vector<float> Candidates::scores(std::string_view source) const {
  std::vector<float> values(slots.size(), 0);
  const CandidateList* list = of(source);
  if (list == nullptr || list->items.empty()) return values;
  // From the last to the first: of an item that a source found twice the better score stays.
  for (auto item = list->items.rbegin(); item != list->items.rend(); ++item)
    values[rows.at(item->slot)] = item->score;
  return values;
}

Candidates retrieve(std::span<const std::unique_ptr<CandidateSource>> sources, const Clock& clock,
                    RequestState& request) {
  using Steady = std::chrono::steady_clock;
  EligibleItems eligible(request);
  const RequestFacts facts = request.facts();
  const Deadline deadline{&clock, clock.now() + request.policy->budgets.candidates};
  Candidates found;
  for (const auto& source : sources) {
    const size_t limit = limit_of(*source, request, found);
    if (limit == 0) continue;
    const auto started = Steady::now();
    const uint64_t stream = mix64(request.retrieval_seed ^ hash64(source->name()));
    SourceResult result{source->name(),
                        source->candidates({.request = facts,
                                            .filter = eligible.filter(),
                                            .k = limit,
                                            .count = request.count,
                                            .rng = Rng(stream),
                                            .deadline = deadline}),
                        limit, 0};
    result.took_ms = std::chrono::duration<double, std::milli>(Steady::now() - started).count();
    for (const Candidate& item : result.list.items)
      if (found.rows.add(item.slot)) found.slots.push_back(item.slot);
    if (source->name() == "explore")
      for (const Candidate& item : result.list.items)
        if (found.open.size() < limit) found.open.push_back(item.slot);
    if (!result.list.complete) degrade(request, "late " + std::string(source->name()));
    found.sources.push_back(std::move(result));
  }
  return found;
}

Candidates retrieve_with_relaxation(std::span<const std::unique_ptr<CandidateSource>> sources,
                                    const Clock& clock, RequestState& request) {
  const ItemFilter asked = request.filter;
  Candidates found;
  for (const Loosening& step : loosenings(request)) {
    if (!step.says.empty()) degrade(request, "relaxed " + std::string(step.says));
    request.filter = asked;
    add_preferences(request.filter, request.shopper->preferences, step.relaxed);
    request.misfit_max = step.misfit_max;
    merge_into(found, retrieve(sources, clock, request));
    if (distinct_garments(found, *request.catalog) >= request.count) break;
  }
  // Nothing is left but what the shopper liked or passed: better that than nothing.
  while (found.slots.empty() && !request.reluctant.empty()) {
    degrade(request, "relaxed " + request.reluctant.front().first);
    request.reluctant.erase(request.reluctant.begin());
    merge_into(found, retrieve(sources, clock, request));
  }
  const PreferenceTiers tiers(asked, request);
  for (const Slot slot : found.slots) found.tiers.push_back(tiers.tier(request.catalog->facts(slot)));
  return found;
}

}  // namespace modiste
