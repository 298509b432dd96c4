#include "shop/snapshot_state.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace modiste {
namespace {

constexpr auto kWriteAgainAfter = std::chrono::seconds(5);
constexpr int kDoublingsMax = 8;  // of that time, after failures: 21 minutes
// Events wait while the parts but profiles are turned into bytes: so seldom, at the price of some
// seconds of a start after a crash. A clean stop writes one as well.
constexpr uint64_t kDueEvents = 250'000;
constexpr auto kDueAfter = std::chrono::hours(1);
constexpr double kPausedShare = 0.05;

double ms_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace

bool snapshot_is_due(const SnapshotPace& pace) {
  if (pace.since * kPausedShare <= pace.pause) return false;
  if (pace.failures > 0 && pace.since < kWriteAgainAfter * (1 << std::min(pace.failures, kDoublingsMax)))
    return false;
  if (!pace.has_one) return pace.since > kWriteAgainAfter;
  return pace.events >= kDueEvents || (pace.events > 0 && pace.since > kDueAfter);
}

Result<std::optional<SnapshotFigures>> SnapshotState::write() {
  auto written = write_one();
  const MutexLock lock(mutex_);
  failures_ = written.ok() ? 0 : failures_ + 1;
  return written;
}

Result<std::optional<SnapshotFigures>> SnapshotState::write_one() {
  const MutexLock one_at_a_time(writing_);
  const auto begun = std::chrono::steady_clock::now();
  const auto permit = folder_.begin();
  const uint64_t events = shop_.events().events_folded();
  uint64_t erasures = 0;
  {
    const MutexLock lock(mutex_);
    erasures = erasures_;
    if (has_one_ && events == events_at_last_) return std::optional<SnapshotFigures>();
    last_at_ = begun;  // also of one that fails
  }
  SnapshotFigures figures;
  TRY_ASSIGN(const ShopSnapshot snapshot, shop_.events().cut());
  figures.pause_ms = ms_since(begun);
  {
    const MutexLock lock(mutex_);
    pause_ = std::chrono::steady_clock::now() - begun;
  }
  if (snapshot.includes().is_begin()) return std::optional<SnapshotFigures>();
  TRY_ASSIGN(figures.bytes, folder_.write(permit, snapshot.includes(), [&](const SnapshotFolder::Put& put) {
    return snapshot.write([&](const SnapshotBlock& block) -> Result<Done> {
      TRY(may_go_on_());
      return put(block);
    });
  }));
  figures.write_ms = ms_since(begun);
  {
    const MutexLock lock(mutex_);
    has_one_ = erasures == erasures_;
    written_at_ = std::chrono::steady_clock::now();
    events_at_last_ = events;
  }
  TRY(snapshot.kept());
  return std::optional(figures);
}

Result<Done> SnapshotState::erase() {
  {
    const MutexLock lock(mutex_);
    has_one_ = false;
    ++erasures_;
  }
  return folder_.erase_all();
}

void SnapshotState::start(bool has_one) {
  const MutexLock lock(mutex_);
  has_one_ = has_one;
  events_at_last_ = 0;  // what was replayed is not in it
}

bool SnapshotState::is_due() const {
  const uint64_t events = shop_.events().events_folded();
  const MutexLock lock(mutex_);
  if (events == 0) return false;
  return snapshot_is_due(
      {has_one_, events - events_at_last_, std::chrono::steady_clock::now() - last_at_, pause_, failures_});
}

std::optional<std::chrono::steady_clock::time_point> SnapshotState::written_at() const {
  const MutexLock lock(mutex_);
  return written_at_;
}

void SnapshotState::write_if_due() {
  if (!is_due()) return;
  const auto written = write();
  if (!written.ok())
    spdlog::warn("no snapshot: {}", written.error().message());
  else if (*written)
    spdlog::info("snapshot: {} bytes, events waited {:.0f} ms, durable after {:.0f} ms", (*written)->bytes,
                 (*written)->pause_ms, (*written)->write_ms);
}

}  // namespace modiste
