#include "serving/shopper/liked_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "serving/answer/answer_item.h"

namespace modiste {
namespace {

// A place in the list: a garment's time and slot.
struct LikedPlace {
  int64_t at = INT64_MAX;
  Slot slot = kNoSlot;
};

LikedPlace place_of(const Liked& liked) { return {liked.at.time_since_epoch().count(), liked.slot}; }

// Later garments first; of one moment, the one with the greater slot.
bool precedes(const LikedPlace& a, const LikedPlace& b) {
  return a.at != b.at ? a.at > b.at : a.slot > b.slot;
}

std::string to_cursor(const LikedPlace& place) { return fmt::format("{}-{}", place.at, place.slot); }

Result<LikedPlace> parse_cursor(std::string_view cursor) {
  LikedPlace place;
  const char* end = cursor.data() + cursor.size();
  const auto at = std::from_chars(cursor.data(), end, place.at);
  if (at.ec == std::errc() && at.ptr != end && *at.ptr == '-') {
    const auto slot = std::from_chars(at.ptr + 1, end, place.slot);
    if (slot.ec == std::errc() && slot.ptr == end) return place;
  }
  return Error{Code::kInvalid, fmt::format("not a page of liked garments: '{}'", cursor.substr(0, 60)),
               "?after", "the `next` of the page before"};
}

}  // namespace

Result<LikedPage> make_liked_page(const RequestState& request, const ShopState& shop, std::string_view after,
                                  size_t count) {
  LikedPlace from;
  if (!after.empty()) {
    TRY_ASSIGN(from, parse_cursor(after));
  }
  std::vector<Liked> liked;
  for (const Liked& one : request.shopper->liked)
    if (one.how != EventType::kPurchase && one.slot < request.catalog->slot_count() &&
        request.catalog->facts(one.slot).live)
      liked.push_back(one);
  std::sort(liked.begin(), liked.end(),
            [](const Liked& a, const Liked& b) { return precedes(place_of(a), place_of(b)); });
  LikedPage page;
  page.total = static_cast<int64_t>(liked.size());
  for (const Liked& one : liked) {
    if (!after.empty() && !precedes(from, place_of(one))) continue;
    if (page.garments.size() == count) {
      const Liked& last = liked[static_cast<size_t>(&one - liked.data()) - 1];
      page.next = to_cursor(place_of(last));
      break;
    }
    AnswerItem item = to_answer_item(request.catalog->item(one.slot), shop);
    item.position = static_cast<int>(page.garments.size());
    page.garments.push_back({std::move(item), one.how, one.at});
  }
  return page;
}

}  // namespace modiste
