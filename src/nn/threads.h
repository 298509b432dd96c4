// How many threads the networks compute with.
#pragma once

namespace modiste {

// Threads that one call to a network may use. Work is cut into independent slices, one thread each: a thread
// that the machine has no room for holds up nobody. Heads and their training use the calling thread only.
// OpenBLAS, which would start a second team that fights the first, is always given one. Call once, before the
// first network runs. threads >= 1.
void set_nn_threads(int threads);

}  // namespace modiste
