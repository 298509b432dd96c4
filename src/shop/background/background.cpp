#include "shop/background/background.h"

#include <malloc.h>
#include <spdlog/spdlog.h>

#include "shop/background/language_keeper.h"
#include "shop/background/lookbook_keeper.h"
#include "shop/background/training_keeper.h"

namespace modiste {
namespace {

void log_impressions(Shop& shop) {
  if (const auto flushed = shop.events().flush_impressions(); !flushed.ok())
    spdlog::error("what was answered could not be logged: {}", flushed.error().message());
}

// A sealing that is being written ends with the shop; the next start repeats it.
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

// Letters whose garment or order has come (ingest/event_intake.h).
void replay_due_letters(EventIntake& intake, const std::stop_token& stop) {
  constexpr size_t kAtOnce = 1'000;  // then looks whether the shop closes
  size_t left = SIZE_MAX;
  // No fewer are left when the log cannot be written: they wait for the next look.
  while (!stop.stop_requested()) {
    const size_t now_left = intake.replay_due(kAtOnce);
    if (now_left == 0 || now_left >= left) return;
    left = now_left;
  }
}

// The networks of a shop that nobody searches and nobody adds garments to; the first time also what opening
// the shop used and freed.
class IdleMemory {
 public:
  explicit IdleMemory(Encoder* encoder) : encoder_(encoder) {}

  void give_back() {
    const bool released = encoder_ != nullptr && encoder_->release_unused();
    if (released || !std::exchange(started_, true)) ::malloc_trim(0);
  }

 private:
  Encoder* encoder_;  // null: none
  bool started_ = false;
};

std::optional<double> night_hour(const Config::Lookbook& lookbook) {
  return lookbook.nightly ? std::optional(lookbook.night_hour) : std::nullopt;
}

}  // namespace

Background::Background(const BackgroundParts& parts) : shop_(parts.shop.services()) {
  OpenShop& shop = parts.shop;
  const Clock& clock = parts.clock;
  // One sync a second, shared with other appends.
  run_every(std::chrono::seconds(1), [this](auto&) { log_impressions(shop_); });
  run_every(std::chrono::seconds(1),
            [&intake = shop_.intake()](auto& stop) { replay_due_letters(intake, stop); });
  // A look reads one small file for each kind of model.
  run_every(std::chrono::seconds(1), [&models = shop.models()](auto&) { models.look(); });
  run_every(std::chrono::minutes(1),
            [idle = std::make_shared<IdleMemory>(shop.encoder())](auto&) { idle->give_back(); });
  run_every(std::chrono::seconds(5),
            [keeper = std::make_shared<LookbookKeeper>(parts.looks, night_hour(parts.config.lookbook))](
                auto& stop) { keeper->look(stop); });
  if (const auto keeper = LanguageKeeper::make(parts.config, shop_.search().language(), clock))
    run_every(std::chrono::seconds(1), [keeper](auto& stop) { keeper->look(stop); });
  if (parts.config.training.scheduled)
    run_every(std::chrono::seconds(10),
              [keeper = std::make_shared<TrainingKeeper>(
                   parts.config, parts.jobs, clock, parts.training_runs_failed)](auto&) { keeper->look(); });
  // Nobody waits for a day to be sealed; a look costs next to nothing when nothing is due.
  if (parts.config.log.seal)
    run_every(std::chrono::minutes(5),
              [&log = shop.log(), &clock](auto& stop) { seal_due_days(log, clock.now(), stop); });
  run_every(std::chrono::seconds(5), [&snapshots = shop.snapshots()](auto&) { snapshots.write_if_due(); });
}

Background::~Background() {
  request_stop();
  while (!threads_.empty()) threads_.pop_back();
  log_impressions(shop_);
}

void Background::request_stop() {
  for (const auto& thread : threads_) thread->request_stop();
}

void Background::run_every(std::chrono::milliseconds pause, RepeatingThread::Work work) {
  threads_.push_back(std::make_unique<RepeatingThread>(pause, std::move(work)));
}

}  // namespace modiste
