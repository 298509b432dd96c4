// Every reason of a thousand answers is true. Each is held against its predicate
// (serving/request/reason_rules.h) with facts that the test keeps itself: what it sent, and what the catalog
// holds.
#include "serving/request/reason_rules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "outfits/explicit_compatibility.h"
#include "serving/answer/completability.h"
#include "serving/request/outfit_looks.h"
#include "small_shop.h"

namespace modiste {
namespace {

using std::chrono::hours;

struct Kind {
  const char *title, *category, *fabric;
};
constexpr std::array<Kind, 8> kKinds{{{"floral dress", "Women/Dresses", "Viscose"},
                                      {"plain shirt", "Women/Tops/Shirts", "Cotton"},
                                      {"ankle boots", "Women/Shoes/Boots", "Leather"},
                                      {"leather bag", "Women/Bags", "Leather"},
                                      {"wool coat", "Women/Coats", "Wool"},
                                      {"linen trousers", "Women/Trousers", "Linen"},
                                      {"training shorts", "Women/Shorts", "Polyester"},
                                      {"silk scarf", "Women/Accessories/Scarves", "Silk"}}};
constexpr std::array kColours{"Red", "Navy", "Olive", "Black", "White"};
constexpr std::array kBrands{"Fleur", "Uni", "Nordlys"};

Garment garment_of(size_t number, TimePoint opened) {
  const Kind& kind = kKinds[number % kKinds.size()];
  const char* colour = kColours[number % kColours.size()];
  Garment garment;
  garment.id = fmt::format("G{}", number);
  garment.title = fmt::format("{} {}", kind.title, colour);
  garment.brand = kBrands[number / 3 % kBrands.size()];
  garment.category = kind.category;
  garment.department = "Women";
  garment.supplier_attributes["fabric"] = {kind.fabric};
  garment.created_at = opened - std::chrono::days(number % 7 == 0 ? 3 : 400);
  for (const char* size : {"S", "M", "L"})
    garment.variants.push_back({fmt::format("{}-{}", garment.id, size),
                                size,
                                colour,
                                20.0 + static_cast<double>(number),
                                {},
                                {},
                                3});
  return garment;
}

struct Act {
  std::string garment_id;
  TimePoint at;
  bool positive = false, liked = false;
  EventType type{};
};

struct Shopper {
  std::vector<Act> acts;
  std::vector<TermId> wished_terms;
  std::set<std::string> wished_brands;
  std::set<std::string> bought, owned;  // owned: and not sent back
  bool quiz = false, sized = false;
};

class Reasons : public testing::Test {
 protected:
  Reasons() {
    std::vector<Garment> garments;
    for (size_t i = 0; i < 160; ++i) garments.push_back(garment_of(i, stores.clock.now()));
    EXPECT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
    snapshot = shop->catalog().view().snapshot();
  }

  void act(EventType type, const std::string& who, const std::string& garment) {
    auto event = make_event(type, who, garment);
    if (type == EventType::kProductView) event.dwell_ms = 12'000;
    if (type == EventType::kPurchase) {
      event.sku = garment + "-M";
      event.size = "M";
      shoppers[who].sized = true;
      shoppers[who].bought.insert(garment);
      shoppers[who].owned.insert(garment);
    }
    const bool positive = type != EventType::kPass && type != EventType::kReturn;
    const bool liked = positive && type != EventType::kProductView;
    shoppers[who].acts.push_back({garment, stores.clock.now(), positive, liked, type});
    if (type == EventType::kReturn) {
      event.reason = ReturnReason::kStyle;
      shoppers[who].owned.erase(garment);
    }
    send(*shop, std::move(event));
    stores.clock.advance(std::chrono::seconds(30));
  }

  void answer_quiz(const std::string& who) {
    auto event = make_event(EventType::kQuiz, who, "");
    QuizAnswers& quiz = event.quiz.emplace();
    quiz.departments = {"women"};
    quiz.colours = {"red"};
    quiz.brands = {"Fleur"};
    quiz.sizes = {"M"};
    Shopper& shopper = shoppers[who];
    shopper.wished_terms.push_back(vocabulary.find(Facet::kColour, "red")->id);
    shopper.wished_brands.insert("Fleur");
    shopper.quiz = shopper.sized = true;
    send(*shop, std::move(event));
  }

  const Item& item_of(const std::string& garment_id) const {
    return snapshot->item(shop->catalog().view().slots(garment_id).front());
  }
  float cosine(const Vector& vector, const std::string& garment_id) const {
    const auto embedding = shop->catalog().embeddings().get(item_of(garment_id).facts.slot);
    return embedding == nullptr || vector.empty() ? 0 : dot(vector, embedding->vector);
  }
  Vector vector_of(const std::string& garment_id) const {
    const auto embedding = shop->catalog().embeddings().get(item_of(garment_id).facts.slot);
    return embedding == nullptr ? Vector() : Vector(embedding->vector);
  }

  static bool says_liking(const Act& act) {
    return act.type == EventType::kLike || act.type == EventType::kSave;
  }

  // Latest last, each garment once.
  static std::vector<Act> chosen_by(const Shopper& shopper) {
    std::vector<Act> chosen;
    for (const Act& act : shopper.acts) {
      const auto same = [&](const Act& other) { return other.garment_id == act.garment_id; };
      const auto before = std::find_if(chosen.begin(), chosen.end(), same);
      if (!act.positive) {
        const bool keeps = act.type == EventType::kReturn && before != chosen.end() && says_liking(*before);
        if (before != chosen.end() && !keeps) before->liked = false;
        continue;
      }
      const bool liked = act.liked || (before != chosen.end() && before->liked);
      const bool said = before != chosen.end() && before->liked && says_liking(*before);
      const EventType type = said ? before->type : act.type;
      if (before != chosen.end()) chosen.erase(before);
      chosen.push_back(act);
      chosen.back().liked = liked;
      chosen.back().type = type;
    }
    return chosen;
  }

  void count_others(const std::string& who, const std::string& garment_id, ReasonFacts& facts) const {
    std::set<std::string> mine;
    for (const ChosenFact& one : facts.chosen) mine.insert(one.garment_id);
    for (const auto& [name, shopper] : shoppers) {
      if (name == who) continue;
      bool chose_it = false, shares = false;
      for (const Act& act : chosen_by(shopper)) {
        shares |= mine.contains(act.garment_id);
        if (act.garment_id != garment_id) continue;
        chose_it = true;
        facts.liked_lately_by += act.liked && act.at >= stores.clock.now() - kLikedLately;
      }
      facts.like_minded += chose_it && shares;
    }
  }

  // Shoppers but this one who liked (or bought) both, by the test's own record, which knows no dates of
  // purchases: an upper bound.
  [[nodiscard]] size_t both(const std::string& who, const std::string& a, const std::string& b,
                            bool bought) const {
    size_t count = 0;
    for (const auto& [name, shopper] : shoppers) {
      if (name == who) continue;
      std::set<std::string> chose(shopper.bought.begin(), shopper.bought.end());
      if (!bought)
        for (const Act& act : chosen_by(shopper)) chose.insert(act.garment_id);
      count += chose.contains(a) && chose.contains(b);
    }
    return count;
  }

  // What the shopper bought, by the test's own record, and the rules of outfits.
  void count_owned(const std::string& who, const Item& item, ReasonFacts& facts) const {
    const auto known = shoppers.find(who);
    if (known == shoppers.end()) return;
    const auto look = [&](const Item& of) {
      return wearable_of(of, shop->catalog().embeddings().get(of.facts.slot).get(), vocabulary);
    };
    const auto mine = look(item);
    for (const std::string& id : known->second.owned) {
      OwnedPiece piece;
      piece.item = std::make_shared<Item>(item_of(id));
      piece.look = look(*piece.item);
      const WornBy worn_by{wearers_of_department(item.facts.department, vocabulary), vocabulary};
      if (works_with(mine, worn_by, {&piece, 1}, rules).pieces == 0) continue;
      ++facts.works_with;
      facts.owned_titles.emplace(piece.item->garment.title());
    }
  }

  ReasonFacts facts_of(const std::string& who, const AnswerItem& shown) const {
    const Item& item = item_of(shown.garment_id);
    ReasonFacts facts{.vocabulary = vocabulary, .item = item.facts};
    const auto garment = item.garment.read();
    facts.brand = garment->brand;
    facts.now = stores.clock.now();
    facts.explored = shown.explored;
    if (const auto known = shoppers.find(who); known != shoppers.end()) {
      const Shopper& shopper = known->second;
      const Vector vector = vector_of(shown.garment_id);
      for (const Act& act : chosen_by(shopper)) {
        const Item& other = item_of(act.garment_id);
        const auto chosen = other.garment.read();
        facts.chosen.push_back({act.garment_id, chosen->title, chosen->brand, &other.facts, act.liked,
                                act.liked && says_liking(act), cosine(vector, act.garment_id)});
      }
      facts.wished_terms = shopper.wished_terms;
      facts.wished_brands = shopper.wished_brands;
      facts.known = shopper.quiz || !shopper.acts.empty();
      facts.size_known = shopper.sized;
    }
    count_others(who, shown.garment_id, facts);
    count_owned(who, item, facts);
    facts.fit = shown.fit;
    facts.size = shown.size.value_or("");
    std::string text = garment->title + " " + item.colour + " " + garment->description;
    for (const Attribute& attribute : garment->attributes)
      text += " " + attribute.term + " " + attribute.word;
    facts.item_words = said_words(text);
    return facts;
  }

  // `add` completes the facts by what was asked for.
  template <class Add>
  void check(const std::string& who, const Result<Answer>& answer, const Add& add) {
    ASSERT_TRUE(answer.ok()) << answer.error().message();
    ++answers;
    for (const AnswerItem& shown : answer->items) {
      ReasonFacts facts = facts_of(who, shown);
      add(facts, shown);
      for (const Reason& reason : shown.reasons) {
        ++said[std::string(name_of(reason.code))];
        EXPECT_TRUE(is_true(reason, facts)) << name_of(reason.code) << " said to " << who << " of "
                                            << shown.title << " (" << shown.garment_id << ")";
      }
      if (shown.explored) {
        EXPECT_EQ(shown.reasons.size(), 1u);
      }
    }
  }

  Result<Answer> recommend(const std::string& who, bool deck, const std::optional<RequestContext>& context) {
    RecommendRequest request;
    request.shopper_id = who;
    request.count = 8;
    request.deck = deck;
    request.context = context;
    auto answer = shop->recommender().recommend(request);
    check(who, answer, [&](ReasonFacts& facts, const AnswerItem&) {
      if (context) facts.context = *contexts.infer(*context, {}, *snapshot, stores.clock.now());
    });
    return answer;
  }
  void search(const std::string& who, const std::string& query) {
    const Vector meaning = stores.encoder.encode_texts({&query, 1})->front();
    const auto answer =
        shop->search().by_words({.query = query, .count = 8, .shopper_id = who, .filter = {}});
    std::vector<TermId> terms;  // that the query wants
    for (size_t f = 0; f < kFacetCount && answer.ok(); ++f)
      for (const QueryTerm& term : answer->query->terms)
        if (term.wanted && term.facet == name_of(static_cast<Facet>(f)))
          terms.push_back(vocabulary.find(static_cast<Facet>(f), term.term)->id);
    check(who, answer, [&](ReasonFacts& facts, const AnswerItem& shown) {
      facts.query_words = said_words(query);
      facts.query_terms = terms;
      facts.query_likeness = cosine(meaning, shown.garment_id);
    });
  }
  void similar(const std::string& who, const std::string& garment_id) {
    SimilarRequest request;
    request.garment_id = garment_id;
    request.shopper_id = who;
    request.count = 8;
    const Item& asked = item_of(garment_id);
    check(who, shop->search().similar(request),
          [&](ReasonFacts& facts, const AnswerItem&) { facts.asked_of = &asked.facts; });
  }
  void together(const std::string& who, const std::string& garment_id, TogetherBy by) {
    TogetherRequest request;
    request.garment_id = garment_id;
    request.by = by;
    request.shopper_id = who;
    check(who, shop->search().together(request), [&](ReasonFacts& facts, const AnswerItem& shown) {
      facts.asked_id = garment_id;
      facts.asked_title = item_of(garment_id).garment.title();
      facts.chosen_with = both(who, garment_id, shown.garment_id, false);
      facts.bought_with = both(who, garment_id, shown.garment_id, true);
    });
  }
  void photo(const std::string& who) {
    const RgbImage image{1, 1, {0, 0, 0}};
    const Vector seen = stores.encoder.encode_images({&image, 1})->front().vector;
    check(who, shop->search().by_photo(image, 8, {who, "", ""}),
          [&](ReasonFacts& facts, const AnswerItem& shown) {
            facts.query_likeness = cosine(seen, shown.garment_id);
          });
  }

  // What a shopper of this kind does with an answer.
  void react(const std::string& who, size_t kind, const Answer& answer) {
    for (const AnswerItem& shown : answer.items) {
      const bool dear = shown.title.find("dress") != std::string::npos || shown.brand == "Uni";
      if (kind == 1 && dear) act(EventType::kLike, who, shown.garment_id);
      if (kind == 2) act(EventType::kPass, who, shown.garment_id);
      if (kind == 3 && dear && shown.position < 2) act(EventType::kPurchase, who, shown.garment_id);
      if (kind == 3 && dear && shown.position == 1) act(EventType::kReturn, who, shown.garment_id);
      if (kind == 5) act(dear ? EventType::kSave : EventType::kPass, who, shown.garment_id);
      if (kind == 6 && shown.position < 3) act(EventType::kProductView, who, shown.garment_id);
    }
  }

  const Vocabulary& vocabulary = Vocabulary::standard();
  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
  RequestContexts contexts{vocabulary, nullptr};
  const outfits::ExplicitCompatibility rules{vocabulary};
  std::shared_ptr<const CatalogSnapshot> snapshot;
  std::map<std::string, Shopper> shoppers;
  std::map<std::string, int> said;
  int answers = 0;
};

// Shoppers by number % 7: newcomers, only likes, only passes, only purchases, only the quiz, saves and
// passes, only looks.
TEST_F(Reasons, AreTrueInAThousandAnswers) {
  constexpr size_t kShoppers = 28;
  constexpr std::array<const char*, 4> kQueries{"red leather boots", "wool coat without silk",
                                                "rain shorts for training", "linen"};
  for (size_t i = 4; i < kShoppers; i += 7) answer_quiz(fmt::format("shopper {}", i));
  for (size_t round = 0; answers < 1'000; ++round) {
    for (size_t i = 0; i < kShoppers; ++i) {
      const std::string who = fmt::format("shopper {}", i);
      const std::string asked = fmt::format("G{}", (round * 31 + i) % 160);
      std::optional<RequestContext> context;
      if (round % 2 == 1) {
        context.emplace();
        context->occasion = static_cast<Occasion>((round + i) % kOccasionCount);
        context->weather = Weather{static_cast<double>(i) - 5};
      }
      const auto answer = recommend(who, round % 3 == 2, context);
      if (round % 4 == 0) search(who, kQueries[(i + round / 4) % kQueries.size()]);
      if (round % 4 == 1) similar(who, asked);
      if (round % 4 == 3 && answer.ok() && !answer->items.empty())
        together(who, answer->items.front().garment_id,
                 i % 2 == 0 ? TogetherBy::kChosen : TogetherBy::kBought);
      if (round % 4 == 2 && i % 4 == 0) photo(who);
      if (answer.ok() && round % 3 == 0) react(who, i % 7, *answer);
    }
    stores.clock.advance(hours(20));
  }
  for (const char* code :
       {"likes_terms", "looks_like_liked", "liked_brand", "like_minded", "for_occasion", "explored",
        "usual_size", "works_with_owned", "says_words", "shares_terms", "first_look", "chosen_with"})
    EXPECT_GT(said[code], 0) << code;
  for (const auto& [code, times] : said) RecordProperty(code, times);
}

TEST_F(Reasons, AskNobodyToLikeWhatTheySentBackOrOnlyLookedAt) {
  // Two dresses of one look: one is bought and sent back, the other is offered.
  act(EventType::kPurchase, "bea", "G0");
  act(EventType::kReturn, "bea", "G0");
  for (const char* looked_at : {"G3", "G12", "G21", "G30", "G39"})
    for (int i = 0; i < 3; ++i) act(EventType::kProductView, "bea", looked_at);
  const auto answer = recommend("bea", false, std::nullopt);
  ASSERT_TRUE(answer.ok());
  for (const AnswerItem& shown : answer->items)
    for (const Reason& reason : shown.reasons)
      EXPECT_TRUE(reason.code != ReasonCode::kLooksLikeLiked && reason.code != ReasonCode::kLikedBrand)
          << name_of(reason.code) << " of " << shown.title;
}

TEST_F(Reasons, NothingIsLikedByWhoPassedEverything) {
  for (int round = 0; round < 6; ++round) {
    const auto answer = recommend("no", true, std::nullopt);
    ASSERT_TRUE(answer.ok());
    react("no", 2, *answer);
  }
  const auto answer = recommend("no", false, std::nullopt);
  for (const AnswerItem& shown : answer->items)
    for (const Reason& reason : shown.reasons)
      EXPECT_TRUE(reason.code == ReasonCode::kExplored || reason.code == ReasonCode::kNewArrival)
          << name_of(reason.code);
  const auto style = shop->shoppers().style({IdentifierKind::kUser, "no"});
  EXPECT_GT(style.passes, 0);
  EXPECT_FALSE(style.price_typical.has_value());
  EXPECT_TRUE(style.aesthetics.empty());
  EXPECT_TRUE(style.palette.empty());
  EXPECT_TRUE(style.liked.empty());
  for (const Affinity& affinity : style.affinities) EXPECT_LE(affinity.score, 0) << affinity.term;
  for (const auto& [brand, score] : style.brands) EXPECT_LE(score, 0) << brand;
}

}  // namespace
}  // namespace modiste
