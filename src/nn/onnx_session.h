// Runs an OnnxGraph by ONNX Runtime, the only file that calls it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "nn/onnx_graph.h"

namespace modiste {

// What one input of a graph gets in a call; borrows its values.
struct OnnxInput {
  ElementType type = ElementType::kFloat;
  std::vector<int64_t> shape;
  std::span<const std::byte> values;
};

template <class Value>
[[nodiscard]] std::span<const std::byte> bytes_of_values(const std::vector<Value>& values) {
  return std::as_bytes(std::span(values));
}

// Threads: run() from any thread; a call uses the number of threads of set_nn_threads() at its opening. Owns
// a copy of the weights in the layout that suits the processor.
class OnnxSession {
 public:
  // kUnavailable: ONNX Runtime is too old or has no memory. A graph that it refuses is our bug.
  static Result<OnnxSession> open(const OnnxGraph& graph);

  OnnxSession(OnnxSession&&) noexcept;
  OnnxSession& operator=(OnnxSession&&) noexcept;
  ~OnnxSession();

  // inputs: in the order in which the graph got them. shape: of the output.
  [[nodiscard]] std::vector<float> run(std::span<const OnnxInput> inputs,
                                       const std::vector<int64_t>& shape) const;

 private:
  struct State;
  explicit OnnxSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace modiste
