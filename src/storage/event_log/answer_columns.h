// The items of a `served` event as a log line writes them: by column, because an answer's items share much.
// A feature that is the same for all of them, such as the shopper's own counts, is written once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/event.h"

namespace modiste {

struct AnswerColumns {
  std::vector<std::string> garment_id, colour;  // one per item; the item's place is its position
  std::vector<float> propensity;
  std::vector<std::vector<float>> features;  // a column per feature: one value per item, or one for all
};

// Nothing when the items cannot be written so: positions with gaps, or features of different lengths.
[[nodiscard]] std::optional<AnswerColumns> columns_of(const std::vector<ShownItem>& items);
// Nothing when the columns contradict each other.
[[nodiscard]] std::optional<std::vector<ShownItem>> items_of(const AnswerColumns& columns);

template <>
struct Contract<AnswerColumns> {
  static constexpr std::string_view kName = "AnswerColumns";
  static constexpr std::string_view kDoc = "Items of an answer by column.";
  static constexpr auto kFields = Fields{
      field("garment_id", &AnswerColumns::garment_id, {.doc = "By position", .required = true}),
      field("colour", &AnswerColumns::colour, {.doc = "By position", .required = true}),
      field("propensity", &AnswerColumns::propensity, {.doc = "By position", .required = true}),
      field("features", &AnswerColumns::features, {.doc = "By feature: by position, or one value for all"})};
};

}  // namespace modiste
