// Google Merchant products as JSON: the Content API's ({"resources": [...]}, "imageLink") and the Merchant
// API's ({"products": [{"offerId", "productAttributes": {...}}]}), alone, in a list or one a line.
// https://developers.google.com/shopping-content/reference/rest/v2.1/products
// https://developers.google.com/merchant/api/reference/rest
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/json.h"
#include "base/text.h"
#include "feeds/feed_google.h"
#include "feeds/feed_readers.h"
#include "feeds/json_objects.h"

namespace modiste {
namespace {

// "image_link" -> "imageLink".
std::string camel_case(std::string_view name) {
  std::string out;
  bool upper = false;
  for (const char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    upper = false;
  }
  return out;
}

// {"value": "39.00", "currency": "USD"}, or {"amountMicros": "39000000", "currencyCode": "USD"}.
std::string money_of(const json::object& money) {
  std::string amount = cell_of(money.if_contains("value")), currency = cell_of(money.if_contains("currency"));
  if (currency.empty()) currency = cell_of(money.if_contains("currencyCode"));
  if (const std::string micros = cell_of(money.if_contains("amountMicros"));
      amount.empty() && !micros.empty())
    if (const auto parsed = parse_json(micros); parsed.ok() && parsed->is_number())
      amount = fmt::format("{:.6f}", parsed->to_number<double>() / 1e6);
  if (const size_t point = amount.find('.'); point != std::string::npos) {  // of at most three decimals
    while (amount.size() > point + 3 && amount.ends_with('0')) amount.pop_back();
  }
  return amount + " " + currency;
}

std::string json_text_of(std::string_view attribute, const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return cell_of(&value);
  const auto cell = [&](std::string_view member) { return cell_of(object->if_contains(member)); };
  if (attribute == "product_detail")
    return fmt::format("{}:{}", cell("attributeName"), cell("attributeValue"));
  if (object->contains("startTime") || object->contains("startDate"))
    return fmt::format("{}/{}", cell("startTime") + cell("startDate"), cell("endTime") + cell("endDate"));
  if (attribute.starts_with("structured_")) return cell("content");
  if (attribute == "size" || attribute == "quantity") return cell("value");
  return money_of(*object);
}

// Names that the APIs call otherwise than the feeds do; else the feed's own, its camel case, or its plural.
std::vector<std::string> names_of(std::string_view attribute) {
  constexpr std::pair<std::string_view, std::string_view> kOthers[] = {{"id", "offerId"},
                                                                       {"quantity", "sellOnGoogleQuantity"}};
  std::vector<std::string> names;
  for (const auto& [ours, theirs] : kOthers)
    if (ours == attribute) names.emplace_back(theirs);
  const std::string camel = camel_case(attribute);
  for (const auto& name : {std::string(attribute), camel, camel + "s", std::string(attribute) + "s"})
    names.push_back(name);
  return names;
}

std::vector<std::string> attribute_values(const json::object& product, std::string_view attribute) {
  std::vector<std::string> values;
  const auto take = [&](const json::value& value) {
    if (std::string text = json_text_of(attribute, value); !trim(text).empty())
      values.push_back(std::move(text));
  };
  for (const auto& name : names_of(attribute)) {
    const json::value* found = product.if_contains(name);
    for (const auto* inner : {"productAttributes", "attributes"})
      if (const auto* attributes = product.if_contains(inner);
          found == nullptr && attributes != nullptr && attributes->is_object())
        found = attributes->get_object().if_contains(name);
    if (found == nullptr) continue;
    if (const auto* list = found->if_array())
      for (const auto& value : *list) take(value);
    else
      take(*found);
    if (!values.empty()) break;
  }
  // Enumerators of the Merchant API: IN_STOCK, FEMALE.
  if (attribute == "availability" || attribute == "gender" || attribute == "age_group")
    for (auto& value : values) value = ascii_lower(value);
  return values;
}

Result<Done> read_google_merchant_json(FeedRun& run) {
  GoogleProducts products(run, "");
  TRY(for_each_product(run, [&](const json::object& product, size_t line) {
    return products.add([&](std::string_view attribute) { return attribute_values(product, attribute); },
                        line);
  }));
  return products.finish();
}

}  // namespace

const FeedReader kGoogleMerchantJson{
    "google-merchant-json",
    [](const FeedHead& head) {
      return head.is_json() && (head.contains("\"offerId\"") || head.contains("\"imageLink\"") ||
                                head.contains("\"image_link\"") || head.contains("content#product"));
    },
    read_google_merchant_json};

}  // namespace modiste
