// Which purchases were kept: those that were not sent back while there was time for it. A kept purchase says
// that the size fitted (style/fit_model.h); the log has no event for it.
//
// Who orders two sizes and sends one back keeps the other: a return takes out the latest purchase of the
// garment that it does not contradict in sku, size or colour, rather one that agrees in more of them.
//
// A fold of the log: the same events in the same order keep the same purchases. Threads: one owner.
// Memory: the payload and some 100 bytes for each purchase that can still be sent back.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/rng.h"
#include "base/text.h"
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
    if (event.type == EventType::kReturn) send_back(event);
    if (event.type != EventType::kUndo) return;
    if (const auto found = by_event_.find(hash64(event.undoes)); found != by_event_.end())
      take_out(found->second);
  }
  void bought(const Event& purchase, TimePoint at, Payload payload) {
    open_.push_back(
        {goods_of(purchase), hash64(purchase.event_id), variant_of(purchase), at, std::move(payload), false});
    index(open_.back(), first_ + open_.size() - 1);
  }

  // payload_field: as base/binary_fields.h has fields of a list.
  template <class Io, class Self, class Field>
  static void fields(Io& io, Self& self, const Field& payload_field) {
    io.list(self.open_, [&](auto& open_io, auto& open) {
      open_io.number(open.goods);
      open_io.number(open.event);
      for (auto& part : open.variant) open_io.number(part);
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
  using VariantKey = std::array<uint64_t, 3>;  // hashes of sku, size, colour; 0: not said
  struct Open {
    uint64_t goods = 0, event = 0;
    VariantKey variant{};
    TimePoint at{};
    Payload payload{};
    bool is_back = false;
  };
  // Who bought what: by the strongest identifier, as a return of an order is its shopper's.
  static uint64_t goods_of(const Event& event) {
    const EventRefs refs(event);
    const uint64_t who = refs.span().empty() ? 0 : hash64(identity_key_of(refs.span()).subject);
    return mix64(who ^ hash64(event.garment_id));
  }
  static VariantKey variant_of(const Event& event) {
    VariantKey key{};
    const std::array words{&event.sku, &event.size, &event.colour};
    for (size_t i = 0; i < key.size(); ++i)
      if (!words[i]->empty()) key[i] = hash64(ascii_lower(*words[i]));
    return key;
  }
  // In how many parts they agree; -1: they are two variants.
  static int agreement_of(const VariantKey& a, const VariantKey& b) {
    int agreed = 0;
    for (size_t i = 0; i < a.size(); ++i) {
      if (a[i] == 0 || b[i] == 0) continue;
      if (a[i] != b[i]) return -1;
      ++agreed;
    }
    return agreed;
  }
  void index(const Open& open, uint64_t number) {
    by_goods_[open.goods].push_back(number);
    by_event_[open.event] = number;
  }
  void unindex(const Open& open, uint64_t number) {
    if (const auto found = by_goods_.find(open.goods); found != by_goods_.end()) {
      std::erase(found->second, number);
      if (found->second.empty()) by_goods_.erase(found);
    }
    if (const auto found = by_event_.find(open.event); found != by_event_.end() && found->second == number)
      by_event_.erase(found);
  }
  void send_back(const Event& event) {
    const auto found = by_goods_.find(goods_of(event));
    if (found == by_goods_.end()) return;
    const VariantKey said = variant_of(event);
    int most = -1;
    uint64_t best = 0;
    for (const uint64_t number : found->second)
      if (const int agreed = agreement_of(open_[number - first_].variant, said);
          agreed >= 0 && agreed >= most) {
        most = agreed;
        best = number;
      }
    if (most >= 0) take_out(best);
  }
  void take_out(uint64_t number) {
    Open& open = open_[number - first_];
    open.is_back = true;
    unindex(open, number);
  }

  std::deque<Open> open_;                                         // in the order of the log
  uint64_t first_ = 0;                                            // number of open_.front()
  std::unordered_map<uint64_t, std::vector<uint64_t>> by_goods_;  // numbers, the earliest first
  std::unordered_map<uint64_t, uint64_t> by_event_;
};

}  // namespace modiste
