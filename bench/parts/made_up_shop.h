// A whole shop in memory, as benches ask it: made-up garments with vectors in clusters, and shoppers who have
// swiped. Events stay in memory: the request path reads no disk.
#pragma once

#include <memory>
#include <string>

#include "parts/garments.h"
#include "serving/shop.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace modiste::bench {

struct MadeUpShopSize {
  size_t garments = 0;
  size_t shoppers = 0;  // of 25 swipes each
  bool told = false;    // they answered the quiz: a department, a size and a budget that few garments meet
};

// Of words it makes a vector near one of the garments' clusters, always the same one; it reads no photos.
class MadeUpEncoder final : public Encoder {
 public:
  explicit MadeUpEncoder(const MadeUpVectors& vectors) : vectors_(vectors) {}
  [[nodiscard]] std::string id() const override { return "bench-1"; }
  [[nodiscard]] size_t dimension() const override { return kDimension; }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override;
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override;

  static constexpr size_t kDimension = 128;

 private:
  const MadeUpVectors& vectors_;
};

class MadeUpShop {
 public:
  // Takes as long as an import. Prints what it does to stderr.
  explicit MadeUpShop(const MadeUpShopSize& size);

  [[nodiscard]] Shop& shop() { return *shop_; }
  [[nodiscard]] double load_seconds() const { return load_seconds_; }  // reading and indexing the garments

 private:
  void fill(size_t garments);
  void teach(const MadeUpShopSize& size);

  Rng rng_{7};
  ManualClock clock_{TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21))};
  MemoryEventLog log_;
  MemoryStore store_;
  const MadeUpVectors vectors_{MadeUpEncoder::kDimension, rng_};
  MadeUpEncoder encoder_{vectors_};
  double load_seconds_ = 0;
  std::unique_ptr<Shop> shop_;
};

// The name of a shopper, from 0.
[[nodiscard]] std::string swiper_id(size_t number);

}  // namespace modiste::bench
