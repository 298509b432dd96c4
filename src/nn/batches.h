// Private to nn: includes LibTorch. How calls of many rows are spread over the threads.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "nn/torch.h"

namespace modiste {

// While it lives, LibTorch and oneDNN keep to the calling thread, whatever set_nn_threads allows.
class OnThisThread {
 public:
  OnThisThread();
  ~OnThisThread();
  OnThisThread(const OnThisThread&) = delete;
  OnThisThread& operator=(const OnThisThread&) = delete;

 private:
  int threads_;
};

// Runs embed(begin, end) -> (end - begin) x dimension for slices of at most `batch` rows and answers all rows
// in order. Slices run side by side, each on one thread: splitting the small products inside a slice costs
// more in waiting than it gains, and on a busy machine very much more.
[[nodiscard]] std::vector<float> embed_in_batches(
    size_t rows, size_t batch, size_t dimension,
    const std::function<at::Tensor(size_t begin, size_t end)>& embed);

}  // namespace modiste
