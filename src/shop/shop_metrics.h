// Prometheus metrics of the shop, besides those of its HTTP server.
//
// Threads: any. Borrows its parts.
#pragma once

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <atomic>
#include <filesystem>
#include <vector>

#include "base/mutex.h"
#include "shop/background/training_schedule.h"
#include "shop/open_shop.h"

namespace modiste {

class ShopMetrics final : public prometheus::Collectable {
 public:
  // training_runs_failed: TrainingKeeper's; null: no training is scheduled.
  explicit ShopMetrics(OpenShop& shop, const std::atomic<int>* training_runs_failed = nullptr);

  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;
  // The same in the text format of Prometheus.
  [[nodiscard]] std::string text() const;

 private:
  // Of the latest report; without metrics where there is none. The file is read when it has changed.
  [[nodiscard]] prometheus::MetricFamily drift() const;
  [[nodiscard]] std::vector<prometheus::MetricFamily> trainings() const;

  [[nodiscard]] std::vector<prometheus::MetricFamily> disk() const;

  OpenShop& shop_;
  const std::atomic<int>* training_runs_failed_;
  mutable Mutex mutex_;
  mutable std::filesystem::file_time_type drift_at_ GUARDED_BY(mutex_) = {};  // of the file that was read
  mutable prometheus::MetricFamily drift_ GUARDED_BY(mutex_);
  mutable bool trainings_unread_ GUARDED_BY(mutex_) = false;  // and the log says so
};

[[nodiscard]] std::vector<prometheus::MetricFamily> model_families(
    const std::vector<ShopModels::State>& states);

// How a challenger compares on live requests; empty while there is none.
[[nodiscard]] std::vector<prometheus::MetricFamily> shadow_families(const ShadowCounts& counts);

// Of the schedule of trainings; empty while nothing was trained by it.
[[nodiscard]] std::vector<prometheus::MetricFamily> training_families(const TrainingState& state,
                                                                      TimePoint now);

// What became of the events that were sent.
[[nodiscard]] std::vector<prometheus::MetricFamily> event_families(const IntakeCounts& counts,
                                                                   uint64_t unknown_shown);

// The families of a weather service's counters; none for nothing.
[[nodiscard]] std::vector<prometheus::MetricFamily> weather_families(const std::optional<WeatherStats>& stats,
                                                                     TimePoint now);

}  // namespace modiste
