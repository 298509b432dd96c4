#include "retrieval/popularity_by_time.h"

#include <algorithm>
#include <cmath>

#include "base/binary_fields.h"
#include "base/mutex.h"

namespace modiste {
namespace {

using FractionalDays = std::chrono::duration<double, std::chrono::days::period>;

constexpr double kChoicesHalf = 1'000;  // around a time, until what was popular then is believed by half

}  // namespace

int64_t PopularityByTime::period_of(TimePoint at) const {
  return static_cast<int64_t>(
      std::floor(FractionalDays(at.time_since_epoch()).count() / options_.period_days));
}

void PopularityByTime::record(Slot slot, float weight, TimePoint at) {
  if (!(weight > 0)) return;
  const int64_t number = period_of(at);
  const MutexLock lock(mutex_);
  if (periods_.empty()) {
    first_ = number;
    periods_.resize(1);
  }
  const auto most = static_cast<int64_t>(options_.periods_max);
  const int64_t last = first_ + static_cast<int64_t>(periods_.size()) - 1;
  if (number <= last - most) return;  // older than what is kept
  if (number > last + most) {         // all that is kept is older than what may be
    periods_.clear();
    sums_.clear();
    periods_.resize(1);
    first_ = number;
  }
  for (; first_ > number; --first_) periods_.emplace_front();
  while (first_ + static_cast<int64_t>(periods_.size()) <= number) periods_.emplace_back();
  for (; periods_.size() > options_.periods_max; ++first_) {
    periods_.pop_front();
    sums_.clear();
  }
  Period& period = periods_[static_cast<size_t>(number - first_)];
  if (slot >= period.by_slot.size()) period.by_slot.resize(slot + 1);
  period.by_slot[slot] += std::min(weight, 1.0F);
  period.total += static_cast<double>(std::min(weight, 1.0F));
  add_to_sums(number, slot);
}

template <class Io, class Counts>
void PopularityByTime::fields(Io& io, Counts& counts) {
  io.number(counts.first_);
  io.list(counts.periods_, [](auto& period_io, auto& period) {
    period_io.numbers(period.by_slot);
    period_io.number(period.total);
  });
}

void PopularityByTime::save(std::string& out) const {
  BinaryWriter writer(out);
  const ReaderLock lock(mutex_);
  fields(writer, *this);
}

Result<Done> PopularityByTime::load(std::string_view bytes) {
  const MutexLock lock(mutex_);
  sums_.clear();
  return load_fields(bytes, "popularity by time", [this](auto& reader) { fields(reader, *this); });
}

int64_t PopularityByTime::centre_of(TimePoint at) const {
  return std::clamp(period_of(at), first_, first_ + static_cast<int64_t>(periods_.size()) - 1);
}

template <class Visit>
void PopularityByTime::around(int64_t centre, const Visit& visit) const {
  const auto reach = static_cast<int64_t>(options_.reach_periods);
  const int64_t begin = std::max(first_, centre - reach);
  const int64_t end = std::min(first_ + static_cast<int64_t>(periods_.size()), centre + reach + 1);
  for (int64_t number = begin; number < end; ++number)
    visit(periods_[static_cast<size_t>(number - first_)],
          std::exp2(-static_cast<double>(std::abs(number - centre)) * options_.period_days /
                    options_.half_life_days));
}

PopularityByTime::Sum PopularityByTime::sum_around(int64_t centre) const {
  Sum sum;
  around(centre, [&sum](const Period& period, double nearness) {
    sum.total += nearness * period.total;
    if (sum.by_slot.size() < period.by_slot.size()) sum.by_slot.resize(period.by_slot.size());
    for (size_t slot = 0; slot < period.by_slot.size(); ++slot)
      sum.by_slot[slot] += static_cast<float>(nearness) * period.by_slot[slot];
  });
  for (Slot slot = 0; slot < sum.by_slot.size(); ++slot) sum.most.raise(slot, sum.by_slot[slot]);
  return sum;
}

// Added up again in the order of sum_around(), so that a sum does not depend on when it was first asked for.
void PopularityByTime::add_to_sums(int64_t number, Slot slot) {
  for (auto& [centre, sum] : sums_) {
    if (std::abs(number - centre) > static_cast<int64_t>(options_.reach_periods)) continue;
    float value = 0;
    double total = 0;
    around(centre, [&](const Period& period, double nearness) {
      total += nearness * period.total;
      if (slot < period.by_slot.size()) value += static_cast<float>(nearness) * period.by_slot[slot];
    });
    if (slot >= sum.by_slot.size()) sum.by_slot.resize(slot + 1);
    sum.by_slot[slot] = value;
    sum.total = total;
    sum.most.raise(slot, value);
  }
}

// Of some sums, each with its factor.
class PopularityByTime::Shares final : public SlotPrior {
 public:
  void add(const Sum& sum, float weight) {
    if (!(sum.total > 0)) return;
    parts_.push_back({&sum, static_cast<float>(static_cast<double>(weight) / (sum.total + kChoicesHalf))});
    slots_ = std::max(slots_, sum.by_slot.size());
  }
  [[nodiscard]] size_t slots() const override { return slots_; }
  [[nodiscard]] float of(Slot slot) const override {
    float share = 0;
    for (const Part& part : parts_)
      if (slot < part.sum->by_slot.size()) share += part.factor * part.sum->by_slot[slot];
    return share;
  }
  [[nodiscard]] std::array<float, kBlockSlots> of_block(size_t block) const override {
    std::array<float, kBlockSlots> shares{};
    const size_t first = block * kBlockSlots;
    for (const Part& part : parts_) {
      const std::vector<float>& by_slot = part.sum->by_slot;
      const size_t count = std::min(kBlockSlots, by_slot.size() - std::min(by_slot.size(), first));
      for (size_t i = 0; i < count; ++i) shares[i] += part.factor * by_slot[first + i];
    }
    return shares;
  }
  [[nodiscard]] float most_in(size_t block) const override {
    float most = 0;
    for (const Part& part : parts_) most += part.factor * part.sum->most.of(block);
    return most;
  }

 private:
  struct Part {
    const Sum* sum;
    float factor;
  };
  std::vector<Part> parts_;
  size_t slots_ = 0;
};

bool PopularityByTime::knows_sums(std::span<const TimeShare> times) const {
  return std::all_of(times.begin(), times.end(), [&](const TimeShare& time) REQUIRES_SHARED(mutex_) {
    return sums_.contains(centre_of(time.at));
  });
}

void PopularityByTime::use_sums(std::span<const TimeShare> times,
                                const std::function<void(const SlotPrior&)>& use) const {
  Shares shares;
  for (const TimeShare& time : times) shares.add(sums_.at(centre_of(time.at)), time.weight);
  use(shares);
}

void PopularityByTime::with_shares(std::span<const TimeShare> times,
                                   const std::function<void(const SlotPrior&)>& use) const {
  {
    const ReaderLock lock(mutex_);
    if (periods_.empty()) return use(Shares());
    if (knows_sums(times)) return use_sums(times, use);
  }
  const MutexLock lock(mutex_);
  while (!sums_.empty() && sums_.size() + times.size() > kSumsMax) sums_.erase(sums_.begin());
  for (const TimeShare& time : times)
    if (const int64_t centre = centre_of(time.at); !sums_.contains(centre))
      sums_.emplace(centre, sum_around(centre));
  use_sums(times, use);
}

}  // namespace modiste
