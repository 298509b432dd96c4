#include "ingest/order_forms.h"

#include <algorithm>

#include "base/contains.h"
#include "base/text.h"

namespace modiste {
namespace {

using enum OrderOutcome;

constexpr OrderStateRule kBigCommerceStates[] = {
    {"status", "incomplete", kUnsold},       {"status", "pending", kUnsold},
    {"status", "awaiting payment", kUnsold}, {"status", "cancelled", kUnsold},
    {"status", "declined", kUnsold},         {"status", "refunded", kSentBack}};
constexpr Copy kBigCommerceOrder[] = {{"customer_id", "shopper_id"},
                                      {"billing_address.email", "email_hash"},
                                      {"date_created", "occurred_at"},
                                      {"currency_code", "currency"}};
constexpr Copy kBigCommerceLine[] = {{"product_id", "garment_id"}, {"sku", "sku"},
                                     {"variant_id", kAlsoKnownAs}, {"price_inc_tax", "price"},
                                     {"base_price", "price"},      {"quantity", "quantity"}};

constexpr OrderStateRule kAdobeStates[] = {
    {"state", "new", kUnsold},    {"state", "pending_payment", kUnsold}, {"state", "payment_review", kUnsold},
    {"state", "holded", kUnsold}, {"state", "canceled", kUnsold},        {"state", "closed", kSentBack}};
constexpr Copy kAdobeOrder[] = {{"customer_id", "shopper_id"},
                                {"customer_email", "email_hash"},
                                {"created_at", "occurred_at"},
                                {"order_currency_code", "currency"}};
constexpr Copy kAdobeLine[] = {{"sku", "sku"},
                               {"product_id", "garment_id"},
                               {"price_incl_tax", "price"},
                               {"price", "price"},
                               {"qty_ordered", "quantity"}};

// "valid": it was paid for. States have numbers, which each shop may change.
constexpr OrderStateRule kPrestaShopStates[] = {{"valid", "0", kUnsold}, {"valid", "false", kUnsold}};
constexpr Copy kPrestaShopOrder[] = {{"id_customer", "shopper_id"}, {"date_add", "occurred_at"}};
constexpr Copy kPrestaShopLine[] = {
    {"product_id", "garment_id"},     {"product_reference", "sku"}, {"product_attribute_id", kAlsoKnownAs},
    {"unit_price_tax_incl", "price"}, {"product_price", "price"},   {"product_quantity", "quantity"}};

constexpr OrderStateRule kSquarespaceStates[] = {{"testmode", "true", kUnsold},
                                                 {"fulfillmentStatus", "canceled", kUnsold}};
constexpr Copy kSquarespaceOrder[] = {{"customerId", "shopper_id"},
                                      {"customerEmail", "email_hash"},
                                      {"createdOn", "occurred_at"},
                                      {"grandTotal.currency", "currency"}};
constexpr Copy kSquarespaceLine[] = {{"productId", "garment_id"},
                                     {"sku", "sku"},
                                     {"variantId", kAlsoKnownAs},
                                     {"unitPricePaid.value", "price"},
                                     {"quantity", "quantity"}};

constexpr OrderStateRule kWixStates[] = {{"status", "initialized", kUnsold},
                                         {"status", "pending", kUnsold},
                                         {"status", "rejected", kUnsold},
                                         {"status", "canceled", kUnsold},
                                         {"paymentStatus", "fully_refunded", kSentBack}};
constexpr Copy kWixOrder[] = {{"buyerInfo.memberId", "shopper_id"}, {"buyerInfo.visitorId", "device_id"},
                              {"buyerInfo.email", "email_hash"},    {"purchasedDate", "occurred_at"},
                              {"createdDate", "occurred_at"},       {"currency", "currency"}};
constexpr Copy kWixLine[] = {{"catalogReference.catalogItemId", "garment_id"},
                             {"physicalProperties.sku", "sku"},
                             {"catalogReference.options.variantId", kAlsoKnownAs},
                             {"price.amount", "price"},
                             {"quantity", "quantity"}};

constexpr OrderStateRule kShopwareStates[] = {{"stateMachineState.technicalName", "cancelled", kUnsold}};
constexpr Copy kShopwareOrder[] = {{"orderCustomer.customerId", "shopper_id"},
                                   {"orderCustomer.email", "email_hash"},
                                   {"orderDateTime", "occurred_at"},
                                   {"currency.isoCode", "currency"}};
constexpr Copy kShopwareLine[] = {
    {"payload.parentId", "garment_id"}, {"productId", "garment_id"}, {"payload.productNumber", "sku"},
    {"productId", kAlsoKnownAs},        {"unitPrice", "price"},      {"quantity", "quantity"}};

constexpr OrderForm kForms[] = {
    {.has = {"status_id", "date_created", "products"},
     .id = "id",
     .lines = "products",
     .line_id = "id",
     .parent = "parent_order_product_id",
     .kind = "type",
     .returned = "quantity_refunded",
     .choices = {"product_options", "display_name", {"display_value", "value"}},
     .states = kBigCommerceStates,
     .of_order = kBigCommerceOrder,
     .of_line = kBigCommerceLine},
    {.has = {"increment_id", "items", "state"},
     .lacks = "order_id",
     .id = "increment_id",
     .lines = "items",
     .line_id = "item_id",
     .parent = "parent_item_id",
     .kind = "product_type",
     .discount = "discount_amount",
     .returned = "qty_refunded",
     .states = kAdobeStates,
     .of_order = kAdobeOrder,
     .of_line = kAdobeLine},
    {.has = {"current_state", "id_cart", "associations"},
     .id = "id",
     .lines = "associations.order_rows",
     .line_id = "id",
     .states = kPrestaShopStates,
     .of_order = kPrestaShopOrder,
     .of_line = kPrestaShopLine},
    {.has = {"orderNumber", "lineItems", "fulfillmentStatus"},
     .id = "orderNumber",
     .lines = "lineItems",
     .line_id = "id",
     .kind = "lineItemType",
     .choices = {"variantOptions", "optionName", {"value", ""}},
     .states = kSquarespaceStates,
     .of_order = kSquarespaceOrder,
     .of_line = kSquarespaceLine},
    {.has = {"buyerInfo", "lineItems", "paymentStatus"},
     .id = "id",
     .lines = "lineItems",
     .line_id = "id",
     .kind = "itemType.preset",
     .discount = "totalDiscount.amount",
     .choices = {"descriptionLines", "name.original", {"colorInfo.original", "plainText.original"}},
     .states = kWixStates,
     .of_order = kWixOrder,
     .of_line = kWixLine},
    {.has = {"orderNumber", "lineItems", "orderCustomer"},
     .id = "orderNumber",
     .lines = "lineItems",
     .line_id = "id",
     .kind = "type",
     .choices = {"payload.options", "group", {"option", ""}},
     .states = kShopwareStates,
     .of_order = kShopwareOrder,
     .of_line = kShopwareLine}};

}  // namespace

const OrderForm* order_form_of(const json::object& entry) {
  const auto found = std::find_if(std::begin(kForms), std::end(kForms), [&](const OrderForm& form) {
    return std::all_of(form.has.begin(), form.has.end(),
                       [&](std::string_view member) { return entry.contains(member); }) &&
           (form.lacks.empty() || !entry.contains(form.lacks));
  });
  return found == std::end(kForms) ? nullptr : &*found;
}

bool is_no_garment_kind(std::string_view kind) {
  constexpr std::array<std::string_view, 12> kKinds{
      "giftcertificate", "gift_card", "giftcard", "service", "digital", "downloadable",
      "virtual",         "promotion", "discount", "credit",  "custom",  "container"};
  return contains(kKinds, ascii_lower(kind));
}

}  // namespace modiste
