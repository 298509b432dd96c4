// How well short queries find what they say: type and colour, type and pattern, type and fabric of the
// garments that a shop sells, asked of several ways to search in the same run.
//
// The truth is what the shop itself says of its garments (attributes of source supplier), never what a photo
// shows. Each query has at least one garment. Score: of the first `count` places, the share whose garment has
// both asked terms, divided by what is possible (min(count, garments that have both)).
//
// The queries are halved by a seed: one half is for tuning, the other is reported.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalog/catalog.h"

namespace modiste {

// One way to search; items best first, of a garment the first counts.
struct SearchWay {
  std::string name;
  std::function<Result<std::vector<ItemKey>>(const std::string& query, size_t count)> find;
};

struct EvaluateSearchOptions {
  size_t count = 10;    // places that are judged
  uint64_t seed = 7;    // of the halves
  bool tuning = false;  // report the half for tuning instead
};

// Of one way and one kind of query ("colour", "pattern", "fabric", "all").
struct SearchScore {
  std::string way, kind;
  size_t queries = 0, right = 0, possible = 0, right_type = 0, places = 0;
};

struct SearchReport {
  size_t garments = 0, queries = 0, asked = 0;
  EvaluateSearchOptions options;
  std::vector<SearchScore> scores;
};

Result<SearchReport> evaluate_search(const CatalogSnapshot& catalog, const Vocabulary& vocabulary,
                                     const std::vector<SearchWay>& ways,
                                     const EvaluateSearchOptions& options);

[[nodiscard]] std::string to_report_text(const SearchReport& report);
[[nodiscard]] json::value to_report_json(const SearchReport& report);

}  // namespace modiste
