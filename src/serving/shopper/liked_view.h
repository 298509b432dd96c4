// What a shopper liked, as a list of its own: the feed leaves it out for a while (ranking/rules.h). These
// types are the HTTP contract too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serving/api/requests.h"
#include "serving/request/request_state.h"

namespace modiste {

// A garment that the shopper liked, saved or put into the cart.
struct LikedGarment {
  AnswerItem item;
  EventType how{};  // how they said so most clearly: like, save or add_to_cart
  TimePoint at{};   // when last
};

// A page of them, latest first. Without what was passed or no longer saved since, what was only bought, and
// what the shop no longer has; what is sold out is among them.
struct LikedPage {
  std::vector<LikedGarment> garments;
  int64_t total = 0;                // on all pages
  std::optional<std::string> next;  // send it as `after`; absent on the last page
};

template <>
struct Contract<LikedGarment> {
  static constexpr std::string_view kName = "LikedGarment";
  static constexpr std::string_view kDoc = "A garment in one colour that a shopper liked.";
  static constexpr auto kFields = Fields{
      field("item", &LikedGarment::item, {.doc = "The garment as it is now", .required = true}),
      field("how", &LikedGarment::how,
            {.doc = "How the shopper said so most clearly: like, save or add_to_cart", .required = true}),
      field("at", &LikedGarment::at, {.doc = "When last", .required = true})};
};

template <>
struct Contract<LikedPage> {
  static constexpr std::string_view kName = "LikedPage";
  static constexpr std::string_view kDoc =
      "What a shopper liked, saved or put into the cart, latest first. What was passed or no longer saved "
      "since is not among it.";
  static constexpr auto kFields =
      Fields{field("garments", &LikedPage::garments, {.doc = "Latest first", .required = true}),
             field("total", &LikedPage::total, {.doc = "Number of garments on all pages", .required = true}),
             field("next", &LikedPage::next,
                   {.doc = "Send it as `after` to get the next page; absent on the last page"})};
};

// after: empty, or the `next` of a page; kInvalid otherwise. A page begins behind that garment, also after
// the shopper stopped liking it.
[[nodiscard]] Result<LikedPage> make_liked_page(const RequestState& request, const ShopState& shop,
                                                std::string_view after, size_t count);

}  // namespace modiste
