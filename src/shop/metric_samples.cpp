#include "shop/metric_samples.h"

#include <fmt/format.h>

#include <cstdlib>

namespace modiste {

std::string_view MetricSample::label(std::string_view name) const {
  const std::string begin = fmt::format("{}=\"", name);
  const size_t at = labels.find(begin);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = labels.substr(at + begin.size());
  return rest.substr(0, rest.find('"'));
}

std::vector<MetricSample> samples_of(std::string_view metrics, std::string_view name) {
  const std::string begin = fmt::format("\n{}{{", name);
  std::vector<MetricSample> samples;
  for (size_t at = metrics.find(begin); at != std::string_view::npos; at = metrics.find(begin, at)) {
    at += begin.size();
    const size_t end = metrics.find("} ", at);
    if (end == std::string_view::npos) break;
    samples.push_back({metrics.substr(at, end - at),
                       std::strtod(std::string(metrics.substr(end + 2, 32)).c_str(), nullptr)});
  }
  return samples;
}

std::optional<ShadowSamples> shadow_in(std::string_view metrics) {
  const auto answers = samples_of(metrics, "modiste_shadow_answers_total");
  if (answers.empty()) return std::nullopt;
  ShadowSamples shadow;
  shadow.champion = answers.front().label("champion");
  shadow.challenger = answers.front().label("challenger");
  for (const MetricSample& sample : answers) {
    const std::string_view result = sample.label("result");
    (result == "compared"      ? shadow.compared
     : result == "passed_over" ? shadow.passed_over
                               : shadow.unusable) = sample.value;
  }
  const auto value = [&](std::string_view name) {
    const auto samples = samples_of(metrics, name);
    return samples.empty() ? 0 : samples.front().value;
  };
  shadow.first_common = value("modiste_shadow_first_common");
  shadow.correlation = value("modiste_shadow_rank_correlation");
  shadow.score_seconds = value("modiste_shadow_score_seconds");
  return shadow;
}

std::string to_text(const ShadowSamples& shadow) {
  std::string text =
      fmt::format("{} beside {}: {:.0f} answers compared, {:.0f} passed over, {:.0f} unusable",
                  shadow.challenger, shadow.champion.empty() ? "the champion" : shadow.champion,
                  shadow.compared, shadow.passed_over, shadow.unusable);
  if (shadow.compared > 0)
    text += fmt::format("; first ten in common {:.1f}%, rank correlation {:.3f}, {:.2f} ms each",
                        100 * shadow.first_common, shadow.correlation, 1'000 * shadow.score_seconds);
  return text;
}

}  // namespace modiste
