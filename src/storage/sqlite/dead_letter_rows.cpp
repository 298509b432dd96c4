#include "storage/sqlite/dead_letter_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace modiste {
namespace {

constexpr std::string_view kDropped = "dead_letters.dropped";  // of the table of small values

int64_t micros(TimePoint time) { return time.time_since_epoch().count(); }

// Binds everything but the id, from column 1 on.
void bind(StatementUse& statement, const DeadLetter& letter) {
  statement->bind(1, std::string(name_of(letter.reason)));
  statement->bind(2, letter.event_id);
  statement->bind(3, letter.what);
  statement->bind(4, letter.pointer);
  statement->bind(5, letter.expected);
  statement->bind(6, micros(letter.received_at));
  statement->bind(7, letter.tries);
  statement->bind(8, serialize_json(letter.body));
}

// Of a row of all columns, the id first.
Result<DeadLetter> letter_of(StatementUse& row) {
  DeadLetter letter;
  letter.id = row->getColumn(0).getInt64();
  const auto reason = enum_from_name<DeadReason>(row->getColumn(1).getString());
  auto body = parse_json(row->getColumn(8).getString());
  if (!reason || !body.ok())
    return Error{Code::kCorrupt, fmt::format("dead letter {} cannot be read", letter.id), "", ""};
  letter.reason = *reason;
  letter.event_id = row->getColumn(2).getString();
  letter.what = row->getColumn(3).getString();
  letter.pointer = row->getColumn(4).getString();
  letter.expected = row->getColumn(5).getString();
  letter.received_at = TimePoint(Micros(row->getColumn(6).getInt64()));
  letter.tries = row->getColumn(7).getInt();
  letter.body = std::move(*body);
  return letter;
}

int64_t dropped(SqliteConnection& connection) {
  StatementUse select(connection, "SELECT value FROM meta WHERE key = ?");
  select->bind(1, std::string(kDropped));
  return select->executeStep() ? std::stoll(select->getColumn(0).getString()) : 0;
}

size_t changes(SqliteConnection& connection) {
  return static_cast<size_t>(connection.database().getChanges());
}

}  // namespace

std::vector<int64_t> insert_letters(SqliteConnection& connection, std::span<const DeadLetter> letters) {
  std::vector<int64_t> ids;
  for (const auto& letter : letters) {
    StatementUse insert(
        connection,
        "INSERT INTO dead_letters (reason, event_id, what, pointer, expected, received_at, tries,"
        " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    bind(insert, letter);
    insert.run();
    ids.push_back(connection.database().getLastInsertRowid());
  }
  return ids;
}

size_t trim_letters(SqliteConnection& connection, const DeadLetterLimits& limits, TimePoint now) {
  StatementUse all(connection, "SELECT count(*) FROM dead_letters");
  CHECK(all->executeStep());
  const int64_t held = all->getColumn(0).getInt64();
  size_t gone = delete_letters_before(connection, now - limits.age_max);
  const int64_t over = held - static_cast<int64_t>(gone) - static_cast<int64_t>(limits.entries_max);
  if (over > 0) {
    StatementUse remove(
        connection, "DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters ORDER BY id LIMIT ?)");
    remove->bind(1, over);
    remove.run();
    gone += changes(connection);
  }
  if (gone == 0) return 0;
  StatementUse count(connection,
                     "INSERT INTO meta (key, value) VALUES (?, ?)"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  count->bind(1, std::string(kDropped));
  count->bind(2, std::to_string(dropped(connection) + static_cast<int64_t>(gone)));
  count.run();
  return gone;
}

Result<std::vector<DeadLetter>> select_letters(SqliteConnection& connection, const LetterQuery& query) {
  StatementUse rows(
      connection,
      "SELECT id, reason, event_id, what, pointer, expected, received_at, tries, body FROM dead_letters"
      " WHERE id > ?1 AND (?2 = '' OR reason = ?2) ORDER BY id LIMIT ?3");
  rows->bind(1, query.after);
  rows->bind(2, query.reason ? std::string(name_of(*query.reason)) : "");
  rows->bind(3, query.count);
  std::vector<DeadLetter> out;
  while (rows->executeStep()) {
    TRY_ASSIGN(auto letter, letter_of(rows));
    out.push_back(std::move(letter));
  }
  return out;
}

Result<DeadLetter> select_letter(SqliteConnection& connection, int64_t id) {
  StatementUse row(
      connection,
      "SELECT id, reason, event_id, what, pointer, expected, received_at, tries, body FROM dead_letters"
      " WHERE id = ?");
  row->bind(1, id);
  if (!row->executeStep()) return no_letter(id);
  return letter_of(row);
}

Result<Done> update_letter(SqliteConnection& connection, const DeadLetter& letter) {
  StatementUse update(connection,
                      "UPDATE dead_letters SET reason = ?, event_id = ?, what = ?, pointer = ?, expected = ?,"
                      " received_at = ?, tries = ?, body = ? WHERE id = ?");
  bind(update, letter);
  update->bind(9, letter.id);
  update.run();
  if (changes(connection) == 0) return no_letter(letter.id);
  return kOk;
}

Result<Done> delete_letter(SqliteConnection& connection, int64_t id) {
  StatementUse remove(connection, "DELETE FROM dead_letters WHERE id = ?");
  remove->bind(1, id);
  remove.run();
  if (changes(connection) == 0) return no_letter(id);
  return kOk;
}

LetterCount count_letter_rows(SqliteConnection& connection) {
  StatementUse count(connection, "SELECT count(*) FROM dead_letters");
  CHECK(count->executeStep());
  return {count->getColumn(0).getInt64(), dropped(connection)};
}

size_t delete_letters_before(SqliteConnection& connection, TimePoint time) {
  StatementUse remove(connection, "DELETE FROM dead_letters WHERE received_at < ?");
  remove->bind(1, micros(time));
  remove.run();
  return changes(connection);
}

size_t delete_letters_that_mention(SqliteConnection& connection, std::span<const std::string> identifiers) {
  std::vector<int64_t> found;
  {
    StatementUse rows(connection, "SELECT id, body FROM dead_letters");
    while (rows->executeStep()) {
      const std::string body = rows->getColumn(1).getString();
      if (std::any_of(identifiers.begin(), identifiers.end(),
                      [&](const auto& identifier) { return letter_mentions(body, identifier); }))
        found.push_back(rows->getColumn(0).getInt64());
    }
  }
  for (const int64_t id : found) static_cast<void>(delete_letter(connection, id));
  return found.size();
}

}  // namespace modiste
