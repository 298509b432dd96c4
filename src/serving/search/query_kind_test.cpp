// Which kinds of garments a search for an occasion or a season puts first, where the garments name none:
// judged by pairs of a drawn shop's kinds that people agree on.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "catalog/normaliser.h"
#include "serving/search/query_match.h"

namespace modiste {
namespace {

// Kinds that go with what is asked, and kinds that do not: each of the first comes before each of the others.
struct Judged {
  const char *asked, *goes, *does_not;
};
constexpr Judged kJudged[] = {
    {"work", "blazer dress-shirt dress-pants waistcoat blouse",
     "bikini pyjamas hoodie swim-shorts sweatpants bra"},
    {"casual", "t-shirt jeans sneakers sweater shorts", "tuxedo gown bikini pyjamas bra"},
    {"party", "cocktail-dress jumpsuit heels blouse", "hoodie sweatpants bikini pyjamas swim-shorts bra"},
    {"formal", "gown tuxedo suits dress-shoes", "t-shirt jeans sneakers bikini pyjamas shorts bra"},
    {"wedding", "gown suits cocktail-dress heels", "t-shirt sweatpants bikini pyjamas hoodie sneakers bra"},
    {"date", "dress blouse heels shirt", "swim-shorts pyjamas bikini tuxedo bra"},
    {"sport", "leggings sports-bra track-pants sneakers", "blazer gown heels tuxedo pyjamas bra"},
    {"travel", "jeans t-shirt sneakers sweater", "gown tuxedo bikini pyjamas bra"},
    {"beach", "bikini swimsuit cover-up shorts sandals", "blazer tuxedo gown suits pyjamas bra"},
    {"lounge", "pyjamas sweatpants hoodie robe", "blazer gown heels tuxedo bikini bra"},
    {"summer", "shorts bikini tank-top sandals sundress", "parka boots puffer-jacket beanie turtleneck"},
    {"winter", "parka puffer-jacket beanie turtleneck", "shorts bikini tank-top sandals sundress"}};

float value_of(std::string_view asked, std::string_view kind) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  static const Normaliser kNormaliser(vocabulary);
  const Term* term = vocabulary.find(Facet::kOccasion, asked);
  if (term == nullptr) term = vocabulary.find(Facet::kSeason, asked);
  const Term* category = vocabulary.find(Facet::kCategory, kind);
  EXPECT_TRUE(term != nullptr && category != nullptr) << asked << " " << kind;
  if (term == nullptr || category == nullptr) return 0;
  QueryReading reading;
  QueryWish wish;
  wish.facet = term->facet;
  wish.terms = {term->id};
  reading.wanted.push_back(wish);
  const QueryMatch match(reading, vocabulary, kNormaliser.phrases());
  ItemFacts item;
  item.category = category->id;
  item.terms = {category->id};
  return match.suits(item);
}

TEST(KindsOfAnOccasion, ComeBeforeThoseThatAreNot) {
  size_t right = 0, all = 0;
  std::string wrong;
  for (const auto& [asked, goes, does_not] : kJudged)
    for (const auto& good : split_list(goes, " "))
      for (const auto& bad : split_list(does_not, " ")) {
        ++all;
        if (value_of(asked, good) > value_of(asked, bad))
          ++right;
        else
          wrong += fmt::format("\n{}: {} {:.2f}, {} {:.2f}", asked, good, value_of(asked, good), bad,
                               value_of(asked, bad));
      }
  EXPECT_GE(right * 100, all * 97) << right << " of " << all << wrong;
}

TEST(KindsOfAnOccasion, ComeAfterWhatNamesIt) {
  for (const auto& judged : kJudged)
    for (const auto& good : split_list(judged.goes, " ")) EXPECT_LT(value_of(judged.asked, good), 0.5F);
}

}  // namespace
}  // namespace modiste
