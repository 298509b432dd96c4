// What an open shop does beside its requests: threads, each with its work and a pause. A new one is a line in
// background.cpp.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

#include "base/repeating_thread.h"
#include "serving/jobs.h"
#include "shop/background/look_maker.h"
#include "shop/config.h"
#include "shop/open_shop.h"

namespace modiste {

// Borrowed.
struct BackgroundParts {
  const Config& config;
  OpenShop& shop;
  LookMaker& looks;
  Jobs& jobs;
  const Clock& clock;
  std::atomic<int>& training_runs_failed;  // TrainingKeeper's
};

// Starts the threads. Destruction stops them, the latest first, and waits for work that is under way; then
// all answers that were given are in the log.
class Background {
 public:
  explicit Background(const BackgroundParts& parts);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // Asks every thread to stop; work that looks at its token ends soon.
  void request_stop();

 private:
  void run_every(std::chrono::milliseconds pause, RepeatingThread::Work work);

  Shop& shop_;
  std::vector<std::unique_ptr<RepeatingThread>> threads_;
};

}  // namespace modiste
