#include <hnswlib/hnswlib.h>

#include <atomic>
#include <thread>

#include "rival.h"

namespace modiste::bench {
namespace {

class Hnswlib final : public Rival {
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
    if (index_->ef_ != expansion) index_->setEf(expansion);  // all threads of a pass ask for the same
    auto found = index_->searchKnn(query.data(), out.size());
    for (size_t i = found.size(); i-- > 0; found.pop()) out[i] = static_cast<uint32_t>(found.top().second);
  }

 private:
  std::unique_ptr<hnswlib::InnerProductSpace> space_;
  std::unique_ptr<hnswlib::HierarchicalNSW<float>> index_;
};

}  // namespace

std::unique_ptr<Rival> make_hnswlib() { return std::make_unique<Hnswlib>(); }

}  // namespace modiste::bench
