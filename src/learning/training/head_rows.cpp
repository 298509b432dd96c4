#include "learning/training/head_rows.h"

#include <algorithm>

namespace modiste {
namespace {

int32_t term_index(const AttributeHead& head, const PhotoExample& example) {
  for (const auto& [facet, term] : example.attributes) {
    if (name_of(facet) != head.facet) continue;
    const auto found = std::find(head.terms.begin(), head.terms.end(), term);
    return found == head.terms.end() ? -1 : static_cast<int32_t>(found - head.terms.begin());
  }
  return -1;
}

int32_t number_of(const std::map<std::string, int32_t>& numbers, const std::string& name) {
  const auto found = numbers.find(name);
  return found == numbers.end() ? -1 : found->second;
}

}  // namespace

HeadRowLabels::HeadRowLabels(std::span<const PhotoExample* const> examples, bool label_garments)
    : label_garments_(label_garments) {
  for (const auto* example : examples) {
    if (!example->garment.empty())
      garments_.emplace(example->source + "/" + example->garment, static_cast<int32_t>(garments_.size()));
    if (const auto name = class_of(*example); !name.empty())
      classes_.emplace(name, static_cast<int32_t>(classes_.size()));
  }
}

std::string HeadRowLabels::class_of(const PhotoExample& example) const {
  if (!example.garment.empty() && !label_garments_) return "";
  for (const auto& [facet, term] : example.attributes)
    if (facet == Facet::kCategory) return term;
  return "";
}

int32_t HeadRowLabels::garment(const PhotoExample& example) const {
  return example.garment.empty() ? -1 : number_of(garments_, example.source + "/" + example.garment);
}

int32_t HeadRowLabels::label(const PhotoExample& example) const {
  return number_of(classes_, class_of(example));
}

Result<Done> HeadRows::add_texts(const PhotoExample& example, uint32_t row, const TextFeatureTable& texts,
                                 std::map<std::string, uint32_t>& text_rows) {
  for (const auto& text : example.texts) {
    const auto known = text_rows.emplace(text, static_cast<uint32_t>(text_rows.size()));
    if (known.second) {
      const auto features = texts.find(text);
      if (features == texts.end())
        return Error{Code::kInvalid, "a text has no features: " + text, example.photo, ""};
      text_features_.insert(text_features_.end(), features->second.begin(), features->second.end());
    }
    pairs_.emplace_back(row, known.first->second);
  }
  return kOk;
}

Result<HeadRows> HeadRows::make(std::span<const PhotoExample* const> examples, const TextFeatureTable& texts,
                                const HeadsInfo& info, const HeadRowLabels& labels) {
  HeadRows rows;
  std::map<std::string, uint32_t> text_rows;
  rows.image_features_.reserve(examples.size() * info.image_features);
  rows.attributes_.resize(info.attributes.size());
  for (const auto* example : examples) {
    if (example->features.size() != info.image_features)
      return Error{Code::kInvalid, "a photo has " + std::to_string(example->features.size()) + " features",
                   example->photo, std::to_string(info.image_features)};
    const auto row = static_cast<uint32_t>(rows.labels_.size());
    rows.image_features_.insert(rows.image_features_.end(), example->features.begin(),
                                example->features.end());
    rows.garments_.push_back(labels.garment(*example));
    rows.labels_.push_back(labels.label(*example));
    for (size_t facet = 0; facet < info.attributes.size(); ++facet)
      rows.attributes_[facet].push_back(term_index(info.attributes[facet], *example));
    TRY(rows.add_texts(*example, row, texts, text_rows));
  }
  return rows;
}

HeadDataset HeadRows::dataset() const {
  HeadDataset dataset{image_features_, text_features_, pairs_, garments_, labels_, {}};
  for (const auto& facet : attributes_) dataset.attributes.emplace_back(facet);
  return dataset;
}

}  // namespace modiste
