// Polyvore's outfits: {"items": [{"index", "name", "price", "categoryid", ...}], "set_id", ...} or, without
// names, {"items_category": [...], "items_index": [...], "set_id"}. A garment is called by its outfit and its
// place in it, "214181831_1", as the set's own questions call it.
#include <fmt/format.h>

#include <charconv>
#include <unordered_map>

#include "feeds/feed_text.h"
#include "history/history_formats.h"
#include "history/json_list_reader.h"

namespace modiste {

struct PolyvoreItem {
  int index = 0;
  std::string name, image;
  double price = 0;  // -1: not known
  int likes = 0, categoryid = 0;
};

struct PolyvoreSet {
  std::string set_id, name, image, date, set_url, desc;
  int views = 0, likes = 0;
  std::vector<PolyvoreItem> items;
  std::vector<int> items_category, items_index;
};

template <>
struct Contract<PolyvoreItem> {
  static constexpr std::string_view kName = "PolyvoreItem";
  static constexpr std::string_view kDoc = "A piece of an outfit.";
  static constexpr auto kFields =
      Fields{field("index", &PolyvoreItem::index, {.doc = "", .required = true, .min = 0, .max = 1'000}),
             field("name", &PolyvoreItem::name, {.doc = "", .length_max = 500}),  // a garment's title
             field("image", &PolyvoreItem::image),
             field("price", &PolyvoreItem::price, {.doc = "", .min = -1, .max = 1e7}),
             field("likes", &PolyvoreItem::likes),
             field("categoryid", &PolyvoreItem::categoryid, {.doc = "", .required = true})};
};

template <>
struct Contract<PolyvoreSet> {
  static constexpr std::string_view kName = "PolyvoreSet";
  static constexpr std::string_view kDoc = "An outfit.";
  static constexpr auto kFields = Fields{
      field("set_id", &PolyvoreSet::set_id,
            {.doc = "", .required = true, .length_max = kHistoryIdBytesMax - 8}),
      field("name", &PolyvoreSet::name),
      field("image", &PolyvoreSet::image),
      field("date", &PolyvoreSet::date),
      field("set_url", &PolyvoreSet::set_url),
      field("desc", &PolyvoreSet::desc),
      field("views", &PolyvoreSet::views),
      field("likes", &PolyvoreSet::likes),
      field("items", &PolyvoreSet::items, {.doc = "", .items_max = 20}),
      field("items_category", &PolyvoreSet::items_category, {.doc = "", .items_max = 20}),
      field("items_index", &PolyvoreSet::items_index, {.doc = "", .min = 0, .max = 1'000, .items_max = 20})};
};

namespace {

// "3 Dresses" a line; lines of another shape are skipped.
std::unordered_map<int, std::string> read_companion(std::string_view text) {
  std::unordered_map<int, std::string> names;
  for (const auto& line : split_list(text, "\r\n")) {
    int number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error == std::errc())
      names[number] = std::string(trim(std::string_view(line).substr(end - line.data())));
  }
  return names;
}

// Both shapes as one.
Result<std::vector<PolyvoreItem>> items_of(PolyvoreSet& set) {
  if (set.items_index.size() != set.items_category.size())
    return Error{
        Code::kInvalid,
        fmt::format("has {} categories and {} places", set.items_category.size(), set.items_index.size()),
        "/items_index", "one of each for every item"};
  for (size_t i = 0; i < set.items_index.size(); ++i) {
    PolyvoreItem item;
    item.index = set.items_index[i];
    item.categoryid = set.items_category[i];
    set.items.push_back(std::move(item));
  }
  if (set.items.empty()) return Error{Code::kInvalid, "the outfit is empty", "/items", "at least one item"};
  if (set.set_id.empty()) return Error{Code::kInvalid, "the outfit has no id", "/set_id", "an id"};
  return std::move(set.items);
}

class Polyvore {
 public:
  explicit Polyvore(HistoryRun& run) : run_(run), names_(read_companion(run.options().companion)) {}

  Result<Done> read() {
    JsonListReader list(run_.feed().text());
    JsonListEntry entry;
    for (size_t number = 0; run_.next_row(); ++number) {
      TRY_ASSIGN(const bool more, list.next(entry));
      if (!more) return kOk;
      run_.feed().count_row();
      const std::string where = fmt::format("/{}", number);
      if (entry.text.empty()) {
        run_.feed().refuse(entry.line, where, "is longer than 4 MiB; expected an outfit");
        continue;
      }
      auto set = from_json_text<PolyvoreSet>(entry.text);
      auto items = set.ok() ? items_of(*set) : Result<std::vector<PolyvoreItem>>(set.error());
      if (!items.ok()) {
        run_.feed().refuse(entry.line, where + items.error().where, items.error());
        continue;
      }
      if (run_.wants_garments()) TRY(give_garments(entry.line, set->set_id, *items));
      if (run_.wants_events()) TRY(tell(entry.line, number, set->set_id, *items));
    }
    return kOk;
  }

 private:
  [[nodiscard]] std::string id_of(const std::string& set, const PolyvoreItem& item) const {
    return fmt::format("{}{}_{}", run_.options().prefix, set, item.index);
  }

  Result<Done> give_garments(size_t line, const std::string& set, const std::vector<PolyvoreItem>& items) {
    for (const auto& item : items) {
      if (item.name.empty() && !run_.options().bare_garments) continue;
      Garment garment;
      garment.id = id_of(set, item);
      if (const auto name = names_.find(item.categoryid); name != names_.end())
        garment.category = name->second;
      garment.title = !item.name.empty()         ? item.name
                      : garment.category.empty() ? fmt::format("Item {}_{}", set, item.index)
                                                 : garment.category;
      garment.variants.push_back({garment.id, "", "", std::max(0.0, item.price), {}, {}, 1});
      TRY(run_.feed().emit(std::move(garment), line));
    }
    return kOk;
  }

  // Who made an outfit is not in the set: each is filed under somebody of its own.
  Result<Done> tell(size_t line, size_t number, const std::string& set,
                    const std::vector<PolyvoreItem>& items) {
    Event event;
    event.type = EventType::kOutfitComplete;
    event.event_id = event.external_id = event.outfit_id = run_.options().prefix + set;
    for (const auto& item : items) event.garment_ids.push_back(id_of(set, item));
    event.occurred_at = run_.options().begin + static_cast<int64_t>(number) * kClickStep;
    return run_.emit(std::move(event), line);
  }

  HistoryRun& run_;
  const std::unordered_map<int, std::string> names_;
};

Result<Done> read_polyvore(HistoryRun& run) {
  TRY(Polyvore(run).read());
  run.note(
      "the data set does not name the makers of outfits: each outfit gets an anonymous shopper of its own");
  run.note(
      fmt::format("the data set has no times: outfits are given {} and the minutes after it, in its order",
                  to_rfc3339(run.options().begin)));
  return kOk;
}

}  // namespace

const HistoryFormat kPolyvoreHistory{
    .name = "polyvore",
    .doc = "Outfits as a JSON list, category_id.txt beside it; makes the garments it names",
    .read = read_polyvore,
    .has_garments = true,
    .companion = "category_id.txt"};

}  // namespace modiste
