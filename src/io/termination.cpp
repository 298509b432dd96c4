#include "io/termination.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace modiste {
namespace {

constexpr std::array kEndingSignals{SIGTERM, SIGINT, SIGHUP};
constexpr int kEndedBySignal = 128;  // of an exit status, as shells say it

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : kEndingSignals) sigaddset(&signals, signal);
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
    ::_exit(kEndedBySignal + signal);  // the first process of a container goes on
  }

  Mutex mutex_;
  std::vector<const std::function<void()>*> works_ GUARDED_BY(mutex_);
};

}  // namespace

void end_by_signals_as_first_process() {
  if (::getpid() != 1) return;
  for (const int signal : kEndingSignals)
    ::signal(signal, [](int ended_by) { ::_exit(kEndedBySignal + ended_by); });
}

AtTermination::AtTermination(std::function<void()> work) : work_(std::move(work)) {
  Watch::instance().add(&work_);
}

AtTermination::~AtTermination() { Watch::instance().remove(&work_); }

}  // namespace modiste
