// Private to head_training: includes LibTorch. The network of nn/sequence_network.h as tensors that have
// gradients; sequence_trainer_test.cpp compares what both compute.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "head_training/torch.h"
#include "nn/sequence_network.h"

namespace modiste {

class SequenceTensors {
 public:
  SequenceTensors(const SequenceShape& shape, float dropout, uint64_t seed);

  // rows x length of item numbers, the first choice left, padded on the right by any number below shape.items
  // -> rows x length x width. A place reads only what stands at it and left of it.
  [[nodiscard]] at::Tensor states(const at::Tensor& items, bool training);
  // Rows of the table of items, as they are multiplied with states.
  [[nodiscard]] at::Tensor out_rows(const at::Tensor& items) const;
  [[nodiscard]] at::Tensor biases(const at::Tensor& items) const;

  [[nodiscard]] std::map<std::string, at::Tensor>& all() { return tensors_; }

 private:
  [[nodiscard]] const at::Tensor& of(const std::string& name) const { return tensors_.at(name); }
  [[nodiscard]] at::Tensor unit_rows(const at::Tensor& items) const;
  [[nodiscard]] at::Tensor linear(const std::string& name, const at::Tensor& x) const;
  [[nodiscard]] at::Tensor norm(const std::string& name, const at::Tensor& x) const;
  [[nodiscard]] at::Tensor drop(const at::Tensor& x, bool training);
  [[nodiscard]] at::Tensor bag(const at::Tensor& x) const;
  [[nodiscard]] at::Tensor attend(const at::Tensor& x, bool training);

  SequenceShape shape_;
  float dropout_;
  at::Generator generator_;
  std::map<std::string, at::Tensor> tensors_;
};

}  // namespace modiste
