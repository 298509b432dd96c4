#include "report.h"

#include <fmt/format.h>

#include <algorithm>

#include "io/atomic_write.h"
#include "io/read_file.h"

namespace modiste::bench {
namespace {

double bytes_each(double mb, uint64_t count) {
  return count == 0 ? 0 : mb * (1 << 20) / static_cast<double>(count);
}

// What each garment costs beyond those of the next smaller size: the program's own memory is in neither.
double bytes_of_garment(const ScaleFigures& of, const ScaleFigures* smaller) {
  if (smaller == nullptr) return bytes_each(of.made.garments_mb, of.garments);
  return bytes_each(of.made.garments_mb - smaller->made.garments_mb, of.garments - smaller->garments);
}

}  // namespace

Result<Done> write_figures(const std::filesystem::path& folder, const ScaleFigures& figures) {
  return write_atomically(folder / "figures.json", to_json_text(figures));
}

Result<std::vector<ScaleFigures>> read_all_figures(const std::filesystem::path& root) {
  std::vector<ScaleFigures> sizes;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    const auto file = entry.path() / "figures.json";
    if (!std::filesystem::exists(file)) continue;
    TRY_ASSIGN(const auto text, read_text_file(file));
    TRY_ASSIGN(auto figures, from_json_text<ScaleFigures>(text));
    sizes.push_back(std::move(figures));
  }
  std::sort(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) {
    return std::pair(a.garments, a.shoppers) < std::pair(b.garments, b.shoppers);
  });
  return sizes;
}

void print_table(const std::vector<ScaleFigures>& sizes) {
  fmt::print("\n{:>9} {:>9} {:>10} | {:>7} {:>7} {:>7} | {:>7} {:>7} {:>9} {:>9} | {:>8} {:>7} {:>7}\n",
             "garments", "shoppers", "events", "first s", "start s", "stop s", "MB", "anon MB", "B/garment",
             "B/shopper", "events/s", "put ms", "stock");
  for (size_t i = 0; i < sizes.size(); ++i) {
    const ScaleFigures& of = sizes[i];
    size_t before = i;
    while (before > 0 && sizes[before].garments == of.garments) --before;
    const ScaleFigures* smaller = sizes[before].garments < of.garments ? &sizes[before] : nullptr;
    fmt::print(
        "{:>9} {:>9} {:>10} | {:>7.1f} {:>7.1f} {:>7.1f} | {:>7.0f} {:>7.0f} {:>9.0f} {:>9.0f} | {:>8.0f} "
        "{:>7.1f} {:>7.1f}\n",
        of.garments, of.shoppers, of.events, of.made.first_start_s, of.start_s, of.stop_s, of.start_mb,
        of.start_anonymous_mb, bytes_of_garment(of, smaller),
        bytes_each(of.start_mb - of.made.garments_mb, of.shoppers), of.made.events_per_s, of.upsert_ms,
        of.stock_ms);
  }
  fmt::print("\n{:>9} {:<9} {:>8} {:>8} {:>8} {:>8} {:>10} {:>8} {:>7}\n", "garments", "kind", "p50 ms",
             "p90 ms", "p99 ms", "p99.9", "processor", "most/s", "failed");
  for (const auto& of : sizes) {
    for (const auto& kind : of.kinds)
      fmt::print("{:>9} {:<9} {:>8.2f} {:>8.2f} {:>8.2f} {:>8.2f} {:>10.2f} {:>8.0f} {:>7}\n", of.garments,
                 kind.kind, kind.p50_ms, kind.p90_ms, kind.p99_ms, kind.p999_ms, kind.processor_ms,
                 kind.highest_per_s, kind.failed);
    fmt::print("{:>9} personal while {:.0f} events/s come in: p50 {:.2f} ms, p99 {:.2f} ms\n", of.garments,
               of.busy_events_per_s, of.busy_p50_ms, of.busy_p99_ms);
  }
}

}  // namespace modiste::bench
