#include "feeds/money.h"

#include <gtest/gtest.h>

#include <cmath>

#include "feeds/feed_offer.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

std::string money(std::string_view text, std::string_view home = "") {
  const auto parsed = parse_money(text, home);
  return parsed.ok() ? fmt::format("{} {}", parsed->amount, parsed->currency) : "refused";
}

constexpr std::pair<const char*, const char*> kWritten[] = {
    {"12.00 USD", "12 USD"},
    {"USD 12", "12 USD"},
    {"12.00EUR", "12 EUR"},
    {"12.5", "12.5 "},
    {"$1,299.00", "1299 USD"},
    {"1.299,00 €", "1299 EUR"},
    {"12,50\u00A0€", "12.5 EUR"},
    {"£9", "9 GBP"},
    {"49€90", "49.9 EUR"},
    {"lv 49.90", "49.9 BGN"},
    {"52.0000", "52 "},
    {"0", "0 "},
    {"1 299,00 EUR", "1299 EUR"},
    {"1\u202F299,00 €", "1299 EUR"},
    {"1\u2009299 EUR", "1299 EUR"},
    {"1.299 EUR", "1299 EUR"},
    {"2.450 €", "2450 EUR"},
    {"1,299 GBP", "1299 GBP"},
    {"0.299 EUR", "0.299 EUR"},
    {"1299.000 EUR", "1299 EUR"},
    {"19,- EUR", "19 EUR"},
    {"₺ 1.299,90 TL", "1299.9 TRY"},
    {"৳1,299", "1299 BDT"},
    {"25 ¢", "refused"},
    {"49 € / £42", "refused"},
    {"1.299,- €", "1299 EUR"},
    {"19.– CHF", "19 CHF"},
    {"19.— Fr.", "19 CHF"},
    {"199:- SEK", "199 SEK"},
    {"CHF 1'299.00", "1299 CHF"},
    {"CHF 1’299.00", "1299 CHF"},
    {"1.299.000 VND", "1299000 VND"},
    {"1.299.000 ₫", "1299000 VND"},
    {"12,500 KWD", "12.5 KWD"},
    {"12.500 KWD", "12.5 KWD"},
    {"1,250.500 BHD", "1250.5 BHD"},
    {"C$59.00", "59 CAD"},
    {"CA$59.00", "59 CAD"},
    {"A$59", "59 AUD"},
    {"NZ$ 59", "59 NZD"},
    {"HK$590", "590 HKD"},
    {"NT$1,590", "1590 TWD"},
    {"S$59.90", "59.9 SGD"},
    {"MX$1,299.00", "1299 MXN"},
    {"R$ 199,90", "199.9 BRL"},
    {"R 1 299,00", "1299 ZAR"},
    {"₺1.299,90", "1299.9 TRY"},
    {"1.299,90 TL", "1299.9 TRY"},
    {"Rs. 1,299", "1299 INR"},
    {"₹1,29,999.00", "129999 INR"},
    {"₹ 12,34,567", "1234567 INR"},
    {"8900円", "8900 JPY"},
    {"￥８，９００", "8900 JPY"},
    {"¥8,900", "8900 JPY"},
    {"₩59,000", "59000 KRW"},
    {"59.000원", "59000 KRW"},
    {"1 299,99 Kč", "1299.99 CZK"},
    {"199,99 zł", "199.99 PLN"},
    {"12 990 Ft", "12990 HUF"},
    {"1 299,00 руб.", "1299 RUB"},
    {"1 299 ₽", "1299 RUB"},
    {"1.299,00 lei", "1299 RON"},
    {"129,00 лв.", "129 BGN"},
    {"₴1 299", "1299 UAH"},
    {"₪129.90", "129.9 ILS"},
    {"Rp 1.299.000", "1299000 IDR"},
    {"RM129.90", "129.9 MYR"},
    {"฿1,290", "1290 THB"},
    {"₱1,299.00", "1299 PHP"},
    {"S/ 129.90", "129.9 PEN"},
    {"US$ 12.00", "12 USD"},
    {"59,00 € inkl. MwSt.", "59 EUR"},
    {"59,00 € inkl. 19 % MwSt. zzgl. Versand", "59 EUR"},
    {"199 NIS", "199 ILS"},
    {"199 ש״ח", "199 ILS"},
    {"499.000 VNĐ", "499000 VND"},
    {"E£ 1,299", "1299 EGP"},
    {"50ユーロ", "50 EUR"},
    {"£59.00 inc. VAT", "59 GBP"},
    {"59,00 € TTC", "59 EUR"},
    {"8,900円（税込）", "8900 JPY"},
    {"19.90 - 19.90 EUR", "19.9 EUR"},
    {"١٢٫٥٠ SAR", "12.5 SAR"},
    {"599 kr", "599 SEK"},
};

TEST(ParseMoney, ReadsTheWaysMerchantsWrite) {
  for (const auto& [text, right] : kWritten) EXPECT_EQ(money(text), right) << text;
}

TEST(ParseMoney, TheShopDecidesWhatIsOpen) {
  EXPECT_EQ(money("599 kr", "NOK"), "599 NOK");
  EXPECT_EQ(money("599 kr.", "DKK"), "599 DKK");
  EXPECT_EQ(money("$59", "CAD"), "59 CAD");
  EXPECT_EQ(money("¥590", "CNY"), "590 CNY");
  EXPECT_EQ(money("1.299", "EUR"), "1299 ");
  EXPECT_EQ(money("1,299", "USD"), "1299 ");
  EXPECT_EQ(money("12,500", "KWD"), "12.5 ");
  EXPECT_EQ(parse_money("599 kr", "EUR")->assumed_sign, "kr");
  EXPECT_EQ(parse_money("599 kr", "NOK")->assumed_sign, "");
}

TEST(ParseMoney, RefusesWhatIsNoPriceOrNotOne) {
  for (const char* text : {"",
                           "-1",
                           "−1 EUR",
                           "NaN",
                           "nan USD",
                           "inf",
                           "1e5",
                           "12 DOLLARS",
                           "free",
                           "1.2.3",
                           "--",
                           "USD",
                           "0x10",
                           "1e999",
                           "12 50 EUR",
                           "1.29.000 EUR",
                           "1,2345,678 EUR",
                           "19.90 - 29.90 EUR",
                           "€19–€29",
                           "ab 19,90 €",
                           "from $5",
                           "dès 19 €",
                           "59,00 € HT",
                           "59 € excl. VAT",
                           "8,900円（税抜）",
                           "call us",
                           "2 for 10 EUR",
                           "1.299'50"})
    EXPECT_EQ(money(text), "refused") << text;
}

TEST(ParseMoney, SaysWhatWouldBeRight) {
  const auto ambiguous = parse_money("1,299");  // no currency at all
  ASSERT_FALSE(ambiguous.ok());
  EXPECT_NE(ambiguous.error().what.find("two ways"), std::string::npos);
  EXPECT_NE(ambiguous.error().expected.find("1299.00 EUR"), std::string::npos);
  EXPECT_NE(parse_money("19 - 29 EUR").error().what.find("range"), std::string::npos);
  for (const char* net : {"59 € netto", "59 € zzgl. MwSt.", "59 € zzgl. 19 % MwSt.", "$59 plus tax",
                          "59 € + IVA", "59 € + 21% IVA"})
    EXPECT_NE(parse_money(net).error().what.find("without tax"), std::string::npos) << net;
}

TEST(ParseStock, ReadsCounts) {
  const std::pair<const char*, int> cases[] = {
      {"100.0000", 100},       {"1.0000", 1}, {"-3", 0},   {"−3", 0},
      {"1,000", 1000},         {"10+", 10},   {">10", 10}, {"<5", 1},
      {"1 000", 1000},         {"0", 0},      {"3,0", 3},  {"1'200", 1200},
      {"12,345,678", 12345678}};
  for (const auto& [text, right] : cases) {
    const auto stock = parse_stock(text);
    ASSERT_TRUE(stock.ok()) << text;
    EXPECT_EQ(**stock, right) << text;
  }
  EXPECT_EQ(*parse_stock("  "), std::nullopt);
  for (const char* text : {"many", "NaN", "1e12", "3x"}) EXPECT_FALSE(parse_stock(text).ok()) << text;
}

// The stock that a row of one cell of availability and one of quantity has.
std::string stock_of(std::string_view availability, std::string_view quantity, bool unlimited = false) {
  MemoryInput input("feed", "");
  const GarmentSink sink;
  FeedRun run(input, {"EUR", {}}, sink, {});
  const auto offer = read_offer(run, 1,
                                {.price = {"price", "10"},
                                 .availability = {"availability", availability},
                                 .quantity = {"quantity", quantity},
                                 .unlimited = unlimited});
  return offer.ok() ? std::to_string(offer->stock) + (run.finish().notes.empty() ? "" : "?")
                    : offer.error().where;
}

TEST(ReadOffer, EverySpellingOfAvailabilityIsRead) {
  for (const char* text : {"in_stock",
                           "in stock",
                           "InStock",
                           "https://schema.org/InStock",
                           "http://schema.org/LimitedAvailability",
                           "schema:OnlineOnly",
                           "schema.org/PreOrder",
                           "preorder",
                           "PreOrder",
                           "pre-order",
                           "backorder",
                           "https://schema.org/BackOrder",
                           "available for order",
                           "https://schema.org/MadeToOrder",
                           "https://schema.org/PreSale",
                           "Auf Lager",
                           "lieferbar",
                           "en stock",
                           "disponible",
                           "disponibile",
                           "op voorraad",
                           "em estoque",
                           "dostępny",
                           "i lager",
                           "på lager",
                           "skladem",
                           "в наличии",
                           "在庫あり",
                           "有货",
                           "1",
                           "yes"})
    EXPECT_EQ(stock_of(text, ""), "1") << text;
  for (const char* text : {"out_of_stock",
                           "out of stock",
                           "OutOfStock",
                           "https://schema.org/OutOfStock",
                           "https://schema.org/SoldOut",
                           "https://schema.org/Discontinued",
                           "https://schema.org/InStoreOnly",
                           "sold out",
                           "OOS",
                           "coming soon",
                           "demnächst verfügbar",
                           "discontinued",
                           "ausverkauft",
                           "nicht vorrätig",
                           "épuisé",
                           "rupture de stock",
                           "agotado",
                           "esaurito",
                           "uitverkocht",
                           "esgotado",
                           "wyprzedane",
                           "slutsåld",
                           "utsolgt",
                           "vyprodáno",
                           "нет в наличии",
                           "在庫切れ",
                           "缺货",
                           "0",
                           "no"})
    EXPECT_EQ(stock_of(text, "5"), "0") << text;
  EXPECT_EQ(stock_of("perhaps", ""), "availability");
}

TEST(ReadOffer, StockFollowsFromAvailabilityAndQuantity) {
  EXPECT_EQ(stock_of("in stock", "7"), "7");
  EXPECT_EQ(stock_of("in stock", "0"), "0");
  EXPECT_EQ(stock_of("preorder", "0"), "1") << "it can be bought";
  EXPECT_EQ(stock_of("backorder", "-4"), "1");
  EXPECT_EQ(stock_of("", "-4"), "0");
  EXPECT_EQ(stock_of("", "0", true), "1");
  EXPECT_EQ(stock_of("", ""), "1?") << "unknown is not sold out, and is said";
  EXPECT_EQ(stock_of("", "in stock"), "1");
  EXPECT_EQ(stock_of("", "sold out"), "0");
  EXPECT_EQ(stock_of("", "a few"), "1?");
  EXPECT_EQ(stock_of("out of stock", "a few"), "0?");
  for (const char* text : {"n/a", "-", "unknown", "NULL"}) {
    EXPECT_EQ(stock_of("in stock", text), "1") << text;
    EXPECT_EQ(stock_of("", text), "1?") << text;
  }
  EXPECT_EQ(stock_of("", "unlimited"), "1");
}

struct Sale {
  std::string prices, notes;
};

Sale sale(std::string_view price, std::string_view sale_price, std::string_view window,
          std::string_view now = "2026-03-10T12:00:00Z") {
  MemoryInput input("feed", "");
  const GarmentSink sink;
  FeedRun run(input, {"EUR", now.empty() ? std::optional<TimePoint>() : *parse_rfc3339(now)}, sink, {});
  const auto offer = read_offer(
      run, 1,
      {.price = {"price", price}, .sale = {"sale_price", sale_price}, .sale_window = {"dates", window}});
  if (!offer.ok()) return {offer.error().where, ""};
  const auto report = run.finish();
  return {fmt::format("{}<{}", offer->price, offer->list_price.value_or(0)),
          report.notes.empty() ? "" : report.notes.front().text};
}

TEST(ReadOffer, ASaleCountsWhileItLasts) {
  EXPECT_EQ(sale("89", "59", "").prices, "59<89");
  EXPECT_EQ(sale("89", "59", "2026-03-01T13:00-0800/2026-03-29T15:30-0800").prices, "59<89");
  EXPECT_EQ(sale("89", "59", "2026-03-01/2026-03-10").prices, "59<89") << "the last day counts";
  EXPECT_EQ(sale("89", "59", "2026-03-10T13:00+0200 / 2026-04-01").prices, "59<89");
  EXPECT_EQ(sale("89", "59", "2026-03-10T13:00Z/2026-04-01").prices, "89<0");
  const Sale later = sale("89", "59", "2026-05-01/2026-06-01");
  EXPECT_EQ(later.prices, "89<0");
  EXPECT_NE(later.notes.find("begins later"), std::string::npos);
  const Sale over = sale("89", "59", "2026-01-01/2026-02-01");
  EXPECT_EQ(over.prices, "89<0");
  EXPECT_NE(over.notes.find("has ended"), std::string::npos);
  const Sale unreadable = sale("89", "59", "soon");
  EXPECT_EQ(unreadable.prices, "89<0");
  EXPECT_NE(unreadable.notes.find("'soon'"), std::string::npos);
  EXPECT_EQ(sale("89", "59", "2026-03-01/2026-03-29", "").prices, "89<0")
      << "without a clock it is not believed";
  EXPECT_EQ(sale("89", "0.00", "").prices, "89<0") << "no sale price";
  EXPECT_EQ(sale("89", "99", "").prices, "89<0");
  EXPECT_EQ(sale("", "59", "").prices, "59<0");
  EXPECT_EQ(sale("89 EUR", "59 USD", "").prices, "sale_price");
}

TEST(Money, PointsOfWordsAndSignsBehindTheAmount) {
  for (const auto& [text, amount, currency] :
       std::initializer_list<std::tuple<const char*, double, const char*>>{{"299 TL.", 299, "TRY"},
                                                                           {"1 299 Kč.", 1299, "CZK"},
                                                                           {"12 990 Ft.", 12990, "HUF"},
                                                                           {"299 zł.", 299, "PLN"},
                                                                           {"89.00 EUR.", 89, "EUR"},
                                                                           {"١٬٢٩٩٫٠٠ ر.س.", 1299, "SAR"},
                                                                           {"89,00 € inkl.MwSt.", 89, "EUR"},
                                                                           {"Fr 89", 89, "CHF"},
                                                                           {"59 $US", 59, "USD"},
                                                                           {"59 $CA", 59, "CAD"}}) {
    const auto money = parse_money(text, "EUR");
    ASSERT_TRUE(money.ok()) << text << ": " << money.error().message();
    EXPECT_EQ(money->amount, amount) << text;
    EXPECT_EQ(money->currency, currency) << text;
  }
  EXPECT_FALSE(parse_money("89,00 € exkl.MwSt.").ok());
  EXPECT_EQ(parse_money("$89", "EUR")->assumed_sign, "$");
  EXPECT_EQ(parse_money("$89", "CAD")->assumed_sign, "");
}

TEST(Money, AWordMayFollowTheSign) {
  const std::pair<const char*, const char*> kPrices[] = {{"49,90€TTC", "49.9 EUR"},
                                                         {"49,90€inkl. MwSt.", "49.9 EUR"},
                                                         {"99.00€EUR", "99 EUR"},
                                                         {"税込¥12,800", "12800 JPY"},
                                                         {"12,800円税込", "12800 JPY"},
                                                         {"定価12,800円", "12800 JPY"},
                                                         {"售价:299元", "299 CNY"},
                                                         {"Fiyat: 299 TL", "299 TRY"},
                                                         {"Prix : 49,90 €", "49.9 EUR"},
                                                         {"99 درهم", "99 AED"},
                                                         {"Цена 1 299 ₽", "1299 RUB"},
                                                         {"Cijena 49,90 €", "49.9 EUR"},
                                                         {"السعر 299 ر.س", "299 SAR"},
                                                         {"1 299 р", "1299 RUB"},
                                                         {"15 990 тг", "15990 KZT"},
                                                         {"₡12 900", "12900 CRC"},
                                                         {"49,90 Br", "49.9 BYN"}};
  for (const auto& [text, right] : kPrices) EXPECT_EQ(money(text, "JPY"), right) << text;
  EXPECT_EQ(money("₲ 120.000", "PYG"), "120000 PYG");
  EXPECT_EQ(money("Bs 99", "BOB"), "99 BOB");
  EXPECT_EQ(money("49,=", "EUR"), "49 ");
}

TEST(Money, OfTwoCurrenciesTheShopsOwnCounts) {
  EXPECT_EQ(money("35,74 € (69,90 лв.)", "EUR"), "35.74 EUR");
  EXPECT_EQ(money("35,74 € (69,90 лв.)", "BGN"), "69.9 BGN");
  EXPECT_EQ(money("69,90 лв. / 35,74 €", "EUR"), "35.74 EUR");
  EXPECT_EQ(money("35,74 € (69,90 лв.)", "USD"), "refused");
  EXPECT_EQ(money("¥299元", "USD"), "299 CNY");
}

TEST(Money, MarketplacesPutASpaceIntoTheSign) {
  EXPECT_EQ(money("US $59.99", "EUR"), "59.99 USD");
  EXPECT_EQ(money("AU $59.99", "EUR"), "59.99 AUD");
  EXPECT_EQ(money("C $59.99", "EUR"), "59.99 CAD");
}

TEST(ReadOffer, APriceOfNothingGivesWayToTheSale) {
  EXPECT_EQ(sale("0", "59", "").prices, "59<0");
  EXPECT_EQ(sale("0", "", "").prices, "0<0");
}

TEST(ReadOffer, PricesMayHoldMarkup) {
  EXPECT_EQ(sale("&euro;89.00", "<span>59.00&nbsp;EUR</span>", "").prices, "59<89");
}

}  // namespace
}  // namespace modiste
