#include "serving/query/query_context.h"

#include <algorithm>
#include <array>

#include "base/contains.h"

namespace modiste {
namespace {

// "All over print", "pull over", "slip over".
constexpr std::array<std::string_view, 4> kBeforeOver{"all", "pull", "slip", "throw"};

// Of phrases such as "baby tee" and "boy shorts". "Men's jeans" says who wears them.
constexpr std::array<std::string_view, 6> kOfPhrases{"baby", "boy", "girl", "man", "lady", "kid"};

bool names_jewellery(const QueryDraft& draft) {
  const Term* jewellery = draft.vocabulary.find(Facet::kCategory, "jewelry");
  return std::any_of(draft.spans.begin(), draft.spans.end(), [&](const QuerySpan& span) {
    return span.facet == Facet::kCategory && draft.vocabulary.is_a(span.terms.front(), jewellery->id);
  });
}

bool is_within_kind(const QueryDraft& draft, const QuerySpan& span) {
  return std::any_of(draft.spans.begin(), draft.spans.end(), [&](const QuerySpan& other) {
    return other.facet == Facet::kCategory && other.size() > span.size() && span.is_within(other);
  });
}

// The length that a lone "short" says of what stands before it.
void add_short_length(QueryDraft& draft) {
  const auto is_of = [&](const QuerySpan& span, std::string_view kind) {
    return draft.vocabulary.is_a(span.terms.front(), draft.vocabulary.find(Facet::kCategory, kind)->id);
  };
  for (size_t i = 1; i < draft.plain.size(); ++i) {
    if (draft.plain[i] != "short") continue;
    const auto covers = [&](const QuerySpan& span) { return span.from <= i && i < span.to; };
    if (std::any_of(draft.spans.begin(), draft.spans.end(), covers)) continue;
    const auto thing = std::find_if(draft.spans.rbegin(), draft.spans.rend(), [&](const QuerySpan& span) {
      return span.facet == Facet::kCategory && span.to <= i;
    });
    if (thing == draft.spans.rend()) continue;
    const char* length = is_of(*thing, "dress") || is_of(*thing, "skirt") ? "mini" : "short-length";
    draft.spans.push_back(
        {Facet::kLength, i, i + 1, {draft.vocabulary.find(Facet::kLength, length)->id}, kEnglish});
    return;
  }
}

// "Snow jacket" and "stone ring": a word that is a shade elsewhere says the kind there.
void drop_colours_of_kinds(QueryDraft& draft) {
  for (QuerySpan& span : draft.spans) {
    if (span.facet != Facet::kColour || span.is_name || span.is_part || !is_within_kind(draft, span))
      continue;
    std::erase_if(span.terms,
                  [&](TermId term) { return draft.vocabulary.term(term).facet == Facet::kColour; });
    if (!span.terms.empty()) span.facet = draft.vocabulary.term(span.terms.front()).facet;
  }
}

// Of dresses the vocabulary has kinds ("robe longue"), of skirts not: "Kurzer Rock", "falda larga",
// "Sommerkleid kurz".
void add_length_of_skirts(QueryDraft& draft) {
  const auto of_kind = [&](std::string_view name) {
    const TermId kind = draft.vocabulary.find(Facet::kCategory, name)->id;
    return std::any_of(draft.spans.begin(), draft.spans.end(), [&](const QuerySpan& span) {
      return span.facet == Facet::kCategory && contains(span.terms, kind);
    });
  };
  if (!of_kind("skirt") && !of_kind("dress")) return;
  const auto is_read = [&](size_t word) {
    return std::any_of(draft.spans.begin(), draft.spans.end(), [&](const QuerySpan& span) {
      return span.facet == Facet::kLength ||
             (span.facet != Facet::kCategory && span.from <= word && word < span.to);
    });
  };
  for (size_t i = 0; i < draft.plain.size(); ++i) {
    const bool is_long = draft.has_role(i, QueryRole::kLong);
    if ((!is_long && !draft.has_role(i, QueryRole::kShort)) || is_read(i)) continue;
    const Term* length = draft.vocabulary.find(Facet::kLength, is_long ? "maxi" : "mini");
    draft.spans.push_back({Facet::kLength, i, i + 1, {length->id}, draft.main_language()});
    return;
  }
}

// "Robe été". In descriptions "a été" is a verb, so that the word does not stand in the list of seasons.
void add_french_summer(QueryDraft& draft) {
  if (languages()[draft.main_language()].code != "fr") return;
  const auto word = std::find(draft.plain.begin(), draft.plain.end(), "ete");
  const auto of_season = [](const QuerySpan& span) { return span.facet == Facet::kSeason; };
  if (word == draft.plain.end() || std::any_of(draft.spans.begin(), draft.spans.end(), of_season)) return;
  const auto at = static_cast<size_t>(word - draft.plain.begin());
  draft.spans.push_back({Facet::kSeason,
                         at,
                         at + 1,
                         {draft.vocabulary.find(Facet::kSeason, "summer")->id},
                         draft.main_language()});
}

}  // namespace

bool is_describing_word(std::string_view word, const Term& kind) {
  if (word == "short") return kind.name == "shorts";
  return kind.name == "heels" && (word == "platform" || word == "wedge" || word == "stiletto");
}

bool may_be_described(const Term& thing, const Term& kind, const Vocabulary& vocabulary) {
  if (thing.role == OutfitRole::kShoes || kind.role == OutfitRole::kShoes) return thing.role == kind.role;
  return thing.role != OutfitRole::kBottom ||
         vocabulary.is_a(thing.id, vocabulary.find(Facet::kCategory, "skirt")->id);
}

bool is_worn_over_or_under(const QueryDraft& draft, size_t word) {
  if (!draft.has_role(word, QueryRole::kOver)) return false;
  return word == 0 || !contains(kBeforeOver, std::string_view(draft.plain[word - 1]));
}

void drop_out_of_context(QueryDraft& draft) {
  const bool jewellery = names_jewellery(draft);
  drop_colours_of_kinds(draft);
  std::erase_if(draft.spans, [&](const QuerySpan& span) {
    if (span.terms.empty()) return true;
    if (span.size() != 1) return false;
    const std::string_view word = draft.plain[span.from];
    if (jewellery && span.facet == Facet::kFabric)
      return is_within_kind(draft, span);  // "boucles d'oreilles"
    if (jewellery && (span.facet == Facet::kColour || span.facet == Facet::kPattern))
      return draft.has_role(span.from, QueryRole::kStone);
    return span.facet == Facet::kDepartment && contains(kOfPhrases, word) && is_within_kind(draft, span);
  });
  add_short_length(draft);
  add_length_of_skirts(draft);
  add_french_summer(draft);
  std::stable_sort(draft.spans.begin(), draft.spans.end(),
                   [](const QuerySpan& a, const QuerySpan& b) { return a.from < b.from; });
}

}  // namespace modiste
