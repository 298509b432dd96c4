// Private to head_training: includes LibTorch. The transformer of nn/set_transformer.h as tensors that have
// gradients; set_trainer_test.cpp compares what both compute.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "head_training/torch.h"
#include "nn/set_transformer.h"

namespace modiste {

// Sets of equal padded length.
struct SetTokens {
  at::Tensor category;          // sets x length, int64
  at::Tensor present;           // sets x length, float 0 or 1
  at::Tensor word, word_begin;  // words of all tokens end to end, and where each token's begin; int64
  at::Tensor features;          // sets x length x features; zeros where not known
  at::Tensor has_features;      // sets x length x 1, float 0 or 1
  [[nodiscard]] int64_t sets() const { return category.size(0); }
  [[nodiscard]] int64_t length() const { return category.size(1); }
};

class SetNetwork {
 public:
  SetNetwork(const SetShape& shape, float dropout, uint64_t seed);

  // sets x length x width, before attention and without places.
  [[nodiscard]] at::Tensor embed(const SetTokens& tokens);
  [[nodiscard]] at::Tensor encode(const at::Tensor& embedded, const at::Tensor& present, bool training);
  [[nodiscard]] at::Tensor linear(const std::string& name, const at::Tensor& x) const;
  // Logits of sets, from their encoded tokens.
  [[nodiscard]] at::Tensor set_logits(const at::Tensor& encoded, const at::Tensor& present) const;
  // Keys of items, from their embedded tokens.
  [[nodiscard]] at::Tensor keys(const at::Tensor& embedded) const;

  [[nodiscard]] std::map<std::string, at::Tensor>& tensors() { return tensors_; }
  [[nodiscard]] const SetShape& shape() const { return shape_; }

 private:
  [[nodiscard]] at::Tensor norm(const std::string& name, const at::Tensor& x) const;
  [[nodiscard]] at::Tensor attend(const std::string& layer, const at::Tensor& x,
                                  const at::Tensor& hidden_pads);
  [[nodiscard]] at::Tensor drop(const at::Tensor& x, bool training);

  SetShape shape_;
  float dropout_;
  at::Generator generator_;
  std::map<std::string, at::Tensor> tensors_;
};

}  // namespace modiste
