// What a shopper vetoed is in no list, whatever else is asked.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/rng.h"
#include "small_shop.h"

namespace modiste {
namespace {

Identifier vetoing(std::string id) { return {IdentifierKind::kUser, std::move(id)}; }

// What a garment of the test is, in the vocabulary's words; the oracle does not ask the catalog.
struct VetoedKind {
  std::vector<std::string> categories;  // its own and those above it
  std::string path;                     // as a shop writes it
};
const std::vector<VetoedKind> kVetoedKinds{{{"dress", "dresses"}, "Women/Dresses"},
                                           {{"shirt", "tops"}, "Women/Tops/Shirts"},
                                           {{"sneakers", "shoes"}, "Women/Shoes/Sneakers"},
                                           {{"coat", "outerwear"}, "Women/Outerwear/Coats"}};
const std::vector<std::string> kVetoedColours{"red", "navy", "white"};
const std::vector<std::string> kVetoedFabrics{"leather", "cotton", "linen"};
const std::vector<std::string> kVetoedBrands{"Fleur", "Uni", "Acme & Sons"};

struct Sold {
  size_t kind = 0;
  std::string fabric, brand;
};

template <class List>
const auto& pick(const List& list, Rng& rng) {
  return list[rng.below(list.size())];
}

class Vetoing : public testing::Test {
 protected:
  void stock(Rng& rng, int count) {
    std::vector<Garment> garments;
    for (int i = 0; i < count; ++i) {
      Sold one{rng.below(kVetoedKinds.size()), pick(kVetoedFabrics, rng), pick(kVetoedBrands, rng)};
      Garment garment;
      garment.id = fmt::format("V{}", i);
      garment.title = fmt::format("{} {}", one.fabric, kVetoedKinds[one.kind].categories.front());
      garment.brand = one.brand;
      garment.category = kVetoedKinds[one.kind].path;
      garment.department = "Women";
      garment.supplier_attributes["material"] = {one.fabric};
      for (const auto& colour : kVetoedColours)
        if (rng.chance(0.5) || colour == "red")
          garment.variants.push_back(
              {garment.id + colour, "M", colour, 20.0 + static_cast<double>(rng.below(80)), {}, {}, 3});
      sold[garment.id] = std::move(one);
      garments.push_back(std::move(garment));
    }
    const auto upserted = shop->catalog().upsert(std::move(garments));
    ASSERT_TRUE(upserted.ok());
  }

  [[nodiscard]] bool is_vetoed(const AnswerItem& item, const Vetoes& vetoes) const {
    const auto has = [](const std::vector<std::string>& list, const std::string& name) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    const Sold& one = sold.at(item.garment_id);
    const auto& categories = kVetoedKinds[one.kind].categories;
    return has(vetoes.brands, one.brand) || has(vetoes.fabrics, one.fabric) ||
           has(vetoes.colours, item.colour) ||
           std::any_of(categories.begin(), categories.end(),
                       [&](const auto& category) { return has(vetoes.categories, category); });
  }

  void expect_none(const Result<Answer>& answer, const Vetoes& vetoes, std::string_view list) {
    ASSERT_TRUE(answer.ok()) << answer.error().message();
    shown += answer->items.size();
    for (const auto& item : answer->items)
      EXPECT_FALSE(is_vetoed(item, vetoes))
          << list << ": " << item.garment_id << " " << item.colour << " of " << to_json_text(vetoes);
  }

  [[nodiscard]] Result<Answer> similar_to(const std::string& id) {
    SimilarRequest request;
    request.garment_id = id;
    request.count = 20;
    request.shopper_id = "ada";
    return shop->search().similar(request);
  }
  [[nodiscard]] Result<Answer> found(const std::string& query) {
    SearchRequest request;
    request.query = query;
    request.count = 60;
    request.shopper_id = "ada";
    return shop->search().by_words(request);
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
  std::map<std::string, Sold> sold;
  size_t shown = 0;
};

Vetoes random_vetoes(Rng& rng) {
  Vetoes vetoes;
  if (rng.chance(0.5)) vetoes.categories.push_back(pick(pick(kVetoedKinds, rng).categories, rng));
  if (rng.chance(0.5)) vetoes.colours.push_back(pick(kVetoedColours, rng));
  if (rng.chance(0.5)) vetoes.fabrics.push_back(pick(kVetoedFabrics, rng));
  if (rng.chance(0.5)) vetoes.brands.push_back(pick(kVetoedBrands, rng));
  return vetoes;
}

RecommendRequest random_request(Rng& rng) {
  RecommendRequest request;
  request.shopper_id = "ada";
  request.count = 1 + static_cast<int>(rng.below(30));
  request.seed = static_cast<uint32_t>(rng.below(1'000));
  request.deck = rng.chance(0.3);
  if (rng.chance(0.4)) request.filter.categories = {pick(pick(kVetoedKinds, rng).categories, rng)};
  if (rng.chance(0.3)) request.filter.colours = {pick(kVetoedColours, rng)};
  if (rng.chance(0.3)) request.filter.brands = {pick(kVetoedBrands, rng)};
  if (rng.chance(0.3)) request.filter.price_max = 20.0 + static_cast<double>(rng.below(60));
  if (rng.chance(0.3)) {
    request.context.emplace();
    request.context->occasion = Occasion::kParty;
  }
  return request;
}

class AnyVetoes : public Vetoing, public testing::WithParamInterface<uint64_t> {};

TEST_P(AnyVetoes, HoldInEveryList) {
  Rng rng(GetParam());
  stock(rng, 60);
  std::vector<std::string> ids;
  for (const auto& [id, one] : sold) ids.push_back(id);
  for (int act = 0; act < 15; ++act)
    send(*shop, make_event(rng.chance(0.6) ? EventType::kLike : EventType::kPass, "ada", pick(ids, rng)));
  if (rng.chance(0.5)) {
    Event quiz = make_event(EventType::kQuiz, "ada", "");
    quiz.quiz.emplace();
    quiz.quiz->colours = {"red"};
    quiz.quiz->sizes = {"M"};
    quiz.quiz->budget_max = 40;
    send(*shop, quiz);
  }
  const Vetoes vetoes = random_vetoes(rng);
  const auto stated = shop->shoppers().set_vetoes(vetoing("ada"), vetoes);
  ASSERT_TRUE(stated.ok()) << stated.error().message();
  EXPECT_EQ(*stated, vetoes);
  for (int i = 0; i < 12; ++i) {
    expect_none(shop->recommender().recommend(random_request(rng)), vetoes, "recommendations");
    expect_none(similar_to(pick(ids, rng)), vetoes, "similar");
    expect_none(found("something for the weekend"), vetoes, "search");
  }
  EXPECT_GT(shown, 20U) << "the lists are not empty";
}
INSTANTIATE_TEST_SUITE_P(Seeds, AnyVetoes, testing::Range<uint64_t>(1, 9));

TEST_F(Vetoing, ASearchThatNamesAVetoedThingIsTheShoppersOwnWord) {
  Rng rng(3);
  stock(rng, 60);
  ASSERT_TRUE(
      shop->shoppers()
          .set_vetoes(vetoing("ada"),
                      {.categories = {}, .colours = {}, .fabrics = {"leather"}, .brands = {"acme & sons"}})
          .ok());
  const auto fabrics_of = [&](const std::string& query) {
    const auto answer = found(query);
    std::set<std::string> seen;
    for (const auto& item : answer->items)
      seen.insert(sold.at(item.garment_id).fabric + "/" + sold.at(item.garment_id).brand);
    return seen;
  };
  EXPECT_TRUE(fabrics_of("Leather dress").contains("leather/Fleur"));
  EXPECT_FALSE(fabrics_of("Leather dress").contains("leather/Acme & Sons"));
  EXPECT_FALSE(fabrics_of("dress without leather").contains("leather/Fleur"));
  EXPECT_TRUE(fabrics_of("linen from acme & sons").contains("linen/Acme & Sons"));
  EXPECT_FALSE(fabrics_of("linen dress").contains("linen/Acme & Sons"));
}

TEST_F(Vetoing, TheLatestVetoesReplaceThoseBefore) {
  Rng rng(4);
  stock(rng, 20);
  Event quiz = make_event(EventType::kQuiz, "ada", "");
  quiz.quiz.emplace();
  quiz.quiz->vetoes = Vetoes{.categories = {"shoes"}, .colours = {}, .fabrics = {}, .brands = {}};
  send(*shop, quiz);
  EXPECT_EQ(shop->shoppers().vetoes(vetoing("ada")).categories, std::vector<std::string>{"shoes"});
  // A quiz that does not ask leaves them alone; so does what else the shopper does.
  Event again = make_event(EventType::kQuiz, "ada", "");
  again.quiz.emplace();
  again.quiz->colours = {"navy"};
  send(*shop, again);
  send(*shop, make_event(EventType::kLike, "ada", "V1"));
  EXPECT_EQ(shop->shoppers().vetoes(vetoing("ada")).categories, std::vector<std::string>{"shoes"});
  Event changed = make_event(EventType::kVetoes, "ada", "");
  changed.vetoes = Vetoes{.categories = {}, .colours = {"red"}, .fabrics = {}, .brands = {"Not Yet Sold"}};
  send(*shop, changed);
  EXPECT_EQ(shop->shoppers().vetoes(vetoing("ada")), *changed.vetoes);
  // They outlast a restart, are exported, and an undo of the like before them leaves them.
  shop = stores.open();
  EXPECT_EQ(shop->shoppers().vetoes(vetoing("ada")), *changed.vetoes);
  const auto exported = shop->shoppers().export_shopper(vetoing("ada"));
  ASSERT_TRUE(exported.ok());
  EXPECT_EQ(exported->style.vetoes, *changed.vetoes);
  ASSERT_TRUE(shop->shoppers().set_vetoes(vetoing("ada"), {}).ok());
  EXPECT_EQ(shop->shoppers().vetoes(vetoing("ada")), Vetoes());
}

TEST_F(Vetoing, ABrandVetoedBeforeItIsSoldIsNeverShown) {
  ASSERT_TRUE(
      shop->shoppers()
          .set_vetoes(vetoing("ada"), {.categories = {}, .colours = {}, .fabrics = {}, .brands = {"fleur"}})
          .ok());
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  for (const auto& id : recommended(*shop, "ada")) EXPECT_EQ((id.back() - '0') % 2, 1) << id;
}

TEST_F(Vetoing, ABrandIsOneHoweverItsNameIsTyped) {
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  const auto brand = shop->catalog().view().brand("Fleur");
  ASSERT_TRUE(brand && *brand != 0);
  for (const char* name : {"FLEUR", " fleur", "Fleur\u00a0", "Fl\u00e9ur", "\uff26leur"})
    EXPECT_EQ(shop->catalog().view().brand(name), brand) << name;
}

TEST_F(Vetoing, AnErasedShopperHasNone) {
  Rng rng(5);
  stock(rng, 10);
  ASSERT_TRUE(
      shop->shoppers()
          .set_vetoes(vetoing("ada"), {.categories = {"shoes"}, .colours = {}, .fabrics = {}, .brands = {}})
          .ok());
  ASSERT_TRUE(shop->shoppers().erase(vetoing("ada")).ok());
  EXPECT_EQ(shop->shoppers().vetoes(vetoing("ada")), Vetoes());
}

TEST_F(Vetoing, AnUnknownNameIsRefusedWithItsPlace) {
  const auto refused = shop->shoppers().set_vetoes(
      vetoing("ada"), {.categories = {"shoes", "frockery"}, .colours = {}, .fabrics = {}, .brands = {}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, "/categories/1");
  EXPECT_EQ(shop->shoppers().vetoes(vetoing("ada")), Vetoes());
}

}  // namespace
}  // namespace modiste
