// What Segment and GA4 have in common: calls about products, of which one may become several events.
// Internal to translation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "events/event.h"
#include "ingest/draft.h"

namespace modiste {

enum class Shape : uint8_t {
  kOne,    // about one product: one event
  kEach,   // about each product of a list: one event a product
  kList,   // a list that was shown: one impression
  kPlain,  // about no product
  kNone    // nothing that the taxonomy knows
};

// Another format's name for one of our members or types.
struct ForeignName {
  std::string_view name;
  EventType type;
  Shape shape;
};

struct ProductCall {
  EventType type;
  std::string event_id;
  const json::object& properties;  // of the call, at `pointer`; it outlives this
  std::string pointer;
  std::string_view list;          // its member that is the list of products
  std::span<const Copy> members;  // of a product; the first names the garment
  std::span<const Copy> shared;   // of the call, where the product does not say itself
  std::string_view colour;        // the product's member that names its colour
};

// One event a product, each begun as a copy of `common`.
Result<std::vector<Translated>> translate_each(const ProductCall& call, const Draft& common);
// One impression of all of them.
Result<std::vector<Translated>> translate_list(const ProductCall& call, Draft common);

[[nodiscard]] std::vector<Translated> just(Draft draft);
[[nodiscard]] Error no_counterpart(std::string_view name, std::string pointer,
                                   std::span<const ForeignName> known);

}  // namespace modiste
