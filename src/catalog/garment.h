// What a shop sells, as the merchant describes it and as the vocabulary understands it.
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
#include "vocabulary/vocabulary.h"

namespace modiste {

struct Variant {
  std::string sku;
  std::string size;    // the supplier's word, e.g. "XL", "EU 42", "32/34"; empty for one size
  std::string colour;  // the supplier's word, e.g. "Heather Gray"; joins variants and images
  double price = 0;    // what is paid now
  std::optional<double> list_price;
  std::optional<double> margin;  // share of the price, 0 to 1
  int stock = 0;
};

struct GarmentImage {
  std::string url;     // an http(s) address, a path, or a file name under the data directory's images/
  std::string colour;  // empty: shows every colour
};

// Where an attribute's value comes from; a photo's word supplements the supplier's and may question it.
enum class AttributeSource { kSupplier, kPhoto };

struct Attribute {
  Facet facet{};
  std::string term;  // vocabulary name, or "unknown"
  std::string word;  // what the supplier wrote; empty from a photo
  AttributeSource source = AttributeSource::kSupplier;
  float confidence = 1;
};

struct Garment {
  std::string id;
  std::string title;
  std::string description;  // plain text
  std::string brand;
  std::string
      category;  // the supplier's words, a path such as "Women/Tops/Jackets"; normalised into attributes
  std::string department;  // the supplier's word
  std::string currency = "USD";
  std::map<std::string, std::vector<std::string>> supplier_attributes;  // e.g. material -> [Wool, Fleece]
  std::vector<Attribute> attributes;  // filled by the normaliser and the photos
  std::vector<GarmentImage> images;
  std::vector<Variant> variants;
  std::vector<std::string> goes_with;  // garment ids curated by people as worn together
  std::optional<TimePoint> created_at;
};

// Limits of one garment; more is refused.
inline constexpr size_t kVariantsMax = 2'000;
inline constexpr size_t kImagesMax = 200;

// Refuses what no shop can mean: empty or over-long ids, no variant, repeated skus, negative or absurd
// prices. where: JSON pointer into the garment.
Result<Done> validate(const Garment& garment);

template <>
struct EnumNames<AttributeSource> {
  static constexpr std::array<std::string_view, 2> kNames{"supplier", "photo"};
};

template <>
struct Contract<Variant> {
  static constexpr std::string_view kName = "Variant";
  static constexpr std::string_view kDoc = "A garment in one size and colour: what is put in a cart.";
  static constexpr auto kFields = std::tuple{
      field("sku", &Variant::sku,
            {.doc = "Unique in the shop", .required = true, .length_max = 200, .example = "MH01-XS-Gray"}),
      field("size", &Variant::size, {.doc = "As the shop writes it", .length_max = 60, .example = "XS"}),
      field("colour", &Variant::colour,
            {.doc = "As the shop writes it", .length_max = 100, .example = "Gray"}),
      field("price", &Variant::price,
            {.doc = "Paid now, in the garment's currency",
             .required = true,
             .min = 0,
             .max = 1e7,
             .example = "52"}),
      field("list_price", &Variant::list_price, {.doc = "Before a reduction", .min = 0, .max = 1e7}),
      field("margin", &Variant::margin, {.doc = "Share of the price that is kept", .min = 0, .max = 1}),
      field("stock", &Variant::stock,
            {.doc = "Pieces that can be sold now", .min = 0, .max = 1e9, .example = "100"})};
};

template <>
struct Contract<GarmentImage> {
  static constexpr std::string_view kName = "GarmentImage";
  static constexpr std::string_view kDoc = "A photo of the garment.";
  static constexpr auto kFields =
      std::tuple{field("url", &GarmentImage::url,
                       {.doc = "Address, path, or stored file name", .required = true, .length_max = 2'000}),
                 field("colour", &GarmentImage::colour,
                       {.doc = "The colour it shows; empty for all", .length_max = 100})};
};

template <>
struct Contract<Attribute> {
  static constexpr std::string_view kName = "Attribute";
  static constexpr std::string_view kDoc =
      "One value of the controlled vocabulary, with the word it was understood from.";
  static constexpr auto kFields = std::tuple{
      field("facet", &Attribute::facet, {.doc = "Which list the term is of", .required = true}),
      field("term", &Attribute::term,
            {.doc = "The vocabulary's name, or unknown",
             .required = true,
             .length_max = 100,
             .example = "hoodie"}),
      field("word", &Attribute::word, {.doc = "The supplier's word", .length_max = 200}),
      field("source", &Attribute::source, {.doc = "Who says so"}),
      field("confidence", &Attribute::confidence, {.doc = "Probability that it is so", .min = 0, .max = 1})};
};

template <>
struct Contract<Garment> {
  static constexpr std::string_view kName = "Garment";
  static constexpr std::string_view kDoc = "A product of the shop, with its variants and photos.";
  static constexpr auto kFields = std::tuple{
      field("id", &Garment::id,
            {.doc = "Unique in the shop", .required = true, .length_max = 200, .example = "MH01"}),
      field("title", &Garment::title,
            {.doc = "As shown to shoppers",
             .required = true,
             .length_max = 500,
             .example = "Chaz Kangeroo Hoodie"}),
      field("description", &Garment::description, {.doc = "Plain text", .length_max = 20'000}),
      field("brand", &Garment::brand, {.doc = "As shown to shoppers", .length_max = 200}),
      field("category", &Garment::category,
            {.doc = "The shop's own path or word",
             .length_max = 500,
             .example = "Men/Tops/Hoodies & Sweatshirts"}),
      field("department", &Garment::department,
            {.doc = "The shop's own word", .length_max = 100, .example = "Men"}),
      field("currency", &Garment::currency, {.doc = "ISO 4217", .length_max = 3, .example = "USD"}),
      field("supplier_attributes", &Garment::supplier_attributes,
            {.doc = "The shop's own attributes, by name", .length_max = 500, .items_max = 200}),
      field("attributes", &Garment::attributes,
            {.doc = "Understood by Modiste; values given here with source supplier are kept",
             .items_max = 200}),
      field("images", &Garment::images, {.doc = "First is the main one", .items_max = kImagesMax}),
      field("variants", &Garment::variants,
            {.doc = "At least one", .required = true, .items_max = kVariantsMax}),
      field("goes_with", &Garment::goes_with,
            {.doc = "Garments that people chose to be worn with it", .length_max = 200, .items_max = 200}),
      field("created_at", &Garment::created_at, {.doc = "When it came into the shop"})};
};

}  // namespace modiste
