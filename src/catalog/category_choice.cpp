#include "catalog/category_choice.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalog/attribute_hints.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

struct PathReading {
  std::vector<const Term*> terms;  // the terms of the deepest step that is understood
  std::string step;
  Match match;
};

PathReading read_path(const Matcher& matcher, std::string_view category) {
  PathReading reading;
  const auto steps = category_steps(category);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto words = words_of(*step);
    if (const Match whole = matcher.match_whole(Facet::kCategory, words); whole.term != nullptr)
      return {{whole.term}, *step, whole};
    for (const auto& part : matcher.phrases().find_inside(Facet::kCategory, words))
      if (!is_ambiguous_in_prose(Facet::kCategory, join_words(words, part.from, part.count)))
        reading.terms.push_back(part.term);
    if (reading.terms.empty()) continue;
    reading.step = *step;
    reading.match = matcher.match_part(Facet::kCategory, words);
    return reading;
  }
  if (steps.empty()) return reading;
  reading.match = matcher.match_nearest(Facet::kCategory, steps.back());
  if (reading.match.term != nullptr) reading.terms = {reading.match.term};
  reading.step = steps.back();
  return reading;
}

// What follows these words belongs to the garment but does not name it: "Dress with Belt".
size_t head_length(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 6> kAfter{"with", "for", "in", "from", "by", "w"};
  for (size_t i = 1; i < words.size(); ++i)
    if (std::find(kAfter.begin(), kAfter.end(), words[i]) != kAfter.end()) return i;
  return words.size();
}

struct TitleWord {
  const Term* term;
  std::string word;
};

// Most probable first: the head of an English noun phrase is the last word.
std::vector<TitleWord> read_title_words(const Matcher& matcher, std::string_view title) {
  auto words = words_of(title);
  words.resize(head_length(words));
  std::vector<TitleWord> found;
  for (const auto& part : matcher.phrases().find_inside(Facet::kCategory, words)) {
    std::string word = join_words(words, part.from, part.count);
    if (!is_ambiguous_in_prose(Facet::kCategory, word))
      found.insert(found.begin(), {part.term, std::move(word)});
  }
  return found;
}

const Term& root_of(const Vocabulary& vocabulary, const Term& term) {
  const Term* at = &term;
  while (at->parent) at = &vocabulary.term(*at->parent);
  return *at;
}

// "tops", "bags", "fitness equipment": the first two levels are too general to name a garment.
bool is_general(const Vocabulary& vocabulary, const Term& term) {
  return !term.parent || !vocabulary.term(*term.parent).parent;
}

bool refines(const Matcher& matcher, const TitleWord& title, const Term& path) {
  const Vocabulary& vocabulary = matcher.vocabulary();
  if (vocabulary.is_a(title.term->id, path.id)) return true;
  if (is_general(vocabulary, path) && title.term->parent)
    return root_of(vocabulary, *title.term).id == root_of(vocabulary, path).id;
  // A sports bra is filed under activewear, but a path such as "Bras" selects the bra.
  for (const auto& word : words_of(title.word))
    if (matcher.match_whole(Facet::kCategory, {word}).term == &path) return true;
  return false;
}

const Term& common_ancestor(const Vocabulary& vocabulary, const std::vector<const Term*>& terms) {
  for (const Term* at = terms.front();; at = &vocabulary.term(*at->parent)) {
    const bool all = std::all_of(terms.begin(), terms.end(),
                                 [&](const Term* term) { return vocabulary.is_a(term->id, at->id); });
    if (all) return *at;
    if (!at->parent) return *terms.front();
  }
}

}  // namespace

std::vector<std::string> category_steps(std::string_view category) { return split_list(category, "/>|"); }

CategoryChoice choose_category(const Matcher& matcher, const Garment& garment,
                               const std::vector<Match>& hints) {
  constexpr float kTitleInBranch = 0.97F, kTitleAlone = 0.85F, kHintAlone = 0.8F, kOneOfSeveral = 0.6F;
  const Vocabulary& vocabulary = matcher.vocabulary();
  const PathReading path = read_path(matcher, garment.category);
  const auto title = read_title_words(matcher, garment.title);
  CategoryChoice choice;
  choice.path_step = path.match.step;
  std::vector<const Term*> branches = path.terms;
  if (branches.size() > 1) branches.push_back(&common_ancestor(vocabulary, path.terms));
  for (const Term* branch : branches)
    for (const auto& candidate : title)
      if (refines(matcher, candidate, *branch)) {
        choice.term = candidate.term;
        choice.word = candidate.word;
        choice.confidence = kTitleInBranch;
        return choice;
      }
  if (path.terms.size() == 1) {
    choice.term = path.terms.front();
    choice.word = path.step;
    choice.confidence = path.match.confidence;
  } else if (!path.terms.empty()) {
    choice.term = &common_ancestor(vocabulary, path.terms);
    choice.word = path.step;
    choice.confidence = kOneOfSeveral;
  } else if (!title.empty()) {
    choice.term = title.front().term;
    choice.word = title.front().word;
    choice.confidence = kTitleAlone;
  } else if (!hints.empty()) {
    choice.term = hints.front().term;
    choice.word = choice.term->name;
    choice.confidence = kHintAlone;
  }
  return choice;
}

}  // namespace modiste
