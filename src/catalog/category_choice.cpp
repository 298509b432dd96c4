#include "catalog/category_choice.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "catalog/attribute_hints.h"
#include "catalog/catalog.h"
#include "vocabulary/google_taxonomy.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

// A word of a title counts when its language has at least this share of the garment's strongest one, so that
// "Mono Logo Tee" does not become a Spanish jumpsuit.
constexpr float kTitleShareMin = 0.4F;
constexpr float kEnglishKnown = 1;  // weight from which a text is English enough to guess in

// Attributes that hold a path beside the shop's own.
constexpr std::array<std::string_view, 4> kOtherPaths{"google_product_category", "product_category",
                                                      "standardized_product_type", "fb_product_category"};

struct PathReading {
  std::vector<const Term*> terms;              // the terms of the deepest step that is understood
  std::vector<PhraseMatch::Meaning> meanings;  // of its word, or of one that languages understand differently
  const Term* department = nullptr;
  std::string step;
  Match match;
};

// "tops", "bags", "fitness equipment": the first two levels are too general to name a garment.
bool is_general(const Vocabulary& vocabulary, const Term& term) {
  return !term.parent || !vocabulary.term(*term.parent).parent;
}

// What follows these words belongs to the garment but does not name it: "Dress with Belt", "Kleid mit
// Guertel".
size_t head_length(const std::vector<std::string>& words, const LanguageWeights& weights) {
  for (size_t i = 1; i < words.size(); ++i)
    for (size_t id = 0; id < languages().size(); ++id) {
      const auto& after = languages()[id].after;
      if ((id == kEnglish || weights[id] > 0) &&
          std::find(after.begin(), after.end(), words[i]) != after.end())
        return i;
    }
  return words.size();
}

// "Bras & Tanks", "Hosen und Jeans": a list of kinds, not one name.
bool is_list(std::string_view step, const std::vector<std::string>& words, const Language& language) {
  if (step.find_first_of("&,+;") != std::string_view::npos || language.code == "en" || language.unspaced)
    return true;
  const std::string& conjunction = language.function_words.front();
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word == conjunction || (!language.articles.empty() && word.starts_with(conjunction));
  });
}

void keep_head(std::vector<PhraseMatch>& parts, std::string_view step,
               const std::vector<std::string>& words) {
  if (parts.size() < 2) return;
  const Language& language = languages()[parts.front().language];
  if (is_list(step, words, language)) return;
  if (language.head_first)
    parts.erase(parts.begin() + 1, parts.end());
  else
    parts.erase(parts.begin(), parts.end() - 1);
}

bool read_step(const Matcher& matcher, const std::string& step, const LanguageWeights& weights,
               PathReading& reading) {
  const auto words = words_of(step);
  PhraseMatch whole = matcher.phrases().find(Facet::kCategory, words, weights);
  if (whole.term != nullptr) {
    reading.terms = {whole.term};
    reading.meanings = std::move(whole.meanings);
    reading.match = matcher.match_whole(Facet::kCategory, words, weights);
    reading.step = step;
    return true;
  }
  if (!whole.meanings.empty()) {  // known, but its languages disagree
    if (reading.meanings.empty()) reading.meanings = std::move(whole.meanings), reading.step = step;
    return false;
  }
  auto parts = matcher.phrases().find_inside(Facet::kCategory, words, weights);
  std::erase_if(parts, [&](const PhraseMatch& part) {
    return part.term == nullptr ||
           (part.language == kEnglish &&
            is_ambiguous_in_prose(Facet::kCategory, join_words(words, part.from, part.count)));
  });
  // "Women, Clothing, Dresses" in one step: the nearest names it.
  const Vocabulary& vocabulary = matcher.vocabulary();
  std::erase_if(parts, [&](const PhraseMatch& above) {
    return std::any_of(parts.begin(), parts.end(), [&](const PhraseMatch& part) {
      return part.term != above.term && vocabulary.is_a(part.term->id, above.term->id);
    });
  });
  keep_head(parts, step, words);
  if (parts.empty()) return false;
  for (const auto& part : parts) reading.terms.push_back(part.term);
  reading.meanings.clear();
  reading.step = step;
  reading.match = {parts.back().stemmed ? MatchStep::kStemmed : MatchStep::kExact, parts.back().term,
                   kPartConfidence};
  return true;
}

// "Underwear > Pants" are briefs: a step means what stands under the steps above it, if it can.
void heed_steps_above(const Matcher& matcher, const std::vector<std::string>& steps,
                      const LanguageWeights& weights, PathReading& reading) {
  const Vocabulary& vocabulary = matcher.vocabulary();
  for (auto above = steps.rbegin(); above != steps.rend(); ++above) {
    if (*above == reading.step) continue;
    const auto match = matcher.phrases().find(Facet::kCategory, words_of(*above), weights);
    if (match.term == nullptr || !match.term->parent) continue;  // a root says nothing
    if (reading.terms.size() == 1 && vocabulary.is_a(reading.terms[0]->id, match.term->id)) return;
    for (const auto& meaning : reading.meanings)
      if (vocabulary.is_a(meaning.term->id, match.term->id)) {
        reading.terms = {meaning.term};
        if (reading.match.term == nullptr)
          reading.match = {MatchStep::kExact, meaning.term, kExactConfidence};
        reading.match.term = meaning.term;
        return;
      }
  }
}

PathReading read_number(const GoogleCategory& google, std::string_view text) {
  PathReading reading;
  reading.department = google.department;
  reading.step = google.fashion ? std::string(text)
                                : std::string(text) + ", outside the fashion branches of Google's taxonomy";
  if (google.category == nullptr) return reading;
  reading.terms = {google.category};
  reading.match = {MatchStep::kExact, google.category, kExactConfidence};
  return reading;
}

PathReading read_path(const Matcher& matcher, std::string_view path, const LanguageWeights& weights) {
  if (const auto google = google_category(path)) return read_number(*google, path);
  PathReading reading;
  const auto steps = category_steps(path);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step)
    if (read_step(matcher, *step, weights, reading)) break;
  if (reading.step.empty() && !steps.empty()) reading.step = steps.back();
  heed_steps_above(matcher, steps, weights, reading);
  if (reading.terms.empty() && matcher.phrases().is_filler(words_of(reading.step)))
    reading.match.step = MatchStep::kFiller;
  return reading;
}

// A French "robe" is as likely a dress as an English one is a bathrobe: a branch tells, however English the
// rest is.
bool is_contested(LanguageId language, const std::string& word) {
  const auto& contested = languages()[language].contested;
  return std::find(contested.begin(), contested.end(), word) != contested.end();
}

struct TitleWord {
  const Term* term = nullptr;                  // null where the languages disagree
  std::vector<PhraseMatch::Meaning> meanings;  // in the garment's languages
  std::string word;
  std::vector<PhraseMatch::Meaning>
      abroad;             // the others, where English has the word by its stem only: "veste"
  bool names_it = false;  // nothing stands where its language names the thing: "leather bag", not "bag charm"
};

// Most probable first: the head of an English noun phrase is the last word, of a French one the first.
std::vector<TitleWord> read_title_words(const Matcher& matcher, std::string_view title,
                                        const LanguageWeights& weights) {
  const auto words = words_of(title);
  const size_t head = head_length(words, weights);
  const float heard = kTitleShareMin * *std::max_element(weights.begin(), weights.end());
  std::vector<TitleWord> found;
  for (auto& part : matcher.phrases().find_inside(Facet::kCategory, words, weights)) {
    if (part.from >= head) break;
    std::string word = join_words(words, part.from, part.count);
    if (part.language == kEnglish && is_ambiguous_in_prose(Facet::kCategory, word)) continue;
    const Term* term = part.language == kEnglish || weights[part.language] >= heard ? part.term : nullptr;
    std::erase_if(part.meanings, [&](const PhraseMatch::Meaning& meaning) {
      return meaning.language != kEnglish && weights[meaning.language] < heard &&
             !is_contested(meaning.language, word);
    });
    std::vector<PhraseMatch::Meaning> abroad;
    if (part.language == kEnglish && part.stemmed)
      std::copy_if(part.meanings.begin(), part.meanings.end(), std::back_inserter(abroad),
                   [&](const auto& meaning) { return is_contested(meaning.language, word); });
    const bool last_names = !languages()[part.language].head_first;
    const bool names_it = last_names ? part.from + part.count == head : part.from == 0;
    found.insert(last_names ? found.begin() : found.end(),
                 {term, std::move(part.meanings), std::move(word), std::move(abroad), names_it});
  }
  return found;
}

const Term& root_of(const Vocabulary& vocabulary, const Term& term) {
  const Term* at = &term;
  while (at->parent) at = &vocabulary.term(*at->parent);
  return *at;
}

bool refines(const Matcher& matcher, const Term& title, std::string_view word, const Term& path) {
  const Vocabulary& vocabulary = matcher.vocabulary();
  if (vocabulary.is_a(title.id, path.id)) return true;
  if (is_general(vocabulary, path) && title.parent)
    return root_of(vocabulary, title).id == root_of(vocabulary, path).id;
  // A sports bra is filed under activewear, but a path such as "Bras" selects the bra.
  for (const auto& one : words_of(word))
    if (matcher.match_whole(Facet::kCategory, {one}).term == &path) return true;
  return false;
}

// What the word means in a branch, by its likeliest languages; null when it means nothing there.
const Term* meaning_in(const Vocabulary& vocabulary, const std::vector<PhraseMatch::Meaning>& meanings,
                       const Term& branch, const LanguageWeights& weights) {
  std::vector<const Term*> likeliest;
  float most = 0;
  for (const auto& meaning : meanings) {
    if (!vocabulary.is_a(meaning.term->id, branch.id)) continue;
    if (weights[meaning.language] > most) likeliest.clear(), most = weights[meaning.language];
    if (weights[meaning.language] >= most) likeliest.push_back(meaning.term);
  }
  return likeliest.empty() ? nullptr : common_ancestor(vocabulary, likeliest);
}

// The title's word that refines a branch. Another meaning of the word counts only within a branch that names
// a kind of garment, and before the likeliest one outside it: a "robe" under "Dresses" is a dress.
const Term* refine(const Matcher& matcher, const TitleWord& title, const Term& branch,
                   const LanguageWeights& weights) {
  const Vocabulary& vocabulary = matcher.vocabulary();
  if (const Term* meant = meaning_in(vocabulary, title.abroad, branch, weights)) return meant;
  if (title.term != nullptr && vocabulary.is_a(title.term->id, branch.id)) return title.term;
  if (branch.parent)
    if (const Term* meant = meaning_in(vocabulary, title.meanings, branch, weights)) return meant;
  if (title.term != nullptr && refines(matcher, *title.term, title.word, branch)) return title.term;
  // Many shops file their bags under accessories.
  if (title.names_it && title.term != nullptr && branch.name == "accessories" &&
      root_of(vocabulary, *title.term).name == "bags")
    return title.term;
  return nullptr;
}

const Term& branch_of(const Vocabulary& vocabulary, const std::vector<const Term*>& terms) {
  if (const Term* shared = common_ancestor(vocabulary, terms)) return *shared;
  const Term& root = root_of(vocabulary, *terms.front());
  const bool all = std::all_of(terms.begin(), terms.end(),
                               [&](const Term* term) { return vocabulary.is_a(term->id, root.id); });
  return all ? root : *terms.front();
}

// An Italian "abito" is a suit for men and a dress for women.
const Term* by_department(const Matcher& matcher, const Garment& garment,
                          const std::vector<PhraseMatch::Meaning>& meanings, const LanguageWeights& weights) {
  if (meanings.size() < 2) return nullptr;
  const Vocabulary& vocabulary = matcher.vocabulary();
  bool women = false, men = false;
  auto texts = category_steps(garment.category);
  texts.insert(texts.end(), {garment.department, garment.title});
  for (const auto& text : texts)
    for (const auto& part : matcher.phrases().find_inside(Facet::kDepartment, words_of(text), weights)) {
      women = women || (part.term != nullptr && (part.term->name == "women" || part.term->name == "girls"));
      men = men || (part.term != nullptr && (part.term->name == "men" || part.term->name == "boys"));
    }
  if (women == men) return nullptr;
  std::vector<const Term*> left;  // what this department wears
  for (const auto& meaning : meanings) {
    const bool is_dress = vocabulary.is_a(meaning.term->id, vocabulary.find(Facet::kCategory, "dresses")->id);
    const bool is_suit = vocabulary.is_a(meaning.term->id, vocabulary.find(Facet::kCategory, "suits")->id);
    if ((men && !is_dress) || (women && !is_suit)) left.push_back(meaning.term);
  }
  if (left.size() == meanings.size() || left.empty()) return nullptr;  // the department says nothing
  return left.size() == 1 ? left.front() : common_ancestor(vocabulary, left);
}

PathReading read_paths(const Matcher& matcher, const Garment& garment, const LanguageWeights& weights) {
  PathReading own;
  if (!category_steps(garment.category).empty()) own = read_path(matcher, garment.category, weights);
  if (!own.terms.empty()) return own;
  for (const auto name : kOtherPaths) {
    const auto values = garment.supplier_attributes.find(std::string(name));
    if (values == garment.supplier_attributes.end()) continue;
    for (const auto& value : values->second) {
      PathReading other = read_path(matcher, value, weights);
      if (own.step.empty()) own.step = other.step, own.match.step = other.match.step;
      if (other.terms.empty()) continue;
      other.match.confidence = std::min(other.match.confidence, kStemmedConfidence);
      return other;
    }
  }
  return own;
}

}  // namespace

std::vector<std::string> category_steps(std::string_view category) {
  // Other signs that shops write between the steps of a path.
  constexpr std::array<std::string_view, 9> kArrows{"»", "›", "→", "＞", "▸", "⟩", "•", "::", "·"};
  std::string path(category);
  for (const std::string_view arrow : kArrows)
    for (size_t at = path.find(arrow); at != std::string::npos; at = path.find(arrow, at))
      path.replace(at, arrow.size(), ">");
  return split_list(path, "/>|");
}

LanguageWeights languages_of(const Matcher& matcher, const Garment& garment) {
  constexpr float kCurrency = 0.5F, kUsualCurrency = 0.25F, kColour = 0.5F, kDescription = 0.1F;
  constexpr size_t kDescriptionBytes = 400;
  LanguageWeights weights{kEnglishAtFirst};
  const PhraseIndex& phrases = matcher.phrases();
  for (size_t id = 0; id < languages().size(); ++id)
    for (const auto& currency : languages()[id].currencies)
      // Where the feed names no currency it is the shop's own, so dollars say less.
      if (currency == garment.currency) weights[id] += currency == "USD" ? kUsualCurrency : kCurrency;
  phrases.add_evidence(garment.category, 1, weights);
  phrases.add_evidence(garment.title, 1, weights);
  phrases.add_evidence(garment.department, 1, weights);
  phrases.add_evidence(std::string_view(garment.description).substr(0, kDescriptionBytes), kDescription,
                       weights);
  // Shops of all countries use English names of colours.
  LanguageWeights colours{};
  for (const auto& colour : colours_of(garment)) phrases.add_evidence(colour, kColour, colours);
  for (size_t id = 0; id < languages().size(); ++id)
    if (id != kEnglish) weights[id] += colours[id];
  return weights;
}

CategoryChoice choose_category(const Matcher& matcher, const Garment& garment, const LanguageWeights& weights,
                               const std::vector<Match>& hints) {
  constexpr float kTitleInBranch = 0.97F, kTitleAlone = 0.85F, kHintAlone = 0.8F, kOneOfSeveral = 0.6F;
  const Vocabulary& vocabulary = matcher.vocabulary();
  PathReading path = read_paths(matcher, garment, weights);
  const auto title = read_title_words(matcher, garment.title, weights);
  CategoryChoice choice;
  choice.path_word = path.step;
  choice.path_step = path.match.step;
  choice.department = path.department;
  const auto choose = [&](const Term* term, std::string word, float confidence) {
    choice.term = term;
    choice.word = std::move(word);
    choice.confidence = confidence;
    return choice;
  };
  if (path.terms.empty())
    if (const Term* told = by_department(matcher, garment, path.meanings, weights)) {
      path.terms = {told};
      path.match = {MatchStep::kExact, told, kStemmedConfidence};
      choice.path_step = MatchStep::kExact;
    }
  std::vector<const Term*> branches = path.terms;
  if (path.terms.empty())
    for (const auto& meaning : path.meanings) branches.push_back(meaning.term);
  if (path.terms.size() > 1) branches.push_back(&branch_of(vocabulary, path.terms));
  for (const Term* branch : branches)
    for (const auto& candidate : title)
      if (const Term* term = refine(matcher, candidate, *branch, weights))
        return choose(term, candidate.word, kTitleInBranch);
  if (path.terms.size() == 1) return choose(path.terms.front(), path.step, path.match.confidence);
  if (!path.terms.empty()) return choose(&branch_of(vocabulary, path.terms), path.step, kOneOfSeveral);
  for (const auto& candidate : title) {
    const Term* term = candidate.term;
    if (term == nullptr) term = by_department(matcher, garment, candidate.meanings, weights);
    if (term != nullptr) return choose(term, candidate.word, kTitleAlone);
  }
  if (!hints.empty()) return choose(hints.front().term, hints.front().term->name, kHintAlone);
  const float most = *std::max_element(weights.begin(), weights.end());
  if (path.step.empty() || weights[kEnglish] < std::max(kEnglishKnown, most) ||
      !matcher.phrases().is_english(words_of(path.step)))
    return choice;
  const Match guess = matcher.match_nearest(Facet::kCategory, path.step);
  if (guess.term == nullptr) return choice;
  choice.path_step = guess.step;
  return choose(guess.term, path.step, guess.confidence);
}

}  // namespace modiste
