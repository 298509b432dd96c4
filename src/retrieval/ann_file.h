// The file format of an AnnIndex: header, rows, graph, footer. See docs/formats/ann-index.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "retrieval/ann_index.h"

namespace modiste {

struct AnnFileParts {
  uint64_t nodes = 0;
  std::span<const std::byte> rows;   // PlaneStore's chunks
  std::span<const std::byte> graph;  // AnnGraph's bytes
};

// Checks what can be checked without building the index: version, space, dimension, sizes, checksums.
Result<AnnFileParts> parse_ann_file(std::span<const std::byte> file, const AnnOptions& options);

// Writes a file from start to end. Call finish() once, at the end.
class AnnFileWriter {
 public:
  AnnFileWriter(const ByteSink& sink, const AnnOptions& options, uint64_t nodes);
  ~AnnFileWriter();

  bool rows(std::span<const std::byte> bytes);   // all chunks first,
  bool graph(std::span<const std::byte> bytes);  // then the graph
  Result<Done> finish();

 private:
  struct Hashes;
  bool write(std::span<const std::byte> bytes);

  const ByteSink& sink_;
  bool failed_ = false;
  uint64_t rows_bytes_ = 0, graph_bytes_ = 0;
  std::unique_ptr<Hashes> hashes_;
};

}  // namespace modiste
