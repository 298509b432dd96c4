#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace modiste::http {

namespace {
constexpr double kRounding = 1e-6;  // parts of a call that are filled one after the other make a whole one
}  // namespace

double RateLimit::filled(const Bucket& bucket, Time now) const {
  const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.at).count();
  return std::min(std::max(1.0, per_minute_), bucket.left + std::max(0.0, minutes) * per_minute_);
}

void RateLimit::forget_full(Time now) {
  std::erase_if(buckets_,
                [&](const auto& one) { return filled(one.second, now) >= std::max(1.0, per_minute_); });
}

std::optional<int> RateLimit::take(std::string_view address, Time now) {
  if (per_minute_ <= 0) return std::nullopt;
  constexpr int kFullWaitS = 60;
  const MutexLock lock(mutex_);
  if (buckets_.size() >= kAddressesMax && !buckets_.contains(std::string(address))) {
    forget_full(now);
    if (buckets_.size() >= kAddressesMax) return kFullWaitS;
  }
  const auto [place, is_new] =
      buckets_.try_emplace(std::string(address), Bucket{std::max(1.0, per_minute_), now});
  Bucket& bucket = place->second;
  bucket = {filled(bucket, now), std::max(now, bucket.at)};
  if (bucket.left >= 1 - kRounding) {
    bucket.left -= 1;
    return std::nullopt;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.left) / per_minute_ * 60 - kRounding)));
}

std::string limited_address(std::string_view peer, std::string_view forwarded_for) {
  const bool is_local = peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
  if (!is_local || trim(forwarded_for).empty()) return std::string(peer);
  return std::string(trim(forwarded_for.substr(forwarded_for.rfind(',') + 1)));
}

}  // namespace modiste::http
