// A network as an ONNX graph, built in memory and written as ONNX's protobuf (onnx.proto of ONNX 1.14: IR
// version 8, operator set 17, and ONNX Runtime's own operators).
//
// Weights are not part of the written bytes: they are named there and handed over beside them, because a
// message of protobuf ends at 2 GB and would be one more copy.
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "nn/tensor_source.h"

namespace modiste {

enum class ElementType : uint8_t { kFloat = 1, kByte = 2, kInt32 = 6, kInt64 = 7 };  // as ONNX numbers them

class OnnxGraph {
 public:
  using Name = std::string;  // of a value: an input, a weight or what a node makes
  using Attribute = std::pair<std::string_view, std::variant<int64_t, float, std::vector<int64_t>>>;
  using Attributes = std::vector<Attribute>;

  struct Weight {
    Name name;
    FloatTensor tensor;
  };

  // shape: -1 for a size that each call chooses.
  void input(const Name& name, ElementType type, const std::vector<int64_t>& shape);
  void output(const Name& value, const std::vector<int64_t>& shape);  // floats
  Name weight(FloatTensor tensor);
  Name integers(const std::vector<int64_t>& values);
  // An operator of ONNX, with one result.
  Name node(std::string_view operation, std::initializer_list<Name> inputs,
            const Attributes& attributes = {});
  // An operator that only ONNX Runtime has (com.microsoft).
  Name own_node(std::string_view operation, std::initializer_list<Name> inputs,
                const Attributes& attributes = {});

  // x W + b.
  Name linear(const Name& x, FloatTensor weight, FloatTensor bias);

  [[nodiscard]] std::string model() const;
  [[nodiscard]] const std::deque<Weight>& weights() const { return weights_; }
  [[nodiscard]] const std::vector<Name>& inputs() const { return input_names_; }
  [[nodiscard]] const Name& output_name() const { return output_name_; }

 private:
  Name fresh_name();
  Name add_node(std::string_view domain, std::string_view operation, std::initializer_list<Name> inputs,
                const Attributes& attributes);

  std::string nodes_, initializers_, inputs_, outputs_;  // fields of GraphProto, written
  std::deque<Weight> weights_;
  std::vector<Name> input_names_;
  Name output_name_;
  size_t names_ = 0;
};

}  // namespace modiste
