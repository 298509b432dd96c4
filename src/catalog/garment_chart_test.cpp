#include "catalog/garment_chart.h"

#include <gtest/gtest.h>

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
