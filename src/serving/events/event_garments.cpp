#include "serving/events/event_garments.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.h"
#include "feeds/feed_words.h"
#include "ingest/sent_members.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

struct SaidOptions {
  std::string colour, size;  // as the catalog spells them; empty: not said, or not of this garment
  bool nothing_else = true;  // every word of the text is of one of them
};

const std::string& colour_of(const Variant& variant) { return variant.colour; }
const std::string& size_of(const Variant& variant) { return variant.size; }

// The words of a text; those that were read are taken.
class TextWords {
 public:
  explicit TextWords(std::string_view text) : words_(words_of(text)), free_(words_.size(), true) {}

  // Takes the one value that stands in the text as whole words. What is part of a longer one ("Black" of
  // "Black/White") does not count; empty when there are several.
  std::string take_only(const std::vector<std::string>& values) {
    std::vector<Place> places;
    for (const std::string& value : values)
      for (const Place& place : places_of(value)) places.push_back(place);
    std::erase_if(places, [&](const Place& one) {
      return std::any_of(places.begin(), places.end(),
                         [&](const Place& other) { return other.count > one.count && other.holds(one); });
    });
    if (places.empty()) return {};
    for (const Place& place : places)
      if (*place.value != *places.front().value) return {};
    for (const Place& place : places)
      std::fill_n(free_.begin() + static_cast<std::ptrdiff_t>(place.from), place.count, false);
    return *places.front().value;
  }

  // The only value that has all the words that are left: "Olive" means the garment's "Olive Green".
  [[nodiscard]] std::string only_with_all(const std::vector<std::string>& values) const {
    std::vector<std::string> left;
    for (size_t i = 0; i < words_.size(); ++i)
      if (free_[i] && !is_name(words_[i])) left.push_back(words_[i]);
    const std::string* only = nullptr;
    for (const std::string& value : values) {
      const auto own = words_of(value);
      const bool has_all = !left.empty() && std::all_of(left.begin(), left.end(), [&](const auto& word) {
        return std::find(own.begin(), own.end(), word) != own.end();
      });
      if (has_all && only != nullptr) return {};
      if (has_all) only = &value;
    }
    return only == nullptr ? std::string() : *only;
  }

  // Whether no word is left but names of options: "Size: M".
  [[nodiscard]] bool all_taken() const {
    for (size_t i = 0; i < words_.size(); ++i)
      if (free_[i] && !is_name(words_[i])) return false;
    return true;
  }

 private:
  struct Place {
    const std::string* value;
    size_t from, count;
    [[nodiscard]] bool holds(const Place& other) const {
      return from <= other.from && other.from + other.count <= from + count;
    }
  };

  static bool is_name(std::string_view word) {
    return FeedWords::standard().axis_of(word) != OptionAxis::kOther;
  }

  [[nodiscard]] std::vector<Place> places_of(const std::string& value) const {
    const auto wanted = words_of(value);
    std::vector<Place> places;
    for (size_t at = 0; !wanted.empty() && at + wanted.size() <= words_.size(); ++at) {
      const auto from = static_cast<std::ptrdiff_t>(at);
      if (std::equal(wanted.begin(), wanted.end(), words_.begin() + from) &&
          std::all_of(free_.begin() + from, free_.begin() + from + static_cast<std::ptrdiff_t>(wanted.size()),
                      [](bool is_free) { return is_free; }))
        places.push_back({&value, at, wanted.size()});
    }
    return places;
  }

  std::vector<std::string> words_;
  std::vector<bool> free_;
};

// A garment's values of one option, each once.
template <class Get>
std::vector<std::string> values_of(const Garment& garment, const Get& get) {
  std::vector<std::string> values;
  for (const Variant& variant : garment.variants)
    if (const std::string& value = get(variant);
        !value.empty() && std::find(values.begin(), values.end(), value) == values.end())
      values.push_back(value);
  return values;
}

template <class Get>
std::string spelled(std::string_view word, const Garment& garment, const Get& get) {
  const std::string wanted = ascii_lower(word);
  for (const Variant& variant : garment.variants)
    if (!get(variant).empty() && ascii_lower(get(variant)) == wanted) return get(variant);
  return {};
}

// What a text says of the garment's own colours and sizes, in any order and however they are set apart: "M /
// Olive", "Size: M, Color: Olive", "Olive (M)", "olive-m", "S/M / Black/White".
SaidOptions options_in(std::string_view text, const Garment& garment) {
  SaidOptions said{spelled(trim(text), garment, colour_of), {}};
  if (!said.colour.empty() || trim(text).empty()) return said;
  TextWords words(text);
  const auto colours = values_of(garment, colour_of);
  said.colour = words.take_only(colours);
  said.size = words.take_only(values_of(garment, size_of));
  said.nothing_else = words.all_taken();
  if (said.colour.empty()) said.colour = words.only_with_all(colours);
  return said;
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
  SaidOptions words = options_in(said.colour, *garment);
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
    const bool known = name_one({item.garment_id, item.colour, sku, size}, item.also_known_as, catalog);
    named.shown_unknown += known ? 0 : 1;
    // "item_variant" is often something else than a colour; what was shown counts all the same.
    if (known && catalog.slot_ever(item.garment_id, item.colour) == kNoSlot) item.colour.clear();
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
    return Error{Code::kNotFound, fmt::format("unknown garment '{}'", echo(id, 100)), std::move(where),
                 "the id of a garment or variant in the catalog; it is replayed when the garment comes"};
  };
  if (!event.garment_ids.empty()) return error(event.garment_ids.front(), "/garment_ids");
  if (!event.items.empty() && event.garment_id.empty())
    return error(event.items.front().garment_id, "/items/0/garment_id");
  return event.garment_id.empty() ? error(event.sku, "/sku") : error(event.garment_id, "/garment_id");
}

}  // namespace modiste
