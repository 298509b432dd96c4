#include "io/termination.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace modiste {
namespace {

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

// Never destroyed: its thread waits until the process ends.
class Watch {
 public:
  static Watch& instance() {
    static Watch& watch = *new Watch;  // NOLINT(cppcoreguidelines-owning-memory)
    return watch;
  }
  void add(const std::function<void()>* work) {
    const MutexLock lock(mutex_);
    works_.push_back(work);
  }
  void remove(const std::function<void()>* work) {
    const MutexLock lock(mutex_);
    std::erase(works_, work);
  }

 private:
  Watch() {
    const sigset_t signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([this] { wait(); }).detach();
  }
  void wait() {
    const sigset_t signals = ending_signals();
    int signal = 0;
    while (::sigwait(&signals, &signal) != 0) {
    }
    const MutexLock lock(mutex_);  // until the end
    for (auto work = works_.rbegin(); work != works_.rend(); ++work) (**work)();
    ::signal(signal, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    ::raise(signal);
  }

  Mutex mutex_;
  std::vector<const std::function<void()>*> works_ GUARDED_BY(mutex_);
};

}  // namespace

AtTermination::AtTermination(std::function<void()> work) : work_(std::move(work)) {
  Watch::instance().add(&work_);
}

AtTermination::~AtTermination() { Watch::instance().remove(&work_); }

}  // namespace modiste
