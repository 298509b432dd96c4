#include "head_training/on_this_thread.h"

#include <cblas.h>

#include "head_training/torch.h"

// LibTorch runs on GNU's OpenMP runtime; its omp.h comes only with GCC.
extern "C" void omp_set_num_threads(int threads);

namespace modiste {

OnThisThread::OnThisThread() : threads_(at::get_num_threads()) {
  omp_set_num_threads(1);
  // It would start a second pool that competes with the first. For good: nothing else here multiplies.
  openblas_set_num_threads(1);
}
OnThisThread::~OnThisThread() { omp_set_num_threads(threads_); }

}  // namespace modiste
