// How SealedLog seals a day: the steps, in the one order in which a crash between any two loses nothing.
#include <fmt/format.h>

#include <algorithm>

#include "base/mutex.h"
#include "io/posix_files.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {

namespace {

constexpr std::string_view kUnfinished = ".tmp";

Result<Day> day_of_segment(const Directory& directory, const LogExtent& extent, size_t segment) {
  const uint64_t first = extent.segments[segment];
  LogLines lines(directory, extent, first, first + 1);
  TRY_ASSIGN(const auto line, lines.next());
  CHECK(line.has_value());  // only the running segment may be empty
  const auto event = decode_event_line(line->text, line->offset);
  if (!event.ok()) return lines.corrupt("an event cannot be read: " + event.error().message(), first);
  return std::chrono::floor<std::chrono::days>(event->received_at);
}

Result<Done> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) return Error{Code::kUnavailable, "cannot rename: " + error.message(), from.string(), ""};
  return sync_directory(to.parent_path());
}

}  // namespace

Result<size_t> SealedLog::seal(TimePoint now, const SealObserver& observe) {
  return seal_before(std::chrono::floor<std::chrono::days>(now - options_.seal_after), observe);
}

Result<size_t> SealedLog::seal_before(Day day, const SealObserver& observe) {
  const MutexLock lock(sealing_);
  TRY(remove_sealed_segments());
  TRY(hot_->roll(day));
  for (size_t sealed = 0;; ++sealed) {
    TRY_ASSIGN(const auto due, next_due(day));
    if (!due) return sealed;
    TRY(seal_day(*due, observe));
  }
}

// The oldest unsealed day, if it is before that one. The running segment is never part of it.
Result<std::optional<SealedLog::DueDay>> SealedLog::next_due(Day before) const {
  const auto [sealed, hot] = snapshot();
  if (hot.segments.size() < 2) return std::optional<DueDay>();
  const std::chrono::days one(1);
  // A clock that ran ahead must not keep its events, and all behind them, from ever being sealed.
  const auto believed = [&](Day day) { return day > before + one ? before - one : day; };
  TRY_ASSIGN(Day first, day_of_segment(hot_->directory(), hot, 0));
  first = believed(first);
  if (!sealed->days.empty()) first = std::max(first, parse_day(sealed->days.back().day).value() + one);
  if (first >= before) return std::optional<DueDay>();
  size_t end = 1;
  for (; end + 1 < hot.segments.size(); ++end) {
    TRY_ASSIGN(const Day day, day_of_segment(hot_->directory(), hot, end));
    if (believed(day) > first) break;
  }
  return std::optional(DueDay{first, hot.segments[0], hot.segments[end]});
}

Result<Done> SealedLog::seal_day(const DueDay& due, const SealObserver& observe) {
  const auto file = days_folder() / (day_text(due.day) + ".parquet");
  const auto unfinished = days_folder() / fmt::format(".{}{}", file.filename().string(), kUnfinished);
  auto sealed = write_day(due, unfinished, observe);
  if (!sealed.ok()) {
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    return std::move(sealed).error();
  }
  const auto tell = [&](SealStep step) {
    return observe({step, sealed->day, sealed->events(), sealed->events()});
  };
  TRY(tell(SealStep::kWritten));
  TRY(rename_durably(unfinished, file));
  TRY(tell(SealStep::kRenamed));
  DayManifest manifest = *snapshot().sealed;
  manifest.days.push_back(*sealed);
  TRY(write_day_manifest(days_folder(), manifest));
  publish(std::move(manifest));
  TRY(tell(SealStep::kListed));
  TRY(remove_sealed_segments());
  return tell(SealStep::kRemoved);
}

// Writes the file and reads it back: segments go only when every line has been seen again.
Result<SealedDay> SealedLog::write_day(const DueDay& due, const std::filesystem::path& path,
                                       const SealObserver& observe) const {
  const std::string day = day_text(due.day);
  LogLines lines(hot_->directory(), snapshot().hot, due.from, due.to);
  TRY_ASSIGN(const auto written, write_day_file(
                                     path, [&] { return lines.next(); }, options_.day_file,
                                     [&](uint64_t events) {
                                       return observe({SealStep::kWriting, day, events, due.to - due.from});
                                     }));
  TRY_ASSIGN(DuckDb* const duckdb, opened_duckdb());
  TRY_ASSIGN(const auto read_back, lines_blake2b_of_day_file(*duckdb, path));
  if (written.events != due.to - due.from || read_back != written.lines_blake2b)
    return Error{Code::kInternal, "the sealed day does not read back as it was written", path.string(),
                 "a disk and a memory that work; the segments are kept"};
  TRY_ASSIGN(const auto digest, blake2b_of_file(path));
  std::error_code error;
  const uint64_t bytes = std::filesystem::file_size(path, error);
  if (error)
    return Error{Code::kUnavailable, "the sealed day cannot be read", path.string(), error.message()};
  return SealedDay{day, due.from, due.to - 1, bytes, digest, kDayColumnsVersion};
}

void SealedLog::publish(DayManifest manifest) {
  const MutexLock lock(mutex_);
  intact_.insert(manifest.days.back().day);
  replaced_.push_back(sealed_);
  sealed_ = std::make_shared<const DayManifest>(std::move(manifest));
}

// Those that no reader can be at. The others go with a later sealing or the next opening.
Result<Done> SealedLog::remove_sealed_segments() {
  uint64_t end = 0;
  {
    const MutexLock lock(mutex_);
    std::erase_if(replaced_, [](const auto& manifest) { return manifest.expired(); });
    if (!replaced_.empty()) return kOk;
    end = sealed_->end_offset();
  }
  Directory& directory = hot_->directory();
  TRY_ASSIGN(const auto names, directory.list());
  for (const auto& name : names)
    if (const auto offset = segment_name_offset(name); offset && *offset < end) TRY(directory.remove(name));
  return directory.sync_names();
}

// Before the hot log opens: a sealing that ended early left a file without its name, or segments whose events
// are sealed. The segments go only when the files that have their events are as they were sealed.
Result<Done> SealedLog::finish_interrupted() {
  TRY_ASSIGN(const auto folder, PosixDirectory::open_or_create(days_folder()));
  TRY_ASSIGN(const auto day_names, folder->list());
  for (const auto& name : day_names)
    if (name.starts_with('.') && name.ends_with(kUnfinished)) TRY(folder->remove(name));
  TRY_ASSIGN(const auto directory, PosixDirectory::open_or_create(folder_));
  TRY_ASSIGN(const auto names, directory->list());
  const Manifest known = sealed();
  for (const auto& name : names) {
    const auto offset = segment_name_offset(name);
    if (!offset || *offset >= known->end_offset()) continue;
    for (const auto& day : known->days)
      if (day.last_offset >= *offset) TRY(check_intact(day));
    TRY(directory->remove(name));
  }
  return directory->sync_names();
}

}  // namespace modiste
