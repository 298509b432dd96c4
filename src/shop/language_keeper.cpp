#include "shop/language_keeper.h"

#include <spdlog/spdlog.h>
namespace modiste {
namespace {

constexpr auto kReadEvery = std::chrono::seconds(1);
constexpr auto kReadAgainAfter = std::chrono::minutes(1);

class Reader {
 public:
  Reader(ChatApiOptions options, LanguageReadings& readings, const Clock& clock)
      : model_(std::move(options), ChatApi::Pause(),
               static_cast<uint64_t>(clock.now().time_since_epoch().count())),
        readings_(readings),
        clock_(clock) {}

  void read(const std::stop_token& stop) {
    const TimePoint now = clock_.now();
    if (now < not_before_) return;
    const auto today = std::chrono::floor<std::chrono::days>(now);
    if (std::exchange(day_, today) != today) model_.begin_night();
    const auto read = readings_.read_wanted(model_, stop);
    if (read.ok()) return;
    not_before_ = now + kReadAgainAfter;
    spdlog::warn("searches are not read by a language model: {}", read.error().message());
  }

 private:
  ChatApi model_;
  LanguageReadings& readings_;
  const Clock& clock_;
  TimePoint not_before_{};
  std::chrono::sys_days day_{};
};

}  // namespace

LanguageKeeper::LanguageKeeper(const Config& config, LanguageReadings& readings, const Clock& clock) {
  auto options = config.language_options();
  if (!options) return;
  options->key = chat_key_in(config.lookbook.chat_key_variable);
  readings.listen();
  thread_.emplace(kReadEvery, [reader = std::make_shared<Reader>(std::move(*options), readings, clock)](
                                  const std::stop_token& stop) { reader->read(stop); });
}

}  // namespace modiste
