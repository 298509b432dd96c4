#include "learning/models/name_echo.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <unordered_map>

namespace modiste {

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0)
      words.back() += byte < 0x80 ? static_cast<char>(std::tolower(byte)) : c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

NameEcho::NameEcho(const OutfitItems& items, std::span<const ItemList> outfits) {
  std::unordered_map<std::string, uint32_t> number_of;
  for (const OutfitItem& item : items.items) {
    auto& words = words_.emplace_back();
    for (const std::string& word : name_words(item.name))
      words.push_back(number_of.try_emplace(word, static_cast<uint32_t>(number_of.size())).first->second);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }
  std::vector<size_t> uses(number_of.size());
  size_t named = 0;
  for (const ItemList& outfit : outfits)
    for (const OutfitItemNumber item : outfit) {
      named += words_[item].empty() ? 0 : 1;
      for (const uint32_t word : words_[item]) ++uses[word];
    }
  for (const size_t of_word : uses)
    weights_.push_back(static_cast<float>(
        std::log((static_cast<double>(named) + 1) / (static_cast<double>(of_word) + 0.5))));
}

double NameEcho::pair(OutfitItemNumber a, OutfitItemNumber b) const {
  double sum = 0;
  const auto &of_a = words_[a], &of_b = words_[b];
  for (auto i = of_a.begin(), j = of_b.begin(); i != of_a.end() && j != of_b.end();) {
    if (*i == *j) sum += static_cast<double>(weights_[*i]);
    const bool first = *i <= *j, second = *j <= *i;
    if (first) ++i;
    if (second) ++j;
  }
  return sum;
}

double NameEcho::with(OutfitItemNumber item, std::span<const OutfitItemNumber> others) const {
  double sum = 0;
  for (const OutfitItemNumber other : others) sum += pair(item, other);
  return others.empty() ? 0 : sum / static_cast<double>(others.size());
}

double NameEcho::within(std::span<const OutfitItemNumber> set) const {
  double sum = 0;
  for (size_t i = 1; i < set.size(); ++i) sum += static_cast<double>(i) * with(set[i], set.first(i));
  const auto pairs = static_cast<double>(set.size()) * (static_cast<double>(set.size()) - 1) / 2;
  return set.size() < 2 ? 0 : sum / pairs;
}

}  // namespace modiste
