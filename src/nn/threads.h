// The number of threads that the networks compute with.
#pragma once

namespace modiste {

// Number of threads that one call to a network may use. Work is cut into independent slices, one thread each,
// so that a thread without a free core delays no other. Heads and their training use the calling thread only.
// OpenBLAS, which would start a second pool that competes with the first, always gets one thread. Call once,
// before the first network runs. threads >= 1.
void set_nn_threads(int threads);

}  // namespace modiste
