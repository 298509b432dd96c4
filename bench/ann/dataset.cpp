#include "dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/rng.h"
#include "base/vector_math.h"
#include "io/file_input.h"

namespace modiste::bench {
namespace {

uint32_t big_endian(const uint8_t* bytes) {
  return uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 | bytes[3];
}

// IDX: magic 0x803 (bytes, three dimensions), images, height, width, then pixels.
Result<Matrix> load_idx(const std::string& path, size_t rows_max) {
  auto file = FileInput::open(path);
  if (!file.ok())
    return Error{Code::kNotFound, "no images at " + path, {}, "apt-get install dataset-fashion-mnist"};
  std::array<uint8_t, 16> head{};
  TRY_ASSIGN(const size_t head_bytes, read_full(*file, {reinterpret_cast<char*>(head.data()), head.size()}));
  if (head_bytes != head.size() || big_endian(head.data()) != 0x803)
    return Error{Code::kCorrupt, "not an IDX file of images", path, {}};
  Matrix matrix;
  matrix.rows = std::min<size_t>(rows_max, big_endian(&head[4]));
  matrix.dimension = size_t{big_endian(&head[8])} * big_endian(&head[12]);
  std::vector<uint8_t> pixels(matrix.rows * matrix.dimension);
  TRY_ASSIGN(const size_t read, read_full(*file, {reinterpret_cast<char*>(pixels.data()), pixels.size()}));
  if (read != pixels.size()) return Error{Code::kCorrupt, "the images end early", path, {}};
  matrix.values.assign(pixels.begin(), pixels.end());
  for (size_t i = 0; i < matrix.rows; ++i)
    normalise(std::span(matrix.values).subspan(i * matrix.dimension, matrix.dimension));
  return matrix;
}

}  // namespace

Result<Dataset> load_fashion_mnist(const std::string& folder, size_t rows_max, size_t queries_max) {
  Dataset data;
  TRY_ASSIGN(data.base, load_idx(folder + "/train-images-idx3-ubyte.gz", rows_max));
  TRY_ASSIGN(data.queries, load_idx(folder + "/t10k-images-idx3-ubyte.gz", queries_max));
  data.name = fmt::format("Fashion-MNIST {} x {}", data.base.rows, data.base.dimension);
  return data;
}

Dataset draw_clusters(size_t rows, size_t dimension, size_t queries, uint64_t seed) {
  Rng rng(seed);
  constexpr size_t kCentres = 1000;
  constexpr double kSpread = 0.8;  // length of a point's offset from its centre, which is of length 1
  std::vector<float> centres(kCentres * dimension);
  for (float& x : centres) x = static_cast<float>(rng.normal());
  for (size_t i = 0; i < kCentres; ++i) normalise(std::span(centres).subspan(i * dimension, dimension));
  const auto draw = [&](size_t count) {
    Matrix matrix{count, dimension, std::vector<float>(count * dimension)};
    for (size_t i = 0; i < count; ++i) {
      const auto row = std::span(matrix.values).subspan(i * dimension, dimension);
      const float* centre = &centres[rng.below(kCentres) * dimension];
      for (size_t j = 0; j < dimension; ++j)
        row[j] = centre[j] +
                 static_cast<float>(rng.normal() * kSpread / std::sqrt(static_cast<double>(dimension)));
      normalise(row);
    }
    return matrix;
  };
  return {fmt::format("clusters {} x {}", rows, dimension), draw(rows), draw(queries)};
}

}  // namespace modiste::bench
