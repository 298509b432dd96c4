// A garment, as the merchant describes it and as the vocabulary understands it.
//
// garment -> images and variants; variant = size x colour. Recommendations are of a garment in one colour
// (see item.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/price_max.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

struct Variant {
  std::string sku;
  std::string size;    // as the supplier writes it, e.g. "XL", "EU 42", "32/34"; empty for one size
  std::string colour;  // as the supplier writes it, e.g. "Heather Gray"; links variants and images
  double price = 0;    // current price
  std::optional<double> list_price;
  std::optional<double> margin;  // share of the price, 0 to 1
  int stock = 0;
  // The shop's own attributes of this variant, by name, where they differ from the garment's.
  std::map<std::string, std::vector<std::string>> supplier_attributes = {};
};

struct GarmentImage {
  std::string url;     // an http(s) address, a path, or a file name under the data directory's images/
  std::string colour;  // empty: shows every colour
};

// The source of an attribute's value. A photo's word supplements the supplier's and may contradict it.
enum class AttributeSource { kSupplier, kPhoto };

struct Attribute {
  Facet facet{};
  std::string term;  // vocabulary name, or "unknown"
  std::string word;  // what the supplier wrote; empty from a photo
  AttributeSource source = AttributeSource::kSupplier;
  float confidence = 1;
  // Of the variants that it describes; empty: the whole garment (see garment_attributes.h).
  std::string colour = {};
};

struct Garment {
  std::string id;
  std::string title;
  std::string description;  // plain text
  std::string brand;
  std::string category;    // the supplier's path, such as "Women/Tops/Jackets"; normalised into attributes
  std::string department;  // the supplier's word
  std::string currency;    // ISO 4217; empty: the shop's
  std::map<std::string, std::vector<std::string>> supplier_attributes;  // e.g. material -> [Wool, Fleece]
  std::vector<Attribute> attributes;  // filled by the normaliser and the photos
  std::vector<GarmentImage> images;
  std::vector<Variant> variants;
  std::vector<std::string> goes_with;  // ids of garments that people selected to be worn together
  std::vector<std::string> sets;       // names of the shop's own sets, such as co-ords: worn together
  std::optional<TimePoint> created_at;
};

// Limits of one garment; a garment beyond them is refused.
inline constexpr size_t kVariantsMax = 2'000;
inline constexpr size_t kImagesMax = 200;
inline constexpr size_t kGoesWithMax = 200;

// Refuses impossible values: empty or over-long ids, no variant, repeated skus, negative or absurd prices.
// where: JSON pointer into the garment.
Result<Done> validate(const Garment& garment);

template <>
struct EnumNames<AttributeSource> {
  static constexpr std::array<std::string_view, 2> kNames{"supplier", "photo"};
};

template <>
struct Contract<Variant> {
  static constexpr std::string_view kName = "Variant";
  static constexpr std::string_view kDoc =
      "A garment in one size and colour: the unit that is put in a cart.";
  static constexpr auto kFields = Fields{
      field("sku", &Variant::sku,
            {.doc = "Stock keeping unit, unique in the shop",
             .required = true,
             .length_max = 200,
             .example = "MH01-XS-Gray"}),
      field("size", &Variant::size,
            {.doc = "Size, as the shop writes it", .length_max = 60, .example = "XS"}),
      field("colour", &Variant::colour,
            {.doc = "Colour, as the shop writes it", .length_max = 100, .example = "Gray"}),
      field("price", &Variant::price,
            {.doc = "Current price, in the garment's currency",
             .required = true,
             .min = 0,
             .max = kPriceMax,
             .example = "52"}),
      field("list_price", &Variant::list_price,
            {.doc = "Price before a reduction", .min = 0, .max = kPriceMax}),
      field("margin", &Variant::margin, {.doc = "Margin as a share of the price", .min = 0, .max = 1}),
      field("stock", &Variant::stock,
            {.doc = "Number of pieces in stock", .min = 0, .max = 1e9, .example = "100"}),
      field(
          "supplier_attributes", &Variant::supplier_attributes,
          {.doc = "The shop's own attributes of this variant, by name, where they differ from the garment's",
           .length_max = 500,
           .items_max = 200})};
};

template <>
struct Contract<GarmentImage> {
  static constexpr std::string_view kName = "GarmentImage";
  static constexpr std::string_view kDoc = "A photo of the garment.";
  static constexpr auto kFields =
      Fields{field("url", &GarmentImage::url,
                   {.doc = "Address of the photo: an http(s) URL, a path, or a stored file name",
                    .required = true,
                    .length_max = 2'000}),
             field("colour", &GarmentImage::colour,
                   {.doc = "Colour that the photo shows; empty: all colours", .length_max = 100})};
};

template <>
struct Contract<Attribute> {
  static constexpr std::string_view kName = "Attribute";
  static constexpr std::string_view kDoc =
      "A term of the controlled vocabulary, with the word it was derived from.";
  static constexpr auto kFields = Fields{
      field("facet", &Attribute::facet, {.doc = "The facet that the term belongs to", .required = true}),
      field("term", &Attribute::term,
            {.doc = "Name of the term in the vocabulary, or unknown",
             .required = true,
             .length_max = 100,
             .example = "hoodie"}),
      field("word", &Attribute::word,
            {.doc = "The supplier's word; empty when derived from a photo", .length_max = 200}),
      field("source", &Attribute::source, {.doc = "Source of the attribute"}),
      field("confidence", &Attribute::confidence,
            {.doc = "Probability that the attribute is correct", .min = 0, .max = 1}),
      field("colour", &Attribute::colour,
            {.doc = "Colour that the attribute describes, as the shop writes it; empty: all colours",
             .length_max = 100})};
};

template <>
struct Contract<Garment> {
  static constexpr std::string_view kName = "Garment";
  static constexpr std::string_view kDoc = "A garment of the shop, with its variants and photos.";
  static constexpr auto kFields = Fields{
      field(
          "id", &Garment::id,
          {.doc = "Garment id, unique in the shop", .required = true, .length_max = 200, .example = "MH01"}),
      field("title", &Garment::title,
            {.doc = "Title as shown to shoppers",
             .required = true,
             .length_max = 500,
             .example = "Chaz Kangeroo Hoodie"}),
      field("description", &Garment::description,
            {.doc = "Description, as plain text", .length_max = 20'000}),
      field("brand", &Garment::brand, {.doc = "Brand as shown to shoppers", .length_max = 200}),
      field("category", &Garment::category,
            {.doc = "Category: the shop's own path or word",
             .length_max = 500,
             .example = "Men/Tops/Hoodies & Sweatshirts"}),
      field("department", &Garment::department,
            {.doc = "Department: the shop's own word", .length_max = 100, .example = "Men"}),
      field("currency", &Garment::currency,
            {.doc = "ISO 4217; absent: the shop's", .length_max = 3, .example = "USD"}),
      field("supplier_attributes", &Garment::supplier_attributes,
            {.doc = "The shop's own attributes, by name", .length_max = 500, .items_max = 200}),
      field("attributes", &Garment::attributes,
            {.doc = "Terms derived by Modiste; attributes given here with source supplier are kept",
             .items_max = 200}),
      field("images", &Garment::images,
            {.doc = "Photos; the first is the main one", .items_max = kImagesMax}),
      field("variants", &Garment::variants,
            {.doc = "Variants; at least one", .required = true, .items_max = kVariantsMax}),
      field("goes_with", &Garment::goes_with,
            {.doc = "Ids of garments that people selected to be worn with this one",
             .length_max = 200,
             .items_max = kGoesWithMax}),
      field("sets", &Garment::sets,
            {.doc = "Names of the shop's own sets, such as co-ords: garments that name the same one were put "
                    "together by the shop",
             .length_max = 200,
             .items_max = 20}),
      field("created_at", &Garment::created_at, {.doc = "When the garment was added to the shop"})};
};

}  // namespace modiste
