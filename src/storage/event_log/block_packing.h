// Compression of the event log's blocks (zstd): an answer of ten garments takes 3 KB as JSON and 0.4 KB in a
// block with others.
//
// Threads: a packer has one owner; unpack_block() any. Memory: a packer holds about 1 MB from its first use
// on.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

struct ZSTD_CCtx_s;

namespace modiste {

class BlockPacker {
 public:
  BlockPacker();
  ~BlockPacker();
  BlockPacker(BlockPacker&&) noexcept;
  BlockPacker& operator=(BlockPacker&&) noexcept;

  // Appends the packed payload to `out`. False, with `out` as it was, when packing gains nothing: a payload
  // of a few events alone.
  bool pack(std::span<const std::byte> payload, std::vector<std::byte>& out);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
};

// Fills `out`, whose size is the payload's own. False: these are not the bytes of such a payload. Each thread
// keeps one context of zstd, 160 KB: readers of the log come and go by the event.
bool unpack_block(std::span<const std::byte> packed, std::span<std::byte> out);

}  // namespace modiste
