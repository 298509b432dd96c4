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
    periods_.resize(1);
    first_ = number;
  }
  for (; first_ > number; --first_) periods_.emplace_front();
  while (first_ + static_cast<int64_t>(periods_.size()) <= number) periods_.emplace_back();
  for (; periods_.size() > options_.periods_max; ++first_) periods_.pop_front();
  Period& period = periods_[static_cast<size_t>(number - first_)];
  if (slot >= period.by_slot.size()) period.by_slot.resize(slot + 1);
  period.by_slot[slot] += std::min(weight, 1.0F);
  period.total += static_cast<double>(std::min(weight, 1.0F));
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
  return load_fields(bytes, "popularity by time", [this](auto& reader) { fields(reader, *this); });
}

void PopularityByTime::add_shares(TimePoint at, float weight, std::vector<float>& into) const {
  const ReaderLock lock(mutex_);
  if (periods_.empty()) return;
  const auto last = static_cast<int64_t>(periods_.size()) - 1;
  const int64_t centre = std::clamp<int64_t>(period_of(at) - first_, 0, last);
  const auto reach = static_cast<int64_t>(options_.reach_periods);
  const auto nearness = [&](int64_t place) {
    return std::exp2(-static_cast<double>(std::abs(place - centre)) * options_.period_days /
                     options_.half_life_days);
  };
  const int64_t begin = std::max<int64_t>(0, centre - reach), end = std::min(last, centre + reach) + 1;
  double total = 0;
  for (int64_t place = begin; place < end; ++place)
    total += nearness(place) * periods_[static_cast<size_t>(place)].total;
  if (!(total > 0)) return;
  for (int64_t place = begin; place < end; ++place) {
    const Period& period = periods_[static_cast<size_t>(place)];
    if (into.size() < period.by_slot.size()) into.resize(period.by_slot.size());
    const auto share =
        static_cast<float>(nearness(place) / (total + kChoicesHalf) * static_cast<double>(weight));
    for (size_t slot = 0; slot < period.by_slot.size(); ++slot) into[slot] += share * period.by_slot[slot];
  }
}

}  // namespace modiste
