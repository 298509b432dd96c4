#include "shop/background/language_keeper.h"

#include <spdlog/spdlog.h>

namespace modiste {
namespace {

constexpr auto kReadAgainAfter = std::chrono::minutes(1);

}  // namespace

std::shared_ptr<LanguageKeeper> LanguageKeeper::make(const Config& config, LanguageReadings& readings,
                                                     const Clock& clock) {
  auto options = config.language_options();
  if (!options) return nullptr;
  options->key = chat_key_in(config.lookbook.chat_key_variable);
  readings.listen();
  return std::shared_ptr<LanguageKeeper>(new LanguageKeeper(std::move(*options), readings, clock));
}

LanguageKeeper::LanguageKeeper(ChatApiOptions options, LanguageReadings& readings, const Clock& clock)
    : model_(std::move(options), ChatApi::Pause(),
             static_cast<uint64_t>(clock.now().time_since_epoch().count())),
      readings_(readings),
      clock_(clock) {}

void LanguageKeeper::look(const std::stop_token& stop) {
  const TimePoint now = clock_.now();
  if (now < not_before_) return;
  const auto today = std::chrono::floor<std::chrono::days>(now);
  if (std::exchange(day_, today) != today) model_.begin_night();
  const auto read = readings_.read_wanted(model_, stop);
  if (read.ok()) return;
  not_before_ = now + kReadAgainAfter;
  spdlog::warn("searches are not read by a language model: {}", read.error().message());
}

}  // namespace modiste
