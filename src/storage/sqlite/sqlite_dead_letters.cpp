// SqliteStore as the store of dead letters.
#include <algorithm>

#include "storage/sqlite/dead_letter_rows.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

TimePoint newest_of(std::span<const DeadLetter> letters) {
  return std::ranges::max(letters, {}, &DeadLetter::received_at).received_at;
}

}  // namespace

Result<std::vector<int64_t>> SqliteStore::put_letters(std::span<const DeadLetter> letters,
                                                      const DeadLetterLimits& limits) {
  std::vector<int64_t> ids;
  TRY(write([&](SqliteConnection& connection) -> Result<Done> {
    ids = insert_letters(connection, letters);
    if (!letters.empty()) trim_letters(connection, limits, newest_of(letters));
    return kOk;
  }));
  return ids;
}

Result<std::vector<DeadLetter>> SqliteStore::letters(const LetterQuery& query) const {
  std::vector<DeadLetter> found;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    TRY_ASSIGN(found, select_letters(connection, query));
    return kOk;
  }));
  return found;
}

Result<DeadLetter> SqliteStore::letter(int64_t id) const {
  DeadLetter found;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    TRY_ASSIGN(found, select_letter(connection, id));
    return kOk;
  }));
  return found;
}

Result<Done> SqliteStore::replace_letter(const DeadLetter& letter) {
  return write([&](SqliteConnection& connection) { return update_letter(connection, letter); });
}

Result<Done> SqliteStore::remove_letter(int64_t id) {
  return write([&](SqliteConnection& connection) { return delete_letter(connection, id); });
}

Result<LetterCount> SqliteStore::count_letters() const {
  LetterCount count;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    count = count_letter_rows(connection);
    return kOk;
  }));
  return count;
}

Result<size_t> SqliteStore::erase_letters(std::span<const std::string> identifiers) {
  size_t gone = 0;
  TRY(write([&](SqliteConnection& connection) REQUIRES(writer_mutex_) -> Result<Done> {
    gone = delete_letters_that_mention(connection, identifiers);
    if (gone > 0) scrub_due_ = true, scrub_from_ = {};
    return kOk;
  }));
  return gone;
}

}  // namespace modiste
