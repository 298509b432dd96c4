// For tests only: files of the source tree as bytes, golden files, and comparison of two matrices.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/vector_math.h"
#include "nn/safetensors.h"
#include "nn/weights.h"

namespace modiste::nn_testing {

using Bytes = std::vector<std::byte>;

inline std::string source_path(std::string_view path) {
  return std::string(MODISTE_SOURCE_DIR "/") + std::string(path);
}

inline Result<Bytes> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return Error{Code::kNotFound, "no such file", path, {}};
  Bytes bytes(static_cast<size_t>(in.tellg()));
  in.seekg(0).read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

// Reads from a directory of the source tree and keeps what was read.
inline FileReader directory(std::string_view path) {
  auto kept = std::make_shared<std::map<std::string, Bytes, std::less<>>>();
  return [root = source_path(path), kept](std::string_view name) -> Result<std::span<const std::byte>> {
    TRY_ASSIGN(auto bytes, read_file(root + "/" + std::string(name)));
    return std::span<const std::byte>((*kept)[std::string(name)] = std::move(bytes));
  };
}

// A directory whose files the test provides.
inline FileReader files_in(const std::map<std::string, Bytes, std::less<>>& files) {
  return [&files](std::string_view name) -> Result<std::span<const std::byte>> {
    const auto found = files.find(name);
    if (found == files.end()) return Error{Code::kNotFound, "no such file", std::string(name), {}};
    return std::span<const std::byte>(found->second);
  };
}

inline Bytes bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

// One float32 tensor of a golden file in tests/data/nn; empty when missing.
inline std::vector<float> golden(std::string_view file, std::string_view name) {
  const auto bytes = read_file(source_path("tests/data/nn/" + std::string(file)));
  if (!bytes.ok()) return {};
  const auto parsed = Safetensors::parse(*bytes);
  if (!parsed.ok() || !parsed->tensors.contains(name)) return {};
  const auto view = parsed->tensors.find(name)->second;
  std::vector<float> values(view.bytes.size() / sizeof(float));
  std::memcpy(values.data(), view.bytes.data(), view.bytes.size());
  return values;
}

struct Nearness {
  double worst_absolute = 0;  // over all values
  double worst_cosine = 1;    // over all rows
};

inline Nearness compare(std::span<const float> got, std::span<const float> expected, size_t columns) {
  CHECK(got.size() == expected.size() && got.size() % columns == 0);
  Nearness out;
  for (size_t row = 0; row < got.size(); row += columns) {
    const auto a = got.subspan(row, columns), b = expected.subspan(row, columns);
    for (size_t i = 0; i < columns; ++i)
      out.worst_absolute = std::max(out.worst_absolute, std::abs(double{a[i]} - double{b[i]}));
    const double cosine = dot_scalar(a, b) / std::sqrt(double{dot_scalar(a, a)} * double{dot_scalar(b, b)});
    out.worst_cosine = std::min(out.worst_cosine, cosine);
  }
  return out;
}

}  // namespace modiste::nn_testing
