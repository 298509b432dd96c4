#include "serving/request/eligible_items.h"

#include <gtest/gtest.h>

#include "catalog/normaliser.h"
#include "serving/search/query_match.h"

namespace modiste {
namespace {

const Vocabulary& kWords = Vocabulary::standard();

struct Eligible : testing::Test {
  Eligible() {
    Rng rng(3);
    std::vector<Garment> garments;
    for (size_t i = 0; i < 1'500; ++i) {
      Garment garment;
      garment.id = "G" + std::to_string(i);
      garment.title = "Garment";
      garment.brand = "Brand " + std::to_string(rng.below(9));
      for (const Facet facet : {Facet::kCategory, Facet::kDepartment, Facet::kColour, Facet::kPattern,
                                Facet::kFabric, Facet::kOccasion, Facet::kSeason})
        if (rng.chance(0.8)) {
          const std::string& name = rng.pick(kWords.terms(facet)).name;
          garment.attributes.push_back(
              {facet, name, facet == Facet::kColour ? "C" : name, AttributeSource::kSupplier, 1, ""});
        }
      garment.variants.push_back(
          {garment.id, "M", "C", std::exp(rng.uniform(1, 6)), {}, {}, rng.chance(0.9), {}});
      garments.push_back(std::move(garment));
    }
    catalog.upsert(garments);
    for (size_t i = 0; i < garments.size(); i += 2) {  // a further colour, whose slot lies elsewhere
      Variant& variant = garments[i].variants.emplace_back(garments[i].variants.front());
      variant.sku += "-D";
      variant.colour = "D";
      catalog.upsert({garments[i]});
    }
    request.catalog = catalog.snapshot();
    request.vocabulary = &kWords;
    request.policy = std::make_shared<const Policy>();
    request.shopper = std::make_shared<const ShopperState>();
  }
  void expect_as_admits_says() {
    const SlotBits eligible = eligible_items(request);
    for (Slot slot = 0; slot < request.catalog->slot_count() + 5; ++slot)
      ASSERT_EQ(eligible.test(slot), request.admits(slot)) << slot;
    if (!request.role) return;
    EXPECT_EQ(eligible, of_role(*request.role, *request.catalog, eligible_of_any_role(request)));
  }

  Catalog catalog{kWords};
  RequestState request;
};

TEST_F(Eligible, AreThoseThatTheRequestAdmits) {
  expect_as_admits_says();
  request.role = OutfitRole::kShoes;
  expect_as_admits_says();
  request.role.reset();
  request.filter.price_max = 60;
  request.veto.terms.push_back(kWords.find(Facet::kFabric, "leather")->id);
  expect_as_admits_says();
  request.filter.excluded_garments = {3, 7, 11};
  for (Slot slot = 0; slot < 400; slot += 3) request.excluded.items.add(slot);
  request.excluded.garments.add(1);
  request.reluctant.emplace_back("liked", Exclusions{}).second.garments.add(2);
  expect_as_admits_says();
}

TEST_F(Eligible, AreThoseWithinTheMisfitToTheSituation) {
  for (const bool occasion : {false, true})
    for (const auto seasons : {Provenance::kPrior, Provenance::kPlace, Provenance::kExplicit})
      for (const auto warmth : {Provenance::kPrior, Provenance::kWeather, Provenance::kExplicit}) {
        Context context{};
        context.occasions[static_cast<size_t>(Occasion::kWedding)] = 1;
        if (occasion) context.occasions_known = Provenance::kExplicit;
        context.seasons_known = seasons;
        context.seasons[0] = 0.85;
        context.seasons[1] = 0.15;
        context.warmth_known = warmth;
        context.warmth = 0.3;
        request.context = context;
        for (request.misfit_max = 0; request.misfit_max <= kMisfitMax; ++request.misfit_max)
          expect_as_admits_says();
      }
}

TEST_F(Eligible, AQueryRequiresWhatItsMatchSaysOfEachItem) {
  const Normaliser normaliser(kWords);
  const QueryReader reader(kWords, normaliser.phrases());
  for (const char* query :
       {"red linen dress", "shoes for women", "striped or checked shirt", "black and white",
        "Brand 3 leather jacket", "jeans", "warm coat for a wedding", "denim skirt for girls"}) {
    const QueryReading reading = reader.read(query, catalog, "EUR");
    const QueryMatch match(reading, kWords, normaliser.phrases());
    const SlotBits all = eligible_items(
        request, [&](SlotQuery& asked) { match.require_all(asked, request.catalog->columns()); });
    const SlotBits kind = eligible_items(
        request, [&](SlotQuery& asked) { match.require_kind(asked, request.catalog->columns()); });
    for (Slot slot = 0; slot < request.catalog->slot_count(); ++slot) {
      const ItemFacts& item = request.catalog->facts(slot);
      ASSERT_EQ(all.test(slot), request.admits(slot) && match.has_all(item)) << query << ' ' << slot;
      ASSERT_EQ(kind.test(slot), request.admits(slot) && match.is_of_kind(item)) << query << ' ' << slot;
    }
  }
}

}  // namespace
}  // namespace modiste
