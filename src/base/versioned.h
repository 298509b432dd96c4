// A value that is replaced as a whole while others use it: a model and the number of its version.
//
// A reader keeps what it got for as long as it needs it, also after a replacement, and never waits.
// Threads: any.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace modiste {

template <class T>
class Versioned {
 public:
  explicit Versioned(std::shared_ptr<T> value, int version = 0) { set(std::move(value), version); }

  [[nodiscard]] std::shared_ptr<T> get() const {
    const auto held = held_.load();
    return {held, held->value.get()};
  }
  [[nodiscard]] int version() const { return held_.load()->version; }
  void set(std::shared_ptr<T> value, int version) {
    held_.store(std::make_shared<const Held>(Held{std::move(value), version}));
  }

 private:
  struct Held {
    std::shared_ptr<T> value;
    int version = 0;
  };
  std::atomic<std::shared_ptr<const Held>> held_;
};

}  // namespace modiste
