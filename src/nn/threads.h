// The number of threads that the networks compute with.
#pragma once

namespace modiste {

// Number of threads that one call to a network may use; heads use the calling thread only. It applies to
// networks that are loaded later: call once, before the first. threads >= 1; 1 unless set.
void set_nn_threads(int threads);
[[nodiscard]] int nn_threads();

}  // namespace modiste
