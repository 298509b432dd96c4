// The measurements as a table to read, a plot, and JSON to compare with.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "measure.h"

namespace modiste::bench {

struct FilteredPoint {
  double admitted = 0;  // share of the items
  Point point;
};

struct Report {
  std::string dataset, machine;
  size_t queries = 0, passes = 0;
  BuildOptions build;
  std::vector<Curve> curves;            // ours first, then the rivals
  Curve brute_force;                    // one point
  std::vector<FilteredPoint> filtered;  // ours

  // Our throughput over hnswlib's, the first rival.
  [[nodiscard]] double memory_share() const;
};

[[nodiscard]] std::string as_text(const Report& report);
[[nodiscard]] std::string as_json(const Report& report);
[[nodiscard]] std::string as_svg(const Report& report);   // recall against queries per second
[[nodiscard]] std::string as_html(const Report& report);  // the plot and the table on a page

// Writes ann.txt, ann.json, ann.svg and ann.html.
Result<Done> write_report(const Report& report, const std::string& folder);

}  // namespace modiste::bench
