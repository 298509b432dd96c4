#include "shop/background/lookbook_keeper.h"

#include <spdlog/spdlog.h>

#include "lookbook/cluster_id.h"

namespace modiste {
namespace {

constexpr auto kTryAgainAfter = std::chrono::minutes(30);

// Of a thread that nobody waits for: results go to the log, and it ends where the shop does.
class QuietReport final : public JobReport {
 public:
  explicit QuietReport(const std::stop_token& stop) : stop_(stop) {}
  void print(const std::string& text) override { spdlog::info("lookbook {}", text); }
  Result<Done> at(const std::string&, uint64_t, uint64_t) override {
    if (!stop_.stop_requested()) return kOk;
    return Error{Code::kConflict, "the shop is closing", "", ""};
  }

 private:
  const std::stop_token& stop_;
};

}  // namespace

void LookbookKeeper::look(const std::stop_token& stop) {
  const TimePoint now = looks_.clock().now();
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const auto yesterday = today - std::chrono::days(1);
  const double hour = std::chrono::duration<double, std::ratio<3600>>(now - today).count();
  if (!std::exchange(learned_, true)) looks_.learn();
  if (!night_hour_ || now < not_before_ || !looks_.has_garments()) return;
  const bool made = made_ == today || looks_.has_night_of(lookbook::to_text(today));
  const bool due = !made && (hour >= *night_hour_ || !looks_.has_night_of(lookbook::to_text(yesterday)));
  QuietReport report(stop);
  const auto ended = looks_.make(due ? NightScope::kAll : NightScope::kWanted, report);
  if (ended.ok() && due) made_ = today;
  if (ended.ok() || stop.stop_requested()) return;
  not_before_ = now + kTryAgainAfter;
  spdlog::error("the lookbook could not be made: {}", ended.error().message());
}

}  // namespace modiste
