#include "learning/datasets/outfit_entries.h"

#include <fmt/format.h>

#include "feeds/utf8_input.h"
#include "history/json_list_reader.h"
#include "io/file_input.h"

namespace modiste {
namespace {

// A number or a text, as text: files write ids either way.
std::optional<std::string> word_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string() && !value->get_string().empty()) return std::string(value->get_string());
  if (value->is_int64()) return std::to_string(value->get_int64());
  if (value->is_uint64()) return std::to_string(value->get_uint64());
  return std::nullopt;
}

std::optional<std::string> word_of(const json::value& value) {
  return word_of(json::object{{"", value}}, "");
}

Result<std::vector<WrittenItem>> items_with_names(const json::array& list, const EntryPlace& place) {
  std::vector<WrittenItem> items;
  for (const json::value& entry : list) {
    const std::string where = fmt::format("item {}", items.size() + 1);
    if (!entry.is_object()) return malformed_entry(place, where + " is not an object", kOutfitExpected);
    const json::object& object = entry.get_object();
    const auto index = word_of(object, "index"), category = word_of(object, "categoryid");
    if (!index) return malformed_entry(place, where + " has no index", kOutfitExpected);
    if (!category) return malformed_entry(place, where + " has no categoryid", kOutfitExpected);
    WrittenItem& item = items.emplace_back(WrittenItem{*index, *category, "", -1});
    if (const auto* name = object.if_contains("name"); name != nullptr && name->is_string())
      item.name = std::string(name->get_string());
    if (const auto* price = object.if_contains("price"); price != nullptr && price->is_number())
      item.price = price->to_number<double>();
  }
  return items;
}

Result<std::vector<WrittenItem>> items_of_lists(const json::value& categories, const json::value* indices,
                                                const EntryPlace& place) {
  if (!categories.is_array() || indices == nullptr || !indices->is_array() ||
      categories.get_array().size() != indices->get_array().size())
    return malformed_entry(place, "items_category and items_index are not lists of one length",
                           kOutfitExpected);
  std::vector<WrittenItem> items;
  for (size_t i = 0; i < categories.get_array().size(); ++i) {
    const auto index = word_of(indices->get_array()[i]), category = word_of(categories.get_array()[i]);
    if (!index || !category)
      return malformed_entry(place, fmt::format("item {} has no category or index", i + 1), kOutfitExpected);
    items.push_back({*index, *category, "", -1});
  }
  return items;
}

}  // namespace

Error malformed_entry(const EntryPlace& place, std::string what, std::string_view expected) {
  return {Code::kInvalid, std::move(what), fmt::format("{}, line {}", place.file.string(), place.line),
          std::string(expected)};
}

Result<WrittenOutfit> parse_outfit(const json::value& entry, const EntryPlace& place) {
  if (!entry.is_object()) return malformed_entry(place, "the entry is not an object", kOutfitExpected);
  const json::object& object = entry.get_object();
  const auto id = word_of(object, "set_id");
  if (!id) return malformed_entry(place, "the outfit has no set_id", kOutfitExpected);
  WrittenOutfit outfit{*id, {}};
  const json::value *items = object.if_contains("items"), *categories = object.if_contains("items_category");
  if (items != nullptr && items->is_array()) {
    TRY_ASSIGN(outfit.items, items_with_names(items->get_array(), place));
  } else if (categories != nullptr) {
    TRY_ASSIGN(outfit.items, items_of_lists(*categories, object.if_contains("items_index"), place));
  } else {
    return malformed_entry(place, "the outfit has neither items nor items_category", kOutfitExpected);
  }
  return outfit;
}

std::optional<std::vector<std::string>> words_of_member(const json::object& object, std::string_view name) {
  const json::value* list = object.if_contains(name);
  if (list == nullptr || !list->is_array()) return std::nullopt;
  std::vector<std::string> words;
  for (const json::value& entry : list->get_array()) {
    auto word = word_of(entry);
    if (!word) return std::nullopt;
    words.push_back(std::move(*word));
  }
  return words;
}

Result<Done> for_each_outfit_entry(const std::filesystem::path& file, std::string_view expected,
                                   const EntryVisit& visit) {
  TRY_ASSIGN(auto input, FileInput::open(file));
  Utf8Input text(input);
  JsonListReader list(text);
  JsonListEntry entry;
  size_t entries = 0;
  for (;; ++entries) {
    auto more = list.next(entry);
    if (!more.ok()) {
      Error error = more.error();
      error.where = file.string() + (error.where.empty() ? "" : ", ") + error.where;
      return error;
    }
    if (!*more) break;
    const EntryPlace place{file, entry.line};
    if (entry.text.empty()) return malformed_entry(place, "the entry is longer than 4 MiB", expected);
    const auto parsed = parse_json(entry.text);
    if (!parsed.ok()) return malformed_entry(place, parsed.error().what, expected);
    TRY(visit(*parsed, place));
  }
  if (entries == 0) return malformed_entry({file, 1}, "the list is empty", expected);
  return kOk;
}

}  // namespace modiste
