#include "storage/event_log/file_event_log.h"

#include <fmt/format.h>

#include "base/mutex.h"
#include "storage/event_log/append_limits.h"

namespace modiste {

namespace {

static_assert(kAppendBytesMax <= kPayloadBytesMax);

Result<std::string> encode_lines(std::span<const Event> events, TimePoint received_at) {
  std::string lines;
  for (size_t i = 0; i < events.size(); ++i) {
    auto line = encode_event_line(events[i], received_at);
    if (!line.ok()) {
      Error error = std::move(line).error();
      error.what = "the event could not be read back: " + error.what;
      error.where = fmt::format("/{}{}", i, error.where);
      return error;
    }
    lines += *line;
    if (lines.size() > kAppendBytesMax)
      return Error{Code::kInvalid, "the append is too large", fmt::format("/{}", i),
                   fmt::format("at most {} bytes of JSON", kAppendBytesMax)};
  }
  return lines;
}

}  // namespace

Result<std::unique_ptr<FileEventLog>> FileEventLog::open(std::unique_ptr<Directory> directory,
                                                         const FileEventLogOptions& options) {
  CHECK(options.group_bytes_max <= kAppendBytesMax);
  TRY_ASSIGN(auto writer, LogWriter::open(*directory, {options.segment_bytes_max, options.first_offset}));
  return std::unique_ptr<FileEventLog>(new FileEventLog(std::move(directory), std::move(writer), options));
}

FileEventLog::FileEventLog(std::unique_ptr<Directory> directory, LogWriter writer,
                           const FileEventLogOptions& options)
    : directory_(std::move(directory)),
      options_(options),
      torn_tail_(writer.torn_tail()),
      writer_(std::move(writer)),
      extent_(writer_.extent()),
      thread_([this] { run(); }) {}

FileEventLog::~FileEventLog() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

Result<Appended> FileEventLog::append(std::span<const Event> events, TimePoint received_at) {
  TRY(check_append(events));
  if (events.empty()) return appended_at(size(), 0);
  TRY_ASSIGN(auto lines, encode_lines(events, received_at));
  Pending pending{std::move(lines), static_cast<uint32_t>(events.size()),
                  std::chrono::floor<std::chrono::days>(received_at)};
  TRY_ASSIGN(const uint64_t first, wait_for(pending));
  return appended_at(first, events.size());
}

Result<uint64_t> FileEventLog::roll(Day before) {
  Pending pending{{}, 0, before};
  return wait_for(pending);
}

Result<uint64_t> FileEventLog::wait_for(Pending& pending) {
  MutexLock lock(mutex_);
  CHECK(!stopping_);
  queue_.push_back(&pending);
  arrived_.notify_one();
  answered_.wait(lock, [&] { return pending.answer.has_value(); });
  return std::move(*pending.answer);
}

Result<Done> FileEventLog::replay(LogPosition after, const EventVisitor& visit) const {
  return replay_log(*directory_, extent(), offset_after(after), visit);
}

Result<Done> FileEventLog::read(std::span<const LogPosition> positions, const EventVisitor& visit) const {
  const LogExtent durable = extent();
  TRY_ASSIGN(const auto offsets, offsets_of(positions, durable.end_offset));
  return read_log(*directory_, durable, block_index_, offsets, visit);
}

Result<LogPosition> FileEventLog::follow(LogPosition after, const FollowLimits& limits,
                                         const EventVisitor& visit) const {
  const uint64_t from = offset_after(after);
  const LogExtent durable = await(from, limits.wait_max);
  if (from >= durable.end_offset) return after;
  const uint64_t to = from + std::min<uint64_t>(durable.end_offset - from, limits.events_max);
  TRY(replay_range(*directory_, durable, block_index_, from, to, visit));
  return position_before(to);
}

LogExtent FileEventLog::await(uint64_t offset, Micros wait_max) const {
  MutexLock lock(mutex_);
  answered_.wait_for(lock, wait_max, [&]() REQUIRES(mutex_) { return extent_.end_offset > offset; });
  return extent_;
}

LogExtent FileEventLog::extent() const {
  const MutexLock lock(mutex_);
  return extent_;
}

uint64_t FileEventLog::size() const {
  const MutexLock lock(mutex_);
  return extent_.end_offset;
}

void FileEventLog::run() {
  while (true) {
    const auto group = take_group();
    if (group.empty()) return;
    answer(group, commit(group));
  }
}

// Waits for the first, takes what has come by then and may share its block: no later day. Empty when the log
// closes.
std::vector<FileEventLog::Pending*> FileEventLog::take_group() {
  MutexLock lock(mutex_);
  arrived_.wait(lock, [&]() REQUIRES(mutex_) { return stopping_ || !queue_.empty(); });
  std::vector<Pending*> group;
  size_t bytes = 0;
  while (!queue_.empty()) {
    const Pending& next = *queue_.front();
    const bool fits = bytes + next.lines.size() <= options_.group_bytes_max && !next.is_roll() &&
                      (group.empty() || (!group.front()->is_roll() && next.day <= group.front()->day));
    if (!fits && !group.empty()) break;
    bytes += queue_.front()->lines.size();
    group.push_back(queue_.front());
    queue_.pop_front();
  }
  return group;
}

Result<uint64_t> FileEventLog::commit(const std::vector<Pending*>& group) {
  if (group.front()->is_roll()) return writer_.roll(group.front()->day);
  uint32_t events = 0;
  block_.resize(kBlockHeaderBytes);
  for (const auto* pending : group) {
    const auto bytes = std::as_bytes(std::span(pending->lines));
    block_.insert(block_.end(), bytes.begin(), bytes.end());
    events += pending->events;
  }
  return writer_.append_block(block_, events, group.front()->day);
}

void FileEventLog::answer(const std::vector<Pending*>& group, const Result<uint64_t>& committed) {
  {
    const MutexLock lock(mutex_);
    extent_ = writer_.extent();
    uint64_t offset = committed.ok() ? committed.value() : 0;
    for (auto* pending : group) {
      pending->answer = committed.ok() ? Result<uint64_t>(offset) : committed;
      offset += pending->events;
    }
  }
  answered_.notify_all();
}

}  // namespace modiste
