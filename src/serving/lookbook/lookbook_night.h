// The night of the lookbook: groups the shoppers into clusters and has the looks of each cluster made once.
//
//   all profiles in one read -> cluster of each (department, style, usual weather of their place) -> the
//   smallest joined to their neighbours -> average profile of each -> one generation for each -> store
//
// So the cost is one generation for each of K clusters, whatever the number of shoppers. The same profiles,
// catalog and day give the same clusters. A cluster whose generation fails keeps its pool of the night
// before until that expires.
//
// Threads: one night at a time; answers go on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lookbook/generator.h"
#include "serving/lookbook/lookbook_service.h"

namespace modiste {

struct NightOptions {
  size_t day_looks = 10, evening_looks = 10;
  // A pool serves the next night too, should that one fail, and a morning more.
  std::chrono::hours expires_after{54};
  // The smallest clusters join the nearest weather of their style, and then the newcomers, until there are no
  // more than this: what a night costs does not grow with the shoppers. Newcomers' pools are not joined.
  size_t clusters_max = 64;
};

enum class NightScope {
  kAll,    // every cluster of the day
  kWanted  // those that shoppers asked for and that have no pool of the day
};

struct NightReport {
  std::string day;
  size_t shoppers = 0;     // with a profile
  size_t styled = 0;       // of them, with a style
  size_t clusters = 0;     // planned
  size_t generations = 0;  // K: calls of the generator
  size_t failed = 0;       // of them
  size_t fell_back = 0;    // of them, made by another generator
  size_t looks = 0, refused = 0;
  size_t expired = 0;  // pools that went
  double read_s = 0, generate_s = 0;
  std::string first_failure;
};

// How many clusters are done, of how many: before each, and once when all are. An error stops the night, and
// what was made stays.
using NightProgress = std::function<Result<Done>(size_t done, size_t of)>;

// The clusters of the day, largest first, each with its average profile. read: what was read.
Result<std::vector<LookBrief>> plan_night(const ShopState& shop, TimePoint now, const NightOptions& options,
                                          NightReport& read);

// Plans, generates and stores; the service shows each pool from its end on. kUnavailable: the service has no
// store, or no cluster at all could be made.
Result<NightReport> run_night(LookbookService& lookbook, LookGenerator& generator, TimePoint now,
                              NightScope scope, const NightOptions& options = {},
                              const NightProgress& progress = {});

[[nodiscard]] std::string to_text(const NightReport& report);

}  // namespace modiste
