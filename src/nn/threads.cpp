#include "nn/threads.h"

#include <cblas.h>

#include "nn/torch.h"

namespace modiste {

void set_nn_threads(int threads) {
  CHECK(threads >= 1);
  at::set_num_threads(threads);
  openblas_set_num_threads(1);
}

}  // namespace modiste
