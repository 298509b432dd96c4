// The pools in memory, and which of them a shopper is shown.
//
// Immutable. Threads: any.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "lookbook/look.h"

namespace modiste::lookbook {

// Why another pool than the shopper's own is shown.
enum class StandIn : uint8_t { kNone, kDay, kWeather, kStyle, kDepartment };

struct FoundPool {
  std::shared_ptr<const LookPool> pool;  // null: there is none
  StandIn stand_in = StandIn::kNone;     // the gravest
};

class PoolIndex {
 public:
  PoolIndex() = default;
  explicit PoolIndex(std::vector<LookPool> pools);

  // The newest of this cluster that has not expired and is not of a later day than `day`; where there is
  // none, that of the nearest weather; then of the style New in the same department, and then of everybody.
  [[nodiscard]] FoundPool find(const ClusterKey& key, const std::string& day, TimePoint now) const;
  [[nodiscard]] bool has(const ClusterKey& key, const std::string& day) const;
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] std::vector<std::shared_ptr<const LookPool>> all() const;

 private:
  using ByDay = std::map<std::string, std::shared_ptr<const LookPool>, std::greater<>>;
  [[nodiscard]] std::shared_ptr<const LookPool> nearest(const std::string& department,
                                                        const std::string& style, WeatherKind weather,
                                                        const std::string& day, TimePoint now) const;
  std::map<ClusterKey, ByDay> pools_;
  size_t size_ = 0;
};

}  // namespace modiste::lookbook

namespace modiste {

template <>
struct EnumNames<lookbook::StandIn> {
  static constexpr std::array<std::string_view, 5> kNames{"none", "day", "weather", "style", "department"};
};

}  // namespace modiste
