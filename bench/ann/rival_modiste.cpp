#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "retrieval/ann_index.h"
#include "retrieval/plane_kernels.h"
#include "rival.h"

namespace modiste::bench {
namespace {

class Modiste final : public FilteredRival {
 public:
  [[nodiscard]] std::string name() const override { return "modiste"; }
  [[nodiscard]] std::string note() const override {
    return std::string("USearch graph over two 8-bit planes (LVQ-8x8), ") + best_kernels().name +
           ", re-scored with float queries";
  }

  void build(const Matrix& base, const BuildOptions& options) override {
    index_ = std::make_unique<AnnIndex>(AnnOptions{.dimension = base.dimension,
                                                   .space = "bench",
                                                   .connectivity = options.connectivity,
                                                   .expansion_add = options.expansion_add});
    std::vector<Slot> slots(base.rows);
    std::iota(slots.begin(), slots.end(), Slot{0});
    CHECK(index_->put_all(slots, base.values, options.threads).ok());
  }

  void search(std::span<const float> query, size_t expansion, std::span<uint32_t> out) const override {
    ask({.vector = query, .k = out.size(), .filter = {}, .expansion = expansion}, out);
  }

  void search_admitted(std::span<const float> query, size_t expansion, const SlotBits& admitted,
                       std::span<uint32_t> out) const override {
    ask({.vector = query, .k = out.size(), .filter = SlotFilter(admitted), .expansion = expansion}, out);
  }

 private:
  void ask(const AnnQuery& query, std::span<uint32_t> out) const {
    const auto found = index_->search(query);
    CHECK(found.ok());
    std::fill(out.begin(), out.end(), kNoSlot);
    std::transform(found->begin(), found->end(), out.begin(), [](const Candidate& c) { return c.slot; });
  }

  std::unique_ptr<AnnIndex> index_;
};

}  // namespace

std::unique_ptr<FilteredRival> make_modiste() { return std::make_unique<Modiste>(); }

}  // namespace modiste::bench
