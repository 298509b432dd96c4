#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "rival.h"

namespace modiste::bench {
namespace {

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
    ask(query, expansion, nullptr, out.size(), out);
  }

  // This version knows no filters: it is asked for as many more as the filter refuses, and these are dropped.
  void search_admitted(std::span<const float> query, size_t expansion, const SlotBits& admitted,
                       std::span<uint32_t> out) const override {
    const double share =
        static_cast<double>(std::max<size_t>(1, admitted.count())) / static_cast<double>(admitted.slots());
    const auto wanted = static_cast<size_t>(static_cast<double>(expansion) / share);
    ask(query, std::min(wanted, admitted.slots()), &admitted, std::min(wanted, admitted.slots()), out);
  }

 private:
  void ask(std::span<const float> query, size_t expansion, const SlotBits* admitted, size_t k,
           std::span<uint32_t> out) const {
    if (index_->ef_ != expansion) index_->setEf(expansion);  // all threads of a pass ask for the same
    std::vector<uint32_t> found;                             // the worst first
    for (auto heap = index_->searchKnn(query.data(), k); !heap.empty(); heap.pop())
      if (const auto id = static_cast<uint32_t>(heap.top().second); admitted == nullptr || admitted->test(id))
        found.push_back(id);
    std::fill(out.begin(), out.end(), UINT32_MAX);
    std::copy_n(found.rbegin(), std::min(found.size(), out.size()), out.begin());
  }

  std::unique_ptr<hnswlib::InnerProductSpace> space_;
  std::unique_ptr<hnswlib::HierarchicalNSW<float>> index_;
};

}  // namespace

std::unique_ptr<FilteredRival> make_hnswlib() { return std::make_unique<Hnswlib>(); }

}  // namespace modiste::bench
