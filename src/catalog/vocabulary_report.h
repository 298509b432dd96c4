// Which of a supplier's words an import understood, for the merchant to read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// kEmbedding is a guess by likeness of meaning, not understanding. kFiller: the word says nothing ("other").
enum class MatchStep : uint8_t { kExact, kStemmed, kEmbedding, kUnknown, kFiller };
inline constexpr size_t kMatchStepCount = 5;

// Threads: one owner.
class VocabularyReport {
 public:
  // Number of distinct words listed; further ones are only counted.
  static constexpr size_t kUnknownMax = 10'000;

  // where: the attribute's name, "category", "colour", "size", "department".
  void add(std::string_view where, std::string_view word, MatchStep step);

  // Words that say something, understood or not.
  [[nodiscard]] size_t words() const;
  [[nodiscard]] size_t words(MatchStep step) const { return by_step_[static_cast<size_t>(step)]; }
  // 0 to 1, guesses not counted; 1 when there were no words.
  [[nodiscard]] double understood_share() const;

  struct Unknown {
    std::string where, word;
    size_t count = 0;
  };
  // Most frequent first.
  [[nodiscard]] std::vector<Unknown> unknown() const;

 private:
  std::array<size_t, kMatchStepCount> by_step_{};
  std::map<std::pair<std::string, std::string>, size_t> unknown_;
};

}  // namespace modiste
