#include "head_training/fit_linear_classifier.h"

#include "base/check.h"
#include "head_training/head_tensors.h"
#include "head_training/on_this_thread.h"
#include "head_training/torch.h"

namespace modiste {

LinearClassifier fit_linear_classifier(std::span<const float> rows, size_t features,
                                       std::span<const int32_t> labels, size_t classes, double l2) {
  CHECK(!labels.empty() && rows.size() == labels.size() * features);
  const OnThisThread alone;
  const auto x = borrow_rows(rows, features);
  const std::vector<int64_t> truths(labels.begin(), labels.end());
  const auto y = at::tensor(at::ArrayRef<int64_t>(truths));
  const auto wide = static_cast<int64_t>(classes), narrow = static_cast<int64_t>(features);
  auto weight = at::zeros({wide, narrow}).requires_grad_();
  auto bias = at::zeros({wide}).requires_grad_();
  torch::optim::LBFGS optimiser(
      std::vector<at::Tensor>{weight, bias},
      torch::optim::LBFGSOptions(1).max_iter(200).history_size(10).line_search_fn("strong_wolfe"));
  const double penalty = l2 / (2 * static_cast<double>(labels.size()));
  optimiser.step([&] {
    optimiser.zero_grad();
    const auto loss =
        at::cross_entropy_loss(at::mm(x, weight.t()) + bias, y) + penalty * weight.square().sum();
    loss.backward();
    return loss;
  });
  const auto w = weight.detach().contiguous(), b = bias.detach().contiguous();
  const auto* first = w.data_ptr<float>();
  const auto* offset = b.data_ptr<float>();
  return {features, classes, {first, first + w.numel()}, {offset, offset + b.numel()}};
}

}  // namespace modiste
