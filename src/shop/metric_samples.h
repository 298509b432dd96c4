// Reads the text of /metrics, which commands beside a server show.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// One line: modiste_memory_bytes{part="resident"} 123456
struct MetricSample {
  std::string_view labels;  // part="resident"
  double value = 0;

  // Empty without such a label.
  [[nodiscard]] std::string_view label(std::string_view name) const;
};

// Of a metric that has labels, in the order of the text, which must outlive them.
[[nodiscard]] std::vector<MetricSample> samples_of(std::string_view metrics, std::string_view name);

// How the challenger compares on live requests (serving/answer/shadow_ranking.h).
struct ShadowSamples {
  std::string champion, challenger;
  double compared = 0, passed_over = 0, unusable = 0;  // answers
  double first_common = 0, correlation = 0, score_seconds = 0;
};
// Empty where the server compares nothing.
[[nodiscard]] std::optional<ShadowSamples> shadow_in(std::string_view metrics);
[[nodiscard]] std::string to_text(const ShadowSamples& shadow);

}  // namespace modiste
