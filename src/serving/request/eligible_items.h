// The items that a request admits, as a set of bits for the indexes: what the catalog's columns tell is found
// for all items at once; the exclusions are judged once of each item that an index asks about, and what they
// contain leaves the set.
//
// RequestState::admits() says the same of one item; a test compares them.
//
// Threads: lives for one request, on one thread. Borrows the request, whose filter must not change meanwhile.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "retrieval/slot_filter.h"
#include "serving/request/request_state.h"

namespace modiste {

// What the columns admit of a request, its role aside: what several requests of one answer have in common.
[[nodiscard]] SlotBits admitted_of_any_role(const RequestState& request);

class EligibleItems {
 public:
  using Condition = std::function<void(SlotQuery&)>;

  // also: adds further conditions to the query of the columns.
  explicit EligibleItems(const RequestState& request, const Condition& also = {});
  // of_any_role: admitted_of_any_role() of a request that differs in its role alone.
  EligibleItems(const RequestState& request, const SlotBits& of_any_role);
  EligibleItems(const EligibleItems&) = delete;
  EligibleItems& operator=(const EligibleItems&) = delete;

  // Of the same request, for a source that another thread asks.
  [[nodiscard]] std::unique_ptr<EligibleItems> for_another_thread() const {
    return std::unique_ptr<EligibleItems>(new EligibleItems(bits_, request_));
  }

  bool operator()(Slot slot) {
    if (!bits_.test(slot)) return false;
    return !excludes_ || judge(slot);
  }
  // Borrows this.
  [[nodiscard]] SlotFilter filter() { return excludes_ ? SlotFilter(ask_, &bits_) : SlotFilter(bits_); }
  // The shop has nothing that is admitted, as one without suits has none for that role of an outfit.
  [[nodiscard]] bool none() const { return bits_.next(0) == kNoSlot; }
  // Items that may be admitted.
  [[nodiscard]] const SlotBits& bits() const { return bits_; }

 private:
  EligibleItems(SlotBits admitted, const RequestState& request);
  bool judge(Slot slot);

  const RequestState& request_;
  SlotBits bits_;
  const Exclusions excluded_;
  const bool excludes_;
  std::vector<uint64_t> judged_;  // one bit per slot: it was, and is still in the set where it was admitted
  const std::function<bool(Slot)> ask_ = [this](Slot slot) { return judge(slot); };
};

}  // namespace modiste
