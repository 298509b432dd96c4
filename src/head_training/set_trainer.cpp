#include "head_training/set_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <numeric>
#include <unordered_map>

#include "base/rng.h"
#include "head_training/head_tensors.h"
#include "head_training/on_this_thread.h"
#include "head_training/set_network.h"

namespace modiste {
namespace {

using ItemSet = std::vector<uint32_t>;

bool has_content(const SetItem& item) { return !item.words.empty() || item.feature_row >= 0; }

// What one token shows: an item, or the blank.
struct ShownItem {
  const SetItem* item = nullptr;  // null: the blank
  bool content = true;            // its words and vector are shown
};
using ShownSet = std::vector<ShownItem>;

SetTokens tokens_of(const SetDataset& dataset, const std::vector<ShownSet>& sets, double word_dropout,
                    Rng& rng) {
  const SetShape& shape = dataset.info.shape;
  size_t length = 1;
  for (const ShownSet& set : sets) length = std::max(length, set.size());
  const auto rows = static_cast<int64_t>(sets.size()), columns = static_cast<int64_t>(length),
             wide = static_cast<int64_t>(shape.features);
  SetTokens tokens;
  tokens.category = at::full({rows, columns}, static_cast<int64_t>(shape.unknown()), at::kLong);
  tokens.present = at::zeros({rows, columns});
  if (wide > 0) {
    tokens.features = at::zeros({rows, columns, wide});
    tokens.has_features = at::zeros({rows, columns, 1});
  }
  std::vector<int64_t> words, begins;
  auto* category = tokens.category.data_ptr<int64_t>();
  auto* present = tokens.present.data_ptr<float>();
  for (size_t s = 0; s < sets.size(); ++s)
    for (size_t i = 0; i < length; ++i) {
      begins.push_back(static_cast<int64_t>(words.size()));
      if (i >= sets[s].size()) continue;
      const size_t at = s * length + i;
      const ShownItem& shown = sets[s][i];
      present[at] = 1;
      category[at] = shown.item == nullptr ? shape.blank() : shown.item->category;
      if (shown.item == nullptr || !shown.content) continue;
      for (const uint32_t word : shown.item->words)
        if (word_dropout == 0 || !rng.chance(word_dropout)) words.push_back(word);
      if (wide == 0 || shown.item->feature_row < 0) continue;
      const float* from = dataset.features.data() + shown.item->feature_row * wide;
      std::copy(from, from + wide, tokens.features.data_ptr<float>() + static_cast<int64_t>(at) * wide);
      tokens.has_features.data_ptr<float>()[at] = 1;
    }
  tokens.word = at::tensor(at::ArrayRef<int64_t>(words), at::kLong);
  tokens.word_begin = at::tensor(at::ArrayRef<int64_t>(begins), at::kLong);
  return tokens;
}

// Items to draw, as often as they are worn, apart for those that something is known of.
class DrawnItems {
 public:
  DrawnItems(const SetDataset& dataset, const std::vector<ItemSet>& sets) : dataset_(dataset) {
    for (const ItemSet& set : sets)
      for (const uint32_t item : set) {
        pools_[key(item, false)].push_back(item);
        pools_[key(item, true)].push_back(item);
      }
  }
  uint32_t draw(uint32_t instead_of, bool same_category, Rng& rng) const {
    const auto& pool = pools_.at(key(instead_of, same_category));
    return pool[rng.below(pool.size())];
  }

 private:
  [[nodiscard]] uint64_t key(uint32_t item, bool same_category) const {
    const SetItem& known = dataset_.items[item];
    const uint64_t category = same_category ? uint64_t{known.category} + 1 : 0;
    return 2 * category + (has_content(known) ? 1 : 0);
  }
  const SetDataset& dataset_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> pools_;
};

struct SetLosses {
  at::Tensor category, item, set;
};

class SetTraining {
 public:
  SetTraining(const SetDataset& dataset, const SetTrainerOptions& options)
      : dataset_(dataset),
        options_(options),
        network_(dataset.info.shape, options.dropout, options.seed),
        rng_(options.seed) {
    for (const ItemSet& set : dataset.sets)
      if (set.size() >= 2) sets_.push_back(set);
    rng_.shuffle(sets_);
    const auto held =
        std::max<size_t>(1, static_cast<size_t>(options.held_out * static_cast<double>(sets_.size())));
    held_out_.assign(sets_.begin(), sets_.begin() + static_cast<std::ptrdiff_t>(held));
    sets_.erase(sets_.begin(), sets_.begin() + static_cast<std::ptrdiff_t>(held));
    drawn_ = std::make_unique<DrawnItems>(dataset, dataset.sets);
    set_shares();
  }

  Result<SetTransformer> run(const std::function<void(const SetEpoch&)>& progress);

 private:
  void set_shares();
  [[nodiscard]] ShownSet shown(const ItemSet& set, bool training);
  [[nodiscard]] ItemSet false_set(const ItemSet& set, bool same_category, Rng& rng) const;
  [[nodiscard]] SetLosses losses(std::span<const ItemSet> batch, bool training, Rng& rng);
  [[nodiscard]] at::Tensor item_loss(std::span<const ItemSet> batch, const std::vector<size_t>& blanks,
                                     const at::Tensor& states, const at::Tensor& category_logits,
                                     bool training, Rng& rng);
  [[nodiscard]] at::Tensor weighted(const SetLosses& losses) const {
    return options_.category_weight * losses.category + options_.item_weight * losses.item +
           options_.set_weight * losses.set;
  }
  [[nodiscard]] torch::optim::AdamW make_optimiser();
  [[nodiscard]] double learning_rate(size_t step, size_t steps) const;
  double train_epoch(torch::optim::AdamW& optimiser, size_t& step);
  void judge(SetEpoch& epoch);
  [[nodiscard]] SetWeights weights();

  const SetDataset& dataset_;
  SetTrainerOptions options_;
  SetNetwork network_;
  Rng rng_;
  std::vector<ItemSet> sets_, held_out_;
  std::unique_ptr<DrawnItems> drawn_;
};

void SetTraining::set_shares() {
  const at::NoGradGuard no_grad;
  auto& shares = network_.tensors().at("log_share");
  shares.fill_(0.5);
  for (const ItemSet& set : sets_)
    for (const uint32_t item : set)
      if (dataset_.items[item].category < dataset_.info.shape.categories)
        shares.data_ptr<float>()[dataset_.items[item].category] += 1;
  shares.copy_((shares / shares.sum()).log());
}

ShownSet SetTraining::shown(const ItemSet& set, bool training) {
  ShownSet out;
  for (const uint32_t item : set)
    out.push_back({&dataset_.items[item], !training || !rng_.chance(options_.content_dropout)});
  return out;
}

ItemSet SetTraining::false_set(const ItemSet& set, bool same_category, Rng& rng) const {
  ItemSet out;
  for (const uint32_t item : set) out.push_back(drawn_->draw(item, same_category, rng));
  return out;
}

// Rows are blanks, columns all items of the batch of which something is known. What the categories say of
// them is added, so that the head learns what they do not say.
at::Tensor SetTraining::item_loss(std::span<const ItemSet> batch, const std::vector<size_t>& blanks,
                                  const at::Tensor& states, const at::Tensor& category_logits, bool training,
                                  Rng& rng) {
  std::vector<ShownSet> alone;
  std::vector<int64_t> owner, category;
  std::vector<int64_t> rows, targets;
  for (size_t s = 0; s < batch.size(); ++s)
    for (size_t i = 0; i < batch[s].size(); ++i) {
      const SetItem& item = dataset_.items[batch[s][i]];
      if (!has_content(item) || item.category >= dataset_.info.shape.categories) continue;
      if (i == blanks[s]) {
        rows.push_back(static_cast<int64_t>(s));
        targets.push_back(static_cast<int64_t>(alone.size()));
      }
      alone.push_back({{&item, true}});
      owner.push_back(static_cast<int64_t>(s));
      category.push_back(item.category);
    }
  if (rows.empty()) return at::zeros({});
  const auto row = at::tensor(at::ArrayRef<int64_t>(rows)),
             target = at::tensor(at::ArrayRef<int64_t>(targets)),
             owners = at::tensor(at::ArrayRef<int64_t>(owner)),
             categories = at::tensor(at::ArrayRef<int64_t>(category));
  const auto tokens = tokens_of(dataset_, alone, training ? options_.word_dropout : 0, rng);
  const auto keys = network_.keys(network_.embed(tokens)).squeeze(1);
  const auto asked = network_.linear("ask", states.index_select(0, row));
  const auto products = at::matmul(asked, keys.t()) / std::sqrt(static_cast<double>(network_.shape().width));
  const auto ratios =
      (at::log_softmax(category_logits.index_select(0, row), -1) - network_.tensors().at("log_share"))
          .detach()
          .index_select(1, categories);
  // Other items of the blank's own set do not count as wrong answers.
  const auto own = owners.unsqueeze(0).eq(row.unsqueeze(1));
  const auto right = at::arange(owners.size(0), at::kLong).unsqueeze(0).eq(target.unsqueeze(1));
  const auto left_out = own.logical_and(right.logical_not());
  const auto others = categories.unsqueeze(0).ne(categories.index_select(0, target).unsqueeze(1));
  constexpr double kNever = -1e9;
  const auto all = at::cross_entropy_loss((products + ratios).masked_fill(left_out, kNever), target);
  const auto same = at::cross_entropy_loss(products.masked_fill(left_out.logical_or(others), kNever), target);
  return (all + same) / 2;
}

SetLosses SetTraining::losses(std::span<const ItemSet> batch, bool training, Rng& rng) {
  const SetShape& shape = dataset_.info.shape;
  std::vector<ShownSet> asked, all;
  std::vector<size_t> blanks;
  std::vector<int64_t> places, truths;
  size_t length = 1;
  for (const ItemSet& set : batch) length = std::max(length, set.size());
  for (size_t s = 0; s < batch.size(); ++s) {
    const size_t blank = rng.below(batch[s].size());
    blanks.push_back(blank);
    asked.push_back(shown(batch[s], training));
    asked.back()[blank].item = nullptr;
    places.push_back(static_cast<int64_t>(s * length + blank));
    const uint32_t truth = dataset_.items[batch[s][blank]].category;
    truths.push_back(truth < shape.categories ? static_cast<int64_t>(truth) : -100);
    all.push_back(shown(batch[s], training));
  }
  for (size_t s = 0; s < batch.size(); ++s)
    all.push_back(shown(false_set(batch[s], shape.has_content() && s % 2 == 0, rng), training));
  const double word_dropout = training ? options_.word_dropout : 0;
  SetLosses out;
  const auto asked_tokens = tokens_of(dataset_, asked, word_dropout, rng);
  const auto encoded = network_.encode(network_.embed(asked_tokens), asked_tokens.present, training);
  const auto states =
      encoded.reshape({-1, encoded.size(2)}).index_select(0, at::tensor(at::ArrayRef<int64_t>(places)));
  const auto logits = network_.linear("blank_category", states);
  const bool known = std::any_of(truths.begin(), truths.end(), [](int64_t truth) { return truth >= 0; });
  out.category =
      known ? at::cross_entropy_loss(logits, at::tensor(at::ArrayRef<int64_t>(truths))) : at::zeros({});
  out.item = shape.has_content() ? item_loss(batch, blanks, states, logits, training, rng) : at::zeros({});
  const auto tokens = tokens_of(dataset_, all, word_dropout, rng);
  const auto belongs =
      network_.set_logits(network_.encode(network_.embed(tokens), tokens.present, training), tokens.present);
  const auto count = static_cast<int64_t>(batch.size());
  out.set = at::binary_cross_entropy_with_logits(belongs, at::cat({at::ones({count}), at::zeros({count})}));
  return out;
}

torch::optim::AdamW SetTraining::make_optimiser() {
  const torch::optim::AdamWOptions defaults(options_.learning_rate);
  std::vector<at::Tensor> matrices, vectors;
  for (auto& [name, tensor] : network_.tensors()) {
    if (!tensor.requires_grad()) continue;
    (tensor.size(0) > 1 ? matrices : vectors).push_back(tensor);
  }
  const auto group = [&](std::vector<at::Tensor> parameters, double decay) {
    auto of_group = std::make_unique<torch::optim::AdamWOptions>(defaults);
    of_group->weight_decay(decay);
    return torch::optim::OptimizerParamGroup(std::move(parameters), std::move(of_group));
  };
  return torch::optim::AdamW(std::vector{group(matrices, options_.weight_decay), group(vectors, 0)},
                             defaults);
}

double SetTraining::learning_rate(size_t step, size_t steps) const {
  constexpr double kWarmUp = 0.05;
  const double all = static_cast<double>(steps), warm_up = std::max(1.0, kWarmUp * all),
               now = static_cast<double>(step) + 1;
  if (now < warm_up) return options_.learning_rate * now / warm_up;
  const double done = std::min(1.0, (now - warm_up) / std::max(1.0, all - warm_up));
  return options_.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

double SetTraining::train_epoch(torch::optim::AdamW& optimiser, size_t& step) {
  constexpr double kSetGradientNormMax = 5;
  rng_.shuffle(sets_);
  const size_t batches = (sets_.size() + options_.batch - 1) / options_.batch;
  std::vector<at::Tensor> parameters;
  for (auto& [name, tensor] : network_.tensors())
    if (tensor.requires_grad()) parameters.push_back(tensor);
  double sum = 0;
  for (size_t b = 0; b < batches; ++b) {
    const size_t from = b * sets_.size() / batches, to = (b + 1) * sets_.size() / batches;
    for (auto& group : optimiser.param_groups())
      group.options().set_lr(learning_rate(step, batches * options_.epochs_max));
    ++step;
    const auto loss = weighted(losses(std::span(sets_).subspan(from, to - from), true, rng_));
    optimiser.zero_grad();
    loss.backward();
    torch::nn::utils::clip_grad_norm_(parameters, kSetGradientNormMax);
    optimiser.step();
    sum += loss.item<double>() / static_cast<double>(batches);
  }
  return sum;
}

// The same blanks and false sets each time, so that epochs compare.
void SetTraining::judge(SetEpoch& epoch) {
  const at::NoGradGuard no_grad;
  Rng fixed(options_.seed + 1);
  const size_t batches = (held_out_.size() + options_.batch - 1) / options_.batch;
  constexpr size_t kDraws = 4;
  for (size_t draw = 0; draw < kDraws; ++draw)
    for (size_t b = 0; b < batches; ++b) {
      const size_t from = b * held_out_.size() / batches, to = (b + 1) * held_out_.size() / batches;
      const auto all = losses(std::span(held_out_).subspan(from, to - from), false, fixed);
      const double share = static_cast<double>(to - from) / static_cast<double>(kDraws * held_out_.size());
      epoch.category += share * all.category.item<double>();
      epoch.item += share * all.item.item<double>();
      epoch.set += share * all.set.item<double>();
    }
  epoch.held_out = options_.category_weight * epoch.category + options_.item_weight * epoch.item +
                   options_.set_weight * epoch.set;
}

SetWeights SetTraining::weights() {
  SetWeights out;
  for (const auto& [name, tensor] : network_.tensors()) out[name] = to_floats(tensor);
  return out;
}

Result<SetTransformer> SetTraining::run(const std::function<void(const SetEpoch&)>& progress) {
  auto optimiser = make_optimiser();
  SetWeights best = weights();
  double lowest = std::numeric_limits<double>::infinity();
  size_t step = 0, since_best = 0;
  for (size_t number = 1; number <= options_.epochs_max && since_best < options_.patience; ++number) {
    SetEpoch epoch;
    epoch.epoch = number;
    epoch.loss = train_epoch(optimiser, step);
    judge(epoch);
    epoch.best = epoch.held_out < lowest;
    since_best = epoch.best ? 0 : since_best + 1;
    if (epoch.best) lowest = epoch.held_out, best = weights();
    if (progress) progress(epoch);
  }
  return SetTransformer(dataset_.info, std::move(best));
}

Result<Done> check_sets(const SetDataset& dataset) {
  const SetShape& shape = dataset.info.shape;
  const auto usable =
      std::count_if(dataset.sets.begin(), dataset.sets.end(), [](const ItemSet& s) { return s.size() >= 2; });
  if (static_cast<size_t>(usable) < kSetsMin)
    return Error{Code::kInvalid, fmt::format("there are {} outfits of two items or more", usable), "",
                 fmt::format("at least {} to learn from", kSetsMin)};
  if (shape.categories == 0 || shape.heads == 0 || shape.width % shape.heads != 0)
    return Error{Code::kInvalid, "the shape is out of its limits", "shape",
                 "a category; width a multiple of heads"};
  for (size_t i = 0; i < dataset.items.size(); ++i) {
    const SetItem& item = dataset.items[i];
    const bool row_fits = item.feature_row < 0 ||
                          (shape.features > 0 && static_cast<size_t>(item.feature_row + 1) * shape.features <=
                                                     dataset.features.size());
    const bool words_fit =
        std::all_of(item.words.begin(), item.words.end(), [&](uint32_t word) { return word < shape.words; });
    if (item.category > shape.categories || !row_fits || !words_fit)
      return Error{Code::kInvalid, "an item does not fit the shape", fmt::format("item {}", i), ""};
  }
  for (const ItemSet& set : dataset.sets)
    for (const uint32_t item : set)
      if (item >= dataset.items.size()) return Error{Code::kInvalid, "a set names no item", "sets", ""};
  return kOk;
}

}  // namespace

Result<SetTransformer> train_sets(const SetDataset& dataset, const SetTrainerOptions& options,
                                  const std::function<void(const SetEpoch&)>& progress) {
  const OnThisThread alone;
  TRY(check_sets(dataset));
  return SetTraining(dataset, options).run(progress);
}

}  // namespace modiste
