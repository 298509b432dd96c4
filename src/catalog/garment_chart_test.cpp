#include "catalog/garment_chart.h"

#include <gtest/gtest.h>

#include "catalog/catalog.h"
#include "catalog/implied_fabrics.h"

namespace modiste {
namespace {

const Vocabulary& words() { return Vocabulary::standard(); }
TermId id(Facet facet, std::string_view name) { return words().find(facet, name)->id; }

SizeChart chart_of(std::string_view category, std::initializer_list<const char*> sizes,
                   std::string_view department = "") {
  Garment garment;
  for (const char* size : sizes) garment.variants.emplace_back().size = size;
  return size_chart_of_garment(garment, id(Facet::kCategory, category),
                               department.empty() ? kNoTerm : id(Facet::kDepartment, department), words());
}

// A shop that sells to women only says so nowhere.
TEST(GarmentChart, KindsAndSizesSayWhoWearsIt) {
  for (const char* kind : {"dress", "gown", "midi-dress", "skirt", "blouse", "bra", "bikini"})
    EXPECT_EQ(chart_of(kind, {"36", "38", "40"}), SizeChart::kWomen) << kind;
  EXPECT_EQ(chart_of("heels", {"38"}), SizeChart::kShoesWomen);
  EXPECT_EQ(chart_of("pants", {"4", "6", "8", "10"}), SizeChart::kWomen) << "of no man";
  EXPECT_EQ(chart_of("pants", {"30", "32", "34"}), SizeChart::kMen);
  EXPECT_EQ(chart_of("shirt", {"S", "M", "L"}), SizeChart::kMen);
  EXPECT_EQ(chart_of("dress", {"S"}, "girls"), SizeChart::kKids) << "what the shop says comes first";
  EXPECT_EQ(chart_of("pants", {"4", "6"}, "men"), SizeChart::kMen);
}

TEST(GarmentChart, TheCurrencyAndTheKindSayWhatANumberMeans) {
  const auto context = [](std::string_view currency, std::string_view category) {
    return size_context_of(currency, SizeChart::kMen,
                           category.empty() ? kNoTerm : id(Facet::kCategory, category), words());
  };
  EXPECT_EQ(context("GBP", "jeans").home, SizeHome::kBritish);
  EXPECT_EQ(context("NZD", "jeans").home, SizeHome::kAustralian);
  EXPECT_EQ(context("EUR", "jeans").home, SizeHome::kElsewhere);
  for (const auto& [category, number] :
       std::initializer_list<std::pair<const char*, MensNumber>>{{"jeans", MensNumber::kWaist},
                                                                 {"shorts", MensNumber::kWaist},
                                                                 {"dress-shirt", MensNumber::kCollar},
                                                                 {"blazer", MensNumber::kChest},
                                                                 {"suits", MensNumber::kChest},
                                                                 {"polo", MensNumber::kChest},
                                                                 {"", MensNumber::kUnknown}})
    EXPECT_EQ(context("EUR", category).mens_number, number) << category;
}

// What is found by a size is what fits.
TEST(GarmentChart, SizesInStockAreThoseOfTheCountryAndTheKind) {
  const auto sizes = [](std::string currency, std::string_view category, std::string_view department,
                        std::string size) {
    Garment garment;
    garment.id = "g";
    garment.currency = std::move(currency);
    for (const auto& [facet, term] :
         {std::pair(Facet::kCategory, category), {Facet::kDepartment, department}})
      garment.attributes.push_back(
          {facet, std::string(term), std::string(term), AttributeSource::kSupplier, 1, ""});
    garment.variants.push_back({"s", std::move(size), "", 20, {}, {}, 1});
    std::string all;
    const ItemFacts facts = facts_of(garment, "", words());
    for (const Size& one : all_sizes())
      if (facts.sizes_in_stock.test(one.id)) all += std::string(name_of(one.system)) + " " + one.name + ";";
    return all;
  };
  EXPECT_EQ(sizes("GBP", "dress", "women", "12"), "uk 12;");
  EXPECT_EQ(sizes("USD", "dress", "women", "12"), "us 12;");
  EXPECT_EQ(sizes("EUR", "shirt", "men", "41/42"), "alpha L;");
  EXPECT_EQ(sizes("USD", "blazer", "men", "40"), "us 40;");
  EXPECT_EQ(sizes("EUR", "jeans", "men", "32/34"), "waist_length 32/34;");
}

TEST(ImpliedFabrics, AVetoOfAFabricForbidsTheKindsThatAreOfIt) {
  Veto veto;
  veto.terms = {id(Facet::kFabric, "leather")};
  const auto forbids = [&](std::string_view kind, std::string_view fabric = "") {
    ItemFacts item;
    item.category = id(Facet::kCategory, kind);
    item.department = item.colour = kNoTerm;
    item.terms = {item.category};
    if (!fabric.empty()) item.terms.push_back(id(Facet::kFabric, fabric));
    return veto.forbids(item, words());
  };
  EXPECT_TRUE(forbids("leather-jacket")) << "it says nothing else";
  EXPECT_FALSE(forbids("leather-jacket", "faux-leather"));
  EXPECT_TRUE(forbids("jacket", "suede"));
  EXPECT_FALSE(forbids("jacket"));
  veto.terms = {id(Facet::kFabric, "denim")};
  EXPECT_TRUE(forbids("jeans"));
  EXPECT_TRUE(forbids("denim-jacket"));
  EXPECT_FALSE(forbids("jeans", "linen"));
}

}  // namespace
}  // namespace modiste
