#include "shop/log_sealer.h"

#include <spdlog/spdlog.h>

namespace modiste {
namespace {

// Nobody waits for a day to be sealed; a look costs next to nothing when nothing is due.
constexpr auto kLookEvery = std::chrono::minutes(5);

}  // namespace

LogSealer::LogSealer(SealedLog& log, const Clock& clock)
    : log_(log), clock_(clock), thread_([this] { run(); }) {}

LogSealer::~LogSealer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
}

bool LogSealer::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void LogSealer::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const auto sealed = log_.seal(clock_.now(), [this](const SealProgress& declared) -> Result<Done> {
      if (declared.step == SealStep::kWriting && is_stopping())
        return Error{Code::kUnavailable, "the shop is closing", "", ""};
      if (declared.step == SealStep::kListed)
        spdlog::info("sealed {}: {} events", declared.day, declared.events);
      return kOk;
    });
    if (!sealed.ok() && !is_stopping())
      spdlog::error("a day could not be sealed: {}", sealed.error().message());
    lock.lock();
    stop_.wait_for(lock, kLookEvery, [&] { return stopping_; });
  }
}

}  // namespace modiste
