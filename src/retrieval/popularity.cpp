#include "retrieval/popularity.h"

#include <cmath>
#include <optional>

#include "base/binary_fields.h"
#include "base/mutex.h"
#include "retrieval/fair_lock.h"
#include "retrieval/slot_blocks.h"
#include "retrieval/top_candidates.h"

namespace modiste {
namespace {

constexpr float kRounding = 1 + 1e-5F;  // of bounds, so that they hold in spite of it
constexpr double kMicrosPerDay = 86'400e6;

// Forward decay (Cormode 2009): a signal at time t counts as 2^((t - landmark) / half_life), and all counts
// are scaled by the same factor when they are read, so that no count changes merely because time passes.
struct Counts {
  double positives = 0, impressions = 0;
};

}  // namespace

struct Popularity::State {
  explicit State(PopularityOptions o) : options(o) {}

  template <class Io, class Self>
  static void fields(Io& io, Self& state) NO_THREAD_SAFETY_ANALYSIS {
    io.optional(state.landmark, kTimeField);
    io.time(state.latest);
    io.list(state.by_slot, [](auto& slot_io, auto& counts) {
      slot_io.number(counts.positives);
      slot_io.number(counts.impressions);
    });
  }

  [[nodiscard]] double half_lives(TimePoint at) const REQUIRES_SHARED(mutex) {
    return static_cast<double>((at - *landmark).count()) / kMicrosPerDay / options.half_life_days;
  }
  void rebase(TimePoint at) REQUIRES(mutex);
  Counts& counts(Slot slot, TimePoint at) REQUIRES(mutex);
  [[nodiscard]] float rate(const Counts& counts, double scale) const;
  // Of each block no rate is higher at the latest record or later: with time a rate moves to the prior.
  void raise_bound(Slot slot) REQUIRES(mutex) {
    const float most = std::max(rate(by_slot[slot], scale(latest)), static_cast<float>(options.prior_rate));
    most_in_block.raise(slot, most * kRounding);
  }
  // Factor from stored counts to counts as of now, or as of the latest record if that is earlier.
  [[nodiscard]] double scale(TimePoint now) const REQUIRES_SHARED(mutex) {
    return landmark ? std::exp2(-half_lives(std::min(now, latest))) : 0;
  }

  template <class Wants, class Offer>
  void visit_recorded(TimePoint now, std::span<const SlotFilter> filters, const Wants& wants,
                      const Offer& offer) const REQUIRES_SHARED(mutex);

  const PopularityOptions options;
  mutable FairSharedMutex mutex;
  std::optional<TimePoint> landmark GUARDED_BY(mutex);
  TimePoint latest GUARDED_BY(mutex) = TimePoint::min();  // of the records
  std::vector<Counts> by_slot GUARDED_BY(mutex);
  BlockBounds most_in_block GUARDED_BY(mutex);  // 0: nothing was recorded
};

// Moves the landmark before the growing weights exceed the range of doubles, after some 27 years.
void Popularity::State::rebase(TimePoint at) {
  constexpr double kHalfLivesMax = 700;
  if (!landmark) landmark = at;
  const double ahead = half_lives(at);
  if (ahead < kHalfLivesMax) return;
  for (Counts& counts : by_slot) {
    counts.positives *= std::exp2(-ahead);
    counts.impressions *= std::exp2(-ahead);
  }
  landmark = at;
}

Counts& Popularity::State::counts(Slot slot, TimePoint at) {
  latest = std::max(latest, at);
  rebase(at);
  if (slot >= by_slot.size()) by_slot.resize(slot + 1);
  return by_slot[slot];
}

float Popularity::State::rate(const Counts& counts, double scale) const {
  const double positives = counts.positives * scale;
  const double impressions = std::max(counts.impressions * scale, positives);
  return static_cast<float>((positives + options.prior_rate * options.prior_strength) /
                            (impressions + options.prior_strength));
}

Popularity::Popularity(PopularityOptions options) : state_(std::make_unique<State>(options)) {}
Popularity::~Popularity() = default;

void Popularity::record_impression(Slot slot, TimePoint at) {
  const MutexLock lock(state_->mutex);
  Counts& counts = state_->counts(slot, at);
  counts.impressions += std::exp2(state_->half_lives(at));
  state_->raise_bound(slot);
}

void Popularity::record_positive(Slot slot, float weight, TimePoint at) {
  if (!(weight > 0)) return;
  const MutexLock lock(state_->mutex);
  Counts& counts = state_->counts(slot, at);
  counts.positives += static_cast<double>(std::min(weight, 1.0F)) * std::exp2(state_->half_lives(at));
  state_->raise_bound(slot);
}

float Popularity::rate(Slot slot, TimePoint now) const {
  const ReaderLock lock(state_->mutex);
  const Counts counts = slot < state_->by_slot.size() ? state_->by_slot[slot] : Counts{};
  return state_->rate(counts, state_->scale(now));
}

std::vector<float> Popularity::rates(std::span<const Slot> slots, TimePoint now) const {
  std::vector<float> rates;
  rates.reserve(slots.size());
  const ReaderLock lock(state_->mutex);
  const double scale = state_->scale(now);
  for (const Slot slot : slots)
    rates.push_back(state_->rate(slot < state_->by_slot.size() ? state_->by_slot[slot] : Counts{}, scale));
  return rates;
}

std::vector<Popularity::Counted> Popularity::counts(std::span<const Slot> slots, TimePoint now) const {
  std::vector<Counted> counted;
  counted.reserve(slots.size());
  const ReaderLock lock(state_->mutex);
  const double scale = state_->scale(now);
  for (const Slot slot : slots) {
    const Counts counts = slot < state_->by_slot.size() ? state_->by_slot[slot] : Counts{};
    counted.push_back({counts.positives * scale, counts.impressions * scale});
  }
  return counted;
}

void Popularity::save(std::string& out) const {
  BinaryWriter writer(out);
  const ReaderLock lock(state_->mutex);
  State::fields(writer, *state_);
}

Result<Done> Popularity::load(std::string_view bytes) {
  const MutexLock lock(state_->mutex);
  TRY(load_fields(bytes, "popularity", [this](auto& reader) { State::fields(reader, *state_); }));
  state_->most_in_block = BlockBounds();
  for (Slot slot = 0; slot < state_->by_slot.size(); ++slot) {
    const Counts& counts = state_->by_slot[slot];
    if (counts.positives != 0 || counts.impressions != 0) state_->raise_bound(slot);
  }
  return kOk;
}

// Visits what was recorded where it may be wanted, the best blocks first. wants(i, candidate), offer(i,
// candidate): under the i-th filter.
template <class Wants, class Offer>
void Popularity::State::visit_recorded(TimePoint now, std::span<const SlotFilter> filters, const Wants& wants,
                                       const Offer& offer) const {
  const double scale_now = scale(now);
  const bool bounded = now >= latest;
  const auto bound_of = [&](size_t block) NO_THREAD_SAFETY_ANALYSIS {
    const float most = most_in_block.of(block);
    return bounded || most == 0 ? most : 1.0F;
  };
  const auto wanted = [&](const Candidate& best) {
    for (size_t i = 0; i < filters.size(); ++i)
      if (wants(i, best)) return true;
    return false;
  };
  visit_blocks(by_slot.size(), 0, bound_of, wanted, [&](Slot first, Slot end) NO_THREAD_SAFETY_ANALYSIS {
    const Candidate best{first, bound_of(first / kBlockSlots)};
    for (size_t i = 0; i < filters.size(); ++i) {
      if (!wants(i, best)) continue;
      for (Slot slot = filters[i].next(first); slot < end; slot = filters[i].next(slot + 1)) {
        const Counts& counts = by_slot[slot];
        if (counts.positives != 0 || counts.impressions != 0)
          offer(i, Candidate{slot, rate(counts, scale_now)});
      }
    }
  });
}

CandidateList Popularity::search(size_t k, TimePoint now, const SlotFilter& filter) const {
  return std::move(search_under(k, now, {&filter, 1}).front());
}

std::vector<CandidateList> Popularity::search_under(size_t k, TimePoint now,
                                                    std::span<const SlotFilter> filters) const {
  std::vector<TopCandidates> tops(filters.size(), TopCandidates(k));
  {
    const ReaderLock lock(state_->mutex);
    state_->visit_recorded(
        now, filters, [&](size_t i, const Candidate& best) { return tops[i].wants(best); },
        [&](size_t i, const Candidate& candidate) {
          if (tops[i].wants(candidate) && filters[i](candidate.slot)) tops[i].offer(candidate);
        });
  }
  std::vector<CandidateList> lists;
  for (auto& top : tops) lists.push_back({std::move(top).take(), true});
  return lists;
}

std::vector<CandidateList> Popularity::search_groups(std::span<const uint16_t> group_of,
                                                     std::span<const size_t> counts, TimePoint now,
                                                     const SlotFilter& filter) const {
  std::vector<TopCandidates> tops;
  for (const size_t count : counts) tops.emplace_back(count);
  {
    const ReaderLock lock(state_->mutex);
    state_->visit_recorded(
        now, {&filter, 1},
        [&](size_t, const Candidate& best) {
          return std::any_of(tops.begin(), tops.end(),
                             [&](const TopCandidates& top) { return top.wants(best); });
        },
        [&](size_t, const Candidate& candidate) {
          const Slot slot = candidate.slot;
          if (slot >= group_of.size() || group_of[slot] >= tops.size()) return;
          TopCandidates& top = tops[group_of[slot]];
          if (top.wants(candidate) && filter(slot)) top.offer(candidate);
        });
  }
  std::vector<CandidateList> lists;
  for (auto& top : tops) lists.push_back({std::move(top).take(), true});
  return lists;
}

}  // namespace modiste
