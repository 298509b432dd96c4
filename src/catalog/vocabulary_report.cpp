#include "catalog/vocabulary_report.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace modiste {

void VocabularyReport::add(std::string_view where, std::string_view word, MatchStep step) {
  ++by_step_[static_cast<size_t>(step)];
  if (step != MatchStep::kUnknown) return;
  const std::pair key{std::string(where), std::string(word)};
  if (const auto known = unknown_.find(key); known != unknown_.end())
    ++known->second;
  else if (unknown_.size() < kUnknownMax)
    unknown_.emplace(key, 1);
}

size_t VocabularyReport::words() const {
  return std::accumulate(by_step_.begin(), by_step_.end(), size_t{0}) - words(MatchStep::kFiller);
}

double VocabularyReport::understood_share() const {
  const auto total = static_cast<double>(words());
  const auto understood = static_cast<double>(words(MatchStep::kExact) + words(MatchStep::kStemmed));
  return total == 0 ? 1 : understood / total;
}

std::vector<VocabularyReport::Unknown> VocabularyReport::unknown() const {
  std::vector<Unknown> list;
  for (const auto& [key, count] : unknown_) list.push_back({key.first, key.second, count});
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    return std::tie(b.count, a.where, a.word) < std::tie(a.count, b.where, b.word);
  });
  return list;
}

}  // namespace modiste
