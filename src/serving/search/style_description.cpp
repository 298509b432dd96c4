#include "serving/search/style_description.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "base/contains.h"
#include "serving/state/stated_preferences.h"

namespace modiste {
namespace {

constexpr size_t kPartsMax = 60;  // each is read as a search is, and a text of "a and b and ..." has hundreds

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// How many bytes the sign at `at` takes that ends a sentence, or a piece of it; 0: none is there. The point
// and comma of a number, and the point inside a word, end nothing.
size_t sign_at(std::string_view text, size_t at, std::string_view ascii,
               std::span<const std::string_view> wide) {
  for (const std::string_view sign : wide)
    if (text.substr(at).starts_with(sign)) return sign.size();
  if (ascii.find(text[at]) == ascii.npos) return 0;
  const bool last = at + 1 == text.size();
  if (text[at] == ',' && !last && at > 0 && is_digit(text[at - 1]) && is_digit(text[at + 1])) return 0;
  if (text[at] == '.' && !last && text[at + 1] != ' ' && text[at + 1] != '\n') return 0;
  return 1;
}

std::vector<std::string_view> cut(std::string_view text, std::string_view ascii,
                                  std::span<const std::string_view> wide) {
  std::vector<std::string_view> pieces;
  size_t from = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t sign = sign_at(text, at, ascii, wide);
    if (sign > 0) {
      pieces.push_back(text.substr(from, at - from));
      from = at + sign;
    }
    at += std::max<size_t>(sign, 1);
  }
  pieces.push_back(text.substr(from));
  std::erase_if(pieces, [](std::string_view piece) {
    return std::all_of(piece.begin(), piece.end(), [](unsigned char c) { return std::isspace(c) != 0; });
  });
  return pieces;
}

// The languages of the words that refuse something in the piece; 0: none does.
uint32_t refusing_in(std::string_view piece, const QueryWords& words) {
  const auto tokens = words.tokens_of(piece);
  uint32_t languages = 0;
  for (size_t i = 0; i < tokens.size(); ++i)
    if (words.match(QueryRole::kNegation, tokens, i) > 0) languages |= words.speakers_of(tokens[i].key);
  return languages;
}

// In these languages: English "fur" is a German "für".
bool has_filler(std::string_view piece, uint32_t languages, const QueryWords& words) {
  const auto tokens = words.tokens_of(piece);
  return std::any_of(tokens.begin(), tokens.end(), [&](const QueryToken& token) {
    return (words.languages_of(QueryRole::kFiller, token.key) & languages) != 0;
  });
}

// The piece cut at the tokens that cuts_at() names by their number.
template <class CutsAt>
std::vector<std::string> cut_at(const std::vector<QueryToken>& tokens, const CutsAt& cuts_at) {
  std::vector<std::string> cuts(1);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const QueryToken& token = tokens[i];
    if (cuts_at(i)) {
      cuts.emplace_back();
      continue;
    }
    cuts.back() += (cuts.back().empty() || token.glued ? "" : token.hyphen ? "-" : " ") + token.raw;
  }
  std::erase_if(cuts, [](const std::string& one) { return one.empty(); });
  return cuts;
}

// "Black trousers and white blouses" in a search is about blouses; who describes themselves means both.
std::vector<std::string> each_joined(std::string_view piece, const QueryWords& words) {
  const auto tokens = words.tokens_of(piece);
  auto parts = cut_at(
      tokens, [&](size_t i) { return words.languages_of(QueryRole::kConjunction, tokens[i].key) != 0; });
  if (parts.size() < 2) parts.clear();
  return parts;
}

bool put(std::vector<std::string>& names, const std::string& name) {
  if (!contains(names, name)) names.push_back(name);
  return true;
}

}  // namespace

std::vector<std::string> description_parts(std::string_view text, const QueryReader& reader) {
  const QueryWords& words = reader.words();
  constexpr std::array<std::string_view, 4> kSentence{"。", "！", "？", "；"};
  constexpr std::array<std::string_view, 3> kComma{"，", "、", "،"};
  std::vector<std::string> parts;
  uint32_t refusing = 0;  // the languages of the refusal that goes on
  const auto add = [&](const std::string& clause) {
    const uint32_t own = refusing_in(clause, words);
    if (refusing != 0 && own == 0 && !has_filler(clause, refusing, words)) {
      parts.back() += ", " + clause;
      return;
    }
    refusing = own;
    parts.push_back(clause);
    if (own != 0) return;
    for (std::string& one : each_joined(clause, words))
      if (parts.size() < kPartsMax) parts.push_back(std::move(one));
  };
  for (const std::string_view sentence : cut(text, ".!?;\n\r", kSentence)) {
    const LanguageWeights languages = reader.languages_of(words.tokens_of(sentence));
    refusing = 0;
    for (const std::string_view piece : cut(sentence, ",", kComma)) {
      const auto tokens = words.tokens_of(piece);
      const auto clauses = cut_at(tokens, [&](size_t i) { return words.is_but(tokens, i, languages); });
      for (size_t c = 0; c < clauses.size() && parts.size() < kPartsMax; ++c) {
        if (c > 0) refusing = 0;
        add(clauses[c]);
      }
    }
  }
  return parts;
}

bool DescribedAnswers::add_term(TermId id) {
  const Term& term = catalog_.vocabulary().term(id);
  switch (term.facet) {
    case Facet::kDepartment:
      return put(answers_.departments, term.name);
    case Facet::kCategory:
      return put(answers_.categories, term.name);
    case Facet::kColour:
      return put(answers_.colours, term.name);
    case Facet::kAesthetic:
      return put(answers_.styles, term.name);
    case Facet::kOccasion:
      if (term.formality && !contains(occasions_, id)) occasions_.push_back(id);
      return term.formality.has_value();
    default:
      return false;
  }
}

// "Streetwear" is an occasion and a style: of each facet the first that the words may mean.
bool DescribedAnswers::add_wish(const QueryWish& wish) {
  std::vector<Facet> facets;
  bool any = false;
  for (const TermId id : wish.terms) {
    const Facet facet = catalog_.vocabulary().term(id).facet;
    if (contains(facets, facet)) continue;
    facets.push_back(facet);
    any = add_term(id) || any;
  }
  return any;
}

bool DescribedAnswers::add_refused(const QueryWish& wish) {
  const auto name = [&](TermId term) { return catalog_.vocabulary().term(term).name; };
  auto* const list = wish.facet == Facet::kCategory ? &vetoes_.categories
                     : wish.facet == Facet::kColour ? &vetoes_.colours
                     : wish.facet == Facet::kFabric ? &vetoes_.fabrics
                                                    : nullptr;
  return list != nullptr && put(*list, name(wish.terms.front()));
}

// "38" beside shoes is a shoe size.
bool DescribedAnswers::add_sizes(const QueryReading& part) {
  const Vocabulary& vocabulary = catalog_.vocabulary();
  const bool shoes = std::any_of(part.wanted.begin(), part.wanted.end(), [&](const QueryWish& wish) {
    return vocabulary.term(wish.terms.front()).role == OutfitRole::kShoes;
  });
  const auto is_size = [&](const std::string& word) {
    return !named_sizes(word, answers_, vocabulary).empty();
  };
  bool any = false;
  for (const std::string& size : part.sizes) {
    const std::string of_shoes = "shoe " + size;
    const std::string& word = shoes && is_size(of_shoes) ? of_shoes : size;
    if (is_size(word)) any = put(answers_.sizes, word);
  }
  return any;
}

bool DescribedAnswers::add(const QueryReading& part) {
  bool any = add_sizes(part);
  // The garments beside a size are what it is of.
  for (const QueryWish& wish : part.wanted)
    if (part.sizes.empty() || wish.facet != Facet::kCategory) any = add_wish(wish) || any;
  for (const QueryWish& wish : part.unwanted) any = add_refused(wish) || any;
  for (const QueryBrand& brand : part.brands) any = put(answers_.brands, catalog_.brand_name(brand.brand));
  for (const QueryBrand& brand : part.unwanted_brands)
    any = put(vetoes_.brands, catalog_.brand_name(brand.brand));
  const bool ours = part.currency.empty() || home_.empty() || part.currency == home_;
  if (part.price_max && ours) {
    answers_.budget_max = part.price_max;
    any = true;
  }
  return any;
}

QuizAnswers DescribedAnswers::take() && {
  double formality = 0;
  for (const TermId occasion : occasions_)
    formality += static_cast<double>(catalog_.vocabulary().term(occasion).formality.value_or(0));
  if (!occasions_.empty()) answers_.formality = formality / static_cast<double>(occasions_.size());
  if (vetoes_ != Vetoes{}) answers_.vetoes = std::move(vetoes_);
  return std::move(answers_);
}

}  // namespace modiste
