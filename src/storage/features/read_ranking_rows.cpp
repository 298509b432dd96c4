#include "storage/features/read_ranking_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "features/feature.h"

namespace modiste {
namespace {

// Columns: group, time of the group, position, propensity, label, passed, person, then the streaming
// features.
std::string ranking_rows_sql(TimePoint ripe_until) {
  std::string columns;
  for (const auto& feature : streaming_features())
    columns += fmt::format(", coalesce({}, {}::FLOAT)::DOUBLE", sql_name(feature.name), kFeatureUnknown);
  return fmt::format(R"(
      WITH usable AS (
        SELECT *, count(*) OVER (PARTITION BY request_id, person) AS together
        FROM training_rows
        WHERE served AND NOT bot AND NOT abandoned
          AND feature_set = {} AND request_id <> '' AND shown_at <= TIMESTAMPTZ '{}'
        QUALIFY impressed OR NOT bool_or(impressed) OVER (PARTITION BY request_id, person)),
      grouped AS (
        SELECT *,
          CASE WHEN together > 1 THEN person || ' ' || request_id
            ELSE 'cards ' || person || ' ' || date_trunc('hour', shown_at) END AS answer
        FROM usable
        WHERE NOT accidental OR label > 1),
      timed AS (SELECT *, min(shown_at) OVER (PARTITION BY answer) AS answered_at FROM grouped)
      SELECT answer, answered_at, position::INTEGER, propensity::DOUBLE, label, passed, person{}
      FROM timed
      ORDER BY answered_at, answer, row_id)",
                     feature_set(), to_rfc3339(ripe_until), columns);
}

class RowReader {
 public:
  RowReader() {
    for (const auto& feature : streaming_features()) read_.features.push_back(feature.name);
  }

  void add(const SqlRows& rows) {
    for (size_t row = 0; row < rows.size(); ++row) {
      const std::string_view answer = rows.text(0, row);
      if (read_.ends.empty() || answer != answer_) {
        answer_ = answer;
        read_.ends.push_back(read_.rows.size());
        read_.shown_at.push_back(rows.time(1, row));
        const auto number = static_cast<uint32_t>(persons_.size());
        read_.shoppers.push_back(persons_.emplace(rows.text(6, row), number).first->second);
      }
      RankingRow& added = read_.rows.emplace_back();
      added.position = rows.is_null(2, row) ? 0 : std::max(0, static_cast<int>(rows.integer(2, row)));
      added.propensity = rows.is_null(3, row) ? 1.0F : static_cast<float>(rows.real(3, row));
      added.gain = kGainOfLabel[static_cast<size_t>(std::clamp<int64_t>(rows.integer(4, row), 0, kLabelMax))];
      added.passed = rows.boolean(5, row);
      for (size_t f = 0; f < read_.features.size(); ++f)
        read_.values.push_back(static_cast<float>(rows.real(7 + f, row)));
      read_.ends.back() = read_.rows.size();
    }
  }
  [[nodiscard]] RankingRows take() { return std::move(read_); }

 private:
  RankingRows read_;
  std::string answer_;
  std::unordered_map<std::string, uint32_t> persons_;
};

}  // namespace

Result<RankingRows> read_ranking_rows(const EventLog& log, TimePoint as_of, const MaterialiseOptions& options,
                                      const std::function<void(uint64_t)>& progress) {
  TRY_ASSIGN(const auto duckdb, DuckDb::open(options.duckdb));
  TRY(create_event_tables(*duckdb, log, as_of, options.traffic, [&](uint64_t events) -> Result<Done> {
    if (progress) progress(events);
    return kOk;
  }));
  TRY(create_training_tables(*duckdb, as_of, options.training));
  RowReader reader;
  const auto ripe_until =
      as_of - std::chrono::duration_cast<Micros>(
                  std::chrono::duration<double, std::ratio<3600>>(options.training.ripe_hours));
  TRY(duckdb->query(ranking_rows_sql(ripe_until), {}, [&](const SqlRows& rows) -> Result<Done> {
    reader.add(rows);
    return kOk;
  }));
  return reader.take();
}

}  // namespace modiste
