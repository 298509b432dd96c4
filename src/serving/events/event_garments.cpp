#include "serving/events/event_garments.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.h"

namespace modiste {
namespace {

struct Words {
  std::string colour, size;  // as the catalog spells them; empty: not said, or not of this garment
  bool nothing_else = true;  // every part of the text is one of them
};

template <class Get>
std::string spelled(std::string_view word, const Garment& garment, const Get& get) {
  const std::string wanted = ascii_lower(word);
  for (const Variant& variant : garment.variants)
    if (!get(variant).empty() && ascii_lower(get(variant)) == wanted) return get(variant);
  return {};
}

const std::string& colour_of(const Variant& variant) { return variant.colour; }
const std::string& size_of(const Variant& variant) { return variant.size; }

// "Color: Olive" -> "Olive"
std::string_view without_name(std::string_view part) {
  return trim(part.substr(part.find_last_of(":=") + 1));
}

// "M / Olive", "Size: M, Color: Olive", "M - Olive" -> colour Olive, size M, in either order; "Olive" ->
// colour Olive.
Words words_of(std::string_view text, const Garment& garment) {
  Words words{spelled(trim(text), garment, colour_of), {}};
  if (!words.colour.empty()) return words;
  constexpr std::string_view kSeparators = "/,|;", kDash = " - ";
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min({text.find_first_of(kSeparators, at), text.find(kDash, at), text.size()});
    const auto part = without_name(text.substr(at, end - at));
    at = end + (text.substr(end).starts_with(kDash) ? kDash.size() : 1);
    if (part.empty()) continue;
    auto colour = spelled(part, garment, colour_of), size = spelled(part, garment, size_of);
    if (!colour.empty() && words.colour.empty())
      words.colour = std::move(colour);
    else if (!size.empty() && words.size.empty())
      words.size = std::move(size);
    else
      words.nothing_else = false;
  }
  return words;
}

// The one variant of that colour and size; null when there are several.
const Variant* only_variant(const Garment& garment, std::string_view colour, std::string_view size) {
  const Variant* only = nullptr;
  for (const Variant& variant : garment.variants) {
    if ((!colour.empty() && variant.colour != colour) || (!size.empty() && variant.size != size)) continue;
    if (only != nullptr) return nullptr;
    only = &variant;
  }
  return only;
}

struct Said {
  std::string &garment_id, &colour, &sku, &size;
};

void fill(const Said& said, const Variant& variant) {
  said.colour = variant.colour;
  said.sku = variant.sku;
  said.size = variant.size;
}

// The garment and variant by the first of the ids that the catalog knows.
bool name_by(std::span<const std::string> ids, const Said& said, const Catalog& catalog) {
  for (const std::string& id : ids) {
    if (const auto variant = catalog.variant_of(id)) {
      said.garment_id = variant->garment->id;
      return fill(said, variant->variant()), true;
    }
    if (std::string garment = catalog.garment_id_of(id); !garment.empty())
      return said.garment_id = std::move(garment), true;
  }
  return false;
}

std::string ascii_upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// A sku may be a garment's own id (the configurable product's of Adobe), ids come with spaces around them,
// and tag managers change their case.
bool name_by_words_of(const Said& said, const Catalog& catalog) {
  std::vector<std::string> ids;
  for (const std::string_view id : {trim(said.sku), trim(said.garment_id)})
    if (!id.empty()) ids.emplace_back(id);
  for (size_t exact = ids.size(), i = 0; i < exact; ++i) {
    ids.push_back(ascii_upper(ids[i]));
    ids.push_back(ascii_lower(ids[i]));
  }
  const std::string sku = std::move(said.sku);
  said.sku.clear();  // of no variant
  if (name_by(ids, said, catalog)) return true;
  said.sku = sku;
  return false;
}

// Returns whether the catalog knows the garment.
bool name_one(const Said& said, std::span<const std::string> also_known_as, const Catalog& catalog) {
  auto variant = said.sku.empty() ? std::nullopt : catalog.variant_of(said.sku);
  if (std::string garment = catalog.garment_id_of(said.garment_id); !garment.empty()) {
    if (!variant || variant->garment->id != garment) variant = catalog.variant_of(said.garment_id);
    if (variant && variant->garment->id != garment) variant.reset();
    said.garment_id = std::move(garment);
  } else {
    if (!variant && !said.garment_id.empty()) variant = catalog.variant_of(said.garment_id);
    if (!variant && !name_by(also_known_as, said, catalog) && !name_by_words_of(said, catalog)) return false;
    if (variant) said.garment_id = variant->garment->id;
  }
  if (variant) return fill(said, variant->variant()), true;
  const Slot slot = catalog.slot_ever(said.garment_id, "");
  if (slot == kNoSlot) return false;
  const auto garment = catalog.snapshot()->item(slot).garment.read();
  Words words = words_of(said.colour, *garment);
  if (words.colour.empty() && !words.size.empty() && words.nothing_else) said.colour.clear();  // a size alone
  if (!said.size.empty()) words.size = spelled(trim(said.size), *garment, size_of);
  if (!words.colour.empty()) said.colour = words.colour;
  if (!words.size.empty()) said.size = words.size;
  if (!said.sku.empty() || words.colour.empty() || words.size.empty()) return true;
  if (const Variant* only = only_variant(*garment, words.colour, words.size)) fill(said, *only);
  return true;
}

bool is_about_a_garment(const Event& event) {
  return row_of(event.type).needs.contains(EventMember::kGarmentId) || event.type == EventType::kReturn;
}

}  // namespace

NamedGarments name_garments(Event& event, const Catalog& catalog) {
  NamedGarments named;
  if (!event.garment_id.empty() || !event.sku.empty() || !event.also_known_as.empty()) {
    const bool known =
        name_one({event.garment_id, event.colour, event.sku, event.size}, event.also_known_as, catalog);
    named.known = known || !is_about_a_garment(event);
  }
  for (ShownItem& item : event.items) {
    std::string sku, size;
    named.shown_unknown +=
        name_one({item.garment_id, item.colour, sku, size}, item.also_known_as, catalog) ? 0 : 1;
    item.also_known_as.clear();
  }
  for (std::string& garment_id : event.garment_ids) {
    std::string colour, sku, size;
    named.known = name_one({garment_id, colour, sku, size}, {}, catalog) && named.known;
  }
  event.also_known_as.clear();
  if (!event.items.empty() && event.type == EventType::kImpression)
    named.known = named.known && named.shown_unknown < event.items.size();
  return named;
}

Error unknown_garment(const Event& event) {
  const auto error = [](std::string_view id, std::string where) {
    return Error{Code::kNotFound, fmt::format("unknown garment '{}'", id.substr(0, 100)), std::move(where),
                 "the id of a garment or variant in the catalog; it is replayed when the garment comes"};
  };
  if (!event.garment_ids.empty()) return error(event.garment_ids.front(), "/garment_ids");
  if (!event.items.empty() && event.garment_id.empty())
    return error(event.items.front().garment_id, "/items/0/garment_id");
  return event.garment_id.empty() ? error(event.sku, "/sku") : error(event.garment_id, "/garment_id");
}

}  // namespace modiste
