#include "catalog/garment_reading.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/contains.h"
#include "base/text.h"
#include "catalog/attribute_hints.h"
#include "catalog/catalog.h"
#include "catalog/category_choice.h"
#include "catalog/colour_cells.h"
#include "catalog/garment_attributes.h"
#include "catalog/garment_chart.h"
#include "catalog/prose.h"
#include "catalog/wearers.h"
#include "vocabulary/size.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

constexpr std::string_view kUnknownTerm = "unknown";
// Factors on a match's confidence, by the word's place.
constexpr float kOtherFacet = 0.9F;  // the word's facet differs from the facet of the attribute's name
constexpr float kInTitle = 0.9F;
constexpr float kInDescription = 0.5F;  // descriptions also mention linings and other garments
constexpr float kSecondCategory = 0.6F;
constexpr float kNobodySaysOtherwise = 0.6F;

// The order of facets in which a word without a facet is looked up.
constexpr std::array kAnyFacet{Facet::kPattern,   Facet::kFabric,    Facet::kNeckline,   Facet::kSleeve,
                               Facet::kFit,       Facet::kLength,    Facet::kSilhouette, Facet::kSeason,
                               Facet::kOccasion,  Facet::kAesthetic, Facet::kCategory,   Facet::kColour,
                               Facet::kDepartment};
constexpr std::array kTitleFacets{Facet::kPattern, Facet::kFabric,   Facet::kSilhouette, Facet::kFit,
                                  Facet::kLength,  Facet::kSleeve,   Facet::kNeckline,   Facet::kOccasion,
                                  Facet::kSeason,  Facet::kAesthetic};
constexpr std::array kDescriptionFacets{Facet::kPattern, Facet::kFabric,   Facet::kFit,
                                        Facet::kSleeve,  Facet::kNeckline, Facet::kSeason};

// Names of adults' things that begin with a word for children, beside those that the vocabulary has: soft
// fibres, fine ribs, shades and cuts. As words_of() leaves them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 30> kAdultPhrases{
    {{"baby", "alpaca"}, {"baby", "alpaka"},    {"baby", "cashmere"}, {"baby", "kaschmir"},
     {"baby", "merino"}, {"baby", "mohair"},    {"baby", "llama"},    {"baby", "lama"},
     {"baby", "camel"},  {"baby", "lambswool"}, {"baby", "suri"},     {"baby", "yak"},
     {"baby", "rib"},    {"baby", "cord"},      {"baby", "corduroy"}, {"baby", "doll"},
     {"baby", "yellow"}, {"baby", "green"},     {"baby", "lilac"},    {"baby", "lavender"},
     {"baby", "peach"},  {"baby", "mint"},      {"baby", "purple"},   {"baby", "shark"},
     {"boy", "short"},   {"boy", "shorts"},     {"boy", "leg"},       {"boy", "cut"},
     {"boy", "brief"},   {"boy", "briefs"}}};
constexpr std::array<std::string_view, 3> kAdultWords{"babycord", "babydoll", "babyalpaka"};

// By facet, the supplier's before the photo's, known before unknown; otherwise the order is kept.
void sort_attributes(std::vector<Attribute>& attributes) {
  std::vector<std::pair<std::tuple<Facet, AttributeSource, bool, size_t>, Attribute>> keyed;
  keyed.reserve(attributes.size());
  for (auto& attribute : attributes) {
    const std::tuple key{attribute.facet, attribute.source, attribute.term == kUnknownTerm, keyed.size()};
    keyed.emplace_back(key, std::move(attribute));
  }
  std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < keyed.size(); ++i) attributes[i] = std::move(keyed[i].second);
}

}  // namespace

void GarmentReading::read() {
  weights_ = languages_of(matcher_, garment_);
  keep_what_was_given();
  read_attributes();
  read_variant_attributes();
  read_category();
  read_department();
  read_colours();
  read_sizes();
  read_title();
  read_description();
  drop_impossible_attributes(garment_, matcher_.vocabulary());
  sort_attributes(garment_.attributes);
}

void GarmentReading::keep_what_was_given() {
  std::erase_if(garment_.attributes, [&](const Attribute& attribute) {
    return attribute.source == AttributeSource::kSupplier &&
           matcher_.vocabulary().find(attribute.facet, attribute.term) == nullptr;
  });
}

bool GarmentReading::has(Facet facet) const {
  return std::any_of(garment_.attributes.begin(), garment_.attributes.end(), [&](const Attribute& attribute) {
    return attribute.facet == facet && attribute.source == AttributeSource::kSupplier &&
           attribute.term != kUnknownTerm;
  });
}

void GarmentReading::add(Facet facet, const Term& term, std::string_view word, float confidence) {
  for (auto& known : garment_.attributes) {
    if (known.source != AttributeSource::kSupplier || known.facet != facet || known.term != term.name)
      continue;
    if (facet == Facet::kColour && known.word != word)
      continue;  // two shades of blue are two colours of a garment
    if (!known.colour.empty() && known.colour != colour_) continue;
    known.confidence = std::max(known.confidence, confidence);
    return;
  }
  garment_.attributes.push_back(
      {facet, term.name, std::string(word.substr(0, 200)), AttributeSource::kSupplier, confidence, colour_});
}

void GarmentReading::add_unknown(Facet facet, std::string_view word) {
  Attribute attribute{
      facet,  std::string(kUnknownTerm), std::string(word.substr(0, 200)), AttributeSource::kSupplier, 0,
      colour_};
  for (const auto& known : garment_.attributes)
    if (known.facet == facet && known.term == kUnknownTerm && known.word == attribute.word &&
        (known.colour.empty() || known.colour == colour_))
      return;
  garment_.attributes.push_back(std::move(attribute));
}

void GarmentReading::read_attributes() {
  for (const auto& [name, values] : garment_.supplier_attributes) read_named(name, values);
}

void GarmentReading::read_named(const std::string& name, const std::vector<std::string>& values) {
  const AttributeHint hint = hint_of(name);
  if (hint.ignored || hint.prose || name == kPlatformIds) return;
  for (const auto& value : values) {
    if (name == "tags" && read_tag(value)) continue;
    if (is_switch_or_number(value))
      read_switch(name, value);
    else
      read_value(name, hint.facets, value);
  }
}

// "material:linen", "filter_occasion_wedding": the field stands before the value. Tags name the colours of
// all variants, so they say nothing of one. False: it is another kind of tag.
bool GarmentReading::read_tag(const std::string& tag) {
  constexpr std::string_view kBetween = ":=_";
  for (size_t at = tag.find_first_of(kBetween); at != std::string::npos;
       at = tag.find_first_of(kBetween, at + 1)) {
    const AttributeHint hint = hint_of(tag.substr(0, at));
    const auto words = words_of(tag.substr(at + 1));
    for (const Facet facet : hint.facets) {
      if (words.empty() || facet == Facet::kColour || facet == Facet::kDepartment) continue;
      const Match match = matcher_.match_whole(facet, words, weights_);
      if (match.term == nullptr) continue;
      report_.add("tags", tag, match.step);
      if (facet == Facet::kCategory)
        category_hints_.push_back(match);
      else
        add(facet, *match.term, tag, match.confidence);
      return true;
    }
  }
  return false;
}

// A variant's attributes describe its colour; the sizes of a colour share them.
void GarmentReading::read_variant_attributes() {
  std::set<std::tuple<std::string, std::string, std::vector<std::string>>> seen;
  for (const auto& variant : garment_.variants)
    for (const auto& [name, values] : variant.supplier_attributes) {
      if (!seen.emplace(variant.colour, name, values).second) continue;
      colour_ = variant.colour;
      read_named(name, values);
    }
  for (const auto& colour : colours_of(garment_))
    if (const Match pattern = pattern_in(colour); pattern.term != nullptr) {
      colour_ = colour;
      add(Facet::kPattern, *pattern.term, colour, pattern.confidence);
    }
  colour_.clear();
  share_what_all_colours_have();
}

void GarmentReading::share_what_all_colours_have() {
  const auto colours = colours_of(garment_);
  for (size_t i = 0; i < garment_.attributes.size(); ++i) {
    Attribute& first = garment_.attributes[i];
    if (first.colour.empty() || first.source != AttributeSource::kSupplier) continue;
    const auto same = [&](const Attribute& other) {
      return other.source == first.source && other.facet == first.facet && other.term == first.term &&
             (other.term != kUnknownTerm || other.word == first.word);
    };
    const bool everywhere = std::all_of(colours.begin(), colours.end(), [&](const std::string& colour) {
      return std::any_of(garment_.attributes.begin(), garment_.attributes.end(),
                         [&](const Attribute& other) { return same(other) && other.colour == colour; });
    });
    if (!everywhere) continue;
    const Attribute shared = first;
    std::erase_if(garment_.attributes,
                  [&](const Attribute& other) { return same(other) && &other != &garment_.attributes[i]; });
    const auto kept =
        std::find_if(garment_.attributes.begin(), garment_.attributes.end(), [&](const Attribute& other) {
          return other.facet == shared.facet && other.term == shared.term && other.colour == shared.colour &&
                 other.word == shared.word;
        });
    kept->colour.clear();
  }
}

// "performance_fabric = Yes": the name is the word. Switches without meaning are ignored.
void GarmentReading::read_switch(const std::string& name, const std::string& value) {
  if (!is_yes(value)) return;
  const auto [match, facet] = understand({}, name);
  if (match.term == nullptr || facet == Facet::kCategory) return;
  add(facet, *match.term, name, match.confidence);
  report_.add(name, name, match.step);
}

std::pair<Match, Facet> GarmentReading::understand(const std::vector<Facet>& facets,
                                                   std::string_view word) const {
  const auto words = words_of(word);
  for (const Facet facet : facets)
    if (const Match whole = matcher_.match_whole(facet, words, weights_); whole.term != nullptr)
      return {whole, facet};
  for (const Facet facet : kAnyFacet)
    if (Match whole = matcher_.match_whole(facet, words, weights_); whole.term != nullptr) {
      whole.confidence *= kOtherFacet;
      return {whole, facet};
    }
  for (const Facet facet : facets)
    if (const Match part = matcher_.match_part(facet, words, weights_); part.term != nullptr)
      return {part, facet};
  const bool english = weights_[kEnglish] == *std::max_element(weights_.begin(), weights_.end());
  for (const Facet facet : facets) {
    // A guess at a category needs words that are English for certain: see choose_category().
    if (!english || (facet == Facet::kCategory && !matcher_.phrases().is_english(words))) continue;
    if (const Match nearest = matcher_.match_nearest(facet, word); nearest.term != nullptr)
      return {nearest, facet};
  }
  return {Match{}, facets.empty() ? Facet::kAesthetic : facets.front()};
}

// A value may be a list in one cell: "Full-Zip, Hooded"; "95% Cotton, 5% Spandex".
void GarmentReading::read_value(const std::string& name, const std::vector<Facet>& facets,
                                const std::string& value) {
  auto parts = split_list(value, ",;|\n");
  if (parts.size() > 1 &&
      (matcher_.match_whole(facets.empty() ? Facet::kCategory : facets.front(), words_of(value), weights_)
           .term ||
       matcher_.phrases().is_filler(words_of(value))))
    parts = {value};
  for (const auto& part : parts) {
    if (pass_filler(name, part)) continue;
    if (contains(facets, Facet::kFabric) && read_imitation(name, part)) continue;
    const auto [match, facet] = understand(facets, part);
    report_.add(name, part, match.step);
    if (match.term == nullptr) {
      if (facets.size() == 1 && facet != Facet::kCategory) add_unknown(facet, part);
    } else if (facet == Facet::kCategory) {
      category_hints_.push_back(match);
    } else if (facet != Facet::kDepartment) {  // departments are weighed together
      add(facet, *match.term, part, match.confidence);
    }
  }
}

// "Leather free", "Kunst-Leder": the fabric that the cell names is not what the garment is made of.
bool GarmentReading::read_imitation(const std::string& name, const std::string& value) {
  const auto words = words_of(value);
  const auto found = matcher_.phrases().find_inside(Facet::kFabric, words, weights_);
  const auto said = said_of_it(found, Facet::kFabric, words, weights_, matcher_.vocabulary());
  const auto same = [](const PhraseMatch& a, const PhraseMatch& b) { return a.term == b.term; };
  if (std::equal(said.begin(), said.end(), found.begin(), found.end(), same)) return false;
  for (const auto& part : said)
    if (part.term != nullptr) add(Facet::kFabric, *part.term, value, kExactConfidence * kPartConfidence);
  report_.add(name, value, MatchStep::kExact);
  return true;
}

bool GarmentReading::pass_filler(std::string_view where, std::string_view word) {
  if (!matcher_.phrases().is_filler(words_of(word))) return false;
  report_.add(where, word, MatchStep::kFiller);
  return true;
}

void GarmentReading::read_category() {
  const bool given = has(Facet::kCategory);
  const CategoryChoice choice = choose_category(matcher_, garment_, weights_, category_hints_);
  google_department_ = choice.department;
  if (!choice.path_word.empty()) report_.add("category", choice.path_word, choice.path_step);
  if (given) return;
  if (choice.term == nullptr) {
    if (!choice.path_word.empty() && choice.path_step != MatchStep::kFiller)
      add_unknown(Facet::kCategory, choice.path_word);
    return;
  }
  add(Facet::kCategory, *choice.term, choice.word, choice.confidence);
  // "style: Windbreaker" refines a jacket; on trousers it is an error and ignored.
  for (const auto& hint : category_hints_)
    if (hint.term != choice.term && matcher_.vocabulary().is_a(hint.term->id, choice.term->id))
      add(Facet::kCategory, *hint.term, hint.term->name, hint.confidence * kSecondCategory);
}

void GarmentReading::read_colours() {
  std::vector<std::string> seen;
  for (const auto& variant : garment_.variants) {
    if (variant.colour.empty() || contains(seen, variant.colour)) continue;
    seen.push_back(variant.colour);
    if (pass_filler("colour", variant.colour)) continue;
    const std::vector<Match> found = colours_in(variant.colour);
    const Match pattern = found.empty() ? pattern_in(variant.colour) : Match{};
    report_.add("colour", variant.colour, found.empty() ? pattern.step : found.front().step);
    for (const Match& match : found) add(Facet::kColour, *match.term, variant.colour, match.confidence);
    if (found.empty()) add_unknown(Facet::kColour, variant.colour);
  }
}

// "Leopard", "geblümt": a print in place of a colour, which the photo tells.
Match GarmentReading::pattern_in(std::string_view colour) const {
  if (!colours_in(colour).empty()) return {};
  return matcher_.match_whole(Facet::kPattern, words_of(colour), weights_);
}

// "Black/White": the first is the main one, as Google and Shopify ask.
std::vector<Match> GarmentReading::colours_in(std::string_view word) const {
  const auto match_of = [&](std::string_view text) {
    const auto words = words_of(text);
    const Match whole = matcher_.match_whole(Facet::kColour, words, weights_);
    return whole.term != nullptr ? whole : matcher_.match_part(Facet::kColour, words, weights_);
  };
  const Match whole = matcher_.match_whole(Facet::kColour, words_of(word), weights_);
  if (whole.term != nullptr) return {whole};
  std::vector<Match> found;
  for (const auto& part : colour_names_in(word, matcher_.phrases(), weights_))
    if (const Match match = match_of(part); match.term != nullptr) found.push_back(match);
  if (found.empty())
    if (const Match match = match_of(word); match.term != nullptr) found.push_back(match);
  return found;
}

void GarmentReading::read_sizes() {
  const auto id_of = [&](Facet facet) {
    for (const auto& attribute : garment_.attributes)
      if (attribute.facet == facet)
        if (const Term* term = matcher_.vocabulary().find(facet, attribute.term)) return term->id;
    return kNoTerm;
  };
  const TermId category = id_of(Facet::kCategory);
  const SizeContext context = size_context_of(
      garment_.currency,
      size_chart_of_garment(garment_, category, id_of(Facet::kDepartment), matcher_.vocabulary()), category,
      matcher_.vocabulary());
  std::vector<std::string> seen;
  for (const auto& variant : garment_.variants) {
    if (variant.size.empty() || contains(seen, variant.size)) continue;
    seen.push_back(variant.size);
    report_.add("size", variant.size,
                parse_sizes(variant.size, context).empty() ? MatchStep::kUnknown : MatchStep::kExact);
  }
}

bool GarmentReading::wears_on_body() const {
  const Vocabulary& vocabulary = matcher_.vocabulary();
  const Term* clothing = vocabulary.find(Facet::kCategory, "clothing");
  for (const auto& attribute : garment_.attributes) {
    if (attribute.facet != Facet::kCategory || attribute.source != AttributeSource::kSupplier) continue;
    const Term* term = vocabulary.find(Facet::kCategory, attribute.term);
    if (term != nullptr && clothing != nullptr) return vocabulary.is_a(term->id, clothing->id);
  }
  return true;
}

// Stems are too coarse for running text: "relaxed" must not match "relaxing", nor "fit" "fitness".
bool GarmentReading::is_meant(const PhraseMatch& match, Facet facet, const std::string& word) const {
  if (match.term == nullptr || match.stemmed) return false;
  if (is_small_word(word, match.language, weights_)) return false;
  if (match.language == kEnglish) return !is_ambiguous_in_prose(facet, word);
  return weights_[match.language] >= kMayBeIn * *std::max_element(weights_.begin(), weights_.end());
}

void GarmentReading::read_sentence(const std::vector<std::string>& words, Facet facet, float confidence,
                                   bool running) {
  auto found = matcher_.phrases().find_inside(facet, words, weights_);
  for (const auto& part : said_of_it(std::move(found), facet, words, weights_, matcher_.vocabulary())) {
    const std::string word = join_words(words, part.from, part.count);
    if (is_meant(part, facet, word) && !(running && is_skin(part, words)))
      add(facet, *part.term, word, confidence);
  }
}

void GarmentReading::read_title() {
  const auto words = words_of(garment_.title);
  for (const Facet facet : kTitleFacets) read_sentence(words, facet, kInTitle, false);
}

void GarmentReading::read_description() {
  std::string text = garment_.description;
  for (const auto& [name, values] : garment_.supplier_attributes)
    if (hint_of(name).prose)
      for (const auto& value : values) text += "\n" + value;
  const auto sentences = sentences_about_it(text, weights_);
  for (const Facet facet : kDescriptionFacets) {
    if (has(facet)) continue;  // descriptions fill gaps only
    for (const auto& words : sentences) read_sentence(words, facet, kInDescription, true);
  }
}

std::vector<std::string> GarmentReading::without_longer_phrases(const std::vector<std::string>& words) const {
  std::vector<bool> left(words.size(), true);
  const auto leave_out = [&](size_t from, size_t count) {
    for (size_t i = from; i < from + count; ++i) left[i] = false;
  };
  for (const Facet facet : {Facet::kColour, Facet::kFabric, Facet::kOccasion, Facet::kCategory})
    for (const auto& part : matcher_.phrases().find_inside(facet, words, weights_)) {
      // "Babyhose" names who wears it, "babyblau" does not.
      const bool is_one_word = part.count == 1 && facet == Facet::kColour;
      const bool is_kind = facet == Facet::kCategory && part.language != kEnglish;
      if (is_one_word || (part.count > 1 && !is_kind)) leave_out(part.from, part.count);
    }
  for (size_t i = 0; i < words.size(); ++i) {
    if (contains(kAdultWords, words[i])) leave_out(i, 1);
    if (i + 1 < words.size() &&
        contains(kAdultPhrases, std::pair<std::string_view, std::string_view>(words[i], words[i + 1])))
      leave_out(i, 2);
  }
  const auto names_children = [&](const std::string& word) {
    const Match match = matcher_.match_part(Facet::kDepartment, {word}, weights_);
    return match.term != nullptr && is_childrens(*match.term);
  };
  std::vector<std::string> rest;
  for (size_t i = 0; i < words.size(); ++i)
    if (left[i] || !names_children(words[i])) rest.push_back(words[i]);
  return rest;
}

// What a text says about who wears it. Of a cell of its own all words count ("Jungen Kinder"), of a title or
// a category the one that names it.
MatchStep GarmentReading::see_wearers(std::string_view text, WearersAt at, Wearers& wearers) const {
  auto words = wearers.without_adults(words_of(text));
  if (at == WearersAt::kCell) words = with_genders_spelled(std::move(words));
  if (words.empty()) return text.empty() ? MatchStep::kUnknown : MatchStep::kExact;  // "adult"
  Match match = matcher_.match_whole(Facet::kDepartment, words, weights_);
  if (match.term == nullptr && at == WearersAt::kTag)
    match = matcher_.match_whole(Facet::kDepartment, department_in_tag(words), weights_);
  if (match.term == nullptr && at == WearersAt::kText) {
    const auto left = without_longer_phrases(words);
    match = matcher_.match_part(Facet::kDepartment, left, weights_);
    see_both(left, wearers);
  }
  if (match.term == nullptr && at == WearersAt::kCell) {
    match = matcher_.match_part(Facet::kDepartment, words, weights_);
    for (const auto& part : matcher_.phrases().find_inside(Facet::kDepartment, words, weights_))
      if (part.term != nullptr) wearers.add(*part.term);
  } else if (match.term != nullptr) {
    wearers.add(*match.term);
  }
  return match.step;
}

// "Damen & Herren", "pour femme et homme": women and men side by side count both.
void GarmentReading::see_both(const std::vector<std::string>& words, Wearers& wearers) const {
  const auto is_grown = [](const PhraseMatch& part) {
    return part.term != nullptr && (part.term->name == "women" || part.term->name == "men");
  };
  constexpr size_t kWordsBetween = 1;
  const auto parts = matcher_.phrases().find_inside(Facet::kDepartment, words, weights_);
  for (size_t i = 1; i < parts.size(); ++i) {
    const PhraseMatch &first = parts[i - 1], &second = parts[i];
    if (!is_grown(first) || !is_grown(second) || second.from > first.from + first.count + kWordsBetween)
      continue;
    wearers.add(*first.term);
    wearers.add(*second.term);
  }
}

// The first source that names a department decides.
void GarmentReading::read_department() {
  Wearers wearers(matcher_.vocabulary());
  std::string word;
  const auto see = [&](std::string_view text, WearersAt at) {
    const MatchStep step = see_wearers(text, at, wearers);
    if (word.empty() && !wearers.empty()) word = std::string(text);
    return step;
  };
  if (!garment_.department.empty())
    report_.add("department", garment_.department, see(garment_.department, WearersAt::kCell));
  if (wearers.empty())  // gender and age are two attributes
    for (const auto& [name, values] : garment_.supplier_attributes)
      if (contains(hint_of(name).facets, Facet::kDepartment))
        for (const auto& value : values)
          for (const auto& part : split_list(value, ",;|/")) see(part, WearersAt::kAttribute);
  if (wearers.empty())
    for (const auto& step : category_steps(garment_.category)) see(step, WearersAt::kText);
  // Shops without a field for it tag their garments.
  const auto tags = garment_.supplier_attributes.find("tags");
  const bool is_tagged = wearers.empty() && tags != garment_.supplier_attributes.end();
  if (is_tagged)
    for (const auto& tag : tags->second) see(tag, WearersAt::kTag);
  const bool says_a_tag = is_tagged && !wearers.empty();
  if (wearers.empty()) see(garment_.title, WearersAt::kText);
  if (wearers.empty() && google_department_ != nullptr) wearers.add(*google_department_);
  if (has(Facet::kDepartment)) return;
  if (const Term* department = wearers.together(says_a_tag))
    add(Facet::kDepartment, *department, word, kExactConfidence);
  else if (!wears_on_body())
    add(Facet::kDepartment, *matcher_.vocabulary().find(Facet::kDepartment, "unisex"), "",
        kNobodySaysOtherwise);
}

}  // namespace modiste
