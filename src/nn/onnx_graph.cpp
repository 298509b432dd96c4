#include "nn/onnx_graph.h"

#include <bit>
#include <cstring>

#include "base/check.h"

namespace modiste {
namespace {

constexpr uint64_t kIrVersion = 8, kOperatorSet = 17;
constexpr std::string_view kOwnDomain = "com.microsoft";

// Protobuf's wire format: a field is its number and kind, then its value. The numbers are onnx.proto's.
void put_varint(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

void put_number(std::string& out, uint32_t field, uint64_t value) {
  put_varint(out, field << 3);
  put_varint(out, value);
}

void put_float(std::string& out, uint32_t field, float value) {
  put_varint(out, field << 3 | 5);
  const auto bits = std::bit_cast<uint32_t>(value);
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(bits >> shift));
}

// A string or a message.
void put_bytes(std::string& out, uint32_t field, std::string_view bytes) {
  put_varint(out, field << 3 | 2);
  put_varint(out, bytes.size());
  out.append(bytes);
}

std::string attribute_proto(const OnnxGraph::Attribute& attribute) {
  enum : uint64_t { kFloatKind = 1, kIntKind = 2, kIntsKind = 7 };
  std::string out;
  put_bytes(out, 1, attribute.first);
  if (const auto* real = std::get_if<float>(&attribute.second)) {
    put_float(out, 2, *real);
    put_number(out, 20, kFloatKind);
  } else if (const auto* whole = std::get_if<int64_t>(&attribute.second)) {
    put_number(out, 3, static_cast<uint64_t>(*whole));
    put_number(out, 20, kIntKind);
  } else {
    for (const int64_t value : std::get<std::vector<int64_t>>(attribute.second))
      put_number(out, 8, static_cast<uint64_t>(value));
    put_number(out, 20, kIntsKind);
  }
  return out;
}

// ValueInfoProto.
std::string value_proto(const std::string& name, ElementType type, const std::vector<int64_t>& shape) {
  std::string dimensions;
  for (size_t i = 0; i < shape.size(); ++i) {
    std::string dimension;
    if (shape[i] >= 0)
      put_number(dimension, 1, static_cast<uint64_t>(shape[i]));
    else
      put_bytes(dimension, 2, name + std::to_string(i));
    put_bytes(dimensions, 1, dimension);
  }
  std::string tensor, of_type, out;
  put_number(tensor, 1, static_cast<uint64_t>(type));
  put_bytes(tensor, 2, dimensions);
  put_bytes(of_type, 1, tensor);
  put_bytes(out, 1, name);
  put_bytes(out, 2, of_type);
  return out;
}

// TensorProto up to its values.
std::string tensor_proto(const std::string& name, ElementType type, const std::vector<int64_t>& shape) {
  std::string out;
  for (const int64_t side : shape) put_number(out, 1, static_cast<uint64_t>(side));
  put_number(out, 2, static_cast<uint64_t>(type));
  put_bytes(out, 8, name);
  return out;
}

std::string operator_set(std::string_view domain, uint64_t version) {
  std::string out;
  put_bytes(out, 1, domain);
  put_number(out, 2, version);
  return out;
}

}  // namespace

OnnxGraph::Name OnnxGraph::fresh_name() { return "v" + std::to_string(names_++); }

void OnnxGraph::input(const Name& name, ElementType type, const std::vector<int64_t>& shape) {
  put_bytes(inputs_, 11, value_proto(name, type, shape));
  input_names_.push_back(name);
}

void OnnxGraph::output(const Name& value, const std::vector<int64_t>& shape) {
  CHECK(output_name_.empty());
  put_bytes(outputs_, 12, value_proto(value, ElementType::kFloat, shape));
  output_name_ = value;
}

OnnxGraph::Name OnnxGraph::weight(FloatTensor tensor) {
  const auto name = fresh_name();
  auto proto = tensor_proto(name, ElementType::kFloat, tensor.shape);
  std::string location;  // of a file that is never opened: the values are handed over
  put_bytes(location, 1, "location");
  put_bytes(location, 2, "memory");
  put_bytes(proto, 13, location);
  put_number(proto, 14, 1);  // EXTERNAL
  put_bytes(initializers_, 5, proto);
  weights_.push_back({name, std::move(tensor)});
  return name;
}

OnnxGraph::Name OnnxGraph::integers(const std::vector<int64_t>& values) {
  const auto name = fresh_name();
  auto proto = tensor_proto(name, ElementType::kInt64, {static_cast<int64_t>(values.size())});
  put_bytes(proto, 9, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(int64_t)});
  put_bytes(initializers_, 5, proto);
  return name;
}

OnnxGraph::Name OnnxGraph::add_node(std::string_view domain, std::string_view operation,
                                    std::initializer_list<Name> inputs, const Attributes& attributes) {
  const auto result = fresh_name();
  std::string proto;
  for (const auto& name : inputs) put_bytes(proto, 1, name);
  put_bytes(proto, 2, result);
  put_bytes(proto, 3, result);
  put_bytes(proto, 4, operation);
  for (const auto& attribute : attributes) put_bytes(proto, 5, attribute_proto(attribute));
  if (!domain.empty()) put_bytes(proto, 7, domain);
  put_bytes(nodes_, 1, proto);
  return result;
}

OnnxGraph::Name OnnxGraph::node(std::string_view operation, std::initializer_list<Name> inputs,
                                const Attributes& attributes) {
  return add_node({}, operation, inputs, attributes);
}

OnnxGraph::Name OnnxGraph::own_node(std::string_view operation, std::initializer_list<Name> inputs,
                                    const Attributes& attributes) {
  return add_node(kOwnDomain, operation, inputs, attributes);
}

OnnxGraph::Name OnnxGraph::linear(const Name& x, FloatTensor weight_of, FloatTensor bias) {
  const auto product = node("MatMul", {x, weight(std::move(weight_of))});
  return node("Add", {product, weight(std::move(bias))});
}

std::string OnnxGraph::model() const {
  std::string graph = nodes_;
  put_bytes(graph, 2, "network");
  graph += initializers_ + inputs_ + outputs_;
  std::string out;
  put_number(out, 1, kIrVersion);
  put_bytes(out, 7, graph);
  put_bytes(out, 8, operator_set({}, kOperatorSet));
  put_bytes(out, 8, operator_set(kOwnDomain, 1));
  return out;
}

}  // namespace modiste
