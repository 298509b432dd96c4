#include "feeds/feed_shopify_fields.h"

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "base/json.h"
#include "base/text.h"
#include "feeds/feed_options.h"

namespace modiste {
namespace {

bool says_words(std::string_view type) {
  static constexpr std::array<std::string_view, 7> kOthers{"reference", "json",  "url", "rich_text",
                                                           "rating",    "money", "file"};
  return std::none_of(kOthers.begin(), kOthers.end(),
                      [&](std::string_view other) { return type.find(other) != std::string_view::npos; });
}

bool is_for_search_engines(const Metafield& field) {
  return field.name_space == "global" || field.key == "title_tag" || field.key == "description_tag";
}

// "Linen; Cotton", lines, or ["Linen", "Cotton"].
std::vector<std::string> values_of_metafield(std::string_view written) {
  if (const std::string_view begin = trim(written); begin.starts_with('[')) {
    std::vector<std::string> values;
    const auto list = parse_json(begin);
    if (!list.ok() || !list->is_array()) return values;
    for (const auto& entry : list->get_array())
      if (const auto* text = entry.if_string()) values.emplace_back(trim(*text));
    return values;
  }
  return split_list(written, ";\n");
}

}  // namespace

std::optional<Metafield> metafield_of_column(std::string_view column, std::string_view prefix,
                                             std::string_view value) {
  constexpr std::string_view kName = "metafield:";
  if (!column.starts_with(prefix)) return std::nullopt;
  column.remove_prefix(prefix.size());
  if (!column.starts_with(kName)) return std::nullopt;
  column.remove_prefix(kName.size());
  while (column.starts_with('_')) column.remove_prefix(1);
  Metafield field;
  field.value = value;
  const size_t bracket = std::min(column.find('['), column.size());
  field.type = column.substr(bracket);
  std::string_view name = column.substr(0, bracket);
  while (name.ends_with('_')) name.remove_suffix(1);
  const size_t point = name.rfind('.');
  if (point != std::string_view::npos) field.name_space = name.substr(0, point);
  field.key = point == std::string_view::npos ? name : name.substr(point + 1);
  return field;
}

void add_metafield(std::map<std::string, std::vector<std::string>>& attributes, const Metafield& field) {
  if (field.key.empty() || field.name_space == kGoogleMetafields) return;
  if (is_for_search_engines(field) || !says_words(field.type) || trim(field.value).starts_with('{')) return;
  for (auto& value : values_of_metafield(field.value))
    if (!value.empty()) add_once(attributes[std::string(field.key)], std::move(value));
}

void take_colour_of_title(Garment& garment) {
  if (std::any_of(garment.variants.begin(), garment.variants.end(),
                  [](const Variant& variant) { return !variant.colour.empty(); }))
    return;
  std::string_view last;
  for (const std::string_view between : {" - ", " – ", " — ", " | "})
    if (const size_t at = garment.title.rfind(between); at != std::string::npos && at > 0) {
      const auto after = std::string_view(garment.title).substr(at + between.size());
      if (last.empty() || after.size() < last.size()) last = after;
    }
  const std::string colour(trim(last));
  if (!is_all_colour(colour)) return;
  for (Variant& variant : garment.variants) variant.colour = colour;
}

}  // namespace modiste
