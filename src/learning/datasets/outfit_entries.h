// The entries of files of outfits (docs/formats/outfits.md), as they are written: lists of JSON objects.
//
// kInvalid names the file and the line, and says what would be right.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace modiste {

inline constexpr std::string_view kOutfitExpected =
    R"({"set_id": "1", "items": [{"index": 1, "categoryid": 25, "name": "..."}]} or {"set_id", )"
    R"("items_category", "items_index"})";
// Where an entry stands; borrows the path.
struct EntryPlace {
  const std::filesystem::path& file;
  size_t line = 0;
};

[[nodiscard]] Error malformed_entry(const EntryPlace& place, std::string what, std::string_view expected);

struct WrittenItem {
  std::string index, category, name;
  double price = -1;
};

struct WrittenOutfit {
  std::string id;
  std::vector<WrittenItem> items;
};

Result<WrittenOutfit> parse_outfit(const json::value& entry, const EntryPlace& place);

// A list of numbers or texts, as texts. Empty where the object has no such list.
[[nodiscard]] std::optional<std::vector<std::string>> words_of_member(const json::object& object,
                                                                      std::string_view name);

// Calls visit for each entry of a JSON list in a file, plain or gzip. expected: what an entry should be.
using EntryVisit = std::function<Result<Done>(const json::value& entry, const EntryPlace& place)>;
Result<Done> for_each_outfit_entry(const std::filesystem::path& file, std::string_view expected,
                                   const EntryVisit& visit);

}  // namespace modiste
