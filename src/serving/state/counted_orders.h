// Remembers which purchases of orders are in the shop-wide counts, so that one that moves to its account
// (order_book.h: an undo, then the same purchase again) is not counted twice.
//
// A fold of the log. Threads: one caller at a time. Memory: some 100 bytes a purchase, of the last 500,000.
#pragma once

#include <deque>
#include <unordered_map>

#include "base/binary_fields.h"
#include "base/rng.h"
#include "events/event.h"

namespace modiste {

class CountedOrders {
 public:
  // In the order of the log. True for a purchase that is counted already.
  bool observe(const Event& event) {
    if (event.type == EventType::kUndo) {
      if (const auto counted = order_of_.find(hash64(event.undoes)); counted != order_of_.end()) {
        ++taken_back_[counted->second];
        order_of_.erase(counted);
      }
      return false;
    }
    if (event.type != EventType::kPurchase || event.order_id.empty()) return false;
    const uint64_t line = hash64(event.order_id + '\n' + event.garment_id);
    remember(hash64(event.event_id), line);
    const auto again = taken_back_.find(line);
    if (again == taken_back_.end()) return false;
    if (--again->second == 0) taken_back_.erase(again);
    return true;
  }

  // For snapshots: the whole state. load() replaces it; kCorrupt: not what save() wrote.
  void save(std::string& out) const {
    BinaryWriter writer(out);
    fields(writer, *this);
  }
  Result<Done> load(std::string_view bytes) {
    return load_fields(bytes, "counted orders", [this](auto& reader) { fields(reader, *this); });
  }

 private:
  template <class Io, class Orders>
  static void fields(Io& io, Orders& orders) {
    io.map(orders.order_of_, kNumberField, kNumberField);
    io.map(orders.taken_back_, kNumberField, kNumberField);
    io.list(orders.oldest_first_, kNumberField);
  }

  static constexpr size_t kPurchasesMax = 500'000;

  void remember(uint64_t event, uint64_t line) {
    if (!order_of_.insert_or_assign(event, line).second) return;
    oldest_first_.push_back(event);
    if (oldest_first_.size() <= kPurchasesMax) return;
    order_of_.erase(oldest_first_.front());
    oldest_first_.pop_front();
  }

  std::unordered_map<uint64_t, uint64_t>
      order_of_;                                  // hash of a purchase's event id -> of its order and garment
  std::unordered_map<uint64_t, int> taken_back_;  // by order and garment
  std::deque<uint64_t> oldest_first_;
};

}  // namespace modiste
