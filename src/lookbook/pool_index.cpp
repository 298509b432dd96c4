#include "lookbook/pool_index.h"

#include <limits>

namespace modiste::lookbook {

PoolIndex::PoolIndex(std::vector<LookPool> pools) : size_(pools.size()) {
  for (LookPool& pool : pools) {
    ClusterKey key = pool.cluster;
    std::string day = pool.day;
    pools_[std::move(key)][std::move(day)] = std::make_shared<const LookPool>(std::move(pool));
  }
}

// The nearest weather, and of that the newest day.
std::shared_ptr<const LookPool> PoolIndex::nearest(const std::string& department, const std::string& style,
                                                   WeatherKind weather, const std::string& day,
                                                   TimePoint now) const {
  std::shared_ptr<const LookPool> best;
  int best_apart = std::numeric_limits<int>::max();
  for (size_t kind = 0; kind < kWeatherKinds; ++kind) {
    const auto other = static_cast<WeatherKind>(kind);
    const auto known = pools_.find({department, style, other});
    if (known == pools_.end() || apart(weather, other) >= best_apart) continue;
    for (auto at = known->second.lower_bound(day); at != known->second.end(); ++at)
      if (at->second->expires_at > now && !at->second->looks.empty()) {
        best = at->second;
        best_apart = apart(weather, other);
        break;
      }
  }
  return best;
}

FoundPool PoolIndex::find(const ClusterKey& key, const std::string& day, TimePoint now) const {
  const std::string fresh(kNewStyle);
  if (auto pool = nearest(key.department, key.style, key.weather, day, now)) {
    StandIn stand_in = StandIn::kNone;
    if (pool->day != day) stand_in = StandIn::kDay;
    if (pool->cluster.weather != key.weather) stand_in = StandIn::kWeather;
    return {std::move(pool), stand_in};
  }
  if (auto pool = nearest(key.department, fresh, key.weather, day, now))
    return {std::move(pool), StandIn::kStyle};
  if (auto pool = nearest("", fresh, key.weather, day, now))
    return {std::move(pool), key.department.empty() ? StandIn::kStyle : StandIn::kDepartment};
  return {};
}

bool PoolIndex::has(const ClusterKey& key, const std::string& day) const {
  const auto known = pools_.find(key);
  return known != pools_.end() && known->second.contains(day);
}

std::vector<std::shared_ptr<const LookPool>> PoolIndex::all() const {
  std::vector<std::shared_ptr<const LookPool>> pools;
  for (const auto& [key, by_day] : pools_)
    for (const auto& [day, pool] : by_day) pools.push_back(pool);
  return pools;
}

}  // namespace modiste::lookbook
