#include "serving/events/order_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/binary_fields.h"
#include "events/return_why.h"
#include "ingest/event_ids.h"

namespace modiste {
namespace {

// In the order of their strength: primary_identifier() of an event is the first that is there.
constexpr IdentifierKind kByStrength[] = {IdentifierKind::kUser,    IdentifierKind::kLoyalty,
                                          IdentifierKind::kEmail,   IdentifierKind::kExternal,
                                          IdentifierKind::kSession, IdentifierKind::kDevice};

OrderLine line_of(const Event& event) {
  OrderLine line;
  line.event_id = event.event_id;
  const auto ids = identifiers_of(event);
  for (const IdentifierKind kind : kByStrength)
    if (const auto& id = *ids[static_cast<size_t>(kind)]; !id.empty()) {
      line.kind = kind;
      line.subject = id;
      break;
    }
  line.garment_id = event.garment_id;
  line.colour = event.colour;
  line.sku = event.sku;
  line.size = event.size;
  line.order_line = event.order_line;
  line.by_shopper = event.by_shopper;
  line.at = event.occurred_at;
  line.number = event.line_number;
  if (line.number.empty() && event.type == EventType::kPurchase)  // as the log tells it
    line.number = order_line_in(event.event_id, event.order_id);
  line.quantity = event.quantity.value_or(1);
  return line;
}

bool agree(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

bool accounts_differ(const OrderLine& a, const OrderLine& b) {
  return a.kind == IdentifierKind::kUser && b.kind == IdentifierKind::kUser && a.subject != b.subject;
}

// An order's number is easily guessed: a shopper speaks only of lines that name the same shopper.
bool may_touch(const OrderLine& line, const Event& event) {
  if (!event.by_shopper) return true;
  const auto ids = identifiers_of(event);
  return *ids[static_cast<size_t>(line.kind)] == line.subject;
}

// Numbers that are used twice: neither names the account that the other does, and days lie between.
bool are_apart(const OrderLine& a, const OrderLine& b) {
  constexpr auto kDays = std::chrono::days(2);
  const bool one_buyer = a.kind == b.kind && a.subject == b.subject;
  return !one_buyer && a.at && b.at && (*a.at > *b.at + kDays || *b.at > *a.at + kDays);
}

// Which parts of its variant they name is the same, so that order_line counts.
bool name_alike(const OrderLine& a, const OrderLine& b) {
  return a.colour.empty() == b.colour.empty() && a.size.empty() == b.size.empty();
}

bool is_same(const OrderLine& a, const OrderLine& b) {
  return a.garment_id == b.garment_id && agree(a.colour, b.colour) && agree(a.size, b.size) &&
         (a.order_line == b.order_line || !name_alike(a, b)) && !accounts_differ(a, b) && !are_apart(a, b);
}

bool says_more(const OrderLine& line, const OrderLine& known) {
  return (known.colour.empty() && !line.colour.empty()) || (known.size.empty() && !line.size.empty());
}

// The line that another telling of it repeats: the one that is told alike, else the first of those that it
// may be. Null: it is another line.
OrderLine* repeated_by(const OrderLine& line, const Event& event, std::vector<OrderLine>& lines) {
  OrderLine* found = nullptr;
  for (OrderLine& other : lines) {
    if (!is_same(line, other) || !may_touch(other, event)) continue;
    if (name_alike(line, other) && line.order_line == other.order_line) return &other;
    const bool is_better = found == nullptr || (says_more(line, other) && !says_more(line, *found));
    if (is_better) found = &other;
  }
  return found;
}

// The purchase that takes a known line's place: what it says, else what was known.
Event replacing(Event event, const OrderLine& known) {
  const bool has_account = !event.shopper_id.empty();
  if (known.kind == IdentifierKind::kUser && !known.by_shopper && !has_account) {
    for (auto* id : identifiers_of(event)) id->clear();
    event.shopper_id = known.subject;
  }
  if (event.colour.empty()) event.colour = known.colour;
  if (event.size.empty()) event.size = known.size;
  if (event.sku.empty()) event.sku = known.sku;
  return event;
}

// Of a known line: an undo by its buyer.
Event undo_of(const OrderLine& line, const Event& instead) {
  Event undo;
  undo.type = EventType::kUndo;
  undo.event_id = content_id("order", line.event_id + '\n' + instead.event_id);
  *identifiers_of(undo)[static_cast<size_t>(line.kind)] = line.subject;
  undo.undoes = line.event_id;
  undo.occurred_at = instead.occurred_at;
  return undo;
}

bool names_a_reason(const Event& event) {
  return event.reason.value_or(ReturnReason::kUnknown) != ReturnReason::kUnknown;
}

// The return of one line, as its shopper's.
Event return_of(const OrderLine& line, Event event) {
  for (auto* id : identifiers_of(event)) id->clear();
  *identifiers_of(event)[static_cast<size_t>(line.kind)] = line.subject;
  event.garment_id = line.garment_id;
  if (!line.colour.empty()) event.colour = line.colour;
  if (!line.sku.empty()) event.sku = line.sku;
  if (!line.size.empty()) event.size = line.size;
  event.order_line = line.order_line;
  return event;
}

// Of these lines of the order, those that a return may mean that names one by its number: the line of that
// number; else one without a number, where it is clear.
void keep_numbered(std::vector<OrderLine*>& lines, const OrderLine& said, size_t lines_of_order) {
  if (said.number.empty()) return;
  const bool clear = !said.garment_id.empty() || lines_of_order == 1;
  const bool is_known =
      std::any_of(lines.begin(), lines.end(), [&](const auto* line) { return line->number == said.number; });
  std::erase_if(lines, [&](const OrderLine* line) {
    return line->number != said.number && (is_known || !line->number.empty() || !clear);
  });
}

void note_return(OrderLine& line, const Event& event) {
  if (!event.event_id.ends_with(kReturnWhySuffix))
    line.returned = std::min(line.quantity, line.returned + event.quantity.value_or(line.quantity));
  line.reason_known = line.reason_known || names_a_reason(event);
}

// Of a return that was sent before without one: the reason, once.
std::vector<Event> reason_of(OrderLine& line, const Event& event) {
  constexpr size_t kIdLengthMax = 100;
  if (!names_a_reason(event) || line.reason_known ||
      event.event_id.size() + kReturnWhySuffix.size() > kIdLengthMax)
    return {};
  Event why = return_of(line, event);
  why.event_id += kReturnWhySuffix;
  note_return(line, why);
  return {std::move(why)};
}

// The lines that a return may be of. A shop's clerk returns them by an account of the shop: where the account
// has no such order, and one buyer has, they are that buyer's.
std::vector<OrderLine*> lines_returned_by(const OrderLine& said, const Event& event,
                                          std::vector<OrderLine>& order) {
  std::vector<OrderLine*> own, others;
  for (OrderLine& line : order)
    if (may_touch(line, event) &&
        (said.garment_id.empty() || (line.garment_id == said.garment_id && agree(line.colour, said.colour) &&
                                     agree(line.size, said.size))))
      (accounts_differ(line, said) ? others : own).push_back(&line);
  if (!own.empty()) return own;
  const bool has_its_own_order = std::any_of(
      order.begin(), order.end(), [&](const OrderLine& line) { return !accounts_differ(line, said); });
  const bool of_one_buyer = std::none_of(others.begin(), others.end(), [&](const OrderLine* line) {
    return line->subject != others.front()->subject;
  });
  return has_its_own_order || !of_one_buyer ? own : others;
}

bool may_return(const OrderLine& line, const Event& event) {
  return line.returned < line.quantity || (names_a_reason(event) && !line.reason_known);
}

}  // namespace

Result<std::vector<Event>> OrderBook::enter(Event event, const Accepted& accepted) {
  if (event.order_id.empty()) return std::vector{std::move(event)};
  if (event.type == EventType::kPurchase) return enter_purchase(std::move(event));
  if (event.type == EventType::kReturn) return enter_return(std::move(event), accepted);
  return std::vector{std::move(event)};
}

std::vector<Event> OrderBook::enter_purchase(Event event) {
  enter_order(event);
  Lines& lines = orders_[event.order_id];
  OrderLine line = line_of(event);
  OrderLine* known = repeated_by(line, event, lines);
  if (known == nullptr) {
    lines.push_back(std::move(line));
    return {std::move(event)};
  }
  if (known->number.empty()) known->number = line.number;
  const bool gives_account = known->kind != IdentifierKind::kUser && line.kind == IdentifierKind::kUser;
  const bool is_the_shops = known->by_shopper && !event.by_shopper && known->subject != line.subject;
  if (known->subject == line.subject) known->by_shopper = known->by_shopper && event.by_shopper;
  const bool adds = says_more(line, *known) && (known->by_shopper || !event.by_shopper);
  if (!gives_account && !is_the_shops && !adds) return {};
  std::vector<Event> both{undo_of(*known, event)};
  event = replacing(std::move(event), *known);
  line = line_of(event);
  line.by_shopper = line.by_shopper && known->by_shopper;
  line.at = known->at ? known->at : line.at;
  line.returned = known->returned;
  line.reason_known = known->reason_known;
  line.number = known->number;
  *known = std::move(line);
  both.push_back(std::move(event));
  return both;
}

// Makes room for one more order, where this one is new: among the shop's, or among those that only shoppers
// named.
void OrderBook::enter_order(const Event& event) {
  const auto is_told_by_shoppers = [](const Lines& lines) {
    return !lines.empty() &&
           std::all_of(lines.begin(), lines.end(), [](const OrderLine& line) { return line.by_shopper; });
  };
  const auto known = orders_.find(event.order_id);
  if (known != orders_.end() && (event.by_shopper || !is_told_by_shoppers(known->second))) return;
  auto& placed = event.by_shopper ? by_shoppers_ : oldest_first_;
  const size_t most = event.by_shopper ? options_.by_shoppers_max : options_.orders_max;
  while (!placed.empty() && placed.size() >= most) {
    const auto oldest = orders_.find(placed.begin()->order_id);
    // What shoppers told first may be the shop's by now, and stands among the shop's then.
    const bool is_there = oldest != orders_.end() && oldest != known;
    if (is_there && (oldest->second.empty() || is_told_by_shoppers(oldest->second) == event.by_shopper))
      orders_.erase(oldest);
    placed.erase(placed.begin());
  }
  const TimePoint at = event.occurred_at.value_or(latest_);
  if (!event.by_shopper) latest_ = std::max(latest_, at);
  placed.insert({at, told_++, event.order_id});
}

Result<std::vector<Event>> OrderBook::enter_return(Event event, const Accepted& accepted) {
  const auto order = orders_.find(event.order_id);
  const OrderLine said = line_of(event);
  std::vector<OrderLine*> lines =
      order == orders_.end() ? std::vector<OrderLine*>() : lines_returned_by(said, event, order->second);
  if (lines.empty()) {
    if (!event.garment_id.empty()) return std::vector{std::move(event)};  // it says enough by itself
    return Error{Code::kNotFound, fmt::format("unknown order '{}'", event.order_id), "/order_id",
                 "the order_id of purchases that were sent; it is replayed when the order comes"};
  }
  keep_numbered(lines, said, order->second.size());
  if (lines.empty()) {
    if (!event.garment_id.empty()) return std::vector{std::move(event)};
    return Error{Code::kNotFound, fmt::format("unknown line of order '{}'", event.order_id), "/order_id",
                 "a line of the order as its webhook sent it"};
  }
  std::vector<Event> out;
  const bool whole = said.garment_id.empty() && said.number.empty();
  const auto told_before = std::find_if(lines.begin(), lines.end(), [&](const OrderLine* line) {
    return !whole && accepted && accepted(return_of(*line, event));
  });
  if (told_before != lines.end()) return reason_of(**told_before, event);
  for (OrderLine* line : lines) {
    if (!may_return(*line, event)) continue;
    Event one = return_of(*line, event);
    if (whole) {
      one.event_id = numbered_id(event.event_id, out.size());
      one.quantity = std::max(1, line->quantity - line->returned);
    }
    note_return(*line, one);
    out.push_back(std::move(one));
    if (!whole) break;
  }
  return out;
}

void OrderBook::observe(const Event& event) {
  if (event.type == EventType::kErase) {
    const std::unordered_set<std::string_view> gone(event.subjects.begin(), event.subjects.end());
    // An order of which nothing is left goes with its number.
    std::unordered_set<std::string> emptied;
    for (auto& [order_id, lines] : orders_)
      if (std::erase_if(lines, [&](const OrderLine& line) { return gone.contains(line.subject); }) > 0 &&
          lines.empty())
        emptied.insert(order_id);
    for (const auto& order_id : emptied) orders_.erase(order_id);
    if (!emptied.empty())
      for (auto* placed : {&oldest_first_, &by_shoppers_})
        std::erase_if(*placed, [&](const auto& order) { return emptied.contains(order.order_id); });
  } else if (event.type == EventType::kPurchase || event.type == EventType::kReturn) {
    static_cast<void>(enter(event));
  }
}

OrderBook::Lines OrderBook::lines(const std::string& order_id) const {
  const auto found = orders_.find(order_id);
  return found == orders_.end() ? Lines{} : found->second;
}

void OrderBook::restore(const std::string& order_id, Lines lines) {
  if (const auto found = orders_.find(order_id); found != orders_.end()) found->second = std::move(lines);
}

template <class Io, class Book>
void OrderBook::fields(Io& io, Book& book) {
  io.map(book.orders_, kTextField, [](auto& order_io, auto& lines) {
    order_io.list(lines, [](auto& line_io, auto& line) {
      line_io.text(line.event_id);
      line_io.number(line.kind);
      line_io.require(static_cast<size_t>(line.kind) < kIdentifierKinds);
      for (auto* text : {&line.subject, &line.garment_id, &line.colour, &line.sku, &line.size, &line.number})
        line_io.text(*text);
      for (auto* number : {&line.order_line, &line.quantity, &line.returned}) line_io.number(*number);
      for (auto* flag : {&line.reason_known, &line.by_shopper}) line_io.flag(*flag);
      line_io.optional(line.at, kTimeField);
    });
  });
  for (auto* placed : {&book.oldest_first_, &book.by_shoppers_})
    io.set(*placed, [](auto& order_io, auto& order) {
      order_io.time(order.at);
      order_io.number(order.nth);
      order_io.text(order.order_id);
    });
  io.time(book.latest_);
  io.number(book.told_);
}

void OrderBook::save(std::string& out) const {
  BinaryWriter writer(out);
  fields(writer, *this);
}

Result<Done> OrderBook::load(std::string_view bytes) {
  return load_fields(bytes, "orders", [this](auto& reader) { fields(reader, *this); });
}

}  // namespace modiste
