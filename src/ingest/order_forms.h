// How shops' platforms write an order, as tables: orders that their APIs answer and that relays pass on.
//   BigCommerce     developer.bigcommerce.com/docs/rest-management/orders (v2, with its products)
//   Adobe Commerce  developer.adobe.com/commerce/webapi/rest (orders of V1)
//   PrestaShop      devdocs.prestashop-project.org/8/webservice/resources/orders
//   Squarespace     developers.squarespace.com/commerce-apis/orders-overview
//   Wix             dev.wix.com/docs/rest/business-solutions/e-commerce/orders
//   Shopware        shopware.stoplight.io/docs/admin-api (entity `order`)
// Another platform is another table. Internal to translation.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/draft.h"

namespace modiste {

enum class OrderOutcome : uint8_t { kSold, kUnsold, kSentBack };

// An order whose member has this value, in lower case, came to this. What nothing is said of is sold.
struct OrderStateRule {
  std::string_view path, value;
  OrderOutcome outcome;
};

// A line's choices, such as its colour: a list of them, and where each has its name and its value.
struct LineChoices {
  std::string_view list, name;
  std::array<std::string_view, 2> values;  // the first that is there counts
};

// Paths are of members set apart by dots; an empty one means that the platform has no such member.
struct OrderForm {
  std::array<std::string_view, 3> has;  // members by which it is known
  std::string_view lacks = {};          // a member of the platform's invoices and parcels
  std::string_view id;                  // the number that its storefront's analytics send too
  std::string_view lines;
  std::string_view line_id;
  std::string_view parent = {};    // of a line: the line that it is a part of, which is sold in its place
  std::string_view kind = {};      // of a line: what it is, see is_no_garment_kind()
  std::string_view discount = {};  // of a line: what was taken off all its pieces together
  std::string_view returned = {};  // of a line: how many of its pieces came back
  LineChoices choices = {};
  std::span<const OrderStateRule> states;
  std::span<const Copy> of_order, of_line;
};

// One event a line, or two where pieces of it came back; none of an order that nobody paid for.
Result<std::vector<Translated>> translate_platform_order(const json::object& order, const OrderForm& form,
                                                         std::string_view base);
// Takes out what the form does not name, such as who bought and where they live.
void keep_order_members(json::object& order, const OrderForm& form);

// The platform that writes orders so; null: none that is known.
[[nodiscard]] const OrderForm* order_form_of(const json::object& entry);
// Money, parts of the price, and what is not worn: "GIFT_CARD", "promotion", "service".
[[nodiscard]] bool is_no_garment_kind(std::string_view kind);

}  // namespace modiste
