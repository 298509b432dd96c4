// Dead letters as rows. Internal to storage/sqlite; SQLiteCpp's exceptions pass through.
#pragma once

#include "ingest/dead_letters.h"
#include "storage/sqlite/connection.h"

namespace modiste {

std::vector<int64_t> insert_letters(SqliteConnection& connection, std::span<const DeadLetter> letters);
// Answers how many were dropped, and counts them for good. now: of the letters that were put, not of the
// newest that is held, which a clock that ran ahead may have dated.
size_t trim_letters(SqliteConnection& connection, const DeadLetterLimits& limits, TimePoint now);
Result<std::vector<DeadLetter>> select_letters(SqliteConnection& connection, const LetterQuery& query);
Result<DeadLetter> select_letter(SqliteConnection& connection, int64_t id);
Result<Done> update_letter(SqliteConnection& connection, const DeadLetter& letter);
Result<Done> delete_letter(SqliteConnection& connection, int64_t id);
LetterCount count_letter_rows(SqliteConnection& connection);
size_t delete_letters_before(SqliteConnection& connection, TimePoint time);
size_t delete_letters_that_mention(SqliteConnection& connection, std::span<const std::string> identifiers);

}  // namespace modiste
