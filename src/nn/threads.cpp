#include "nn/threads.h"

#include <atomic>

#include "base/check.h"

namespace modiste {
namespace {

std::atomic<int>& threads_in_use() {
  static std::atomic<int> count = 1;
  return count;
}

}  // namespace

void set_nn_threads(int threads) {
  CHECK(threads >= 1);
  threads_in_use() = threads;
}

int nn_threads() { return threads_in_use(); }

}  // namespace modiste
