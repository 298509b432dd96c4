#include "storage/sealed_log/sealed_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/mutex.h"
#include "io/posix_files.h"
#include "storage/event_log/append_limits.h"

namespace modiste {

namespace {

// Longer lists of offsets are asked for in parts: each is a list in SQL.
constexpr size_t kReadOffsetsMax = 1'000;

Error corrupt_day(std::string what, const std::filesystem::path& file) {
  return {Code::kCorrupt, std::move(what), file.string(),
          "the file as it was sealed: restore it from a backup"};
}

Result<Done> visit_line(const RawLine& line, const std::filesystem::path& file, const EventVisitor& visit) {
  const auto event = decode_event_line(line.text, line.offset);
  if (event.ok()) return visit(*event);
  return corrupt_day(
      fmt::format("the event at offset {} cannot be read: {}", line.offset, event.error().message()), file);
}

}  // namespace

SealedLog::SealedLog(std::filesystem::path folder, const SealedLogOptions& options, DayManifest manifest)
    : folder_(std::move(folder)),
      options_(options),
      sealed_(std::make_shared<const DayManifest>(std::move(manifest))) {}

Result<std::unique_ptr<SealedLog>> SealedLog::open(const std::filesystem::path& folder,
                                                   const SealedLogOptions& options) {
  TRY_ASSIGN(auto directory, PosixDirectory::open_or_create(folder));
  TRY(PosixDirectory::open_or_create(folder / "days"));
  TRY_ASSIGN(auto manifest, read_day_manifest(folder / "days"));
  std::unique_ptr<SealedLog> log(new SealedLog(folder, options, std::move(manifest)));
  TRY(log->check_files(*log->sealed()));
  TRY(log->finish_interrupted());
  FileEventLogOptions hot = options.hot;
  hot.first_offset = log->sealed()->end_offset();
  TRY_ASSIGN(log->hot_, FileEventLog::open(std::move(directory), hot));
  return log;
}

Result<DuckDb*> SealedLog::opened_duckdb() const {
  const MutexLock lock(duckdb_mutex_);
  if (duckdb_ == nullptr) {
    TRY_ASSIGN(duckdb_, DuckDb::open(options_.day_file.duckdb));
  }
  return duckdb_.get();
}

Result<Appended> SealedLog::append(std::span<const Event> events, TimePoint received_at) {
  return hot_->append(events, received_at);
}

SealedLog::Manifest SealedLog::sealed() const {
  const MutexLock lock(mutex_);
  return sealed_;
}

SealedLog::Snapshot SealedLog::snapshot() const {
  const MutexLock lock(mutex_);
  Snapshot now{sealed_, hot_->extent()};
  auto& segments = now.hot.segments;
  segments.erase(segments.begin(), std::lower_bound(segments.begin(), segments.end(), sealed_->end_offset()));
  CHECK(!segments.empty() && segments.front() == sealed_->end_offset());
  return now;
}

Result<Done> SealedLog::replay(LogPosition after, const EventVisitor& visit) const {
  const uint64_t from = offset_after(after);
  const Snapshot now = snapshot();
  for (const auto& day : now.sealed->days)
    if (from <= day.last_offset) TRY(replay_day(day, from, now.hot.end_offset, visit));
  return replay_log(hot_->directory(), now.hot, std::max(from, now.sealed->end_offset()), visit);
}

Result<LogPosition> SealedLog::follow(LogPosition after, const FollowLimits& limits,
                                      const EventVisitor& visit) const {
  const uint64_t from = offset_after(after);
  const uint64_t end = hot_->await(from, limits.wait_max).end_offset;
  if (from >= end) return after;
  const uint64_t to = from + std::min<uint64_t>(end - from, limits.events_max);
  const Snapshot now = snapshot();  // after the wait: a day may have been sealed meanwhile
  for (const auto& day : now.sealed->days)
    if (from <= day.last_offset && to > day.first_offset) TRY(replay_day(day, from, to, visit));
  TRY(replay_range(hot_->directory(), now.hot, hot_->block_index(), std::max(from, now.sealed->end_offset()),
                   to, visit));
  return position_before(to);
}

Result<Done> SealedLog::replay_day(const SealedDay& day, uint64_t from, uint64_t to,
                                   const EventVisitor& visit) const {
  TRY(check_intact(day));
  const auto file = days_folder() / day.file();
  uint64_t next = std::max(from, day.first_offset);
  const uint64_t end = std::min(to, day.last_offset + 1);
  TRY_ASSIGN(DuckDb* const duckdb, opened_duckdb());
  TRY(replay_day_file(*duckdb, file, next, end, [&](const RawLine& line) -> Result<Done> {
    if (line.offset != next) return corrupt_day(fmt::format("the event at offset {} is missing", next), file);
    ++next;
    return visit_line(line, file, visit);
  }));
  if (next == end) return kOk;
  return corrupt_day(fmt::format("events from offset {} on are missing", next), file);
}

Result<Done> SealedLog::read(std::span<const LogPosition> positions, const EventVisitor& visit) const {
  const Snapshot now = snapshot();
  TRY_ASSIGN(const auto offsets, offsets_of(positions, now.hot.end_offset));
  std::span<const uint64_t> rest = offsets;
  for (const auto& day : now.sealed->days) {
    const auto count = std::upper_bound(rest.begin(), rest.end(), day.last_offset) - rest.begin();
    auto wanted = rest.first(static_cast<size_t>(count));
    rest = rest.subspan(wanted.size());
    while (!wanted.empty()) {
      const auto part = wanted.first(std::min(wanted.size(), kReadOffsetsMax));
      wanted = wanted.subspan(part.size());
      TRY(read_day(day, part, visit));
    }
  }
  return read_log(hot_->directory(), now.hot, hot_->block_index(), rest, visit);
}

Result<Done> SealedLog::read_day(const SealedDay& day, std::span<const uint64_t> offsets,
                                 const EventVisitor& visit) const {
  TRY(check_intact(day));
  const auto file = days_folder() / day.file();
  size_t found = 0;
  TRY_ASSIGN(DuckDb* const duckdb, opened_duckdb());
  TRY(read_day_file(*duckdb, file, offsets, [&](const RawLine& line) -> Result<Done> {
    if (found == offsets.size() || line.offset != offsets[found])
      return corrupt_day(fmt::format("offset {} is out of order", line.offset), file);
    ++found;
    return visit_line(line, file, visit);
  }));
  if (found == offsets.size()) return kOk;
  return corrupt_day(fmt::format("the event at offset {} is missing", offsets[found]), file);
}

Result<Done> SealedLog::check_files(const DayManifest& manifest) const {
  std::set<std::string> listed;
  std::error_code error;
  for (const auto& day : manifest.days) {
    const auto file = days_folder() / day.file();
    const auto bytes = std::filesystem::file_size(file, error);
    if (error) return corrupt_day("a sealed day is missing", file);
    if (bytes != day.bytes)
      return corrupt_day(fmt::format("a sealed day has {} bytes, not {}", bytes, day.bytes), file);
    listed.insert(day.file());
  }
  TRY_ASSIGN(const auto folder, PosixDirectory::open_or_create(days_folder()));
  TRY_ASSIGN(const auto names, folder->list());
  for (const auto& name : names) {
    const std::filesystem::path path(name);
    if (name.starts_with('.') || path.extension() != ".parquet" || listed.contains(name)) continue;
    // A later day's file is what a crash left between its renaming and its listing: it is written again.
    const auto day = parse_day(path.stem().string());
    const bool is_left_over =
        day && (manifest.days.empty() || *day > parse_day(manifest.days.back().day).value());
    if (!is_left_over)
      return Error{Code::kCorrupt, "a file that the manifest does not list is among the sealed days",
                   (days_folder() / name).string(), "sealed days only: move it elsewhere"};
  }
  return kOk;
}

Result<Done> SealedLog::check_intact(const SealedDay& day, bool again) const {
  {
    const MutexLock lock(mutex_);
    if (!again && intact_.contains(day.day)) return kOk;
  }
  const auto file = days_folder() / day.file();
  TRY_ASSIGN(const auto digest, blake2b_of_file(file));
  if (digest != day.blake2b) return corrupt_day("a sealed day was changed: its digest differs", file);
  const MutexLock lock(mutex_);
  intact_.insert(day.day);
  return kOk;
}

}  // namespace modiste
