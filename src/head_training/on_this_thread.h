// Private to head_training.
#pragma once

namespace modiste {

// While it exists, LibTorch, oneDNN and OpenBLAS use only the calling thread: the products of the heads are
// small, and splitting them costs more in waiting than it gains.
class OnThisThread {
 public:
  OnThisThread();
  ~OnThisThread();
  OnThisThread(const OnThisThread&) = delete;
  OnThisThread& operator=(const OnThisThread&) = delete;

 private:
  int threads_;
};

}  // namespace modiste
