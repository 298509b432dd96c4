// The whole event log: days that are over as Parquet files, the rest as segments (FileEventLog).
//
//   log/days/2026-11-21.parquet   sealed, listed in log/days/manifest.json
//   log/events-<offset>.log       hot
//
// Formats: docs/formats/event-log.md and sealed-day.md; reasons: docs/adr/0008-sealed-days.md. An event
// belongs to the UTC day of its segment: the day of the segment's first received_at, but no earlier than the
// segment before it and later than every sealed day. So a clock that goes back never reopens a day.
//
// There is no update and no delete. Opening refuses sealed files that are missing, of another size, or not
// listed; the first use of each in a process checks its digest; verify() checks everything.
//
// Threads: any, one sealing at a time. Readers go on while a day is sealed; segments are removed when the
// last reader that began before has ended. Memory: the options' DuckDB limits. The folder must be this
// process's alone (DataDirectory's lock).
#pragma once

#include <filesystem>
#include <set>

#include "base/mutex.h"
#include "storage/event_log/file_event_log.h"
#include "storage/sealed_log/day_file.h"
#include "storage/sealed_log/day_manifest.h"

namespace modiste {

struct SealedLogOptions {
  FileEventLogOptions hot = {};
  // Wait after a day's end before sealing it, for appends in flight and clocks that are set back a little.
  Micros seal_after = std::chrono::hours(1);
  DayFileOptions day_file = {};
};

// In this order for every day; each step is durable when it is reported, except kWriting.
enum class SealStep { kWriting, kWritten, kRenamed, kListed, kRemoved };
struct SealProgress {
  SealStep step{};
  std::string day;
  uint64_t events = 0, of = 0;
};
// An error of the observer stops the sealing; days not listed by then are sealed again next time.
using SealObserver = std::function<Result<Done>(const SealProgress&)>;

struct LogStatus {
  std::vector<SealedDay> days;
  uint64_t events = 0;  // all
  size_t hot_segments = 0;
  uint64_t hot_events = 0, hot_bytes = 0;
};

class SealedLog final : public EventLog {
 public:
  // Also finishes what a crash left of a sealing. kCorrupt with file and reason; errors as
  // FileEventLog::open.
  static Result<std::unique_ptr<SealedLog>> open(const std::filesystem::path& folder,
                                                 const SealedLogOptions& options = {});

  Result<Appended> append(std::span<const Event> events, TimePoint received_at) override;
  Result<Done> replay(LogPosition after, const EventVisitor& visit) const override;
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override;
  Result<LogPosition> follow(LogPosition after, const FollowLimits& limits,
                             const EventVisitor& visit) const override;
  [[nodiscard]] uint64_t size() const { return hot_->size(); }

  // Seals every day that ended seal_after ago; answers how many.
  Result<size_t> seal(TimePoint now, const SealObserver& observe = ignore_progress);
  // Every day before that one, whether it is over or not: what comes in for it afterwards goes into the next.
  Result<size_t> seal_before(Day day, const SealObserver& observe = ignore_progress);

  // Reads everything: digests, formats, offsets without a gap. kCorrupt at the first thing that is wrong.
  // Progress by events read; its error ends the work.
  Result<Done> verify(const std::function<Result<Done>(uint64_t)>& progress) const;
  // A Parquet file with a day's columns, of events received on these days, both included; answers how many.
  Result<uint64_t> export_days(const std::filesystem::path& file, Day first, Day last) const;
  Result<LogStatus> status() const;
  [[nodiscard]] const std::optional<TornTail>& torn_tail() const { return hot_->torn_tail(); }

  static Result<Done> ignore_progress(const SealProgress&) { return kOk; }

 private:
  using Manifest = std::shared_ptr<const DayManifest>;
  struct Snapshot {
    Manifest sealed;
    LogExtent hot;  // from the sealed end on
  };
  struct DueDay {
    Day day;
    uint64_t from = 0, to = 0;  // offsets; to is a segment's first
  };

  SealedLog(std::filesystem::path folder, const SealedLogOptions& options, DayManifest manifest);
  [[nodiscard]] std::filesystem::path days_folder() const { return folder_ / "days"; }
  [[nodiscard]] Snapshot snapshot() const;
  [[nodiscard]] Manifest sealed() const;
  Result<Done> check_files(const DayManifest& manifest) const;
  Result<Done> check_intact(const SealedDay& day, bool again = false) const;
  // From an offset on and before another.
  Result<Done> replay_day(const SealedDay& day, uint64_t from, uint64_t to, const EventVisitor& visit) const;
  Result<Done> read_day(const SealedDay& day, std::span<const uint64_t> offsets,
                        const EventVisitor& visit) const;

  // Opened when a day is first read: a shop without sealed days saves 50 ms and 17 MB at its start.
  Result<DuckDb*> opened_duckdb() const;
  Result<Done> finish_interrupted();
  Result<std::optional<DueDay>> next_due(Day before) const;
  Result<Done> seal_day(const DueDay& due, const SealObserver& observe);
  Result<SealedDay> write_day(const DueDay& due, const std::filesystem::path& path,
                              const SealObserver& observe) const;
  void publish(DayManifest manifest);
  Result<Done> remove_sealed_segments();

  const std::filesystem::path folder_;
  const SealedLogOptions options_;
  std::unique_ptr<FileEventLog> hot_;
  Mutex sealing_;  // held while a day is sealed

  mutable Mutex duckdb_mutex_;
  mutable std::unique_ptr<DuckDb> duckdb_ GUARDED_BY(duckdb_mutex_);  // stays once it is open

  mutable Mutex mutex_;
  Manifest sealed_ GUARDED_BY(mutex_);
  std::vector<std::weak_ptr<const DayManifest>> replaced_
      GUARDED_BY(mutex_);                                    // readers may still be at their segments
  mutable std::set<std::string> intact_ GUARDED_BY(mutex_);  // days whose digest was found right
};

}  // namespace modiste
