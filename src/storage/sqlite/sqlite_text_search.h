// Full-text search of SQLite (FTS5, BM25 with its defaults, Porter stems): a rival that evaluations measure
// the shop's own search against. In memory.
//
// Threads: one at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste {

class SqliteTextSearch {
 public:
  // kUnavailable where SQLite was built without FTS5.
  static Result<std::unique_ptr<SqliteTextSearch>> create();
  ~SqliteTextSearch();

  Result<Done> add(int64_t id, std::string_view text);
  // Documents with any of the query's words, best first.
  Result<std::vector<int64_t>> find(std::string_view query, size_t count);

 private:
  struct State;
  explicit SqliteTextSearch(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace modiste
