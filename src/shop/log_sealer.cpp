#include "shop/log_sealer.h"

#include <spdlog/spdlog.h>

namespace modiste {
namespace {

// Nobody waits for a day to be sealed; a look costs next to nothing when nothing is due.
constexpr auto kLookEvery = std::chrono::minutes(5);

void seal_due_days(SealedLog& log, TimePoint now, const std::stop_token& stop) {
  const auto sealed = log.seal(now, [&stop](const SealProgress& progress) -> Result<Done> {
    if (progress.step == SealStep::kWriting && stop.stop_requested())
      return Error{Code::kUnavailable, "the shop is closing", "", ""};
    if (progress.step == SealStep::kListed)
      spdlog::info("sealed {}: {} events", progress.day, progress.events);
    return kOk;
  });
  if (!sealed.ok() && !stop.stop_requested())
    spdlog::error("a day could not be sealed: {}", sealed.error().message());
}

}  // namespace

LogSealer::LogSealer(SealedLog& log, const Clock& clock)
    : thread_(kLookEvery,
              [&log, &clock](const std::stop_token& stop) { seal_due_days(log, clock.now(), stop); }) {}

}  // namespace modiste
