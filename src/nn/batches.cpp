#include "nn/batches.h"

#include <algorithm>
#include <cstring>

// LibTorch runs on GNU's OpenMP runtime; its omp.h comes only with GCC.
extern "C" void omp_set_num_threads(int threads);

namespace modiste {
OnThisThread::OnThisThread() : threads_(at::get_num_threads()) { omp_set_num_threads(1); }
OnThisThread::~OnThisThread() { omp_set_num_threads(threads_); }

std::vector<float> embed_in_batches(size_t rows, size_t batch, size_t dimension,
                                    const std::function<at::Tensor(size_t, size_t)>& embed) {
  std::vector<float> out(rows * dimension);
  const auto batches = static_cast<int64_t>((rows + batch - 1) / batch);
  at::parallel_for(0, batches, 1, [&](int64_t first, int64_t last) {
    const c10::InferenceMode inference;  // applies to this thread
    const OnThisThread alone;
    for (int64_t i = first; i < last; ++i) {
      const size_t begin = static_cast<size_t>(i) * batch, end = std::min(begin + batch, rows);
      const auto vectors = embed(begin, end).contiguous();
      CHECK(static_cast<size_t>(vectors.numel()) == (end - begin) * dimension);
      std::memcpy(out.data() + begin * dimension, vectors.data_ptr<float>(), vectors.nbytes());
    }
  });
  return out;
}

}  // namespace modiste
