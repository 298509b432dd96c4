#include "serving/query/query_context.h"

#include <algorithm>
#include <array>

#include "base/contains.h"

namespace modiste {
namespace {

// Of languages that name the thing last; where the first noun is the thing nothing behind it is.
constexpr std::array<std::string_view, 15> kOverOrUnder{"over",  "under",  "underneath", "beneath", "uber",
                                                        "unter", "unterm", "uberm",      "onder",   "boven",
                                                        "ovan",  "pod",    "nad",        "под",     "над"};
// "All over print", "pull over", "slip over".
constexpr std::array<std::string_view, 4> kBeforeOver{"all", "pull", "slip", "throw"};

// Stones and what jewellery is made of, which are names of colours or patterns elsewhere. Folded.
constexpr std::array kStones{
    std::string_view("pearl"), std::string_view("pearls"), std::string_view("diamond"),
    std::string_view("diamonds"), std::string_view("coral"), std::string_view("amber"),
    std::string_view("ruby"), std::string_view("emerald"), std::string_view("sapphire"),
    std::string_view("onyx"), std::string_view("jade"), std::string_view("garnet"),
    std::string_view("amethyst"), std::string_view("turquoise"), std::string_view("aquamarine"),
    std::string_view("lapis"), std::string_view("bone"), std::string_view("stone"),
    // German, Dutch, Scandinavian
    std::string_view("perle"), std::string_view("perles"), std::string_view("perlen"),
    std::string_view("koralle"), std::string_view("bernstein"), std::string_view("rubin"),
    std::string_view("smaragd"), std::string_view("saphir"), std::string_view("granat"),
    std::string_view("amethyst"), std::string_view("turkis"), std::string_view("parel"),
    std::string_view("barnsteen"), std::string_view("koraal"), std::string_view("robijn"),
    std::string_view("safir"), std::string_view("perlmutt"), std::string_view("korall"),
    std::string_view("barnsten"),
    // French, Spanish, Italian, Portuguese
    std::string_view("nacre"), std::string_view("corail"), std::string_view("ambre"),
    std::string_view("rubis"), std::string_view("emeraude"), std::string_view("grenat"),
    std::string_view("amethyste"), std::string_view("diamant"), std::string_view("perla"),
    std::string_view("perlas"), std::string_view("coral"), std::string_view("ambar"),
    std::string_view("rubi"), std::string_view("esmeralda"), std::string_view("zafiro"),
    std::string_view("granate"), std::string_view("amatista"), std::string_view("turquesa"),
    std::string_view("nacar"), std::string_view("corallo"), std::string_view("ambra"),
    std::string_view("rubino"), std::string_view("smeraldo"), std::string_view("zaffiro"),
    std::string_view("granato"), std::string_view("ametista"), std::string_view("turchese"),
    std::string_view("perola"), std::string_view("perolas"), std::string_view("safira"),
    std::string_view("madreperla"),
    // Polish, Russian, Chinese, Japanese, Korean
    std::string_view("perla"), std::string_view("perly"), std::string_view("perlowy"),
    std::string_view("koral"), std::string_view("bursztyn"), std::string_view("szmaragd"),
    std::string_view("szmaragdowy"), std::string_view("szafir"), std::string_view("turkus"),
    std::string_view("жемчуг"), std::string_view("янтарь"), std::string_view("рубин"),
    std::string_view("изумруд"), std::string_view("коралл"), std::string_view("бирюза"),
    std::string_view("珍珠"), std::string_view("珊瑚"), std::string_view("翡翠"), std::string_view("パール"),
    std::string_view("真珠"), std::string_view("진주")};

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

// Folded. Of dresses the vocabulary has kinds ("robe longue"), of skirts not.
constexpr std::array kLongWords{
    std::string_view("long"),    std::string_view("lang"),     std::string_view("lange"),
    std::string_view("langer"),  std::string_view("langes"),   std::string_view("langen"),
    std::string_view("langt"),   std::string_view("longue"),   std::string_view("longues"),
    std::string_view("larga"),   std::string_view("largas"),   std::string_view("largo"),
    std::string_view("largos"),  std::string_view("lunga"),    std::string_view("lunghe"),
    std::string_view("lungo"),   std::string_view("longa"),    std::string_view("longas"),
    std::string_view("longo"),   std::string_view("comprida"), std::string_view("compridas"),
    std::string_view("dluga"),   std::string_view("dlugie"),   std::string_view("langa"),
    std::string_view("pitka"),   std::string_view("dlouha"),   std::string_view("dlouhe"),
    std::string_view("dlha"),    std::string_view("длинная"),  std::string_view("длинную"),
    std::string_view("длинное"), std::string_view("довга"),    std::string_view("hosszu"),
    std::string_view("lunga"),   std::string_view("uzun"),     std::string_view("μακρια")};
constexpr std::array kShortWords{
    std::string_view("short"),    std::string_view("kurz"),     std::string_view("kurze"),
    std::string_view("kurzer"),   std::string_view("kurzes"),   std::string_view("kurzen"),
    std::string_view("courte"),   std::string_view("courtes"),  std::string_view("corta"),
    std::string_view("cortas"),   std::string_view("corto"),    std::string_view("corte"),
    std::string_view("curta"),    std::string_view("curtas"),   std::string_view("curto"),
    std::string_view("kort"),     std::string_view("korte"),    std::string_view("korta"),
    std::string_view("krotka"),   std::string_view("krotkie"),  std::string_view("lyhyt"),
    std::string_view("kratka"),   std::string_view("kratke"),   std::string_view("короткая"),
    std::string_view("короткую"), std::string_view("короткое"), std::string_view("коротка"),
    std::string_view("rovid"),    std::string_view("scurta"),   std::string_view("kisa"),
    std::string_view("κοντη")};

// "Kurzer Rock", "falda larga", "Sommerkleid kurz".
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
    const std::string_view word = draft.plain[i];
    const bool is_long = contains(kLongWords, word);
    if ((!is_long && !contains(kShortWords, word)) || is_read(i)) continue;
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
  if (!contains(kOverOrUnder, std::string_view(draft.plain[word]))) return false;
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
      return contains(kStones, word);
    return span.facet == Facet::kDepartment && contains(kOfPhrases, word) && is_within_kind(draft, span);
  });
  add_short_length(draft);
  add_length_of_skirts(draft);
  add_french_summer(draft);
  std::stable_sort(draft.spans.begin(), draft.spans.end(),
                   [](const QuerySpan& a, const QuerySpan& b) { return a.from < b.from; });
}

}  // namespace modiste
