#include "retrieval/ann_file.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <bit>
#include <cstring>

#include "base/check.h"
#include "retrieval/plane_store.h"

namespace modiste {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is little-endian and read in place");

constexpr char kMagic[8] = {'M', 'O', 'D', 'I', 'S', 'A', 'N', 'N'};
constexpr uint32_t kVersion = 1;
constexpr size_t kSpaceMax = 200;

struct Header {
  char magic[8];
  uint32_t version;
  uint32_t dimension;
  uint32_t connectivity;
  uint32_t chunk_rows;
  uint64_t nodes;
  char space[kSpaceMax];  // padded by 0
  uint64_t hash;          // of all bytes before it
};
constexpr size_t kRowsOffset = 4096;  // rows are read in place, so they start on a page
static_assert(sizeof(Header) == 240 && sizeof(Header) <= kRowsOffset);

struct Footer {
  uint64_t rows_bytes, graph_bytes;
  uint64_t rows_hash, graph_hash;
  uint64_t hash;  // of all bytes before it
  char magic[8];
};
static_assert(sizeof(Footer) == 48);

template <class Block>
uint64_t hash_of(const Block& block) {
  return XXH3_64bits(&block, offsetof(Block, hash));
}

template <class Block>
Block read_block(std::span<const std::byte> bytes) {
  Block block;
  std::memcpy(&block, bytes.data(), sizeof(Block));
  return block;
}

Error torn(std::string what) {
  return {Code::kCorrupt,
          "the index file is " + std::move(what),
          {},
          "the file as it was saved; otherwise rebuild the index"};
}

Result<Done> check_header(const Header& header, const AnnOptions& options) {
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) return torn("not an ANN index file");
  if (header.version != kVersion)
    return Error{Code::kConflict,
                 fmt::format("the index file has version {}", header.version),
                 {},
                 fmt::format("version {}", kVersion)};
  if (header.hash != hash_of(header)) return torn("altered in its header");
  if (header.dimension != options.dimension)
    return Error{Code::kConflict,
                 fmt::format("the index file holds vectors of {} components", header.dimension),
                 {},
                 fmt::format("{}", options.dimension)};
  const std::string_view space(header.space, strnlen(header.space, kSpaceMax));
  if (space != std::string_view(options.space).substr(0, kSpaceMax))
    return Error{Code::kConflict,
                 fmt::format("the index file holds vectors of \"{}\"", space),
                 {},
                 fmt::format("\"{}\"", options.space)};
  if (header.connectivity != options.connectivity)
    return Error{Code::kConflict,
                 fmt::format("the index file has {} links per node", header.connectivity),
                 {},
                 fmt::format("{}", options.connectivity)};
  if (header.chunk_rows != PlaneStore::kChunkRows) return torn("of another layout");
  return kOk;
}

}  // namespace

Result<AnnFileParts> parse_ann_file(std::span<const std::byte> file, const AnnOptions& options) {
  if (file.size() < kRowsOffset + sizeof(Footer)) return torn("too short");
  const auto header = read_block<Header>(file);
  TRY(check_header(header, options));

  const auto footer = read_block<Footer>(file.last(sizeof(Footer)));
  if (std::memcmp(footer.magic, kMagic, sizeof(kMagic)) != 0) return torn("torn: its end is missing");
  if (footer.hash != hash_of(footer)) return torn("altered in its footer");
  const uint64_t body = file.size() - kRowsOffset - sizeof(Footer);
  if (footer.rows_bytes > body || footer.graph_bytes != body - footer.rows_bytes)
    return torn("of another length");

  AnnFileParts parts{header.nodes, file.subspan(kRowsOffset, footer.rows_bytes),
                     file.subspan(kRowsOffset + footer.rows_bytes, footer.graph_bytes)};
  if (XXH3_64bits(parts.rows.data(), parts.rows.size()) != footer.rows_hash)
    return torn("altered in its rows");
  if (XXH3_64bits(parts.graph.data(), parts.graph.size()) != footer.graph_hash)
    return torn("altered in its graph");
  return parts;
}

struct AnnFileWriter::Hashes {
  XXH3_state_t rows, graph;
};

AnnFileWriter::AnnFileWriter(const ByteSink& sink, const AnnOptions& options, uint64_t nodes)
    : sink_(sink), hashes_(std::make_unique<Hashes>()) {
  XXH3_64bits_reset(&hashes_->rows);
  XXH3_64bits_reset(&hashes_->graph);
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.version = kVersion;
  header.dimension = static_cast<uint32_t>(options.dimension);
  header.connectivity = static_cast<uint32_t>(options.connectivity);
  header.chunk_rows = PlaneStore::kChunkRows;
  header.nodes = nodes;
  options.space.copy(header.space, kSpaceMax);
  header.hash = hash_of(header);
  std::array<std::byte, kRowsOffset> page{};
  std::memcpy(page.data(), &header, sizeof(header));
  write(page);
}

AnnFileWriter::~AnnFileWriter() = default;

bool AnnFileWriter::write(std::span<const std::byte> bytes) {
  if (!failed_) failed_ = !sink_(bytes);
  return !failed_;
}

bool AnnFileWriter::rows(std::span<const std::byte> bytes) {
  CHECK(graph_bytes_ == 0);
  rows_bytes_ += bytes.size();
  XXH3_64bits_update(&hashes_->rows, bytes.data(), bytes.size());
  return write(bytes);
}

bool AnnFileWriter::graph(std::span<const std::byte> bytes) {
  graph_bytes_ += bytes.size();
  XXH3_64bits_update(&hashes_->graph, bytes.data(), bytes.size());
  return write(bytes);
}

Result<Done> AnnFileWriter::finish() {
  Footer footer{
      rows_bytes_, graph_bytes_, XXH3_64bits_digest(&hashes_->rows), XXH3_64bits_digest(&hashes_->graph), 0,
      {}};
  footer.hash = hash_of(footer);
  std::memcpy(footer.magic, kMagic, sizeof(kMagic));
  if (!write(std::as_bytes(std::span(&footer, 1))))
    return Error{Code::kUnavailable, "the index could not be written completely", {}, {}};
  return kOk;
}

}  // namespace modiste
