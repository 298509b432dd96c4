#include "serving/request/reason_rules.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "base/contains.h"
#include "context/suitability.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/request_state.h"

namespace modiste {
namespace {

using Facts = ReasonFacts;
using Args = ReasonArgs;

// Each named term is the item's own and passes the test.
template <class Test>
bool every_term(const Args& args, const Facts& facts, const Test& test) {
  if (!args.terms || args.terms->empty()) return false;
  return std::all_of(args.terms->begin(), args.terms->end(), [&](const std::string& label) {
    return std::any_of(facts.item.terms.begin(), facts.item.terms.end(),
                       [&](TermId term) { return facts.vocabulary.term(term).label == label && test(term); });
  });
}

bool was_chosen(const Facts& facts, TermId term) {
  return std::find(facts.wished_terms.begin(), facts.wished_terms.end(), term) != facts.wished_terms.end() ||
         std::any_of(facts.chosen.begin(), facts.chosen.end(),
                     [&](const ChosenFact& one) { return has_term(*one.item, term); });
}

bool leans_to(const Args& args, const Facts& facts) {
  return every_term(args, facts, [&](TermId term) { return was_chosen(facts, term); });
}

bool leans_to_in_style(const Args& args, const Facts& facts) {
  return args.style && !args.style->empty() && leans_to(args, facts);
}

bool resembles_liked(const Args& args, const Facts& facts) {
  return std::any_of(facts.chosen.begin(), facts.chosen.end(), [&](const ChosenFact& one) {
    return one.liked && args.garment_id == one.garment_id && args.title == one.title &&
           one.likeness >= kAlikeMin && one.item->garment != facts.item.garment &&
           comparable(*one.item, facts.item, facts.vocabulary);
  });
}

bool likes_brand(const Args& args, const Facts& facts) {
  if (!args.brand || *args.brand != facts.brand || facts.brand.empty()) return false;
  return facts.wished_brands.contains(facts.brand) ||
         std::any_of(facts.chosen.begin(), facts.chosen.end(),
                     [&](const ChosenFact& one) { return one.said_liking && one.brand == facts.brand; });
}

bool like_minded(const Args& /*args*/, const Facts& facts) { return facts.like_minded > 0; }

bool for_occasion(const Args& args, const Facts& facts) {
  return facts.context && args.occasion == facts.context->occasion() &&
         suits_occasion(facts.item, *args.occasion, facts.vocabulary) == Suits::kYes;
}

bool for_season(const Args& args, const Facts& facts) {
  if (!facts.context || args.season != facts.context->season()) return false;
  const Term* term = facts.vocabulary.find(Facet::kSeason, name_of(*args.season));
  return term != nullptr && has_term(facts.item, term->id);
}

bool suits_temperature(const Args& args, const Facts& facts) {
  return facts.context && facts.context->warmth_known == Provenance::kWeather && args.temperature_c &&
         std::abs(*args.temperature_c - facts.context->temperature_c) <= 0.5 &&
         suits_warmth(facts.item, facts.context->warmth, facts.vocabulary) == Suits::kYes;
}

bool for_rain(const Args& /*args*/, const Facts& facts) {
  const Term* rainy = facts.vocabulary.find(Facet::kSeason, "rainy");
  return facts.context && is_rainy(*facts.context) && rainy != nullptr && has_term(facts.item, rainy->id);
}

bool never(const Args& /*args*/, const Facts& /*facts*/) { return false; }  // of items no answer says it

bool resembles_last(const Args& /*args*/, const Facts& facts) {
  return !facts.chosen.empty() && facts.chosen.back().likeness >= kAlikeMin &&
         comparable(*facts.chosen.back().item, facts.item, facts.vocabulary);
}

bool arrived(const Args& /*args*/, const Facts& facts) { return is_new(facts.item, facts.now); }
bool liked_lately(const Args& /*args*/, const Facts& facts) { return facts.liked_lately_by >= kLikedByMin; }
bool liked_in_style(const Args& args, const Facts& facts) {
  return args.style && !args.style->empty() && liked_lately(args, facts);
}
bool is_first(const Args& /*args*/, const Facts& facts) { return !facts.known; }
bool is_explored(const Args& /*args*/, const Facts& facts) { return facts.explored; }

bool fits(const Args& args, const Facts& facts) {
  return args.size == facts.size && facts.fit && *facts.fit >= kFitSaidMin;
}
bool usual_size(const Args& args, const Facts& facts) { return facts.size_known && fits(args, facts); }
bool size_by_body(const Args& args, const Facts& facts) { return facts.body_known && fits(args, facts); }

bool says_words(const Args& args, const Facts& facts) {
  return args.words && !args.words->empty() &&
         std::all_of(args.words->begin(), args.words->end(), [&](const std::string& word) {
           return facts.query_words.contains(word) && says(facts.item_words, word);
         });
}
bool near_query(const Args& /*args*/, const Facts& facts) { return facts.query_likeness >= kNearQueryMin; }
bool shares_terms(const Args& args, const Facts& facts) {
  return facts.asked_of != nullptr &&
         every_term(args, facts, [&](TermId term) { return has_term(*facts.asked_of, term); });
}

bool asked_for(const Args& args, const Facts& facts) {
  return every_term(args, facts, [&](TermId term) { return contains(facts.query_terms, term); });
}

bool works_with_owned(const Args& args, const Facts& facts) {
  if (!args.count || *args.count < 1 || static_cast<size_t>(*args.count) > facts.works_with) return false;
  return !args.title || facts.owned_titles.contains(*args.title);
}

bool suits_proportions(const Args& args, const Facts& facts) {
  const ItemFacts& item = facts.item;
  const auto department = department_worn(item, facts.departments, facts.vocabulary);
  const auto verdict =
      outfits::body_verdict(facts.body_rules, role_of(item, facts.vocabulary), department, item.terms);
  return verdict.preferred_by != nullptr && args.note == verdict.preferred_by->row.says &&
         every_term(args, facts, [&](TermId term) { return term == verdict.preferred; });
}

bool with_asked(const Args& args, const Facts& facts, size_t shoppers) {
  return args.garment_id == facts.asked_id && args.title == facts.asked_title && args.count &&
         static_cast<size_t>(*args.count) <= shoppers && *args.count >= static_cast<int>(kLikedByMin);
}
bool chosen_with(const Args& args, const Facts& facts) { return with_asked(args, facts, facts.chosen_with); }
bool bought_with(const Args& args, const Facts& facts) { return with_asked(args, facts, facts.bought_with); }

using Predicate = bool (*)(const Args&, const Facts&);

// In the order of ReasonCode.
constexpr std::array<Predicate, EnumNames<ReasonCode>::kNames.size()> kPredicates{
    leans_to,           // likes_terms
    leans_to,           // wants_terms_now
    leans_to_in_style,  // style_likes_terms
    resembles_liked,    // looks_like_liked
    likes_brand,        // liked_brand
    like_minded,        // like_minded
    for_occasion,       // for_occasion
    for_season,         // for_season
    suits_temperature,  // warm_enough
    suits_temperature,  // light_enough
    for_rain,           // for_rain
    never,              // for_wind
    resembles_last,     // looks_like_last
    arrived,            // new_arrival
    liked_in_style,     // liked_in_style
    liked_lately,       // much_liked
    is_first,           // first_look
    is_explored,        // explored
    usual_size,         // usual_size
    size_by_body,       // size_by_body
    fits,               // runs_small
    fits,               // runs_large
    fits,               // runs_slightly_small
    fits,               // runs_slightly_large
    says_words,         // says_words
    near_query,         // close_in_meaning
    shares_terms,       // shares_terms
    near_query,         // looks_like_photo
    asked_for,          // asked_for
    never,              // colours_go: of outfits, see outfit_reasons.h
    never,              // one_formality
    never,              // one_print
    never,              // balanced
    never,              // goes_with
    never,              // within_budget
    never,              // by_shop
    never,              // by_shop_in_part
    works_with_owned,   // works_with_owned
    suits_proportions,  // suits_proportions
    chosen_with,        // chosen_with
    bought_with,        // bought_with
};

bool is_wide(OutfitRole role) { return role == OutfitRole::kNone || role == OutfitRole::kAccessory; }

// Whether a kind is above both that is narrower than a department of a shop (clothing, tops, outerwear): a
// fleece jacket is a mid layer and a rain jacket an outer one, but both are jackets.
bool are_of_a_family(const Term& one, const Term& other, const Vocabulary& vocabulary) {
  std::optional<TermId> family = one.id;
  while (family && !vocabulary.is_a(other.id, *family)) family = vocabulary.term(*family).parent;
  if (!family) return false;
  const auto& above = vocabulary.term(*family).parent;
  return above.has_value() && vocabulary.term(*above).parent.has_value();
}

}  // namespace

bool has_term(const ItemFacts& item, TermId term) {
  return std::binary_search(item.terms.begin(), item.terms.end(), term);
}

bool comparable(const ItemFacts& a, const ItemFacts& b, const Vocabulary& vocabulary) {
  if (a.category == kNoTerm || b.category == kNoTerm) return false;
  const Term& one = vocabulary.term(a.category);
  const Term& other = vocabulary.term(b.category);
  // Both are tops, but nobody wears a sports bra for a blouse.
  if (one.worn_for != other.worn_for) return false;
  if (one.role == other.role && !is_wide(one.role)) return true;
  if (one.role != other.role)
    return !is_wide(one.role) && !is_wide(other.role) && are_of_a_family(one, other, vocabulary);
  if (vocabulary.is_a(one.id, other.id) || vocabulary.is_a(other.id, one.id)) return true;
  if (!one.parent.has_value() || one.parent != other.parent) return false;
  // A belt and a watch are both accessories, and that is all.
  return one.role != OutfitRole::kAccessory || vocabulary.term(*one.parent).parent.has_value();
}

bool is_new(const ItemFacts& item, TimePoint now) {
  return item.created_at_s != 0 && now - TimePoint(std::chrono::seconds(item.created_at_s)) <= kNewFor;
}

std::set<std::string> said_words(std::string_view text) {
  std::string folded;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .foldCase()
      .toUTF8String(folded);
  std::set<std::string> words;
  std::string word;
  for (const char letter : folded + " ") {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= 0x80 || std::isalnum(byte) != 0) {
      word += letter;
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  return words;
}

bool says(const std::set<std::string>& words, const std::string& word) {
  if (words.contains(word) || words.contains(word + "s") || words.contains(word + "es")) return true;
  return (word.ends_with("es") && words.contains(word.substr(0, word.size() - 2))) ||
         (word.ends_with("s") && words.contains(word.substr(0, word.size() - 1)));
}

bool is_true(const Reason& reason, const ReasonFacts& facts) {
  if (facts.explored != (reason.code == ReasonCode::kExplored))
    return false;  // an explored card says only that
  return kPredicates[static_cast<size_t>(reason.code)](reason.args, facts);
}

}  // namespace modiste
