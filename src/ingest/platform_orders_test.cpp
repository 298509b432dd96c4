// Orders of the APIs of BigCommerce, Adobe Commerce, PrestaShop, Squarespace, Wix and Shopware.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

// "purchase 77/sku (Colour: Olive) 2 x 89 of O1 by ada" of each event.
std::string lines_told(const ParsedBatch& batch) {
  std::string all;
  for (const Event& event : batch.events)
    all += fmt::format("{}{} {}/{} ({}) {} x {} of {} by {}", all.empty() ? "" : "; ", name_of(event.type),
                       event.garment_id, event.sku, event.colour, event.quantity.value_or(1),
                       event.price.value_or(0), event.order_id,
                       event.shopper_id.empty() ? event.session_id : event.shopper_id);
  return all;
}

std::string bigcommerce(std::string_view status, std::string_view customer, std::string_view line = "") {
  return fmt::format(
      R"({{"id":118,"customer_id":{},"date_created":"Sat, 21 Nov 2026 09:29:00 +0000","status_id":11,
      "status":"{}","currency_code":"USD","ip_address":"203.0.113.7","customer_message":"for Bea",
      "billing_address":{{"first_name":"Ada","email":"ada@example.com"}},
      "products":[{{"id":7,"order_id":118,"product_id":77,"variant_id":401,"sku":"DR-OL-M","type":"physical",
        "price_inc_tax":"89.0000","quantity":2,"quantity_refunded":0,"parent_order_product_id":null,
        "product_options":[{{"display_name":"Color","display_value":"Olive"}},
                           {{"display_name":"Size","display_value":"M"}}]{}}},
        {{"id":8,"product_id":0,"sku":"","name":"Wrapping","quantity":1}},
        {{"id":9,"product_id":5,"sku":"GIFT","type":"giftcertificate","quantity":1}}]}})",
      customer, status, line);
}

TEST(PlatformOrders, OfBigCommerce) {
  const auto order = taken(bigcommerce("Awaiting Fulfillment", "12"));
  EXPECT_EQ(lines_told(order), "purchase 77/DR-OL-M (Color: Olive, Size: M) 2 x 89 of 118 by 12");
  const Event& event = order.events.at(0);
  EXPECT_EQ(event.also_known_as, std::vector<std::string>{"401"});
  EXPECT_EQ(event.currency, "USD");
  EXPECT_EQ(to_rfc3339(*event.occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_EQ(event.email_hash, "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72");
  EXPECT_EQ(taken(bigcommerce("Awaiting Fulfillment", "0")).events.at(0).session_id, "order-118")
      << "a guest";
  for (const char* unpaid : {"Pending", "Incomplete", "Awaiting Payment", "Cancelled", "Declined"})
    EXPECT_EQ(taken(bigcommerce(unpaid, "12")).ignored, 1U) << unpaid;
  EXPECT_EQ(lines_told(taken(bigcommerce("Refunded", "12"))).substr(0, 9), "return 77");
}

TEST(PlatformOrders, PiecesThatCameBackAreAReturnBesideThePurchase) {
  std::string sent = bigcommerce("Partially Refunded", "12");
  sent.replace(sent.find("\"quantity_refunded\":0"), 21, "\"quantity_refunded\":1");
  const auto order = taken(sent);
  ASSERT_EQ(order.events.size(), 2U);
  EXPECT_EQ(order.events[1].type, EventType::kReturn);
  EXPECT_EQ(order.events[1].quantity, 1);
  EXPECT_NE(order.events[1].event_id, order.events[0].event_id);
}

TEST(PlatformOrders, WhoBoughtIsNotKept) {
  const std::string kept = serialize_json(taken(bigcommerce("Shipped", "12")).original(0));
  for (const char* gone : {"Ada", "ada@example.com", "203.0.113.7", "for Bea"})
    EXPECT_EQ(kept.find(gone), std::string::npos) << gone << " in " << kept;
  EXPECT_EQ(lines_told(taken(kept)), lines_told(taken(bigcommerce("Shipped", "12")))) << "it can be replayed";
}

TEST(PlatformOrders, WithoutTheirLinesAreRefused) {
  const auto batch = ParsedBatch::judge(
      R"({"id":118,"status_id":11,"status":"Shipped","date_created":"Sat, 21 Nov 2026 09:29:00 +0000",
          "products":{"url":"https://shop.example/orders/118/products","resource":"/orders/118/products"}})",
      kReceived);
  ASSERT_TRUE(batch.ok());
  ASSERT_EQ(batch->refused.size(), 1U);
  EXPECT_EQ(batch->refused[0].error.where, "/products");
}

TEST(PlatformOrders, OfAdobeCommerce) {
  const auto order = [](std::string_view state) {
    return taken(
        fmt::format(R"({{"items":[{{"entity_id":7,"increment_id":"000000042","state":"{}","status":"x",
      "customer_id":3,"customer_email":"ada@example.com","customer_firstname":"Ada","remote_ip":"203.0.113.7",
      "created_at":"2026-11-21 09:29:00","order_currency_code":"EUR","items":[
      {{"item_id":1,"parent_item_id":null,"product_id":67,"product_type":"configurable","sku":"MH01-XS-Black",
       "price":50,"price_incl_tax":60,"qty_ordered":2,"qty_refunded":0,"discount_amount":20}},
      {{"item_id":2,"parent_item_id":1,"product_id":52,"product_type":"simple","sku":"MH01-XS-Black","price":0,
       "qty_ordered":2}}]}}],"search_criteria":{{}},"total_count":1}})",
                    state));
  };
  EXPECT_EQ(lines_told(order("processing")), "purchase 67/MH01-XS-Black () 2 x 50 of 000000042 by 3")
      << "at what was paid, and the variant counts once";
  EXPECT_EQ(order("processing").events.at(0).discount, 10);
  EXPECT_EQ(order("pending_payment").ignored, 1U);
  EXPECT_EQ(order("canceled").ignored, 1U);
  EXPECT_EQ(lines_told(order("closed")).substr(0, 6), "return");
}

TEST(PlatformOrders, OfPrestaShop) {
  const auto order = [](std::string_view valid) {
    return taken(fmt::format(R"({{"order":{{"id":5,"id_cart":"5","id_customer":"2","id_currency":"1",
      "current_state":"2","valid":"{}","date_add":"2026-11-21 09:29:00","associations":{{"order_rows":[
      {{"id":"11","product_id":"1","product_attribute_id":"3","product_quantity":"1",
       "product_name":"Printed T-shirt","product_reference":"demo_1",
       "unit_price_tax_incl":"22.94"}},
      {{"id":"12","product_id":"19","product_attribute_id":"0","product_quantity":"1","product_reference":"demo_19",
       "unit_price_tax_incl":"16.68"}}]}}}}}})",
                             valid));
  };
  const auto paid = order("1");
  EXPECT_EQ(lines_told(paid),
            "purchase 1/demo_1 () 1 x 22.94 of 5 by 2; purchase 19/demo_19 () 1 x 16.68 of 5 by 2");
  EXPECT_EQ(paid.events.at(0).also_known_as, std::vector<std::string>{"3"});
  EXPECT_TRUE(paid.events.at(1).also_known_as.empty()) << "it has no variants";
  EXPECT_EQ(order("0").ignored, 1U);
}

TEST(PlatformOrders, OfSquarespace) {
  const auto order = [](std::string_view state, bool test) {
    return taken(fmt::format(R"({{"result":[{{"id":"585d498fdee9f31a60284a37","orderNumber":"3","testmode":{},
      "createdOn":"2026-11-21T09:29:00.000Z","customerEmail":"ada@example.com","fulfillmentStatus":"{}",
      "billingAddress":{{"firstName":"Ada"}},"grandTotal":{{"currency":"USD","value":"89.00"}},"lineItems":[
      {{"id":"6a1","variantId":"v1","sku":"SQ1","productId":"p1","quantity":1,"lineItemType":"PHYSICAL_PRODUCT",
       "unitPricePaid":{{"currency":"USD","value":"89.00"}},
       "variantOptions":[{{"optionName":"Size","value":"M"}},{{"optionName":"Color","value":"Olive"}}]}},
      {{"id":"6a2","productId":"p2","quantity":1,"lineItemType":"GIFT_CARD"}}]}}],"pagination":{{}}}})",
                             test, state));
  };
  EXPECT_EQ(lines_told(order("PENDING", false)),
            "purchase p1/SQ1 (Size: M, Color: Olive) 1 x 89 of 3 by order-3")
      << "paid, and to be sent";
  EXPECT_EQ(order("CANCELED", false).ignored, 1U);
  EXPECT_EQ(order("FULFILLED", true).ignored, 1U) << "the shop's own trial";
}

TEST(PlatformOrders, OfWix) {
  const auto order = [](std::string_view status, std::string_view payment) {
    return taken(fmt::format(
        R"({{"id":"e1","entityFqdn":"wix.ecom.v1.order","slug":"created","createdEvent":{{"entity":{{
      "id":"0e5d6a9c","number":"10004","createdDate":"2026-11-21T09:29:00.000Z","currency":"EUR","status":"{}",
      "paymentStatus":"{}","buyerInfo":{{"visitorId":"dev-1","contactId":"c1","email":"ada@example.com"}},
      "lineItems":[{{"id":"l1","quantity":2,"catalogReference":{{"catalogItemId":"item-1",
         "options":{{"variantId":"var-1"}}}},"itemType":{{"preset":"PHYSICAL"}},
         "price":{{"amount":"85.00","formattedAmount":"85,00 €"}},"totalDiscount":{{"amount":"10.00"}},
         "physicalProperties":{{"sku":"W-1"}},"descriptionLines":[
         {{"name":{{"original":"Color"}},"colorInfo":{{"original":"Olive","code":"#808000"}},"lineType":"COLOR"}},
         {{"name":{{"original":"Size"}},"plainText":{{"original":"M"}},"lineType":"PLAIN_TEXT"}}]}}]}}}}}})",
        status, payment));
  };
  const auto paid = order("APPROVED", "PAID");
  EXPECT_EQ(lines_told(paid),
            "purchase item-1/W-1 (Color: Olive, Size: M) 2 x 80 of 0e5d6a9c by order-0e5d6a9c");
  EXPECT_EQ(paid.events.at(0).device_id, "dev-1");
  EXPECT_EQ(order("INITIALIZED", "NOT_PAID").ignored, 1U);
  EXPECT_EQ(lines_told(order("APPROVED", "FULLY_REFUNDED")).substr(0, 6), "return");
}

TEST(PlatformOrders, OfShopware) {
  const auto order =
      taken(R"({"data":{"event":"checkout.order.placed","payload":{"order":{"id":"a1","orderNumber":"10000",
      "orderDateTime":"2026-11-21T09:29:00.000+00:00","currency":{"isoCode":"EUR"},
      "stateMachineState":{"technicalName":"open"},"orderCustomer":{"customerId":"c1","email":"ada@example.com",
      "firstName":"Ada"},"lineItems":[
      {"id":"l1","type":"product","productId":"v1","quantity":1,"unitPrice":89,"label":"Dress",
       "payload":{"productNumber":"SW1.2","parentId":"p1","options":[{"group":"Colour","option":"Olive"},
                                                                     {"group":"Size","option":"M"}]}},
      {"id":"l2","type":"promotion","quantity":1,"unitPrice":-10}]}}},
      "source":{"shopId":"s","eventId":"e"},"timestamp":1795253340})");
  EXPECT_EQ(lines_told(order), "purchase p1/SW1.2 (Colour: Olive, Size: M) 1 x 89 of 10000 by c1");
  EXPECT_EQ(order.events.at(0).also_known_as, std::vector<std::string>{"v1"});
}

TEST(PlatformOrders, ToldAgainHaveTheSameIds) {
  const auto first = taken(bigcommerce("Awaiting Fulfillment", "12"));
  const auto again = taken(bigcommerce("Shipped", "12"));
  EXPECT_EQ(first.events.at(0).event_id, again.events.at(0).event_id);
}

// Invoices, parcels and credit memos of Adobe Commerce have lines too.
TEST(PlatformOrders, AnInvoiceIsNoOrder) {
  const auto batch = ParsedBatch::judge(
      R"([{"entity_id":1,"increment_id":"000000001","order_id":7,"state":2,"items":[{"sku":"MH01","qty":1}]}])",
      kReceived);
  ASSERT_TRUE(batch.ok());
  EXPECT_TRUE(batch->events.empty());
  EXPECT_EQ(batch->refused.size(), 1U);
}

}  // namespace
}  // namespace modiste
