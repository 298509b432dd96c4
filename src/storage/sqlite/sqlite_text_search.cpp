#include "storage/sqlite/sqlite_text_search.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/text.h"

namespace modiste {

struct SqliteTextSearch::State {
  SQLite::Database database{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
};

namespace {

Error text_error(const SQLite::Exception& exception) {
  return {Code::kUnavailable, exception.what(), "SQLite FTS5", ""};
}

}  // namespace

SqliteTextSearch::SqliteTextSearch(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteTextSearch::~SqliteTextSearch() = default;

Result<std::unique_ptr<SqliteTextSearch>> SqliteTextSearch::create() {
  try {
    auto state = std::make_unique<State>();
    state->database.exec("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'porter unicode61')");
    return std::unique_ptr<SqliteTextSearch>(new SqliteTextSearch(std::move(state)));
  } catch (const SQLite::Exception& exception) {
    return text_error(exception);
  }
}

Result<Done> SqliteTextSearch::add(int64_t id, std::string_view text) {
  try {
    SQLite::Statement insert(state_->database, "INSERT INTO texts (rowid, text) VALUES (?, ?)");
    insert.bind(1, id);
    insert.bind(2, std::string(text));
    insert.exec();
    return kOk;
  } catch (const SQLite::Exception& exception) {
    return text_error(exception);
  }
}

Result<std::vector<int64_t>> SqliteTextSearch::find(std::string_view query, size_t count) {
  std::string any;  // each word quoted, so that none is an operator
  for (const auto& word : split_list(query, " \"")) any += (any.empty() ? "\"" : " OR \"") + word + "\"";
  std::vector<int64_t> found;
  if (any.empty()) return found;
  try {
    SQLite::Statement select(state_->database,
                             "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?");
    select.bind(1, any);
    select.bind(2, static_cast<int64_t>(count));
    while (select.executeStep()) found.push_back(select.getColumn(0).getInt64());
    return found;
  } catch (const SQLite::Exception& exception) {
    return text_error(exception);
  }
}

}  // namespace modiste
