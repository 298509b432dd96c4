#include "shop/impression_flusher.h"

#include <spdlog/spdlog.h>

namespace modiste {
namespace {

constexpr auto kFlushEvery = std::chrono::seconds(1);  // one sync a second, shared with other appends

void flush(Shop& shop) {
  if (const auto flushed = shop.events().flush_impressions(); !flushed.ok())
    spdlog::error("what was answered could not be logged: {}", flushed.error().message());
}

}  // namespace

ImpressionFlusher::ImpressionFlusher(Shop& shop)
    : shop_(shop), thread_(kFlushEvery, [&shop](const std::stop_token&) { flush(shop); }) {}

ImpressionFlusher::~ImpressionFlusher() {
  thread_.stop();
  flush(shop_);
}

}  // namespace modiste
