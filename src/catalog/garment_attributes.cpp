#include "catalog/garment_attributes.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <set>

#include "base/text.h"

namespace modiste {
namespace {

constexpr std::array kCutFacets{Facet::kSilhouette, Facet::kFit, Facet::kLength, Facet::kSleeve,
                                Facet::kNeckline};

bool is_colour_of_another_variant(const Attribute& attribute, const Garment& garment,
                                  std::string_view wanted) {
  if (attribute.facet != Facet::kColour || ascii_lower(attribute.word) == wanted) return false;
  return std::any_of(garment.variants.begin(), garment.variants.end(),
                     [&](const Variant& variant) { return variant.colour == attribute.word; });
}

// The supplier's surest category, else the photo's.
const Term* category_of(const Garment& garment, const Vocabulary& vocabulary) {
  const Attribute* best = nullptr;
  for (const auto& attribute : garment.attributes) {
    if (attribute.facet != Facet::kCategory) continue;
    if (vocabulary.find(attribute.facet, attribute.term) == nullptr) continue;
    const auto rank = [](const Attribute& a) {
      return a.confidence + (a.source == AttributeSource::kSupplier ? 1.0F : 0.0F);
    };
    if (best == nullptr || rank(attribute) > rank(*best)) best = &attribute;
  }
  return best == nullptr ? nullptr : vocabulary.find(best->facet, best->term);
}

}  // namespace

std::vector<const Attribute*> attributes_of(const Garment& garment, std::string_view colour) {
  const std::string wanted = ascii_lower(colour);
  std::bitset<kFacetCount> own;
  for (const auto& attribute : garment.attributes)
    if (attribute.source == AttributeSource::kSupplier && !attribute.colour.empty() &&
        ascii_lower(attribute.colour) == wanted)
      own.set(static_cast<size_t>(attribute.facet));
  std::vector<const Attribute*> found;
  for (const auto& attribute : garment.attributes) {
    if (!attribute.colour.empty() && ascii_lower(attribute.colour) != wanted) continue;
    if (attribute.colour.empty() && attribute.source == AttributeSource::kSupplier &&
        own.test(static_cast<size_t>(attribute.facet)))
      continue;
    if (!is_colour_of_another_variant(attribute, garment, wanted)) found.push_back(&attribute);
  }
  return found;
}

void drop_impossible_attributes(Garment& garment, const Vocabulary& vocabulary) {
  const Term* category = category_of(garment, vocabulary);
  std::erase_if(garment.attributes, [&](const Attribute& attribute) {
    if (category != nullptr) return !category->possible.test(static_cast<size_t>(attribute.facet));
    return attribute.source == AttributeSource::kPhoto &&
           std::find(kCutFacets.begin(), kCutFacets.end(), attribute.facet) != kCutFacets.end();
  });
}

void share_variant_attributes(Garment& garment) {
  std::set<std::string> names;
  for (const auto& variant : garment.variants)
    for (const auto& [name, values] : variant.supplier_attributes)
      if (name != kPlatformIds) names.insert(name);
  for (const auto& name : names) {
    const std::vector<std::string>* shared = nullptr;
    bool differ = false;
    const bool has_own = garment.supplier_attributes.contains(name);  // of those that say nothing
    for (const auto& variant : garment.variants) {
      const auto own = variant.supplier_attributes.find(name);
      if (own == variant.supplier_attributes.end()) {
        differ = differ || has_own;
        continue;
      }
      differ = differ || (shared != nullptr && *shared != own->second);
      shared = &own->second;
    }
    if (differ) continue;
    auto& list = garment.supplier_attributes[name];
    for (const auto& value : *shared)
      if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
    for (auto& variant : garment.variants) variant.supplier_attributes.erase(name);
  }
}

namespace {

const std::vector<std::string>& other_ids(const std::map<std::string, std::vector<std::string>>& attributes) {
  static const std::vector<std::string> kNone;
  static const std::string kName(kPlatformIds);
  const auto found = attributes.find(kName);
  return found == attributes.end() ? kNone : found->second;
}

}  // namespace

const std::vector<std::string>& also_known_as(const Garment& garment) {
  return other_ids(garment.supplier_attributes);
}

const std::vector<std::string>& also_known_as(const Variant& variant) {
  return other_ids(variant.supplier_attributes);
}

}  // namespace modiste
