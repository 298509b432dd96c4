// What was measured, as a table to read and as JSON to compare and draw (docs/reports).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "measure.h"

namespace modiste::bench {

struct FilteredPoint {
  std::string rival;
  double admitted = 0;  // share of the items
  Point point;
};

struct Report {
  std::string dataset, machine;
  size_t queries = 0, passes = 0;
  BuildOptions build;
  std::vector<Curve> curves;  // ours first, then the rivals
  Curve brute_force;          // one point
  std::vector<FilteredPoint> filtered;

  // Ours over hnswlib's, the first rival.
  [[nodiscard]] double memory_share() const;
};

[[nodiscard]] std::string as_text(const Report& report);
[[nodiscard]] std::string as_json(const Report& report);

// Writes ann.txt and ann.json.
Result<Done> write_report(const Report& report, const std::string& folder);

}  // namespace modiste::bench
