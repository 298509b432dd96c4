#include "learning/evaluation/word_profiles.h"

#include <cmath>

#include "vocabulary/words.h"

namespace modiste {
namespace {

std::string text_of(const Garment& garment) {
  std::string text = garment.title + " " + garment.description + " " + garment.brand + " " + garment.category;
  for (const auto& [name, values] : garment.supplier_attributes)
    for (const auto& value : values) text += " " + value;
  return text;
}

}  // namespace

WordProfiles::WordProfiles(std::span<const Garment> garments,
                           const std::unordered_map<std::string, uint32_t>& items, size_t count)
    : words_(count) {
  std::unordered_map<std::string, uint32_t> numbers;
  for (const Garment& garment : garments) {
    const auto item = items.find(garment.id);
    if (item == items.end()) continue;
    std::unordered_map<uint32_t, int> times;
    for (std::string& word : words_of(text_of(garment)))
      ++times[numbers.try_emplace(std::move(word), static_cast<uint32_t>(numbers.size())).first->second];
    items_.resize(numbers.size());
    for (const auto& [word, often] : times) {
      const auto weight = static_cast<float>(1 + std::log(often));
      words_[item->second].push_back({word, weight});
      items_[word].push_back({item->second, weight});
    }
  }
  const auto idf = [&](uint32_t word) {
    return static_cast<float>(
        std::log(static_cast<double>(garments.size()) / static_cast<double>(items_[word].size())));
  };
  std::vector<float> lengths(count, 0);
  for (size_t item = 0; item < count; ++item) {
    for (Weight& one : words_[item]) {
      one.weight *= idf(one.of);
      lengths[item] += one.weight * one.weight;
    }
    lengths[item] = lengths[item] > 0 ? std::sqrt(lengths[item]) : 1;
    for (Weight& one : words_[item]) one.weight /= lengths[item];
  }
  for (uint32_t word = 0; word < items_.size(); ++word)
    for (Weight& one : items_[word]) one.weight *= idf(word) / lengths[one.of];
}

std::vector<float> WordProfiles::scores(std::span<const uint32_t> chosen) const {
  std::vector<float> scores(words_.size(), 0);
  for (const uint32_t mine : chosen)
    for (const Weight& word : words_[mine])
      for (const Weight& item : items_[word.of]) scores[item.of] += word.weight * item.weight;
  return scores;
}

}  // namespace modiste
