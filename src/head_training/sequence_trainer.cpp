#include "head_training/sequence_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <numeric>

#include "base/check.h"
#include "base/rng.h"
#include "head_training/head_tensors.h"
#include "head_training/on_this_thread.h"
#include "head_training/sequence_tensors.h"

namespace modiste {
namespace {

using ItemRow = std::vector<uint32_t>;
constexpr double kSequenceNormMax = 5;  // of the gradient
constexpr double kNeverNext = -1e9;     // a score
constexpr double kJudgedPlaces = 50;    // of the list by which epochs are compared

at::Tensor longs(const std::vector<int64_t>& values) {
  return at::tensor(at::ArrayRef<int64_t>(values), at::kLong);
}

// Draws items, half of them evenly and half by share^.75, and knows how often each is expected.
class NegativeDraw {
 public:
  NegativeDraw(const std::vector<uint32_t>& counts) : sums_(counts.size()) {
    double sum = 0;
    for (size_t i = 0; i < counts.size(); ++i) sums_[i] = sum += std::pow(counts[i], 0.75);
  }
  uint32_t draw(Rng& rng) const {
    if (rng.chance(0.5)) return static_cast<uint32_t>(rng.below(sums_.size()));
    const auto at = std::upper_bound(sums_.begin(), sums_.end(), rng.uniform() * sums_.back());
    return static_cast<uint32_t>(std::min<std::ptrdiff_t>(at - sums_.begin(), std::ssize(sums_) - 1));
  }
  [[nodiscard]] double probability(uint32_t item) const {
    const double weight = sums_[item] - (item == 0 ? 0 : sums_[item - 1]);
    return 0.5 / static_cast<double>(sums_.size()) + 0.5 * weight / sums_.back();
  }

 private:
  std::vector<double> sums_;
};

class SequenceTraining {
 public:
  SequenceTraining(const SequenceDataset& dataset, const SequenceTrainerOptions& options)
      : dataset_(dataset),
        options_(options),
        tensors_(dataset.shape, options.dropout, options.seed),
        rng_(options.seed),
        counts_(count()),
        negatives_(counts_) {
    slice();
    begin_tables();
  }

  SequenceNetwork run(const std::function<void(const SequenceEpoch&)>& progress);

 private:
  [[nodiscard]] std::vector<uint32_t> count() const;
  void slice();
  void begin_tables();
  [[nodiscard]] at::Tensor loss(std::span<const ItemRow> batch);
  [[nodiscard]] double judge();
  [[nodiscard]] std::vector<size_t> draw_batches();
  double train_epoch(torch::optim::AdamW& optimiser, size_t& step);
  [[nodiscard]] double learning_rate(size_t step) const;
  [[nodiscard]] size_t steps_of_epoch() const { return (rows_.size() + options_.batch - 1) / options_.batch; }
  [[nodiscard]] torch::optim::AdamW make_optimiser();
  [[nodiscard]] SequenceWeights weights();

  const SequenceDataset& dataset_;
  SequenceTrainerOptions options_;
  SequenceTensors tensors_;
  Rng rng_;
  std::vector<uint32_t> counts_;
  NegativeDraw negatives_;
  std::vector<ItemRow> rows_;  // of at most latest_max + 1 items
};

std::vector<uint32_t> SequenceTraining::count() const {
  std::vector<uint32_t> counts(dataset_.shape.items, 1);  // none is impossible
  for (const ItemRow& row : dataset_.rows)
    for (const uint32_t item : row) ++counts[item];
  return counts;
}

// Long rows become several; each begins where the one before ends.
void SequenceTraining::slice() {
  const size_t most = dataset_.shape.latest_max;
  for (const ItemRow& row : dataset_.rows)
    for (size_t from = 0; from + 1 < row.size(); from += most)
      rows_.emplace_back(row.begin() + static_cast<std::ptrdiff_t>(from),
                         row.begin() + static_cast<std::ptrdiff_t>(std::min(row.size(), from + most + 1)));
}

void SequenceTraining::begin_tables() {
  const at::NoGradGuard no_grad;
  auto& tensors = tensors_.all();
  auto* bias = tensors.at("bias").data_ptr<float>();
  const double sum = std::accumulate(counts_.begin(), counts_.end(), 0.0);
  for (size_t i = 0; i < counts_.size(); ++i)
    bias[i] = static_cast<float>(0.5 * std::log(counts_[i] / sum * static_cast<double>(counts_.size())));
  if (dataset_.before != nullptr)
    for (const auto& [name, values] : *dataset_.before) {
      const auto found = tensors.find(name);
      CHECK(found != tensors.end() && found->second.numel() == static_cast<int64_t>(values.size()));
      auto* into = found->second.data_ptr<float>();
      for (size_t i = 0; i < values.size(); ++i)
        if (!std::isnan(values[i])) into[i] = values[i];
    }
  if (dataset_.first.empty() || dataset_.before != nullptr) return;
  auto first = borrow_rows(dataset_.first, dataset_.shape.width);
  first = first / first.norm(2, -1, true).clamp_min(1e-6).pow(options_.first_evenness);
  const auto squares = first.square().sum(-1);
  const double known = squares.gt(0).sum().item<double>();
  if (known > 0) first = first * (options_.first_length / std::sqrt(squares.sum().item<double>() / known));
  for (const char* const table : {"items", "read"})
    if (const auto found = tensors.find(table); found != tensors.end()) found->second.copy_(first);
}

// The mean over all places of the batch that count; undefined where there is none.
at::Tensor SequenceTraining::loss(std::span<const ItemRow> batch) {
  size_t length = 1;
  for (const ItemRow& row : batch) length = std::max(length, row.size() - 1);
  const auto rows = static_cast<int64_t>(batch.size()), columns = static_cast<int64_t>(length);
  auto items = at::zeros({rows, columns}, at::kLong);
  std::vector<int64_t> places, answers;
  for (size_t r = 0; r < batch.size(); ++r)
    for (size_t i = 0; i + 1 < batch[r].size(); ++i) {
      const auto begin = batch[r].begin();
      const uint32_t answer = batch[r][i + 1];
      items.data_ptr<int64_t>()[r * length + i] = batch[r][i];
      const auto seen = begin + static_cast<std::ptrdiff_t>(i) + 1;
      if (!dataset_.again && std::find(begin, seen, answer) != seen) continue;
      places.push_back(static_cast<int64_t>(r * length + i));
      answers.push_back(answer);
    }
  if (places.empty()) return {};
  std::vector<int64_t> drawn;
  std::vector<float> log_expected;
  for (size_t n = 0; n < options_.negatives; ++n) {
    const uint32_t item = negatives_.draw(rng_);
    drawn.push_back(item);
    log_expected.push_back(
        static_cast<float>(std::log(static_cast<double>(options_.negatives) * negatives_.probability(item))));
  }
  const auto answer = longs(answers), other = longs(drawn);
  const auto states = tensors_.states(items, true)
                          .reshape({-1, static_cast<int64_t>(dataset_.shape.width)})
                          .index_select(0, longs(places));
  const auto right =
      (states * tensors_.out_rows(answer)).sum(-1, true) + tensors_.biases(answer).view({-1, 1});
  auto wrong = at::matmul(states, tensors_.out_rows(other).t()) + tensors_.biases(other) -
               at::tensor(at::ArrayRef<float>(log_expected));
  wrong = wrong.masked_fill(answer.view({-1, 1}).eq(other.view({1, -1})), kNeverNext);
  return (at::logsumexp(at::cat({right, wrong}, 1), 1) - right.view({-1})).mean();
}

// NDCG of the last item of each row among all items: the loss hardly tells which of two networks ranks
// better, because most of it is about items that nobody would be shown.
double SequenceTraining::judge() {
  const at::NoGradGuard no_grad;
  const auto all = at::arange(static_cast<int64_t>(dataset_.shape.items), at::kLong);
  const auto table = tensors_.out_rows(all).t(), biases = tensors_.biases(all);
  double sum = 0;
  for (const ItemRow& row : dataset_.held_out) {
    if (row.size() < 2) continue;
    const size_t most = dataset_.shape.latest_max;
    const auto first = row.end() - 1 - static_cast<std::ptrdiff_t>(std::min(most, row.size() - 1));
    const std::vector<int64_t> before(first, row.end() - 1);
    const auto state = tensors_.states(longs(before).view({1, -1}), false)[0][-1];
    auto scores = at::matmul(state, table) + biases;
    const double answer = scores[row.back()].item<double>();
    if (!dataset_.again) scores = scores.index_fill(0, longs(before), kNeverNext);
    const double better = scores.gt(answer).sum().item<double>();
    if (better < kJudgedPlaces) sum += 1 / std::log2(2 + better);
  }
  return dataset_.held_out.empty() ? 0 : sum / static_cast<double>(dataset_.held_out.size());
}

torch::optim::AdamW SequenceTraining::make_optimiser() {
  std::vector<at::Tensor> decayed, others;
  for (auto& [name, tensor] : tensors_.all()) (tensor.size(0) > 1 ? decayed : others).push_back(tensor);
  const torch::optim::AdamWOptions defaults(options_.learning_rate);
  const auto group = [&](std::vector<at::Tensor> parameters, double decay) {
    auto of_group = std::make_unique<torch::optim::AdamWOptions>(defaults);
    of_group->weight_decay(decay);
    return torch::optim::OptimizerParamGroup(std::move(parameters), std::move(of_group));
  };
  return torch::optim::AdamW(std::vector{group(decayed, options_.weight_decay), group(others, 0)}, defaults);
}

double SequenceTraining::learning_rate(size_t step) const {
  constexpr double kWarmUp = 0.05, kLeast = 0.1;
  const auto all = static_cast<double>(steps_of_epoch() * options_.epochs_max);
  const double warm_up = std::max(1.0, kWarmUp * all), at = static_cast<double>(step) + 1;
  if (at < warm_up) return options_.learning_rate * at / warm_up;
  const double done = (at - warm_up) / std::max(1.0, all - warm_up);
  return options_.learning_rate * (kLeast + (1 - kLeast) * 0.5 * (1 + std::cos(std::numbers::pi * done)));
}

// An order of the rows, and where its batches begin, in a drawn order. Rows of like length stand together:
// a batch is as long as its longest row.
std::vector<size_t> SequenceTraining::draw_batches() {
  constexpr size_t kTogether = 32;  // batches
  rng_.shuffle(rows_);
  for (size_t from = 0; from < rows_.size(); from += kTogether * options_.batch) {
    const auto first = rows_.begin() + static_cast<std::ptrdiff_t>(from);
    const size_t count = std::min(kTogether * options_.batch, rows_.size() - from);
    std::stable_sort(first, first + static_cast<std::ptrdiff_t>(count),
                     [](const ItemRow& a, const ItemRow& b) { return a.size() < b.size(); });
  }
  std::vector<size_t> begins;
  for (size_t from = 0; from < rows_.size(); from += options_.batch) begins.push_back(from);
  rng_.shuffle(begins);
  return begins;
}

double SequenceTraining::train_epoch(torch::optim::AdamW& optimiser, size_t& step) {
  const std::vector<size_t> begins = draw_batches();
  std::vector<at::Tensor> parameters;
  for (auto& [name, tensor] : tensors_.all()) parameters.push_back(tensor);
  double sum = 0, batches = 0;
  for (const size_t from : begins) {
    for (auto& group : optimiser.param_groups())
      static_cast<torch::optim::AdamWOptions&>(group.options()).lr(learning_rate(step));
    ++step;
    const size_t count = std::min(options_.batch, rows_.size() - from);
    const auto value = loss(std::span(rows_).subspan(from, count));
    if (!value.defined()) continue;
    optimiser.zero_grad();
    value.backward();
    torch::nn::utils::clip_grad_norm_(parameters, kSequenceNormMax);
    optimiser.step();
    sum += value.item<double>();
    ++batches;
  }
  return batches == 0 ? 0 : sum / batches;
}

SequenceWeights SequenceTraining::weights() {
  SequenceWeights out;
  for (const auto& [name, tensor] : tensors_.all()) out[name] = to_floats(tensor);
  return out;
}

SequenceNetwork SequenceTraining::run(const std::function<void(const SequenceEpoch&)>& progress) {
  auto optimiser = make_optimiser();
  SequenceWeights best = weights();
  double greatest = -1;  // an epoch that ranks nothing is better than none
  size_t step = 0, since_best = 0;
  for (size_t number = 1; number <= options_.epochs_max && since_best < options_.patience; ++number) {
    SequenceEpoch epoch;
    epoch.epoch = number;
    epoch.loss = train_epoch(optimiser, step);
    epoch.held_out = judge();
    epoch.best = epoch.held_out > greatest || dataset_.held_out.empty();
    since_best = epoch.best ? 0 : since_best + 1;
    if (epoch.best) greatest = epoch.held_out, best = weights();
    if (progress) progress(epoch);
    if (number == options_.stop_after) break;
  }
  return {dataset_.shape, std::move(best)};
}

Result<Done> check_rows(const SequenceDataset& dataset) {
  const SequenceShape& shape = dataset.shape;
  const auto usable = std::count_if(dataset.rows.begin(), dataset.rows.end(),
                                    [](const ItemRow& row) { return row.size() >= 2; });
  if (static_cast<size_t>(usable) < kSequenceRowsMin)
    return Error{Code::kInvalid, fmt::format("there are {} rows of two items or more", usable), "",
                 fmt::format("at least {} to learn from", kSequenceRowsMin)};
  if (!dataset.first.empty() && dataset.first.size() != shape.items * shape.width)
    return Error{Code::kInvalid, "the first tables have another size than the shape says", "first",
                 fmt::format("{} numbers", shape.items * shape.width)};
  for (const auto rows : {dataset.rows, dataset.held_out})
    for (const ItemRow& row : rows)
      for (const uint32_t item : row)
        if (item >= shape.items)
          return Error{Code::kInvalid, fmt::format("a row names item {}", item), "rows",
                       fmt::format("numbers below {}", shape.items)};
  return kOk;
}

}  // namespace

Result<SequenceNetwork> train_sequences(const SequenceDataset& dataset, const SequenceTrainerOptions& options,
                                        const std::function<void(const SequenceEpoch&)>& progress) {
  const OnThisThread alone;
  TRY(check_rows(dataset));
  return SequenceTraining(dataset, options).run(progress);
}

}  // namespace modiste
