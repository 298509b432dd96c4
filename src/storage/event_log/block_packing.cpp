#include "storage/event_log/block_packing.h"

#include <zstd.h>

#include "base/check.h"

namespace modiste {
namespace {

constexpr int kLevel = 6;                 // 3% smaller than zstd's default 3, and still 100 MB a second
constexpr size_t kPackedFromBytes = 512;  // two events

}  // namespace

void BlockPacker::Free::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }
void BlockUnpacker::Free::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }

BlockPacker::BlockPacker() = default;
BlockPacker::~BlockPacker() = default;
BlockPacker::BlockPacker(BlockPacker&&) noexcept = default;
BlockPacker& BlockPacker::operator=(BlockPacker&&) noexcept = default;
BlockUnpacker::BlockUnpacker() = default;
BlockUnpacker::~BlockUnpacker() = default;

bool BlockPacker::pack(std::span<const std::byte> payload, std::vector<std::byte>& out) {
  if (payload.size() < kPackedFromBytes) return false;
  if (context_ == nullptr) context_.reset(ZSTD_createCCtx());
  CHECK(context_ != nullptr);
  const size_t before = out.size();
  out.resize(before + payload.size() - 1);
  const size_t packed = ZSTD_compressCCtx(context_.get(), out.data() + before, out.size() - before,
                                          payload.data(), payload.size(), kLevel);
  const bool smaller = ZSTD_isError(packed) == 0;  // it fails when the result does not fit
  out.resize(before + (smaller ? packed : 0));
  return smaller;
}

bool BlockUnpacker::unpack(std::span<const std::byte> packed, std::span<std::byte> out) {
  if (context_ == nullptr) context_.reset(ZSTD_createDCtx());
  CHECK(context_ != nullptr);
  return ZSTD_decompressDCtx(context_.get(), out.data(), out.size(), packed.data(), packed.size()) ==
         out.size();
}

}  // namespace modiste
