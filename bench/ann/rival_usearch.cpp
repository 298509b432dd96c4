#include <usearch/index_dense.hpp>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "rival.h"

namespace modiste::bench {
namespace {

namespace us = unum::usearch;

// USearch as shipped: its own vectors in bfloat16 and SimSIMD's kernels, selected by the
// processor at run time.
class Usearch final : public FilteredRival {
 public:
  [[nodiscard]] std::string name() const override { return "usearch bf16"; }
  [[nodiscard]] std::string note() const override {
    return "USearch's dense index, SimSIMD kernel: " + kernel_;
  }

  void build(const Matrix& base, const BuildOptions& options) override {
    us::index_dense_config_t config(options.connectivity, options.expansion_add, 64);
    const us::metric_punned_t metric(base.dimension, us::metric_kind_t::ip_k, us::scalar_kind_t::bf16_k);
    kernel_ = metric.isa_name();
    auto made = us::index_dense_t::make(metric, config);
    if (!made) throw std::runtime_error(made.error.release());
    index_ = std::move(made.index);
    if (!index_.try_reserve(us::index_limits_t(base.rows, 2))) throw std::bad_alloc();
    std::atomic<size_t> next{0};
    const auto add = [&](size_t thread) {
      for (size_t i; (i = next.fetch_add(1)) < base.rows;)
        if (auto added = index_.add(i, base.row(i).data(), thread); !added)
          throw std::runtime_error(added.error.release());
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < std::min(options.threads, 2U); ++i) helpers.emplace_back(add, i);
    add(0);
  }

  void search(std::span<const float> query, size_t expansion, std::span<uint32_t> out) const override {
    expand(expansion);
    write(index_.search(query.data(), out.size()), out);
  }

  void search_admitted(std::span<const float> query, size_t expansion, const SlotBits& admitted,
                       std::span<uint32_t> out) const override {
    expand(expansion);
    const auto is_in = [&](us::default_key_t key) { return admitted.test(static_cast<Slot>(key)); };
    write(index_.filtered_search(query.data(), out.size(), is_in), out);
  }

 private:
  // All threads of a pass use the same value.
  void expand(size_t expansion) const {
    if (index_.expansion_search() != expansion) index_.change_expansion_search(expansion);
  }
  static void write(const us::index_dense_t::search_result_t& found, std::span<uint32_t> out) {
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = i < found.size() ? static_cast<uint32_t>(found[i].member.key) : UINT32_MAX;
  }

  std::string kernel_;
  mutable us::index_dense_t index_;
};

}  // namespace

std::unique_ptr<FilteredRival> make_usearch() { return std::make_unique<Usearch>(); }

}  // namespace modiste::bench
