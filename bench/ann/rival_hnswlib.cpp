#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "rival.h"

namespace modiste::bench {
namespace {

class InSet final : public hnswlib::BaseFilterFunctor {
 public:
  explicit InSet(const SlotBits& bits) : bits_(bits) {}
  bool operator()(hnswlib::labeltype label) override { return bits_.test(static_cast<Slot>(label)); }

 private:
  const SlotBits& bits_;
};

class Hnswlib final : public FilteredRival {
 public:
  [[nodiscard]] std::string name() const override { return "hnswlib"; }
  [[nodiscard]] std::string note() const override {
    return "floats, inner product, built with -O3 -march=native";
  }

  void build(const Matrix& base, const BuildOptions& options) override {
    space_ = std::make_unique<hnswlib::InnerProductSpace>(base.dimension);
    index_ = std::make_unique<hnswlib::HierarchicalNSW<float>>(space_.get(), base.rows, options.connectivity,
                                                               options.expansion_add);
    std::atomic<size_t> next{0};
    const auto add = [&] {
      for (size_t i; (i = next.fetch_add(1)) < base.rows;) index_->addPoint(base.row(i).data(), i);
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < options.threads; ++i) helpers.emplace_back(add);
    add();
  }

  void search(std::span<const float> query, size_t expansion, std::span<uint32_t> out) const override {
    ask(query, expansion, nullptr, out);
  }

  void search_admitted(std::span<const float> query, size_t expansion, const SlotBits& admitted,
                       std::span<uint32_t> out) const override {
    InSet filter(admitted);
    ask(query, expansion, &filter, out);
  }

 private:
  void ask(std::span<const float> query, size_t expansion, InSet* filter, std::span<uint32_t> out) const {
    if (index_->ef_ != expansion) index_->setEf(expansion);  // all threads of a pass ask for the same
    auto found = index_->searchKnn(query.data(), out.size(), filter);
    std::fill(out.begin(), out.end(), UINT32_MAX);
    for (size_t i = found.size(); i-- > 0; found.pop()) out[i] = static_cast<uint32_t>(found.top().second);
  }

  std::unique_ptr<hnswlib::InnerProductSpace> space_;
  std::unique_ptr<hnswlib::HierarchicalNSW<float>> index_;
};

}  // namespace

std::unique_ptr<FilteredRival> make_hnswlib() { return std::make_unique<Hnswlib>(); }

}  // namespace modiste::bench
