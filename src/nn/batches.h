// Private to nn: includes LibTorch. Distributes calls of many rows over the threads.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "nn/torch.h"

namespace modiste {

// While it exists, LibTorch and oneDNN use only the calling thread, whatever set_nn_threads allows.
class OnThisThread {
 public:
  OnThisThread();
  ~OnThisThread();
  OnThisThread(const OnThisThread&) = delete;
  OnThisThread& operator=(const OnThisThread&) = delete;

 private:
  int threads_;
};

// Runs embed(begin, end) -> (end - begin) x dimension for slices of at most `batch` rows and returns all rows
// in order. Slices run in parallel, each on one thread: splitting the small products inside a slice costs
// more in waiting than it gains, and far more on a busy machine.
[[nodiscard]] std::vector<float> embed_in_batches(
    size_t rows, size_t batch, size_t dimension,
    const std::function<at::Tensor(size_t begin, size_t end)>& embed);

}  // namespace modiste
