// The orders of late: what each is made of, so that an order that is sent twice counts once and a refund
// finds its lines.
//
// Shops send an order from the browser and from the server, or through two tools, with event ids that differ.
// A purchase repeats a line when order, garment, colour, size and order_line agree, as far as both say them,
// and the accounts do not differ: two accounts under one order id are two orders, and so are two buyers days
// apart. order_line tells lines of one variant apart: it says nothing of a line that names another part of
// the variant (a browser's without sizes, a webhook's with them). A line's own number is taken from any
// purchase that tells or repeats it. The log keeps it in the event_id of the webhook's purchase alone: of one
// that only repeated the pixel's it is in snapshots, and gone when the book is read from the log.
//
// Threads: one caller at a time. Memory: about 300 bytes a line.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/event.h"
#include "identity/identifier.h"

namespace modiste {

struct OrderLine {
  std::string event_id;  // of the purchase
  IdentifierKind kind{};
  std::string subject;  // who bought it: the strongest identifier of the purchase
  std::string garment_id, colour, sku, size;
  int order_line = 0;
  bool by_shopper = false;      // told by a shopper alone
  std::optional<TimePoint> at;  // as the sender said
  std::string number;           // the sender's own, Event::line_number; empty: not sent
  int quantity = 1;
  int returned = 0;           // pieces
  bool reason_known = false;  // of a return
};

struct OrderBookOptions {
  size_t orders_max = 200'000;  // at least some weeks of a large shop, in which things are sent back; ~100 MB
  // That only shoppers named: they may name any order, and push out none of the shop's.
  size_t by_shoppers_max = 20'000;
};

class OrderBook {
 public:
  explicit OrderBook(OrderBookOptions options = {}) : options_(options) {}

  // Events whose identifiers are subjects, in the order in which they are appended. What a fact that is
  // appended becomes: nothing (it was sent before), itself, or several. kNotFound: a return of an order that
  // is not known. Takes note of what it answers.
  //   purchase  nothing when it repeats a line; with the account, the colour or the size that the known line
  //             lacked, the line is undone first, so that the purchase is the account's, of that size; so is
  //             a line that a shopper told when the shop tells it
  //   return    of an order: of each line, or the one that it names (by garment, or by the line's own number;
  //             a line whose number is not sent is meant where the order has no other), as its shopper's;
  //             nothing when it was returned before and no new reason is given, or when the return of the
  //             line was accepted before (a return's state is sent again and again), so that the line's
  //             other pieces can still be returned; of one sent again only a reason that was missing
  // One that a shopper sent (Event::by_shopper, which the log keeps) finds the lines of its own identifiers
  // alone.
  // `accepted` says whether an event was; it is asked about returns, as they would be appended.
  using Accepted = std::function<bool(const Event&)>;
  Result<std::vector<Event>> enter(Event event, const Accepted& accepted = {});
  // Takes note of what is in the log already: orders, returns, and erasures, after which nobody's lines are
  // left.
  void observe(const Event& event);

  using Lines = std::vector<OrderLine>;
  // What is known of an order, and that it was otherwise: for an append that failed.
  [[nodiscard]] Lines lines(const std::string& order_id) const;
  void restore(const std::string& order_id, Lines lines);

  // For snapshots: the whole state. load() replaces it; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  template <class Io, class Book>
  static void fields(Io& io, Book& book);
  Result<std::vector<Event>> enter_return(Event event, const Accepted& accepted);
  std::vector<Event> enter_purchase(Event event);
  void enter_order(const Event& event);

  OrderBookOptions options_;
  std::unordered_map<std::string, Lines> orders_;  // by order id
  // By when they were placed, not by when they were sent: an import of years must not push out today's
  // orders. One without a time is taken for one of the latest.
  struct Placed {
    TimePoint at{};
    uint64_t nth = 0;  // of all that were sent
    std::string order_id;
    auto operator<=>(const Placed&) const = default;
  };
  std::set<Placed> oldest_first_, by_shoppers_;  // of these some are the shop's by now
  TimePoint latest_{};
  uint64_t told_ = 0;
};

}  // namespace modiste
