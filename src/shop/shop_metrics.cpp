#include "shop/shop_metrics.h"

#include <prometheus/text_serializer.h>
#include <spdlog/spdlog.h>

#include "io/free_space.h"
#include "shop/memory_parts.h"
#include "storage/features/materialise.h"

namespace modiste {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

ClientMetric metric(MetricType type, double value, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  return metric;
}

MetricFamily family(std::string name, std::string help, MetricType type, double value) {
  return {std::move(name), std::move(help), type, {metric(type, value)}};
}

MetricFamily drift_family(const std::filesystem::path& features) {
  MetricFamily psi{"modiste_feature_psi",
                   "Population stability index of served features at the latest report",
                   MetricType::Gauge,
                   {}};
  const auto report = read_drift_report(features);
  if (!report.ok()) spdlog::warn("the report of drift cannot be read: {}", report.error().message());
  if (!report.ok() || !*report) return psi;
  for (const FeatureDrift& drift : (*report)->features)
    if (drift.psi) psi.metric.push_back(metric(psi.type, *drift.psi, {{"feature", drift.feature}}));
  return psi;
}

}  // namespace

std::vector<MetricFamily> weather_families(const std::optional<WeatherStats>& stats, TimePoint now) {
  if (!stats) return {};
  constexpr auto kCounter = MetricType::Counter, kGauge = MetricType::Gauge;
  const auto count = [](uint64_t value, const char* label, const char* of) {
    return metric(MetricType::Counter, static_cast<double>(value), {{label, of}});
  };
  std::vector<MetricFamily> families{
      {"modiste_weather_asked_total",
       "Requests that asked for the weather, by whether it was known",
       kCounter,
       {count(stats->answered, "known", "yes"), count(stats->absent, "known", "no")}},
      {"modiste_weather_fetches_total",
       "Questions to the weather service, by how they ended",
       kCounter,
       {count(stats->fetched, "result", "ok"), count(stats->failed, "result", "failed"),
        count(stats->dropped, "result", "dropped")}},
      family("modiste_weather_cells", "Places whose weather is held", kGauge,
             static_cast<double>(stats->cells))};
  if (stats->fetched_at)
    families.push_back(family("modiste_weather_age_seconds", "Since the service last answered", kGauge,
                              std::chrono::duration<double>(now - *stats->fetched_at).count()));
  return families;
}

std::vector<MetricFamily> model_families(const std::vector<ShopModels::State>& states) {
  MetricFamily version{
      "modiste_model_version", "Version of each model in use; 0: what Modiste brings", MetricType::Gauge, {}};
  MetricFamily refused{
      "modiste_model_refused_total", "Champions that could not be put in use", MetricType::Counter, {}};
  for (const auto& state : states) {
    const std::vector<ClientMetric::Label> model{{"model", std::string(state.row->name)}};
    version.metric.push_back(metric(version.type, state.version, model));
    refused.metric.push_back(metric(refused.type, static_cast<double>(state.refused), model));
  }
  return {std::move(version), std::move(refused)};
}

std::vector<MetricFamily> shadow_families(const ShadowCounts& counts) {
  if (counts.challenger.empty()) return {};
  const auto of = [&](MetricType type, double value) {
    return metric(type, value, {{"champion", counts.champion}, {"challenger", counts.challenger}});
  };
  const auto answers = [&](uint64_t value, const char* result) {
    ClientMetric counted = of(MetricType::Counter, static_cast<double>(value));
    counted.label.push_back({"result", result});
    return counted;
  };
  constexpr auto kGauge = MetricType::Gauge;
  return {{"modiste_shadow_answers_total",
           "Answers on which the challenger was to be compared, by what became of them",
           MetricType::Counter,
           {answers(counts.compared, "compared"), answers(counts.passed_over, "passed_over"),
            answers(counts.unusable, "unusable")}},
          {"modiste_shadow_first_common",
           "Share of the champion's first ten that are among the challenger's, mean",
           kGauge,
           {of(kGauge, counts.first_common)}},
          {"modiste_shadow_rank_correlation",
           "Rank correlation of champion and challenger over all candidates, mean",
           kGauge,
           {of(kGauge, counts.correlation)}},
          {"modiste_shadow_score_seconds",
           "What the challenger takes for an answer's candidates, mean",
           kGauge,
           {of(kGauge, counts.score_ms / 1'000)}}};
}

std::vector<MetricFamily> training_families(const TrainingState& state, TimePoint now) {
  constexpr auto kGauge = MetricType::Gauge;
  MetricFamily age{"modiste_training_age_seconds", "Since the latest scheduled training ended", kGauge, {}};
  MetricFamily good{"modiste_training_success_age_seconds",
                    "Since the latest scheduled training that did not fail ended",
                    kGauge,
                    {}};
  MetricFamily failures{"modiste_training_failures",
                        "Scheduled trainings that failed, since the latest that did not",
                        kGauge,
                        {}};
  MetricFamily psi{"modiste_training_drift_psi",
                   "Of the logged feature that moved furthest since the ranker learned",
                   kGauge,
                   {}};
  for (const TrainingRecord& record : state.models) {
    const std::vector<ClientMetric::Label> model{{"model", record.model}};
    failures.metric.push_back(metric(kGauge, record.failures, model));
    if (record.ended_at)
      age.metric.push_back(
          metric(kGauge, std::chrono::duration<double>(now - *record.ended_at).count(), model));
    if (record.good_at)
      good.metric.push_back(
          metric(kGauge, std::chrono::duration<double>(now - *record.good_at).count(), model));
    if (record.psi)
      psi.metric.push_back(
          metric(kGauge, *record.psi, {{"model", record.model}, {"feature", record.psi_feature}}));
  }
  std::vector<MetricFamily> families{std::move(age), std::move(good), std::move(failures), std::move(psi)};
  std::erase_if(families, [](const MetricFamily& one) { return one.metric.empty(); });
  return families;
}

std::vector<MetricFamily> event_families(const IntakeCounts& counts, uint64_t unknown_shown) {
  constexpr auto kCounter = MetricType::Counter;
  const auto count = [](uint64_t value, std::string_view result) {
    return metric(MetricType::Counter, static_cast<double>(value), {{"result", std::string(result)}});
  };
  MetricFamily events{"modiste_events_total",
                      "Events sent, by what became of them; a refused one says why",
                      kCounter,
                      {count(counts.accepted, "accepted"), count(counts.duplicates, "duplicate"),
                       count(counts.ignored, "ignored")}};
  for (size_t i = 0; i < counts.refused.size(); ++i)
    events.metric.push_back(count(counts.refused[i], name_of(static_cast<DeadReason>(i))));
  return {std::move(events),
          family("modiste_event_members_left_out_total", "Members of accepted events that could not be read",
                 kCounter, static_cast<double>(counts.left_out)),
          family("modiste_event_unknown_items_total", "Shown items that the catalog does not know", kCounter,
                 static_cast<double>(unknown_shown))};
}

MetricFamily memory_family(Shop& shop) {
  MetricFamily memory{"modiste_memory_bytes",
                      "Memory of the process, and what the catalog's parts hold; parts overlap",
                      MetricType::Gauge,
                      {}};
  const auto add = [&](size_t bytes, const std::string& part) {
    memory.metric.push_back(metric(memory.type, static_cast<double>(bytes), {{"part", part}}));
  };
  for (const MemoryPart& part : memory_parts()) add(part.bytes, part.name);
  const CatalogService& catalog = shop.catalog();
  add(catalog.view().memory_bytes(), "garments");
  add(catalog.embeddings().memory_bytes(), "embeddings");
  if (const AnnIndex* vectors = catalog.indexes().vectors()) add(vectors->memory_bytes(), "vector_index");
  return memory;
}

ShopMetrics::ShopMetrics(OpenShop& shop, const std::atomic<int>* training_runs_failed)
    : shop_(shop), training_runs_failed_(training_runs_failed) {}

// What cannot be told is left out.
std::vector<MetricFamily> ShopMetrics::disk() const {
  std::vector<MetricFamily> families;
  if (const auto left = free_bytes(shop_.directory().root()))
    families.push_back(family("modiste_disk_free_bytes", "Of the disk that has the data directory",
                              MetricType::Gauge, static_cast<double>(*left)));
  if (const auto at = shop_.snapshots().written_at())
    families.push_back(family("modiste_snapshot_age_seconds", "Since the latest snapshot of this process",
                              MetricType::Gauge,
                              std::chrono::duration<double>(std::chrono::steady_clock::now() - *at).count()));
  return families;
}

MetricFamily ShopMetrics::drift() const {
  const auto features = shop_.directory().root() / "features";
  std::error_code error;
  const auto at = std::filesystem::last_write_time(features / kDriftReportName, error);
  const MutexLock lock(mutex_);
  if (error)
    drift_ = {};
  else if (at != drift_at_)
    drift_ = drift_family(features);
  drift_at_ = error ? std::filesystem::file_time_type() : at;
  return drift_;
}

// A file that cannot be read is a gauge: what alerts on the others would see nothing.
std::vector<MetricFamily> ShopMetrics::trainings() const {
  const auto state = read_training_state(shop_.directory().training());
  auto families = state.ok() ? training_families(*state, shop_.clock().now()) : std::vector<MetricFamily>();
  if (training_runs_failed_ != nullptr)
    families.push_back(family("modiste_training_runs_failed",
                              "Runs of the schedule in a row that failed or could not start",
                              MetricType::Gauge, *training_runs_failed_));
  families.push_back(family("modiste_training_state_readable",
                            "Whether what scheduled trainings came to can be read: 0 or 1", MetricType::Gauge,
                            state.ok() ? 1 : 0));
  const MutexLock lock(mutex_);
  if (!state.ok() && !std::exchange(trainings_unread_, true))
    spdlog::warn("the schedule of trainings cannot be read: {}", state.error().message());
  if (state.ok()) trainings_unread_ = false;
  return families;
}

std::vector<MetricFamily> ShopMetrics::Collect() const {
  std::vector<MetricFamily> families{
      family("modiste_served_lost_total", "Answers that never reached the log", MetricType::Counter,
             static_cast<double>(shop_.services().events().impressions_lost())),
      family("modiste_robot_visits_total",
             "Visits that were taken for robots', of the whole log: their events teach nothing",
             MetricType::Counter, static_cast<double>(shop_.services().robot_visits())),
      family("modiste_occasion_model_evidence",
             "Said occasions that the model in use learned from; 0: the table", MetricType::Gauge,
             shop_.services().occasions()->evidence())};
  families.push_back(memory_family(shop_.services()));
  for (auto& of_disk : disk()) families.push_back(std::move(of_disk));
  for (auto& of_models : model_families(shop_.models().states())) families.push_back(std::move(of_models));
  for (auto& of_training : trainings()) families.push_back(std::move(of_training));
  for (auto& of_shadow : shadow_families(shop_.services().recommender().shadow().counts()))
    families.push_back(std::move(of_shadow));
  for (auto& of_events :
       event_families(shop_.services().intake().counts(), shop_.services().events().unknown_shown()))
    families.push_back(std::move(of_events));
  for (auto& of_weather : weather_families(shop_.weather(), shop_.clock().now()))
    families.push_back(std::move(of_weather));
  if (auto of_drift = drift(); !of_drift.metric.empty()) families.push_back(std::move(of_drift));
  return families;
}

std::string ShopMetrics::text() const { return prometheus::TextSerializer().Serialize(Collect()); }

}  // namespace modiste
