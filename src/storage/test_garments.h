// For tests only: garments and embeddings.
#pragma once

#include <string>

#include "catalog/garment_store.h"

namespace modiste {

inline Garment some_garment(const std::string& id, size_t variants = 1) {
  Garment garment;
  garment.id = id;
  garment.title = "Garment " + id;
  for (size_t i = 0; i < variants; ++i) {
    Variant variant;
    variant.sku = id + "-" + std::to_string(i);
    variant.size = "M";
    variant.colour = "Red";
    variant.price = 10 + static_cast<double>(i);
    variant.stock = 5;
    garment.variants.push_back(variant);
  }
  return garment;
}

// Every member set.
inline Garment full_garment(const std::string& id) {
  Garment garment = some_garment(id, 3);
  garment.description = "Löng \"text\"\nwith\tmarks";
  garment.brand = "Acme";
  garment.category = "Women/Tops/Jackets";
  garment.department = "Women";
  garment.currency = "EUR";
  garment.supplier_attributes = {{"material", {"Wool", "Fleece"}}, {"climate", {}}};
  garment.attributes = {{Facet::kColour, "red", "Crimson", AttributeSource::kSupplier, 1},
                        {Facet::kPattern, "solid", "", AttributeSource::kPhoto, 0.75f}};
  garment.images = {{"a.jpg", "Red"}, {"b.jpg", ""}};
  garment.variants[1].list_price = 39.95;
  garment.variants[1].margin = 0.4;
  garment.variants[2].stock = 0;
  garment.goes_with = {"B", "C"};
  garment.created_at = parse_rfc3339("2026-01-02T03:04:05.000006Z").value();
  return garment;
}

inline StoredEmbedding some_embedding(const std::string& garment_id, const std::string& colour) {
  return {garment_id,
          colour,
          42,
          {0.6f, -0.8f},
          {{Facet::kPattern, "striped", "", AttributeSource::kPhoto, 0.5f}},
          {"#aa0000", "#ffffff"},
          "test encoder"};
}

}  // namespace modiste
