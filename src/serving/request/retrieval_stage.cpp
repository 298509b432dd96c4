#include "serving/request/retrieval_stage.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "base/contains.h"
#include "base/rng.h"
#include "serving/request/eligible_items.h"
#include "serving/request/preference_tiers.h"

namespace modiste {
namespace {

constexpr size_t kFactsAhead = 8;
// Of the limit of a source that takes long, for one role of an outfit: the composer looks at 32 of a role,
// and all of it would cost a quarter of an outfit's time (bench_growth --garments 100000 --kinds outfits).
constexpr double kSlowShareOfRole = 0.4;

// For an unknown shopper the source of items popular within their style clusters is asked, for a known one
// the source of items popular in the whole shop; also for an unknown one in a shop that has no clusters,
// because its garments have neither attributes nor photos. in_style: what was found there; null: not asked.
bool is_asked(const CandidateSource& source, const RequestState& request, const CandidateList* in_style) {
  const bool thin = request.shopper->signals < request.policy->thin_signals;
  switch (source.role()) {
    case SourceRole::kNewcomers:
      return thin;
    case SourceRole::kPopular:
      return !thin || (in_style != nullptr && in_style->items.empty());
    case SourceRole::kPersonal:
    case SourceRole::kExplore:
      break;
  }
  return true;
}

size_t limit_of(const CandidateSource& source, const RequestState& request, const CandidateList* in_style) {
  const auto& limits = request.policy->candidates;
  const auto limit = limits.find(source.name());
  if (!is_asked(source, request, in_style)) return 0;
  const size_t whole = std::min(limit == limits.end() ? source.limit() : limit->second, kCandidatesMax);
  const double slow = request.role && source.takes_long() ? kSlowShareOfRole : 1;
  return static_cast<size_t>(std::ceil(slow * request.limits_share * static_cast<double>(whole)));
}

size_t distinct_garments(const Candidates& found, const CatalogSnapshot& catalog) {
  SlotTable garments;
  for (const Slot slot : found.slots) garments.add(catalog.garment_of(slot));
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

void degrade(RequestState& request, std::string what) { add_once(request.degraded, std::move(what)); }

// Adds what a source found for a request.
void add_list(Candidates& found, RequestState& request, SourceResult result) {
  for (const Candidate& item : result.list.items)
    if (found.rows.add(item.slot)) found.slots.push_back(item.slot);
  if (result.role == SourceRole::kExplore)
    for (const Candidate& item : result.list.items)
      if (found.open.size() < result.limit) found.open.push_back(item.slot);
  if (!result.list.complete) degrade(request, "late " + std::string(result.source));
  found.sources.push_back(std::move(result));
}

// Asks the sources for those requests that want something of them.
class SourceAsker {
 public:
  SourceAsker(const Clock& clock, std::span<RequestState* const> requests)
      : requests_(requests), facts_(requests.front()->facts()), in_style_(requests.size()) {
    // They differ in what they admit: in the role, and in the price.
    const ItemFilter& first = requests.front()->filter;
    const auto of_any_role = requests.size() == 1 ? SlotBits() : eligible_of_any_role(*requests.front());
    for (const RequestState* request : requests) {
      const bool shares = requests.size() > 1 && request->role &&
                          request->filter.price_min == first.price_min &&
                          request->filter.price_max == first.price_max;
      eligible_.push_back(shares ? of_role(*request->role, *request->catalog, of_any_role)
                                 : eligible_items(*request));
    }
    const auto budget = requests.front()->policy->budgets.candidates;
    deadline_ = {&clock, clock.now() + budget * static_cast<int64_t>(requests.size())};
  }

  // What they found, by request: in the order of the sources, whichever ended first.
  std::vector<Candidates> ask_all(const RetrievalPorts& ports) {
    std::vector<Asked> all(ports.sources.size());
    std::vector<SideWork> beside;  // goes first: it waits for what refers to `all`
    for (size_t s = 0; s < all.size(); ++s) {
      const CandidateSource& source = *ports.sources[s];
      Asked& asked = all[s];
      asked = what_to_ask(source);
      if (asked.places.empty()) continue;
      if (ports.side != nullptr && source.takes_long()) {
        auto work = ports.side->try_run([this, &source, &asked] { ask(source, asked); });
        if (work.is_running()) {
          beside.push_back(std::move(work));
          continue;
        }
      }
      ask(source, asked);
      if (source.role() != SourceRole::kNewcomers) continue;
      for (size_t i = 0; i < asked.places.size(); ++i) in_style_[asked.places[i]] = &asked.lists[i];
    }
    for (SideWork& work : beside) work.finish();
    std::vector<Candidates> found(requests_.size());
    for (size_t s = 0; s < all.size(); ++s)
      for (size_t i = 0; i < all[s].places.size(); ++i)
        add_list(found[all[s].places[i]], *requests_[all[s].places[i]],
                 {ports.sources[s]->name(), ports.sources[s]->role(), std::move(all[s].lists[i]),
                  all[s].limit, all[s].took_ms / static_cast<double>(all[s].places.size())});
    return found;
  }

 private:
  struct Asked {
    std::vector<size_t> places;  // of the requests
    std::vector<SlotFilter> filters;
    size_t limit = 0;
    std::vector<CandidateList> lists;  // by place
    double took_ms = 0;
  };

  [[nodiscard]] Asked what_to_ask(const CandidateSource& source) const {
    Asked asked;
    for (size_t i = 0; i < requests_.size(); ++i) {
      const size_t wanted = limit_of(source, *requests_[i], in_style_[i]);
      if (wanted == 0 || eligible_[i].empty()) continue;
      asked.limit = wanted;  // the same for all
      asked.places.push_back(i);
      asked.filters.emplace_back(eligible_[i]);
    }
    return asked;
  }

  void ask(const CandidateSource& source, Asked& asked) const {
    const auto started = std::chrono::steady_clock::now();
    const RequestState& first = *requests_.front();
    asked.lists = source.candidates_under({.request = facts_,
                                           .filter = {},
                                           .k = asked.limit,
                                           .count = first.count,
                                           .rng = Rng(mix64(first.retrieval_seed ^ hash64(source.name()))),
                                           .deadline = deadline_},
                                          asked.filters);
    asked.took_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  }

  std::span<RequestState* const> requests_;
  const RequestFacts facts_;
  std::vector<const CandidateList*> in_style_;  // by request, once asked
  std::vector<SlotBits> eligible_;
  Deadline deadline_;
};

std::vector<Candidates> retrieve_each(const RetrievalPorts& ports, std::span<RequestState* const> requests) {
  return SourceAsker(ports.clock, requests).ask_all(ports);
}

}  // namespace

const CandidateList* Candidates::of(std::string_view source) const {
  const auto found =
      std::find_if(sources.begin(), sources.end(), [&](const auto& one) { return one.source == source; });
  return found == sources.end() ? nullptr : &found->list;
}

const CandidateList* Candidates::cold_start() const {
  for (const SourceResult& one : sources)
    if (one.role == SourceRole::kNewcomers && !one.list.items.empty()) return &one.list;
  return nullptr;
}

std::vector<float> Candidates::scores(const CandidateList* list) const {
  std::vector<float> values(slots.size(), 0);
  if (list == nullptr) return values;
  // From the last to the first: of an item that a source found twice the better score stays.
  for (auto item = list->items.rbegin(); item != list->items.rend(); ++item)
    values[rows.at(item->slot)] = item->score;
  return values;
}

Candidates retrieve(const RetrievalPorts& ports, RequestState& request) {
  RequestState* const one = &request;
  return std::move(retrieve_each(ports, {&one, 1}).front());
}

std::vector<Candidates> retrieve_each_with_relaxation(const RetrievalPorts& ports,
                                                      std::span<RequestState* const> requests) {
  std::vector<Candidates> found(requests.size());
  if (requests.empty()) return found;
  std::vector<ItemFilter> asked;
  for (const RequestState* request : requests) asked.push_back(request->filter);
  for (const Loosening& step : loosenings(*requests.front())) {
    std::vector<RequestState*> short_of;
    std::vector<size_t> places;
    for (size_t i = 0; i < requests.size(); ++i) {
      RequestState& request = *requests[i];
      if (distinct_garments(found[i], *request.catalog) >= request.count) continue;
      if (!step.says.empty()) degrade(request, "relaxed " + std::string(step.says));
      request.filter = asked[i];
      add_preferences(request.filter, request.shopper->preferences, request.departments, step.relaxed);
      request.misfit_max = step.misfit_max;
      short_of.push_back(&request);
      places.push_back(i);
    }
    if (short_of.empty()) break;
    auto more = retrieve_each(ports, short_of);
    for (size_t i = 0; i < places.size(); ++i) merge_into(found[places[i]], std::move(more[i]));
  }
  for (size_t i = 0; i < requests.size(); ++i) {
    RequestState& request = *requests[i];
    // Nothing is left but what the shopper liked or passed: better that than nothing.
    while (found[i].slots.empty() && !request.reluctant.empty()) {
      degrade(request, "relaxed " + request.reluctant.front().first);
      request.reluctant.erase(request.reluctant.begin());
      merge_into(found[i], retrieve(ports, request));
    }
    const PreferenceTiers tiers(asked[i], request);
    const std::vector<Slot>& slots = found[i].slots;
    for (size_t row = 0; row < slots.size(); ++row) {
      // The facts of a candidate lie anywhere in memory: those of some ahead are on their way meanwhile.
      if (row + kFactsAhead < slots.size())
        __builtin_prefetch(&request.catalog->facts(slots[row + kFactsAhead]));
      found[i].tiers.push_back(tiers.tier(request.catalog->facts(slots[row])));
    }
  }
  return found;
}

}  // namespace modiste
