// A research set as the product has it after an import: its garments normalised into a catalog, and the
// events that read_history makes of its rows, each once. Evaluations read sets through this, so that they
// judge the data that the product imports.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "context/occasion.h"
#include "history/history_formats.h"
#include "learning/training/fit_training.h"

namespace modiste {

struct ImportedSet {
  const HistoryFormat* format = nullptr;
  HistoryOptions options;
  // The file from its beginning, each time it is called: garments and events are read one after the other.
  std::function<Result<std::unique_ptr<FeedInput>>()> open;
};

struct ImportedCount {
  size_t rows = 0, refused = 0;  // of the file
  size_t repeated = 0;           // purchases of rows that repeat another, left out as ingestion does
};

// Fills the catalog, which must be empty, then visits the purchases in the order of the file. Errors:
// read_history's.
Result<ImportedCount> read_purchases(const ImportedSet& from, Catalog& catalog,
                                     const std::function<void(const Event&)>& visit);

// Purchases that tell how the size fitted, as Sizing observes them, in the order of time.
struct ImportedFit {
  std::vector<FitRow> rows;
  size_t left_out = 0;  // without a size that the garment's chart has, or a word on its fit
  ImportedCount count;
};
Result<ImportedFit> read_fit_rows(const ImportedSet& from, const Vocabulary& vocabulary);

// A purchase that says what it is for.
struct SaidOccasion {
  std::string shopper;
  std::chrono::sys_days day;
  Occasion occasion{};
  std::optional<TermId> category;  // of the garment
};
struct ImportedOccasions {
  std::vector<SaidOccasion> rows;  // by day; of one day in the file's order
  size_t rows_read = 0;
  std::map<std::string, size_t> dropped;             // rows that are not there, by reason
  std::map<std::string, size_t> categories_unknown;  // the garments' own words for them; the rows are kept
};
Result<ImportedOccasions> read_said_occasions(const ImportedSet& from, const Vocabulary& vocabulary);

}  // namespace modiste
