// Search by words and similar garments over a shop of many kinds, colours, patterns and fabrics.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "serving/request/reason_rules.h"
#include "small_shop.h"

namespace modiste {
namespace {

struct SearchedKind {
  const char *title, *category;
};
constexpr std::array<SearchedKind, 10> kSearchedKinds{{{"dress", "Dresses"},
                                                       {"shirt", "Shirts"},
                                                       {"jacket", "Jackets"},
                                                       {"trousers", "Trousers"},
                                                       {"sneakers", "Shoes/Sneakers"},
                                                       {"boots", "Shoes/Boots"},
                                                       {"handbag", "Bags/Handbags"},
                                                       {"belt", "Accessories/Belts"},
                                                       {"scarf", "Accessories/Scarves"},
                                                       {"sweater", "Sweaters"}}};
constexpr std::array kSearchedColours{"Red", "Black", "Navy", "White"};
constexpr std::array kSearchedPatterns{"", "Striped", "Floral"};
constexpr std::array kSearchedFabrics{"Linen", "Leather", "Cotton"};
constexpr std::array kSearchedDepartments{"Women", "Men", "Unisex", "Girls", "Kids", ""};

// Every seventh garment does not say its fabric. Prices from 10 to 109.
Garment searched_garment(size_t number) {
  const SearchedKind& kind = kSearchedKinds[number % 10];
  Garment garment;
  garment.id = fmt::format("S{}", number);
  garment.department = kSearchedDepartments[number / 10 % 6];
  garment.category = garment.department.empty() ? kind.category : garment.department + "/" + kind.category;
  const std::string colour = kSearchedColours[number / 7 % 4];
  garment.title = fmt::format("{} {}", kSearchedPatterns[number / 11 % 3], kind.title);
  garment.description = "A piece to wear with black leather shoes.";
  garment.currency = "EUR";
  if (number % 7 != 0) garment.supplier_attributes["fabric"] = {kSearchedFabrics[number / 13 % 3]};
  for (const char* size : {"S", "M"})
    garment.variants.push_back({fmt::format("{}-{}", garment.id, size),
                                size,
                                colour,
                                10.0 + static_cast<double>(number * 37 % 100),
                                {},
                                {},
                                size[0] == 'S' || number % 3 != 0});
  return garment;
}

class Search : public testing::Test {
 protected:
  Search() {
    std::vector<Garment> garments;
    for (size_t i = 0; i < 480; ++i) garments.push_back(searched_garment(i));
    EXPECT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
    snapshot = shop->catalog().view().snapshot();
  }

  Answer search(const std::string& query, int count = 10) {
    auto answer = shop->search().by_words({.query = query, .count = count, .shopper_id = "", .filter = {}});
    EXPECT_TRUE(answer.ok()) << query;
    return answer.ok() ? std::move(*answer) : Answer{};
  }
  const Item& item_of(const AnswerItem& shown) const {
    return snapshot->item(shop->catalog().view().slot(shown.garment_id, shown.colour));
  }
  bool has(const AnswerItem& shown, Facet facet, std::string_view name) const {
    const ItemFacts& facts = item_of(shown).facts;
    const Term* term = vocabulary.find(facet, name);
    if (facet == Facet::kCategory)
      return facts.category != kNoTerm && vocabulary.is_a(facts.category, term->id);
    return std::binary_search(facts.terms.begin(), facts.terms.end(), term->id);
  }
  size_t among(const Answer& answer, std::string_view category, std::string_view colour) const {
    return static_cast<size_t>(
        std::count_if(answer.items.begin(), answer.items.end(), [&](const AnswerItem& shown) {
          return has(shown, Facet::kCategory, category) && has(shown, Facet::kColour, colour);
        }));
  }

  const Vocabulary& vocabulary = Vocabulary::standard();
  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
  std::shared_ptr<const CatalogSnapshot> snapshot;
};

TEST_F(Search, TypeAndColourComeFirstInEveryLanguage) {
  for (const char* query :
       {"red dress", "rotes Kleid", "robe rouge", "vestido rojo", "vestito rosso", "rode jurk",
        "czerwona sukienka", "röd klänning", "красное платье", "赤いワンピース"})
    EXPECT_EQ(among(search(query), "dress", "red"), 10u) << query;
}

TEST_F(Search, WhatIsKnownToContradictComesLast) {
  const Answer answer = search("linen shirt", 100);
  int worst = 2;  // 2: linen, 1: not said, 0: another fabric
  for (const AnswerItem& shown : answer.items) {
    if (!has(shown, Facet::kCategory, "shirt")) continue;
    const auto& terms = item_of(shown).facts.terms;
    const bool known = std::any_of(terms.begin(), terms.end(), [&](TermId term) {
      return vocabulary.term(term).facet == Facet::kFabric;
    });
    const int now = has(shown, Facet::kFabric, "linen") ? 2 : known ? 0 : 1;
    EXPECT_LE(now, worst) << shown.garment_id;
    worst = std::min(worst, now);
  }
  EXPECT_EQ(worst, 0);
}

TEST_F(Search, RefusedThingsAndPricesAreLimits) {
  for (const char* query : {"jacket without leather", "Jacke ohne Leder", "veste sans cuir",
                            "kurtka bez skóry", "レザーなしのジャケット", "leather-free jacket"})
    for (const AnswerItem& shown : search(query, 50).items)
      EXPECT_FALSE(has(shown, Facet::kFabric, "leather")) << query << " " << shown.garment_id;
  for (const AnswerItem& shown : search("dress not black", 50).items)
    EXPECT_FALSE(has(shown, Facet::kColour, "black")) << shown.garment_id;
  for (const AnswerItem& shown : search("dress between 20 and 40", 50).items) {
    EXPECT_GE(shown.price, 20) << shown.garment_id;
    EXPECT_LE(shown.price, 40) << shown.garment_id;
  }
  const Answer cheap = search("under 30 €", 20);
  EXPECT_EQ(cheap.items.size(), 20u);
  for (const AnswerItem& shown : cheap.items) EXPECT_LE(shown.price, 30);
  for (const AnswerItem& shown : search("shirt size M", 20).items)
    EXPECT_NE(std::find(shown.sizes_in_stock.begin(), shown.sizes_in_stock.end(), "M"),
              shown.sizes_in_stock.end());
}

// "See size guide" stands in every description; "see through" in few.
TEST_F(Search, ARefusedWordCountsInProseWhereItTellsSomething) {
  std::vector<Garment> more;
  for (const char* said : {"See our size guide.", "A see-through back.", "Not see-through at all."}) {
    Garment garment = searched_garment(0);
    garment.id = fmt::format("SEE{}", more.size());
    garment.title = "Gauzy cape";
    garment.category = "Women/Outerwear/Capes";
    garment.description = said;
    for (auto& variant : garment.variants) variant.sku = garment.id + variant.size;
    more.push_back(std::move(garment));
  }
  ASSERT_TRUE(shop->catalog().upsert(std::move(more)).ok());
  std::set<std::string> shown;
  for (const AnswerItem& item : search("cape not see through").items) shown.insert(item.garment_id);
  EXPECT_TRUE(shown.contains("SEE0"));
  EXPECT_FALSE(shown.contains("SEE1"));
  EXPECT_TRUE(shown.contains("SEE2")) << "it denies it";
  shown.clear();
  for (const AnswerItem& item : search("cape without back").items) shown.insert(item.garment_id);
  EXPECT_TRUE(shown.contains("SEE1")) << "descriptions speak of the back whatever it is like";
}

TEST_F(Search, WordsThatTellNothingStillGetAnAnswer) {
  Shop plain(ShopPorts{stores.clock, stores.log, stores.store, stores.store, nullptr}, vocabulary, {});
  ASSERT_TRUE(plain.load().ok());
  for (const char* query : {"show me something nice", "the", "etwas Schönes", "quelque chose de joli"}) {
    const auto answer =
        plain.search().by_words({.query = query, .count = 10, .shopper_id = "", .filter = {}});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->items.size(), 10u) << query;
  }
}

TEST_F(Search, GuessesAreSaidToBeGuesses) {
  const Answer guesses = search("zzyzx qwrtp");
  ASSERT_FALSE(guesses.items.empty());
  EXPECT_EQ(guesses.query->ignored, std::vector<std::string>{"words"});
  EXPECT_EQ(guesses.degraded, std::vector<std::string>());
  for (const char* query : {"red dress", "dress", "under 40", "not red"}) {
    EXPECT_EQ(search(query).query->ignored, std::vector<std::string>()) << query;
    EXPECT_EQ(search(query).degraded, std::vector<std::string>()) << query;
  }
}

TEST_F(Search, APhotoSaysWhetherAllIsLikeIt) {
  const RgbImage image{1, 1, {0, 0, 0}};
  const auto answer = shop->search().by_photo(image, 24, {});
  ASSERT_TRUE(answer.ok());
  ASSERT_FALSE(answer->items.empty());
  const bool all = std::none_of(answer->items.begin(), answer->items.end(),
                                [](const AnswerItem& shown) { return shown.reasons.empty(); });
  EXPECT_EQ(answer->degraded, all ? std::vector<std::string>() : std::vector<std::string>{"relaxed match"});
}

TEST_F(Search, SimilarSaysItsKindWhereNothingElseIsShared) {
  for (size_t number = 0; number < 480; number += 7) {
    const auto answer = shop->search().similar({.garment_id = searched_garment(number).id,
                                                .colour = "",
                                                .count = 24,
                                                .shopper_id = "",
                                                .filter = {}});
    ASSERT_TRUE(answer.ok());
    const TermId kind =
        snapshot->facts(shop->catalog().view().slots(searched_garment(number).id).front()).category;
    bool all_have_reasons = true;
    for (const AnswerItem& shown : answer->items) {
      all_have_reasons = all_have_reasons && !shown.reasons.empty();
      if (item_of(shown).facts.category == kind) {
        EXPECT_FALSE(shown.reasons.empty()) << number << " and " << shown.garment_id;
      }
    }
    EXPECT_EQ(answer->degraded.empty(), all_have_reasons) << number;
  }
}

TEST_F(Search, AKindThatTheShopHasNoneOfIsSaidAndOnlyComparableKindsAreShown) {
  const Answer coats = search("raincoat", 24);
  ASSERT_TRUE(coats.query);
  EXPECT_EQ(coats.query->relaxed, (std::vector<std::string>{"category"}));
  ASSERT_FALSE(coats.items.empty());
  for (const AnswerItem& shown : coats.items)
    EXPECT_TRUE(has(shown, Facet::kCategory, "jacket")) << shown.garment_id << " for a raincoat";
  for (const char* query : {"pijamas", "Schlafanzug", "red pyjamas"}) {
    const Answer nothing = search(query, 24);
    EXPECT_TRUE(nothing.items.empty()) << query << ": " << nothing.items.front().title;
    ASSERT_TRUE(nothing.query);
    EXPECT_EQ(nothing.query->relaxed, (std::vector<std::string>{"category"})) << query;
  }
  EXPECT_EQ(search("red dress", 24).items.size(), 24u) << "a kind that is there is filled up as before";
}

TEST_F(Search, FewOfAKindAreNotFilledUpWithOthers) {
  const Answer few = search("dress under 25", 40);
  EXPECT_GT(few.items.size(), 2u);
  EXPECT_LT(few.items.size(), 40u);
  for (const AnswerItem& shown : few.items) {
    EXPECT_TRUE(has(shown, Facet::kCategory, "dress")) << shown.garment_id;
    EXPECT_LE(shown.price, 25);
  }
}

TEST_F(Search, ALetterIsNoWordThatIsSaid) {
  Garment tee = searched_garment(0);
  tee.id = "tee";
  tee.title = "Cotton T-shirt";
  tee.category = "Women/Tops/T-shirts";
  for (Variant& variant : tee.variants) variant.sku = "tee-" + variant.size;
  ASSERT_TRUE(shop->catalog().upsert({tee}).ok());
  const Answer answer = search("red t-shirt", 1);
  ASSERT_EQ(answer.items.size(), 1u);
  ASSERT_EQ(answer.items.front().garment_id, "tee");
  const auto& reasons = answer.items.front().reasons;
  const auto says = std::find_if(reasons.begin(), reasons.end(),
                                 [](const Reason& reason) { return reason.code == ReasonCode::kSaysWords; });
  ASSERT_NE(says, reasons.end());
  EXPECT_EQ(says->args.words, (std::vector<std::string>{"red", "shirt"}));
}

TEST_F(Search, AnotherCurrencyIsNotConverted) {
  const Answer answer = search("dress under 20 USD");
  EXPECT_EQ(answer.query->ignored, std::vector<std::string>{"price"});
  EXPECT_EQ(answer.query->currency, "USD");
  EXPECT_EQ(answer.items.size(), 10u);
}

TEST_F(Search, TheImpossibleIsRelaxedAndSaidSo) {
  const Answer free_one = search("red dress under 2");
  EXPECT_EQ(among(free_one, "dress", "red"), 10u);
  EXPECT_EQ(free_one.query->relaxed, std::vector<std::string>{"price"});
  const Answer never = search("red dress size XXL under 50");
  ASSERT_FALSE(never.items.empty());
  EXPECT_EQ(never.query->relaxed, std::vector<std::string>{"size"});
  for (const AnswerItem& shown : never.items) EXPECT_LE(shown.price, 50);
  const Answer all_refused = search("without clothing, shoes, bags or accessories");
  EXPECT_FALSE(all_refused.items.empty());
  EXPECT_EQ(all_refused.query->relaxed, std::vector<std::string>{"unwanted"});
  const Answer velvet = search("velvet dress");
  EXPECT_TRUE(has(velvet.items.front(), Facet::kCategory, "dress"));
  EXPECT_EQ(velvet.query->relaxed, std::vector<std::string>{"fabric"});
}

// The kind of garment is stronger than its price: the nearest prices above, not other garments below.
TEST_F(Search, AStatedKindIsStrongerThanThePrice) {
  const TermId sneakers = vocabulary.find(Facet::kCategory, "sneakers")->id;
  std::vector<float> prices, others;
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    const ItemFacts& item = snapshot->facts(slot);
    if (item.in_stock) (vocabulary.is_a(item.category, sneakers) ? prices : others).push_back(item.price);
  }
  std::sort(prices.begin(), prices.end());
  const int limit = static_cast<int>(prices.front()) - 1;
  ASSERT_LT(*std::min_element(others.begin(), others.end()), static_cast<float>(limit));
  const Answer answer = search(fmt::format("sneakers under {}", limit));
  ASSERT_EQ(answer.items.size(), 10u);
  EXPECT_EQ(answer.query->relaxed, std::vector<std::string>{"price"});
  for (const AnswerItem& shown : answer.items) {
    EXPECT_TRUE(has(shown, Facet::kCategory, "sneakers")) << shown.garment_id;
    EXPECT_LE(shown.price, static_cast<double>(prices[9])) << shown.garment_id;
  }
  // What the shop does not sell at all is not waited for: the price holds.
  const Answer never = search("wedding dress under 50");
  for (const AnswerItem& shown : never.items) EXPECT_LE(shown.price, 50);
}

TEST_F(Search, AnOccasionAsksForWhatIsWornFirst) {
  std::vector<Garment> for_work;
  for (size_t i = 0; i < 8; ++i) {
    Garment garment = searched_garment(1000 + i);
    const bool worn = i % 2 == 0;
    garment.title = worn ? "Pleated trousers" : "Smart casual handbag";
    garment.category = worn ? "Trousers" : "Bags/Handbags";
    garment.supplier_attributes["occasion"] = {"Work"};
    for_work.push_back(std::move(garment));
  }
  ASSERT_TRUE(shop->catalog().upsert(std::move(for_work)).ok());
  snapshot = shop->catalog().view().snapshot();
  const Answer answer = search("smart casual", 8);
  ASSERT_EQ(answer.items.size(), 8U);
  for (size_t i = 0; i < 8; ++i) {
    EXPECT_TRUE(has(answer.items[i], Facet::kOccasion, "work")) << answer.items[i].title;
    EXPECT_EQ(has(answer.items[i], Facet::kCategory, "pants"), i < 4) << answer.items[i].title;
  }
}

TEST_F(Search, AnOccasionThatNothingNamesIsToldByKind) {
  std::vector<Garment> more;
  for (size_t i = 0; i < 8; ++i) {
    Garment garment = searched_garment(1100 + i);
    garment.title = i % 2 == 0 ? "Bikini" : "Suit";
    garment.category = i % 2 == 0 ? "Women/Swimwear/Bikinis" : "Men/Suits";
    more.push_back(std::move(garment));
  }
  ASSERT_TRUE(shop->catalog().upsert(std::move(more)).ok());
  snapshot = shop->catalog().view().snapshot();
  const Answer beach = search("beach", 4), ball = search("something for a gala", 4);
  ASSERT_EQ(beach.items.size(), 4U);
  for (const AnswerItem& shown : beach.items)
    EXPECT_TRUE(has(shown, Facet::kCategory, "swimwear")) << shown.title;
  ASSERT_EQ(ball.items.size(), 4U);
  for (const AnswerItem& shown : ball.items)
    EXPECT_TRUE(has(shown, Facet::kCategory, "suits")) << shown.title;
  for (const AnswerItem& shown : search("job interview", 40).items)
    EXPECT_FALSE(has(shown, Facet::kCategory, "swimwear")) << shown.title;
}

TEST_F(Search, TheNearestColourComesFirstWhereNoneIsAsAsked) {
  std::vector<Garment> coats;
  size_t number = 2000;
  for (const char* colour : {"Emerald", "Burgundy", "Sky blue"}) {
    Garment garment = searched_garment(number++);
    garment.title = "Coat";
    garment.category = "Women/Coats";
    for (Variant& variant : garment.variants) variant.colour = colour;
    coats.push_back(std::move(garment));
  }
  ASSERT_TRUE(shop->catalog().upsert(std::move(coats)).ok());
  const Answer answer = search("red coat", 3);
  ASSERT_FALSE(answer.items.empty());
  EXPECT_EQ(answer.items.front().colour, "Burgundy");
}

TEST_F(Search, AColourAloneMeansPlainGarmentsFirst) {
  const auto answer = search("white shirt", 40);
  bool patterned = false;
  for (const AnswerItem& shown : answer.items) {
    if (!has(shown, Facet::kCategory, "shirt") || !has(shown, Facet::kColour, "white")) break;
    const bool now = has(shown, Facet::kPattern, "striped") || has(shown, Facet::kPattern, "floral");
    EXPECT_TRUE(now || !patterned) << shown.title;
    patterned = patterned || now;
  }
  EXPECT_TRUE(patterned);
}

TEST_F(Search, WhereNoSuitIsSoldItsPartsAreShown) {
  Garment blazer = searched_garment(3000);
  blazer.title = "Wool blazer";
  blazer.category = "Men/Blazers";
  ASSERT_TRUE(shop->catalog().upsert({std::move(blazer)}).ok());
  const Answer answer = search("suit", 3);
  ASSERT_FALSE(answer.items.empty());
  EXPECT_EQ(answer.items.front().title, "Wool blazer");
}

TEST_F(Search, AReasonNamesWhatAnotherLanguageSaid) {
  const Answer answer = search("rotes Leinenkleid");
  ASSERT_FALSE(answer.items.empty());
  const auto& reasons = answer.items.front().reasons;
  const auto asked = std::find_if(reasons.begin(), reasons.end(),
                                  [](const Reason& reason) { return reason.code == ReasonCode::kAskedFor; });
  ASSERT_NE(asked, reasons.end());
  EXPECT_EQ(asked->args.terms, (std::vector<std::string>{"Red", "Dress", "Linen"}));
  const Answer same_words = search("red linen dress");
  for (const Reason& reason : same_words.items.front().reasons) EXPECT_NE(reason.code, ReasonCode::kAskedFor);
}

TEST_F(Search, SaysWhatItUnderstoodAndMended) {
  const Answer answer = search("linnen dres without pockets under 50");
  ASSERT_TRUE(answer.query.has_value());
  EXPECT_EQ(answer.query->corrected, "linen dress without pockets under 50");
  EXPECT_EQ(answer.query->price_max, 50);
  ASSERT_EQ(answer.query->terms.size(), 3u);
  EXPECT_EQ(answer.query->terms[0].term, "linen");
  EXPECT_EQ(answer.query->terms[1].term, "dress");
  EXPECT_EQ(answer.query->terms[2].facet, "word");
  EXPECT_FALSE(answer.query->terms[2].wanted);
  EXPECT_FALSE(search("red dress").query->corrected.has_value());
}

TEST_F(Search, ReasonsOfManyQueriesAreTrue) {
  std::map<std::string, int> said;
  for (const char* query :
       {"red dress", "linnen dres", "robe rouge", "赤いワンピース", "빨간 원피스", "jacket without leather",
        "rotes Kleid", "striped shirt under 60", "black boots not leather", "floral scarf for women",
        "navy trousers for men", "robe sans fleurs"}) {
    const Answer answer = search(query, 20);
    const std::string text = answer.query->text;
    for (const AnswerItem& shown : answer.items) {
      const Item& item = item_of(shown);
      ReasonFacts facts{.vocabulary = vocabulary, .item = item.facts};
      facts.query_words = said_words(text);
      for (const QueryTerm& term : answer.query->terms)
        for (size_t f = 0; f < kFacetCount && term.wanted; ++f)
          if (const Term* known = vocabulary.find(static_cast<Facet>(f), term.term);
              known != nullptr && name_of(known->facet) == term.facet)
            facts.query_terms.push_back(known->id);
      for (const QueryTerm& term : answer.query->terms)
        if (!term.wanted)
          for (const auto& word : said_words(term.words)) facts.query_words.erase(word);
      const auto garment = item.garment.read();
      std::string words = garment->title + " " + item.colour + " " + garment->description;
      for (const Attribute& attribute : garment->attributes)
        words += " " + attribute.term + " " + attribute.word;
      facts.item_words = said_words(words);
      facts.query_likeness =
          1;  // other texts than the query's are compared; reasons_test holds it to the query
      for (const Reason& reason : shown.reasons) {
        ++said[std::string(name_of(reason.code))];
        EXPECT_TRUE(is_true(reason, facts)) << query << ": " << name_of(reason.code) << " of " << shown.title;
      }
    }
  }
  EXPECT_GT(said["says_words"], 50);
}

// Of every garment: its similar ones are comparable, for the same wearers, and of its colour while there are
// some.
TEST_F(Search, SimilarKeepsToComparableKinds) {
  const auto department_of = [&](const ItemFacts& facts) {
    return facts.department == kNoTerm ? std::string() : vocabulary.term(facts.department).name;
  };
  const auto is_for_children = [&](const ItemFacts& facts) {
    return facts.department != kNoTerm && is_childrens(vocabulary.term(facts.department));
  };
  for (size_t number = 0; number < 480; ++number) {
    const Garment asked = searched_garment(number);
    const auto answer = shop->search().similar(
        {.garment_id = asked.id, .colour = "", .count = 6, .shopper_id = "", .filter = {}});
    ASSERT_TRUE(answer.ok());
    EXPECT_FALSE(answer->items.empty()) << asked.id;
    const ItemFacts& facts = snapshot->facts(shop->catalog().view().slots(asked.id).front());
    bool same_colour = true;
    for (const AnswerItem& shown : answer->items) {
      const Item& other = item_of(shown);
      EXPECT_TRUE(comparable(facts, other.facts, vocabulary)) << asked.title << " and " << shown.title;
      if (facts.department != kNoTerm) {
        EXPECT_EQ(is_for_children(facts), is_for_children(other.facts))
            << asked.id << " " << shown.garment_id;
      }
      if (const auto own = department_of(facts); own == "women" || own == "men") {
        EXPECT_TRUE(department_of(other.facts) == own || department_of(other.facts) == "unisex")
            << asked.id << " " << shown.garment_id;
      }
      if (other.facts.category == facts.category) {
        EXPECT_TRUE(same_colour || other.facts.colour != facts.colour) << asked.id << " " << shown.garment_id;
        same_colour = other.facts.colour == facts.colour;
      }
    }
  }
}

}  // namespace
}  // namespace modiste
