#include "serving/events/order_book.h"

#include <gtest/gtest.h>

#include <set>

namespace modiste {
namespace {

Event purchase(std::string id, std::string order, std::string garment, std::string colour = "Olive",
               std::string size = "M") {
  Event event;
  event.type = EventType::kPurchase;
  event.event_id = std::move(id);
  event.order_id = std::move(order);
  event.garment_id = std::move(garment);
  event.colour = std::move(colour);
  event.size = std::move(size);
  event.shopper_id = "ada";
  return event;
}

Event refund(std::string id, std::string order, std::string garment = "") {
  Event event = purchase(std::move(id), std::move(order), std::move(garment), "", "");
  event.type = EventType::kReturn;
  event.reason = ReturnReason::kUnknown;
  return event;
}

struct Orders : testing::Test {
  // The ids of what is appended for it.
  std::vector<std::string> ids(Event event) {
    auto entered = book.enter(std::move(event));
    if (!entered.ok()) return {entered.error().what};
    entries = std::move(*entered);
    std::vector<std::string> out;
    for (const auto& one : entries) out.push_back(one.event_id);
    return out;
  }
  OrderBook book;
  std::vector<Event> entries;
};

using Ids = std::vector<std::string>;

TEST_F(Orders, AnOrderThatIsSentTwiceCountsOnce) {
  EXPECT_EQ(ids(purchase("pixel#0", "o", "A")), Ids{"pixel#0"});
  EXPECT_EQ(ids(purchase("pixel#1", "o", "B")), Ids{"pixel#1"});
  EXPECT_EQ(ids(purchase("server#0", "o", "B")), Ids{});
  EXPECT_EQ(ids(purchase("server#1", "o", "A", "", "")), Ids{}) << "as far as both say colour and size";
  EXPECT_EQ(ids(purchase("server#2", "o", "A", "Rose")), Ids{"server#2"}) << "another line";
  EXPECT_EQ(ids(purchase("late#0", "p", "A")), Ids{"late#0"}) << "another order";
  Event second = purchase("server#3", "o", "B");
  second.order_line = 1;
  EXPECT_EQ(ids(second), Ids{"server#3"}) << "the same variant in a line of its own";
}

TEST_F(Orders, AShopperTouchesOnlyWhatIsToldOfThem) {
  Event guest = purchase("webhook", "1001", "A");
  guest.shopper_id.clear();
  guest.email_hash = "guest";
  EXPECT_EQ(ids(guest), Ids{"webhook"});
  Event guessed = purchase("eve", "1001", "A");
  guessed.shopper_id = "eve";
  guessed.by_shopper = true;
  EXPECT_EQ(ids(guessed), Ids{"eve"}) << "an order of their own: the guest's is not undone";
  Event back = refund("eve's", "1001");
  back.shopper_id = "eve";
  back.by_shopper = true;
  EXPECT_EQ(ids(back), Ids{"eve's#0"});
  EXPECT_EQ(entries[0].shopper_id, "eve");
  Event foreign = refund("mal's", "1001");
  foreign.shopper_id = "mal";
  foreign.by_shopper = true;
  EXPECT_EQ(ids(foreign), Ids{"unknown order '1001'"});
  EXPECT_EQ(ids(refund("server's", "1001")), Ids{"server's#0"}) << "the guest's, by the shop";
  EXPECT_EQ(entries[0].email_hash, "guest");
}

// The page says which garment, the webhook the variant.
TEST_F(Orders, ATellingThatSaysMoreTakesTheLinesPlace) {
  ids(purchase("page#0", "o", "A", "", ""));
  Event second = purchase("page#1", "o", "A", "", "");
  second.order_line = 1;
  EXPECT_EQ(ids(second), Ids{"page#1"});
  for (const char* size : {"M", "L"}) {
    EXPECT_EQ(ids(purchase(size, "o", "A", "Olive", size)).size(), 2u);
    EXPECT_EQ(entries[0].undoes, *size == 'M' ? "page#0" : "page#1");
    EXPECT_EQ(entries[1].size, size);
  }
  EXPECT_EQ(ids(purchase("again", "o", "A", "Olive", "L")), Ids{});
  EXPECT_EQ(ids(second), Ids{}) << "it says less";
  ids(purchase("hook#0", "p", "A", "Olive", "M"));
  ids(purchase("hook#1", "p", "A", "Olive", "L"));
  Event late = purchase("late", "p", "A", "", "");
  EXPECT_EQ(ids(late), Ids{});
  late.order_line = 1;
  EXPECT_EQ(ids(late), Ids{}) << "no third garment";
  Event guest = purchase("guest", "p", "B", "", "");
  ids(guest);
  Event variant = purchase("server", "p", "B", "Olive", "M");
  variant.shopper_id.clear();
  variant.session_id = "hook";
  EXPECT_EQ(ids(variant).size(), 2u);
  EXPECT_EQ(entries[1].shopper_id, "ada") << "the account that is known";
}

TEST_F(Orders, AShopperHidesNoOrderOfTheShop) {
  Event guessed = purchase("eve", "1043", "A");
  guessed.shopper_id = "eve";
  guessed.by_shopper = true;
  ids(guessed);
  Event guest = purchase("webhook", "1043", "A");
  guest.shopper_id.clear();
  guest.session_id = "hook";
  EXPECT_EQ(ids(guest).size(), 2u);
  EXPECT_EQ(entries[0].shopper_id, "eve");
  EXPECT_EQ(entries[0].type, EventType::kUndo);
  EXPECT_EQ(entries[1].session_id, "hook");
  book = OrderBook({.orders_max = 2, .by_shoppers_max = 2});
  ids(purchase("mine", "real", "A"));
  for (const char* order : {"1", "2", "3", "4"}) {
    guessed.order_id = order;
    EXPECT_EQ(ids(guessed), Ids{"eve"});
  }
  EXPECT_EQ(ids(refund("back", "real")), Ids{"back#0"}) << "it is not pushed out";
  EXPECT_TRUE(book.lines("1").empty());
  EXPECT_FALSE(book.lines("4").empty());
}

TEST_F(Orders, BuyersDaysApartDoNotShareANumber) {
  Event one = purchase("one", "17", "A");
  one.shopper_id.clear();
  one.device_id = "phone";
  one.occurred_at = TimePoint(std::chrono::hours(24 * 20'000));
  Event other = one;
  other.event_id = "other";
  other.device_id = "tablet";
  other.occurred_at = *one.occurred_at + std::chrono::hours(1);
  EXPECT_EQ(ids(one), Ids{"one"});
  EXPECT_EQ(ids(other), Ids{}) << "two tools that tell one order";
  other.occurred_at = *one.occurred_at + std::chrono::hours(24 * 3);
  EXPECT_EQ(ids(other), Ids{"other"});
}

TEST_F(Orders, TwoAccountsUnderOneIdAreTwoOrders) {
  EXPECT_EQ(ids(purchase("1", "o", "A")), Ids{"1"});
  Event other = purchase("2", "o", "A");
  other.shopper_id = "bea";
  EXPECT_EQ(ids(other), Ids{"2"});
}

TEST_F(Orders, AClerksReturnIsTheBuyers) {
  const Event bought = purchase("1", "o", "A");
  ids(bought);
  Event back = refund("2", "o", "A");
  back.shopper_id = "clerk-7";
  EXPECT_EQ(ids(back), Ids{"2"});
  EXPECT_EQ(entries[0].shopper_id, bought.shopper_id);
  Event other = purchase("3", "p", "A");
  ids(other);
  other.shopper_id = "bea";
  other.event_id = "4";
  ids(other);
  Event unclear = refund("5", "p");
  unclear.shopper_id = "clerk-7";
  EXPECT_EQ(ids(unclear), Ids{"unknown order 'p'"}) << "two buyers have it";
}

TEST_F(Orders, ThePurchaseIsTheAccountsOnceItIsKnown) {
  Event pixel = purchase("pixel", "o", "A");
  pixel.shopper_id.clear();
  pixel.device_id = "c-9";
  EXPECT_EQ(ids(pixel), Ids{"pixel"});
  EXPECT_EQ(ids(purchase("server", "o", "A")).size(), 2u);
  EXPECT_EQ(entries[0].type, EventType::kUndo);
  EXPECT_EQ(entries[0].undoes, "pixel");
  EXPECT_EQ(entries[0].device_id, "c-9");
  EXPECT_EQ(entries[1].event_id, "server");
  EXPECT_EQ(ids(pixel), Ids{}) << "the pixel's again";
}

Event numbered(Event event, std::string line) {
  event.line_number = std::move(line);
  return event;
}

TEST_F(Orders, AReturnNamesItsLineByNumber) {
  for (auto event : {purchase("order-o#8665", "o", "A"), purchase("order-o#8666", "o", "B", "Rose", "S")})
    ids(std::move(event));  // as the log has them
  Event back = numbered(refund("return-7#1", "o"), "8666");
  back.reason = ReturnReason::kTooSmall;
  EXPECT_EQ(ids(back), Ids{"return-7#1"});
  EXPECT_EQ(entries[0].garment_id, "B");
  EXPECT_EQ(entries[0].size, "S");
  EXPECT_EQ(ids(refund("refund-9#0", "o", "B")), Ids{}) << "its refund, told too";
  EXPECT_EQ(ids(numbered(refund("return-8#1", "o"), "9999")), Ids{"unknown line of order 'o'"});
  EXPECT_EQ(ids(purchase("pixel#0", "p", "A")), Ids{"pixel#0"});
  EXPECT_EQ(ids(numbered(refund("return-9#1", "p"), "8667")), Ids{"return-9#1"})
      << "the order has no other line";
  ids(purchase("order-q#1", "q", "Shirt"));
  EXPECT_EQ(ids(numbered(refund("return-10#1", "q"), "2")), Ids{"unknown line of order 'q'"})
      << "the hat, which the catalog lacks";
  EXPECT_EQ(ids(refund("return-11#1", "q")), Ids{"return-11#1#0"})
      << "a sender's own id does not count as a number";
}

TEST_F(Orders, TheNumberComesFromAnyPurchaseOfTheLine) {
  for (auto event : {purchase("pixel#0", "o", "A"), purchase("pixel#1", "o", "B")}) ids(std::move(event));
  EXPECT_EQ(ids(numbered(purchase("order-o#1", "o", "A", "", ""), "1")), Ids{});
  EXPECT_EQ(ids(numbered(purchase("order-o#2", "o", "B"), "2")), Ids{});
  std::string saved;
  book.save(saved);
  book = OrderBook();
  ASSERT_TRUE(book.load(saved).ok());
  EXPECT_EQ(ids(numbered(refund("r", "o"), "2")), Ids{"r"});
  EXPECT_EQ(entries[0].garment_id, "B");
}

TEST_F(Orders, LinesOfOneVariantAreToldApartByNumber) {
  Event second = purchase("order-o#2", "o", "A");
  second.order_line = 1;
  for (auto event : {purchase("order-o#1", "o", "A"), second}) ids(std::move(event));
  EXPECT_EQ(ids(numbered(refund("r", "o", "A"), "2")), Ids{"r"});
  EXPECT_EQ(entries[0].order_line, 1);
}

TEST_F(Orders, ARefundFindsItsLines) {
  for (auto event : {purchase("1#0", "o", "A"), purchase("1#1", "o", "B", "Rose", "S")})
    ids(std::move(event));
  Event office = refund("r", "o");
  office.shopper_id.clear();
  office.device_id = "back-office";
  EXPECT_EQ(ids(office), (Ids{"r#0", "r#1"}));
  EXPECT_EQ(entries[1].garment_id, "B");
  EXPECT_EQ(entries[1].colour, "Rose");
  EXPECT_EQ(entries[1].size, "S");
  EXPECT_EQ(entries[1].shopper_id, "ada") << "who bought it";
  EXPECT_EQ(entries[1].device_id, "");
  EXPECT_EQ(ids(refund("again", "o")), Ids{}) << "it was refunded before";
  Event reason = refund("portal", "o", "A");
  reason.reason = ReturnReason::kTooSmall;
  EXPECT_EQ(ids(reason), Ids{"portal"}) << "a reason is news";
  EXPECT_EQ(ids(reason), Ids{});
}

TEST_F(Orders, APartialRefundIsOfItsLine) {
  for (auto event : {purchase("1#0", "o", "A"), purchase("1#1", "o", "B")}) ids(std::move(event));
  EXPECT_EQ(ids(refund("r", "o", "B")), Ids{"r"});
  EXPECT_EQ(entries[0].colour, "Olive");
  EXPECT_EQ(ids(refund("rest", "o")), Ids{"rest#0"});
  EXPECT_EQ(entries[0].garment_id, "A");
}

TEST_F(Orders, PiecesAreRefundedOneByOne) {
  Event three = purchase("1", "o", "A");
  three.quantity = 3;
  ids(three);
  Event one = refund("r1", "o", "A");
  one.quantity = 1;
  EXPECT_EQ(ids(one), Ids{"r1"});
  EXPECT_EQ(ids(refund("rest", "o")), Ids{"rest#0"});
  EXPECT_EQ(entries[0].quantity, 2);
  EXPECT_EQ(ids(one), Ids{});
}

TEST_F(Orders, AReturnThatIsToldAgainLeavesTheOtherPieces) {
  Event two = purchase("1", "o", "A");
  two.quantity = 2;
  ids(two);
  std::set<std::string> log;
  const auto tell = [&](const char* id, ReturnReason reason) {
    Event event = refund(id, "o", "A");
    event.quantity = 1;
    event.reason = reason;
    const auto entered =
        book.enter(event, [&](const Event& one) { return log.contains(one.event_id); }).value();
    std::string told;
    for (const auto& one : entered) {
      told += one.event_id + " ";
      log.insert(one.event_id);
    }
    return told;
  };
  EXPECT_EQ(tell("return-5#1", ReturnReason::kUnknown), "return-5#1 ");
  EXPECT_EQ(tell("return-5#1", ReturnReason::kUnknown), "") << "its next state";
  EXPECT_EQ(tell("return-5#1", ReturnReason::kStyle), "return-5#1-why ") << "a reason that was missing";
  EXPECT_EQ(tell("return-5#1", ReturnReason::kStyle), "");
  EXPECT_EQ(tell("return-6#1", ReturnReason::kStyle), "return-6#1 ") << "the other piece";
  EXPECT_EQ(tell("return-7#1", ReturnReason::kStyle), "") << "there were two";
}

TEST_F(Orders, AnUnknownOrderIsToldUnlessTheGarmentIsNamed) {
  EXPECT_EQ(ids(refund("r", "x")), Ids{"unknown order 'x'"});
  EXPECT_EQ(ids(refund("r", "x", "A")), Ids{"r"});
  ids(purchase("1", "o", "A"));
  Event other = refund("r", "o");
  other.shopper_id = "bea";
  other.by_shopper = true;
  EXPECT_EQ(ids(other), Ids{"unknown order 'o'"}) << "told by bea's own token, not by a clerk";
}

TEST_F(Orders, TheLogTellsTheSame) {
  book.observe(purchase("1", "o", "A"));
  EXPECT_EQ(ids(purchase("2", "o", "A")), Ids{});
  book.observe(refund("r", "o", "A"));
  EXPECT_EQ(ids(refund("r2", "o")), Ids{});
  Event erase;
  erase.type = EventType::kErase;
  erase.subjects = {"ada"};
  book.observe(erase);
  EXPECT_EQ(ids(refund("r3", "o")), Ids{"unknown order 'o'"}) << "nobody's lines are left";
}

TEST(OrderBook, AnImportOfOldOrdersDoesNotPushOutTheLatest) {
  OrderBook book({.orders_max = 3});
  const auto placed = [](std::string id, int year) {
    Event event = purchase("of " + id, id, "A");
    event.occurred_at = TimePoint(std::chrono::sys_days(std::chrono::year(year) / 5 / 1));
    return event;
  };
  ASSERT_TRUE(book.enter(placed("today", 2026)).ok());
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(book.enter(placed("old " + std::to_string(i), 2020)).ok());
  EXPECT_EQ(book.lines("today").size(), 1u);
  EXPECT_TRUE(book.enter(refund("back", "today")).ok());
}

TEST(OrderBook, ForgetsTheOldest) {
  OrderBook book({.orders_max = 2});
  for (const char* order : {"a", "b", "c"}) book.observe(purchase(order, order, "A"));
  EXPECT_TRUE(book.lines("a").empty());
  EXPECT_EQ(book.lines("c").size(), 1u);
}

}  // namespace
}  // namespace modiste
