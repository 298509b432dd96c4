// The event log on disk, with group commit: one writer thread, and appends that wait together share one sync.
//
// Format: docs/formats/event-log.md. What append() answered survives kill -9 and a power cut. An append that
// answered an error left nothing behind, unless the process died before the failed bytes could be cut off:
// then the event may be there after all, and its event_id makes repeating it harmless.
//
// Threads: any. Memory: one group and the appends in flight, each held by its caller; replay holds one block.
// What was read by offset stays unpacked (unpacked_blocks.h).
// Limits:  append_limits.h. The directory must be this process's alone (DataDirectory's lock).
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <optional>
#include <thread>

#include "base/mutex.h"
#include "storage/event_log/log_replay.h"
#include "storage/event_log/log_writer.h"

namespace modiste {

struct FileEventLogOptions {
  uint64_t segment_bytes_max = LogWriterOptions().segment_bytes_max;
  // Larger groups would only make the first of them wait longer: the sync is cheap by then.
  size_t group_bytes_max = size_t{4} << 20;
  uint64_t first_offset = 0;  // as LogWriterOptions
};

class FileEventLog final : public EventLog {
 public:
  // Errors as LogWriter::open.
  static Result<std::unique_ptr<FileEventLog>> open(std::unique_ptr<Directory> directory,
                                                    const FileEventLogOptions& options = {});
  // Commits what waits, then ends the thread.
  ~FileEventLog() override;
  FileEventLog(const FileEventLog&) = delete;
  FileEventLog& operator=(const FileEventLog&) = delete;

  Result<Appended> append(std::span<const Event> events, TimePoint received_at) override;
  // A visitor may append.
  Result<Done> replay(LogPosition after, const EventVisitor& visit) const override;
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override;
  Result<LogPosition> follow(LogPosition after, const FollowLimits& limits,
                             const EventVisitor& visit) const override;
  [[nodiscard]] uint64_t size() const;

  // Between two commits; as LogWriter::roll.
  Result<uint64_t> roll(Day before);

  // What opening cut off, to report to the operator.
  [[nodiscard]] const std::optional<TornTail>& torn_tail() const { return torn_tail_; }

  // For readers of segments themselves (SealedLog).
  [[nodiscard]] LogExtent extent() const;
  // Once it has an event at an offset, or when the wait is over.
  [[nodiscard]] LogExtent await(uint64_t offset, Micros wait_max) const;
  [[nodiscard]] Directory& directory() const { return *directory_; }
  [[nodiscard]] BlockIndex& block_index() const { return block_index_; }

 private:
  struct Pending {
    std::string lines;
    uint32_t events = 0;
    Day day{};  // of the events; of a roll: which it is to be before
    std::optional<Result<uint64_t>> answer = std::nullopt;
    [[nodiscard]] bool is_roll() const { return events == 0; }
  };

  FileEventLog(std::unique_ptr<Directory> directory, LogWriter writer, const FileEventLogOptions& options);
  Result<uint64_t> wait_for(Pending& pending);
  void run();
  std::vector<Pending*> take_group();
  Result<uint64_t> commit(const std::vector<Pending*>& group);
  void answer(const std::vector<Pending*>& group, const Result<uint64_t>& committed);

  const std::unique_ptr<Directory> directory_;
  const FileEventLogOptions options_;
  const std::optional<TornTail> torn_tail_;
  mutable BlockIndex block_index_;
  LogWriter writer_;              // the writer thread's
  std::vector<std::byte> block_;  // the writer thread's, reused

  mutable Mutex mutex_;
  std::condition_variable_any arrived_;
  mutable std::condition_variable_any answered_;
  std::deque<Pending*> queue_ GUARDED_BY(mutex_);  // each on the stack of its append()
  LogExtent extent_ GUARDED_BY(mutex_);
  bool stopping_ GUARDED_BY(mutex_) = false;

  std::thread thread_;
};

}  // namespace modiste
