#include "head_training/head_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "head_training/head_tensors.h"

namespace modiste {
namespace {

Error invalid(std::string what, std::string_view where, std::string expected) {
  return {Code::kInvalid, std::move(what), std::string(where), std::move(expected)};
}

Result<Done> check_table(std::span<const float> values, size_t width, std::string_view where) {
  if (values.size() % width != 0)
    return invalid(fmt::format("{} values", values.size()), where, fmt::format("rows of {}", width));
  if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); }))
    return invalid("a value is not finite", where, "finite numbers");
  return kOk;
}

// Requires an empty list or one value per image, each from -1 to below `end`.
Result<Done> check_labels(std::span<const int32_t> labels, size_t images, int64_t end,
                          std::string_view where) {
  if (!labels.empty() && labels.size() != images)
    return invalid(fmt::format("{} labels", labels.size()), where, fmt::format("none or {}", images));
  const auto bad = std::ranges::find_if(labels, [end](int32_t label) { return label < -1 || label >= end; });
  if (bad != labels.end())
    return invalid(fmt::format("label {} of row {}", *bad, bad - labels.begin()), where,
                   fmt::format("-1 to {}", end - 1));
  return kOk;
}

int32_t label_of(std::span<const int32_t> labels, uint32_t row) { return labels.empty() ? -1 : labels[row]; }

bool both_known_and_equal(int32_t a, int32_t b) { return a >= 0 && a == b; }

at::Tensor long_tensor(const std::vector<int64_t>& values) {
  return at::tensor(at::ArrayRef<int64_t>(values));
}

// Fills both matrices from relation(row, column): > 0 positive, < 0 negative, 0 left out.
template <class Relation>
Relations relate(size_t rows, const Relation& relation) {
  const auto side = static_cast<int64_t>(rows);
  Relations out{at::zeros({side, side}, at::kBool), at::zeros({side, side}, at::kBool)};
  auto* positive = out.positive.data_ptr<bool>();
  auto* negative = out.negative.data_ptr<bool>();
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < rows; ++j) {
      const int value = relation(i, j);
      positive[i * rows + j] = value > 0;
      negative[i * rows + j] = value < 0;
    }
  }
  return out;
}

}  // namespace

Result<Done> check_dataset(const HeadsInfo& info, const HeadDataset& dataset) {
  TRY(check_table(dataset.image_features, info.image_features, "image_features"));
  TRY(check_table(dataset.text_features, info.text_features, "text_features"));
  const size_t images = dataset.image_features.size() / info.image_features;
  const size_t texts = dataset.text_features.size() / info.text_features;
  if (images < 2) return invalid(fmt::format("{} images", images), "image_features", "at least 2");
  for (const auto& [image, text] : dataset.pairs)
    if (image >= images || text >= texts)
      return invalid(fmt::format("pair ({}, {})", image, text), "pairs",
                     fmt::format("rows below ({}, {})", images, texts));
  TRY(check_labels(dataset.garments, images, INT32_MAX, "garments"));
  TRY(check_labels(dataset.labels, images, INT32_MAX, "labels"));
  if (dataset.attributes.size() != info.attributes.size())
    return invalid(fmt::format("{} attribute lists", dataset.attributes.size()), "attributes",
                   fmt::format("{}, one per head", info.attributes.size()));
  for (size_t i = 0; i < info.attributes.size(); ++i) {
    const auto& head = info.attributes[i];
    TRY(check_labels(dataset.attributes[i], images, static_cast<int64_t>(head.terms.size()), head.facet));
  }
  return kOk;
}

HeadBatches::HeadBatches(const HeadsInfo& info, const HeadDataset& dataset, size_t batch)
    : dataset_(dataset),
      image_features_(borrow_rows(dataset.image_features, info.image_features)),
      text_features_(borrow_rows(dataset.text_features, info.text_features)) {
  const auto images = dataset.image_features.size() / info.image_features;
  texts_of_image_.resize(images);
  for (const auto& [image, text] : dataset.pairs) texts_of_image_[image].push_back(text);
  order_.resize(images);
  std::iota(order_.begin(), order_.end(), 0U);
  drawn_text_.assign(images, -1);
  count_ = (images + batch - 1) / batch;
}

void HeadBatches::shuffle(Rng& rng) {
  rng.shuffle(order_);
  for (size_t i = 0; i < texts_of_image_.size(); ++i)
    if (!texts_of_image_[i].empty()) drawn_text_[i] = rng.pick(std::span<const uint32_t>(texts_of_image_[i]));
}

HeadBatch HeadBatches::batch(size_t index) const {
  const size_t begin = order_.size() * index / count_, end = order_.size() * (index + 1) / count_;
  const auto rows = std::span(order_).subspan(begin, end - begin);
  const auto garment = [&](size_t i) { return label_of(dataset_.garments, rows[i]); };
  const auto label = [&](size_t i) { return label_of(dataset_.labels, rows[i]); };

  std::vector<int64_t> images(rows.begin(), rows.end()), paired, texts, labels;
  for (size_t i = 0; i < rows.size(); ++i) {
    labels.push_back(label(i));
    if (drawn_text_[rows[i]] < 0) continue;
    paired.push_back(static_cast<int64_t>(i));
    texts.push_back(drawn_text_[rows[i]]);
  }

  HeadBatch out;
  out.image_features = image_features_.index_select(0, long_tensor(images));
  out.labels = long_tensor(labels);
  out.paired = long_tensor(paired);
  if (!texts.empty()) out.text_features = text_features_.index_select(0, long_tensor(texts));
  out.image_text = relate(paired.size(), [&](size_t i, size_t j) {
    const auto a = static_cast<size_t>(paired[i]), b = static_cast<size_t>(paired[j]);
    if (texts[i] == texts[j] || both_known_and_equal(garment(a), garment(b))) return 1;
    return both_known_and_equal(label(a), label(b)) ? 0 : -1;
  });
  out.image_image = relate(rows.size(), [&](size_t i, size_t j) {
    if (i == j) return 0;
    if (both_known_and_equal(garment(i), garment(j)) || both_known_and_equal(label(i), label(j))) return 1;
    return (label(i) < 0) == (label(j) < 0) ? -1 : 0;
  });
  for (const auto& facet : dataset_.attributes) {
    std::vector<int64_t> values;
    for (const uint32_t row : rows) values.push_back(label_of(facet, row));
    out.attributes.push_back(long_tensor(values));
  }
  return out;
}

}  // namespace modiste
