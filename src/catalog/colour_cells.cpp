#include "catalog/colour_cells.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>

#include "base/contains.h"
#include "base/text.h"
#include "catalog/prose.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

// The text with one sign instead of others that mean the same.
std::string with_sign(std::string text, std::span<const std::string_view> others, std::string_view sign) {
  for (const std::string_view other : others)
    for (size_t at = text.find(other); at != std::string::npos; at = text.find(other, at + sign.size()))
      text.replace(at, other.size(), sign);
  return text;
}

// "and" in a language that the garment may be in: a French "or" is gold.
bool is_and(std::string_view token, const LanguageWeights& weights) {
  const std::string word = folded(token);
  if (word == "and") return true;
  const float best = *std::max_element(weights.begin(), weights.end());
  for (size_t id = 0; id < languages().size(); ++id) {
    if (weights[id] <= 0 || weights[id] < kMayBeIn * best) continue;
    const auto& words = languages()[id].query[static_cast<size_t>(QueryRole::kConjunction)];
    if (std::any_of(words.begin(), words.end(), [&](const auto& each) { return folded(each) == word; }))
      return true;
  }
  return false;
}

// Between two colours: "ネイビー×ホワイト", and the wide letters of Asian keyboards.
constexpr std::array<std::string_view, 7> kWideSigns{"×", "／", "、", "，", "＆", "＋", "｜"};

// Cut at signs and at words for "and".
std::vector<std::string> cut_at_signs(std::string_view cell, const LanguageWeights& weights) {
  const auto tokens = split_list(cell, " ");
  std::string marked;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const bool between = i > 0 && i + 1 < tokens.size() && is_and(tokens[i], weights);
    marked += between ? std::string("/") : tokens[i] + " ";
  }
  return split_list(with_sign(std::move(marked), kWideSigns, "/"), "/,;&+|");
}

// "schwarz-weiß": each side of the dash names a colour, and no name stands across it ("rose-gold").
std::vector<std::string> cut_at_dashes(const std::string& part, const PhraseIndex& phrases,
                                       const LanguageWeights& weights) {
  static constexpr std::array<std::string_view, 4> kDashes{"–", "—", "‐", "‑"};
  const std::string dashed = with_sign(part, kDashes, "-");
  auto sides = split_list(dashed, "-");
  const auto named = [&](const std::string& text) {
    return phrases.find_inside(Facet::kColour, words_of(text), weights).size();
  };
  const bool all_named =
      std::all_of(sides.begin(), sides.end(), [&](const auto& side) { return named(side) > 0; });
  return sides.size() > 1 && all_named && named(part) >= sides.size() ? sides
                                                                      : std::vector<std::string>{part};
}

// "hitam putih": neither black nor white is a shade of the other, whichever a language puts first.
std::vector<std::string> cut_black_from_white(const std::string& part, const PhraseIndex& phrases,
                                              const LanguageWeights& weights) {
  const auto words = words_of(part);
  const auto found = phrases.find_inside(Facet::kColour, words, weights);
  const auto is = [](const PhraseMatch& match, std::string_view name) {
    return match.term != nullptr && match.term->name == name;
  };
  const bool both =
      found.size() == 2 && words.size() == found[0].count + found[1].count &&
      ((is(found[0], "black") && is(found[1], "white")) || (is(found[0], "white") && is(found[1], "black")));
  if (!both) return {part};
  return {join_words(words, found[0].from, found[0].count), join_words(words, found[1].from, found[1].count)};
}

}  // namespace

std::vector<std::string> colour_names_in(std::string_view cell, const PhraseIndex& phrases,
                                         const LanguageWeights& weights) {
  std::vector<std::string> names;
  for (const auto& part : cut_at_signs(cell, weights))
    for (const auto& side : cut_at_dashes(part, phrases, weights)) {
      auto cut = cut_black_from_white(side, phrases, weights);
      std::move(cut.begin(), cut.end(), std::back_inserter(names));
    }
  return names;
}

}  // namespace modiste
