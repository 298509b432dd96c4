#include "storage/sealed_log/day_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <array>

#include "io/posix_files.h"
#include "storage/sealed_log/blake2b.h"

namespace modiste {

namespace {

constexpr uint64_t kSealProgressEvents = 16'384;

// What a day's file holds besides the offset and the line: column, where it stands in the line, its type. A
// new member of Event that engines should count by is one line here and a new kDayColumnsVersion.
struct DayColumn {
  std::string_view name, path, type;
};

constexpr std::array kDayColumns{
    DayColumn{"received_at", "received_at", "TIMESTAMPTZ"},
    DayColumn{"occurred_at", "event.occurred_at", "TIMESTAMPTZ"},
    DayColumn{"event_id", "event.event_id", "VARCHAR"},
    DayColumn{"type", "event.type", "VARCHAR"},
    DayColumn{"schema_version", "event.schema_version", "INTEGER"},
    DayColumn{"shopper", "event.shopper_id", "VARCHAR"},
    DayColumn{"device", "event.device_id", "VARCHAR"},
    DayColumn{"session", "event.session_id", "VARCHAR"},
    DayColumn{"loyalty", "event.loyalty_id", "VARCHAR"},
    DayColumn{"email", "event.email_hash", "VARCHAR"},
    DayColumn{"external", "event.external_id", "VARCHAR"},
    DayColumn{"request_id", "event.request_id", "VARCHAR"},
    DayColumn{"garment_id", "event.garment_id", "VARCHAR"},
    DayColumn{"colour", "event.colour", "VARCHAR"},
    DayColumn{"sku", "event.sku", "VARCHAR"},
    DayColumn{"size", "event.size", "VARCHAR"},
    DayColumn{"order_id", "event.order_id", "VARCHAR"},
    DayColumn{"order_line", "event.order_line", "INTEGER"},
    DayColumn{"dwell_ms", "event.dwell_ms", "DOUBLE"},
    DayColumn{"scroll_depth", "event.scroll_depth", "DOUBLE"},
    DayColumn{"quantity", "event.quantity", "INTEGER"},
    DayColumn{"price", "event.price", "DOUBLE"},
    DayColumn{"discount", "event.discount", "DOUBLE"},
    DayColumn{"currency", "event.currency", "VARCHAR"},
    DayColumn{"reason", "event.reason", "VARCHAR"},
    DayColumn{"fit", "event.fit", "VARCHAR"},
    DayColumn{"rating", "event.rating", "DOUBLE"},
    DayColumn{"page", "event.page", "VARCHAR"},
    DayColumn{"query", "event.query", "VARCHAR"},
    DayColumn{"outfit_id", "event.outfit_id", "VARCHAR"},
    DayColumn{"undoes", "event.undoes", "VARCHAR"},
    DayColumn{"context_device", "event.context.device", "VARCHAR"},
    DayColumn{"context_channel", "event.context.channel", "VARCHAR"},
    DayColumn{"context_locale", "event.context.locale", "VARCHAR"},
    DayColumn{"context_time_zone", "event.context.time_zone", "VARCHAR"},
    DayColumn{"context_country", "event.context.country", "VARCHAR"},
    DayColumn{"context_region", "event.context.region", "VARCHAR"},
    DayColumn{"context_temperature_c", "event.context.temperature_c", "DOUBLE"},
    DayColumn{"context_weather", "event.context.weather", "VARCHAR"},
    DayColumn{"context_occasion", "event.context.occasion", "VARCHAR"},
    DayColumn{"context_referrer", "event.context.referrer", "VARCHAR"},
};

// The structure that json_transform reads a line into; what a line lacks is null.
std::string line_structure() {
  std::array<std::string, 3> members;  // of the line, of its event, of the event's context
  for (const auto& [name, path, type] : kDayColumns) {
    const size_t depth = path.starts_with("event.context.") ? 2 : path.starts_with("event.") ? 1 : 0;
    members[depth] += fmt::format("\"{}\":\"{}\",", path.substr(path.rfind('.') + 1), type);
  }
  members[2].pop_back();
  return fmt::format(R"({{{}"event":{{{}"context":{{{}}}}}}})", members[0], members[1], members[2]);
}

Error not_ours(Error error, const std::filesystem::path& path) {
  if (error.code == Code::kInvalid) error.code = Code::kCorrupt;
  error.where = path.string();
  return error;
}

void add_line(Blake2b& digest, std::string_view line) {
  digest.update(std::as_bytes(std::span(line)));
  digest.update(std::as_bytes(std::span(std::string_view("\n"))));
}

Result<Done> visit_lines(DuckDb& duckdb, const std::filesystem::path& path, const std::string& where,
                         std::span<const SqlCell> bindings, const LineVisitor& visit) {
  std::optional<Error> refused;  // the visitor's own, not the file's
  const auto done = duckdb.query(
      fmt::format("SELECT log_offset, event FROM read_parquet({}) WHERE {}", sql_text(path.string()), where),
      bindings, [&](const SqlRows& rows) -> Result<Done> {
        for (size_t row = 0; row < rows.size(); ++row) {
          auto visited = visit({static_cast<uint64_t>(rows.integer(0, row)), rows.text(1, row)});
          if (!visited.ok()) return refused = std::move(visited).error(), *refused;
        }
        return kOk;
      });
  if (done.ok()) return kOk;
  return refused ? *refused : not_ours(done.error(), path);
}

}  // namespace

std::string day_columns_sql(std::string_view from) {
  std::string columns;
  for (const auto& [name, path, type] : kDayColumns) columns += fmt::format("read.{} AS {}, ", path, name);
  return fmt::format(
      "SELECT log_offset, {}line AS event FROM (SELECT log_offset, line, json_transform(line, {}) AS read "
      "FROM {})",
      columns, sql_text(line_structure()), from);
}

Result<DayFileReport> write_day_file(const std::filesystem::path& path, const LineSource& lines,
                                     const DayFileOptions& options,
                                     const std::function<Result<Done>(uint64_t)>& progress) {
  TRY_ASSIGN(const auto file, open_descriptor(path, O_RDWR | O_CREAT | O_TRUNC));  // DuckDB keeps its mode
  TRY_ASSIGN(const auto duckdb, DuckDb::open(options.duckdb));
  DayFileReport report;
  Blake2b digest;
  const SqlRowSource source = [&](std::vector<SqlCell>& row) -> Result<bool> {
    TRY_ASSIGN(const auto line, lines());
    if (!line) return false;
    if (report.events == 0) report.first_offset = line->offset;
    report.last_offset = line->offset;
    if (report.events++ % kSealProgressEvents == 0) TRY(progress(report.events - 1));
    add_line(digest, line->text);
    row[0] = static_cast<int64_t>(line->offset);
    row[1] = line->text;
    return true;
  };
  TRY(duckdb->add_source("log_lines", {{"log_offset", SqlType::kInteger}, {"line", SqlType::kText}}, source));
  TRY(duckdb->execute(
      fmt::format("COPY ({}) TO {} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {}, USE_TMP_FILE false, "
                  "KV_METADATA {{modiste_columns_version: '{}'}})",
                  day_columns_sql("log_lines()"), sql_text(path.string()), options.row_group_events,
                  kDayColumnsVersion)));
  if (::fsync(file.get()) != 0) return errno_error("sync", path);
  report.lines_blake2b = digest.hex();
  return report;
}

Result<Done> replay_day_file(DuckDb& duckdb, const std::filesystem::path& path, uint64_t from, uint64_t to,
                             const LineVisitor& visit) {
  const std::array<SqlCell, 2> bindings{static_cast<int64_t>(from), static_cast<int64_t>(to)};
  return visit_lines(duckdb, path, "log_offset >= ? AND log_offset < ?", bindings, visit);
}

Result<Done> read_day_file(DuckDb& duckdb, const std::filesystem::path& path,
                           std::span<const uint64_t> offsets, const LineVisitor& visit) {
  return visit_lines(duckdb, path, fmt::format("log_offset IN ({})", fmt::join(offsets, ",")), {}, visit);
}

Result<std::string> lines_blake2b_of_day_file(DuckDb& duckdb, const std::filesystem::path& path) {
  Blake2b digest;
  TRY(replay_day_file(duckdb, path, 0, INT64_MAX, [&](const RawLine& line) -> Result<Done> {
    add_line(digest, line.text);
    return kOk;
  }));
  return digest.hex();
}

Result<std::string> blake2b_of_file(const std::filesystem::path& path) {
  TRY_ASSIGN(const auto file, open_descriptor(path, O_RDONLY));
  Blake2b digest;
  std::vector<std::byte> buffer(size_t{1} << 20);
  while (true) {
    const ssize_t read = ::read(file.get(), buffer.data(), buffer.size());
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return errno_error("read", path);
    if (read == 0) return digest.hex();
    digest.update(std::span(buffer).first(static_cast<size_t>(read)));
  }
}

}  // namespace modiste
