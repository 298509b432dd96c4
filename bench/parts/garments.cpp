#include "parts/garments.h"

#include <fmt/format.h>

#include <cmath>
#include <span>

namespace modiste::bench {
namespace {

constexpr Facet kFacets[] = {Facet::kCategory, Facet::kDepartment, Facet::kColour,   Facet::kPattern,
                             Facet::kFabric,   Facet::kSilhouette, Facet::kFit,      Facet::kSleeve,
                             Facet::kOccasion, Facet::kSeason,     Facet::kAesthetic};

std::string described(const Garment& garment) {
  const auto of = [&](Facet facet) -> const std::string& {
    for (const auto& attribute : garment.attributes)
      if (attribute.facet == facet) return attribute.term;
    return garment.title;
  };
  return fmt::format(
      "A {} {} in {} with a {} fit and a {} shape, made by {} for {}. Wear it to {} in {}; the {} pattern "
      "goes "
      "with what you have. Cut to last, sewn with care, and easy to wash at thirty degrees. Our model is 178 "
      "cm tall.",
      of(Facet::kAesthetic), of(Facet::kCategory), of(Facet::kFabric), of(Facet::kFit),
      of(Facet::kSilhouette), garment.brand, of(Facet::kDepartment), of(Facet::kOccasion), of(Facet::kSeason),
      of(Facet::kPattern));
}

}  // namespace

std::string garment_id(size_t number) { return fmt::format("B{:07}", number); }

Garment made_up_garment(size_t number, const Vocabulary& words, Rng& rng) {
  Garment garment;
  garment.id = garment_id(number);
  garment.brand = fmt::format("Brand {}", rng.below(200));
  for (const Facet facet : kFacets) {
    const Term& term = rng.pick(words.terms(facet));
    garment.attributes.push_back(
        {facet, term.name, facet == Facet::kColour ? "Colour" : term.name, AttributeSource::kSupplier, 1});
    if (facet == Facet::kCategory) garment.title = fmt::format("{} number {}", term.label, number);
  }
  garment.description = described(garment);
  garment.category = "Clothes/" + garment.attributes.front().term;
  for (int photo = 1; photo <= 2; ++photo)
    garment.images.push_back({fmt::format("https://images.example.com/{}-{}.jpg", garment.id, photo), ""});
  const double price = std::exp(rng.uniform(2.5, 6));
  for (const char* size : {"S", "M", "L"})
    garment.variants.push_back({garment.id + size, size, "Colour", price, {}, {}, rng.chance(0.9) ? 5 : 0});
  return garment;
}

MadeUpVectors::MadeUpVectors(size_t dimension, Rng& rng) : centres_(300, Vector(dimension)) {
  for (auto& centre : centres_) {
    for (float& x : centre) x = static_cast<float>(rng.normal());
    normalise(centre);
  }
}

Vector MadeUpVectors::draw(Rng& rng) const {
  Vector vector = rng.pick(std::span<const Vector>(centres_));
  for (float& x : vector) x += 0.06F * static_cast<float>(rng.normal());
  normalise(vector);
  return vector;
}

std::string made_up_query(const Vocabulary& words, Rng& rng) {
  const auto word = [&](Facet facet) { return rng.pick(words.terms(facet)).name; };
  const std::string category = word(Facet::kCategory);
  switch (rng.below(3)) {
    case 0:
      return word(Facet::kFabric) + ' ' + category;
    case 1:
      return word(Facet::kColour) + ' ' + word(Facet::kFabric) + ' ' + category;
    default:
      return category + " for " + word(Facet::kOccasion);
  }
}

}  // namespace modiste::bench
