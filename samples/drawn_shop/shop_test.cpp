#include "drawn_shop/shop.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/text.h"
#include "catalog/normaliser.h"
#include "drawn_shop/brands.h"
#include "drawn_shop/dyes.h"
#include "drawn_shop/kinds.h"
#include "vocabulary/size.h"

namespace modiste::drawn_shop {
namespace {

const Shop& shop() {
  static const Shop kShop = draw_shop({.garments = 700, .seed = 7});
  return kShop;
}

std::string text_of(const Shop& of) {
  std::string text;
  for (const auto& g : of.garments) {
    text += to_json_text(g.garment) + "\n";
    for (const auto& picture : g.pictures) text += picture.svg;
  }
  for (const auto& outfit : of.outfits) text += to_json_text(outfit) + "\n";
  return text;
}

TEST(Shop, IsTheSameForTheSameSeed) {
  const ShopOptions options{.garments = 60, .seed = 21};
  EXPECT_EQ(text_of(draw_shop(options)), text_of(draw_shop(options)));
  EXPECT_NE(text_of(draw_shop(options)), text_of(draw_shop({.garments = 60, .seed = 22})));
}

TEST(Shop, AGarmentDoesNotDependOnHowManyFollow) {
  const Shop small = draw_shop({.garments = 20, .seed = 3, .outfits_per_garment = 0});
  const Shop large = draw_shop({.garments = 40, .seed = 3, .outfits_per_garment = 0});
  for (size_t i = 0; i < small.garments.size(); ++i)
    EXPECT_EQ(to_json_text(small.garments[i].garment), to_json_text(large.garments[i].garment));
}

TEST(Shop, EveryGarmentIsValidAndRoundTrips) {
  std::set<std::string> ids, skus;
  for (const auto& [garment, pictures] : shop().garments) {
    const auto valid = validate(garment);
    ASSERT_TRUE(valid.ok()) << garment.id << ": " << valid.error().message();
    EXPECT_TRUE(ids.insert(garment.id).second);
    for (const auto& v : garment.variants) EXPECT_TRUE(skus.insert(v.sku).second) << v.sku;
    const auto back = from_json_text<Garment>(to_json_text(garment));
    ASSERT_TRUE(back.ok()) << back.error().message();
    EXPECT_EQ(to_json_text(*back), to_json_text(garment));
  }
}

TEST(Shop, EveryColourHasOnePictureAndVariants) {
  for (const auto& [garment, pictures] : shop().garments) {
    ASSERT_EQ(garment.images.size(), pictures.size());
    ASSERT_GE(pictures.size(), 1U);
    ASSERT_LE(pictures.size(), 4U);
    std::set<std::string> shown, sold;
    for (size_t i = 0; i < pictures.size(); ++i) {
      EXPECT_EQ(garment.images[i].url, pictures[i].file);
      shown.insert(garment.images[i].colour);
      EXPECT_LT(pictures[i].svg.size(), 40'000U) << pictures[i].file;
    }
    for (const auto& v : garment.variants) sold.insert(v.colour);
    EXPECT_EQ(shown, sold) << garment.id;
  }
}

TEST(Shop, SizesParse) {
  for (const auto& [garment, pictures] : shop().garments) {
    const bool shoes = garment.category.find("/Shoes/") != std::string::npos,
               women = garment.department == "Women";
    const SizeChart chart = shoes ? (women ? SizeChart::kShoesWomen : SizeChart::kShoesMen)
                                  : (women ? SizeChart::kWomen : SizeChart::kMen);
    for (const auto& v : garment.variants)
      EXPECT_TRUE(parse_size(v.size, chart).has_value()) << garment.id << " " << v.size;
  }
}

TEST(Shop, EveryWordIsUnderstood) {
  const Normaliser normaliser(Vocabulary::standard());
  for (const auto& drawn : shop().garments) {
    Garment garment = drawn.garment;
    normaliser.normalise(garment);
    std::set<Facet> known;
    const Term* category = nullptr;
    for (const auto& a : garment.attributes) {
      if (a.facet == Facet::kCategory) category = Vocabulary::standard().find(a.facet, a.term);
      EXPECT_NE(a.term, "unknown") << garment.id << " " << name_of(a.facet) << " '" << a.word << "'";
      known.insert(a.facet);
    }
    ASSERT_NE(category, nullptr) << garment.id << " '" << garment.title << "' lacks a category";
    for (const Facet facet : {Facet::kDepartment, Facet::kColour, Facet::kPattern, Facet::kFabric,
                              Facet::kSeason, Facet::kAesthetic})
      EXPECT_TRUE(known.contains(facet) || !category->possible.test(static_cast<size_t>(facet)))
          << garment.id << " '" << garment.title << "' lacks " << name_of(facet);
  }
}

// The shop's own roles and those of the vocabulary's categories agree, but for what is worn over a top and
// under a coat, which this shop sells as tops and as coats.
TEST(Shop, RolesAreTheVocabularys) {
  const Normaliser normaliser(Vocabulary::standard());
  for (size_t i = 0; i < drawing::kKindCount; ++i) {
    const KindMarket& kind = market_of(static_cast<drawing::Kind>(i));
    const Match match = normaliser.match(Facet::kCategory, ascii_lower(kind.noun));
    ASSERT_NE(match.term, nullptr) << kind.noun;
    const bool layer = kind.role == OutfitRole::kTop || kind.role == OutfitRole::kOuter;
    EXPECT_TRUE(match.term->role == kind.role || (layer && match.term->role == OutfitRole::kMidLayer))
        << kind.noun << " is " << name_of(match.term->role);
  }
}

TEST(Shop, DyesLookLikeTheirNames) {
  const Normaliser normaliser(Vocabulary::standard());
  for (const Dye& d : dyes()) EXPECT_NE(normaliser.match(Facet::kColour, d.name).term, nullptr) << d.name;
  // A name and its look may be neighbours ("Cognac" between brown and rust) but not strangers.
  for (const Dye& d : dyes()) {
    const Match match = normaliser.match(Facet::kColour, d.name);
    if (match.term == nullptr || !match.term->lab) continue;
    const Lab& anchor = *match.term->lab;
    EXPECT_LT(std::abs(anchor.l - d.ink.lab.l), 34) << d.name;
  }
}

TEST(Shop, SellsEverythingToEverybody) {
  std::map<std::string, int> menus, departments, made_by;
  std::map<std::string, std::map<std::string, int>> menu_of_brand;
  for (const auto& [garment, pictures] : shop().garments) {
    const std::string menu = garment.category.substr(garment.category.find('/') + 1);
    ++menus[menu], ++departments[garment.department], ++made_by[garment.brand],
        ++menu_of_brand[garment.brand][menu];
  }
  EXPECT_GE(menus.size(), 40U);
  EXPECT_EQ(made_by.size(), brands().size());
  for (const auto& [brand, count] : made_by) EXPECT_GE(count, 30) << brand;
  for (const char* department : {"Women", "Men", "Unisex"})
    EXPECT_GE(departments[department], 30) << department;
  // Distinct: what one is known for, another does not make.
  EXPECT_GT(menu_of_brand["Marisette"]["Dresses"], 3 * menu_of_brand["Kerbside"]["Dresses"]);
  EXPECT_EQ(menu_of_brand["Fellmark"]["Shoes/Heels"], 0);
  EXPECT_EQ(menu_of_brand["Solenne"]["Tops/Hoodies"], 0);
}

TEST(Shop, BrandsDifferInPrice) {
  std::map<std::string, std::vector<double>> prices;
  for (const auto& [garment, pictures] : shop().garments) {
    const auto& v = garment.variants[0];
    prices[garment.brand].push_back(v.list_price.value_or(v.price));
  }
  const auto median = [&](const char* brand) {
    auto& list = prices[brand];
    std::nth_element(list.begin(), list.begin() + static_cast<ptrdiff_t>(list.size() / 2), list.end());
    return list[list.size() / 2];
  };
  EXPECT_GT(median("Solenne"), 1.5 * median("Marisette"));
  EXPECT_GT(median("Aldwych & Rowe"), 1.4 * median("Kerbside"));
}

TEST(Shop, ShelvesAreRealistic) {
  int variants = 0, sold_out = 0, reduced = 0, gone = 0;
  for (const auto& [garment, pictures] : shop().garments) {
    int stock = 0;
    for (const auto& v : garment.variants) {
      ++variants, sold_out += v.stock == 0, stock += v.stock;
      ASSERT_TRUE(v.margin.has_value());
      if (v.list_price) {
        EXPECT_LT(v.price, *v.list_price);
        EXPECT_GT(v.price, 0.4 * *v.list_price);
      }
    }
    reduced += garment.variants[0].list_price.has_value(), gone += stock == 0;
    ASSERT_TRUE(garment.created_at.has_value());
    EXPECT_LE(*garment.created_at, ShopOptions{}.newest);
  }
  EXPECT_GT(sold_out, variants / 12);
  EXPECT_LT(sold_out, variants / 3);
  EXPECT_GT(reduced, static_cast<int>(shop().garments.size()) / 12);
  EXPECT_GT(gone, 5);
  EXPECT_LT(gone, 70);
}

TEST(Shop, CopyIsWrittenOut) {
  std::set<std::string> titles;
  for (const auto& [garment, pictures] : shop().garments) {
    EXPECT_EQ(garment.title.find('{'), std::string::npos) << garment.title;
    EXPECT_EQ(garment.description.find_first_of("{}"), std::string::npos) << garment.description;
    for (const char* slip : {" a a", " a e", "  ", " a i", "..", " an j"})
      EXPECT_EQ(garment.description.find(slip), std::string::npos) << garment.description;
    EXPECT_GE(garment.description.size(), 60U);
    titles.insert(garment.title);
  }
  EXPECT_GT(titles.size(), shop().garments.size() * 7 / 10);
}

TEST(Shop, AnEmptyShopIsEmpty) {
  const Shop none = draw_shop({.garments = 0});
  EXPECT_TRUE(none.garments.empty());
  EXPECT_TRUE(none.outfits.empty());
}

}  // namespace
}  // namespace modiste::drawn_shop
