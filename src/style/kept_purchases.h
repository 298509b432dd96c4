// Which purchases were kept: those that were not sent back while there was time for it. A kept purchase says
// that the size fitted (style/fit_model.h); the log has no event for it.
//
// A fold of the log: the same events in the same order keep the same purchases. Threads: one owner.
// Memory: the payload and some 100 bytes for each purchase that can still be sent back.
#pragma once

#include <chrono>
#include <deque>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/rng.h"
#include "events/event.h"
#include "events/event_refs.h"

namespace modiste {

// European law gives two weeks, most fashion shops give four.
inline constexpr auto kReturnPeriod = std::chrono::days(30);

template <class Payload>
class KeptPurchases {
 public:
  // Any event, at the time when it happened: a return of any reason, or an undo, takes a purchase out again.
  // Calls keep(payload) for those whose time is over by then, the earliest first.
  template <class Keep>
  void observe(const Event& event, TimePoint at, const Keep& keep) {
    for (; !open_.empty() && (open_.front().is_back || open_.front().at + kReturnPeriod <= at); ++first_) {
      if (!open_.front().is_back) {
        unindex(open_.front(), first_);
        keep(std::move(open_.front().payload));
      }
      open_.pop_front();
    }
    if (event.type == EventType::kReturn) take_out(by_goods_, goods_of(event));
    if (event.type == EventType::kUndo) take_out(by_event_, hash64(event.undoes));
  }
  void bought(const Event& purchase, TimePoint at, Payload payload) {
    open_.push_back({goods_of(purchase), hash64(purchase.event_id), at, std::move(payload), false});
    index(open_.back(), first_ + open_.size() - 1);
  }

  // payload_field: as base/binary_fields.h has fields of a list.
  template <class Io, class Self, class Field>
  static void fields(Io& io, Self& self, const Field& payload_field) {
    io.list(self.open_, [&](auto& open_io, auto& open) {
      open_io.number(open.goods);
      open_io.number(open.event);
      open_io.time(open.at);
      open_io.flag(open.is_back);
      payload_field(open_io, open.payload);
    });
    if constexpr (Io::kReads) {
      self.first_ = 0;
      self.by_goods_.clear();
      self.by_event_.clear();
      for (uint64_t i = 0; i < self.open_.size(); ++i)
        if (!self.open_[i].is_back) self.index(self.open_[i], i);
    }
  }

 private:
  struct Open {
    uint64_t goods = 0, event = 0;
    TimePoint at{};
    Payload payload{};
    bool is_back = false;
  };
  using Places = std::unordered_map<uint64_t, uint64_t>;  // number of the latest

  // Who bought what: by the strongest identifier, as a return of an order is its shopper's.
  static uint64_t goods_of(const Event& event) {
    const EventRefs refs(event);
    const uint64_t who = refs.span().empty() ? 0 : hash64(identity_key_of(refs.span()).subject);
    return mix64(who ^ hash64(event.garment_id));
  }
  void index(const Open& open, uint64_t number) {
    by_goods_[open.goods] = number;
    by_event_[open.event] = number;
  }
  void unindex(const Open& open, uint64_t number) {
    for (auto [places, key] : {std::pair(&by_goods_, open.goods), std::pair(&by_event_, open.event)})
      if (const auto found = places->find(key); found != places->end() && found->second == number)
        places->erase(found);
  }
  void take_out(Places& places, uint64_t key) {
    const auto found = places.find(key);
    if (found == places.end()) return;
    const uint64_t number = found->second;
    Open& open = open_[number - first_];
    open.is_back = true;
    unindex(open, number);
  }

  std::deque<Open> open_;  // in the order of the log
  uint64_t first_ = 0;     // number of open_.front()
  Places by_goods_, by_event_;
};

}  // namespace modiste
