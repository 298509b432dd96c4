// The contradictions between photos and words of the whole shop, for the merchant.
//
// Threads: one writer beside any number of readers.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "catalog/catalog.h"
#include "catalog/photo_conflict.h"

namespace modiste {

enum class ConflictState : uint8_t { kAll, kOpen, kSettled };
template <>
struct EnumNames<ConflictState> {
  static constexpr std::array<std::string_view, 3> kNames{"all", "open", "settled"};
};

struct ListedConflict {
  PhotoConflict conflict;
  std::string title;    // of the garment
  std::string message;  // in English
};

struct ConflictPage {
  std::vector<ListedConflict> conflicts;
  int64_t total = 0, open = 0;      // of the shop; not settled
  std::optional<std::string> next;  // send it as `after`; absent on the last page
};

class PhotoConflicts {
 public:
  // Replaces those of a garment.
  void put(GarmentConflicts conflicts);
  [[nodiscard]] std::vector<PhotoConflict> of(std::string_view garment_id) const;
  [[nodiscard]] std::optional<PhotoConflict> find(std::string_view conflict_id) const;

  // Of garments on sale, in order of garment and id.
  // after: empty, or the `next` of a page, whose place holds also when its conflict has gone; kInvalid when
  // it is neither.
  [[nodiscard]] Result<ConflictPage> page(const Catalog& catalog, ConflictState state, std::string_view after,
                                          size_t count) const;

 private:
  using Place = std::pair<std::string, std::string>;  // garment, id of the conflict
  mutable Mutex mutex_;
  std::map<Place, PhotoConflict> conflicts_ GUARDED_BY(mutex_);
  std::map<std::string, std::string, std::less<>> garments_ GUARDED_BY(mutex_);  // by id of the conflict
};

template <>
struct Contract<ListedConflict> {
  static constexpr std::string_view kName = "ListedConflict";
  static constexpr std::string_view kDoc = "A contradiction between a photo and the supplier's words.";
  static constexpr auto kFields = Fields{
      field("conflict", &ListedConflict::conflict, {.doc = "What contradicts what", .required = true}),
      field("title", &ListedConflict::title, {.doc = "Title of the garment", .required = true}),
      field("message", &ListedConflict::message, {.doc = "The contradiction in English", .required = true})};
};

template <>
struct Contract<ConflictPage> {
  static constexpr std::string_view kName = "ConflictPage";
  static constexpr std::string_view kDoc = "Contradictions between photos and words, by garment.";
  static constexpr auto kFields =
      Fields{field("conflicts", &ConflictPage::conflicts, {.doc = "In order of garment", .required = true}),
             field("total", &ConflictPage::total, {.doc = "Of the whole shop", .required = true}),
             field("open", &ConflictPage::open, {.doc = "Of these, not settled", .required = true}),
             field("next", &ConflictPage::next,
                   {.doc = "Send it as `after` to get the next page; absent on the last page"})};
};

}  // namespace modiste
