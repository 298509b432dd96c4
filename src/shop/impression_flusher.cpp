#include "shop/impression_flusher.h"

#include <spdlog/spdlog.h>

namespace modiste {
namespace {

constexpr auto kFlushEvery = std::chrono::seconds(1);  // one sync a second, shared with other appends

}  // namespace

ImpressionFlusher::ImpressionFlusher(Shop& shop) : shop_(shop), thread_([this] { run(); }) {}

ImpressionFlusher::~ImpressionFlusher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
}

void ImpressionFlusher::run() {
  for (bool last = false; !last;) {
    {
      std::unique_lock lock(mutex_);
      last = stop_.wait_for(lock, kFlushEvery, [&] { return stopping_; });
    }
    if (const auto flushed = shop_.events().flush_impressions(); !flushed.ok())
      spdlog::error("what was answered could not be logged: {}", flushed.error().message());
  }
}

}  // namespace modiste
