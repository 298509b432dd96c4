#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace modiste::http {

namespace {
constexpr double kRounding = 1e-6;  // parts of a call that are filled one after the other make a whole one
}  // namespace

double RateLimit::filled(const Bucket& bucket, Time now) const {
  const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.at).count();
  return std::min(std::max(1.0, per_minute_), bucket.left + std::max(0.0, minutes) * per_minute_);
}

void RateLimit::forget_older() {
  before_ = std::move(lately_);
  lately_.clear();
}

std::optional<int> RateLimit::take(std::string_view address, Time now) {
  if (per_minute_ <= 0) return std::nullopt;
  const MutexLock lock(mutex_);
  const std::string key(address);
  auto place = lately_.find(key);
  if (place == lately_.end()) {
    if (lately_.size() >= kAddressesMax / 2) forget_older();
    const auto known = before_.find(key);
    place =
        lately_.emplace(key, known == before_.end() ? Bucket{std::max(1.0, per_minute_), now} : known->second)
            .first;
  }
  Bucket& bucket = place->second;
  bucket = {filled(bucket, now), std::max(now, bucket.at)};
  if (bucket.left >= 1 - kRounding) {
    bucket.left -= 1;
    return std::nullopt;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.left) / per_minute_ * 60 - kRounding)));
}

}  // namespace modiste::http
