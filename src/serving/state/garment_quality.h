// What returns say of the garments themselves: too small for many, not as described, broken. For the
// merchant; taste and sizes learn of their own (events/event_types.h, serving/state/sizing.h).
//
// A fold of the log, whoever the shoppers are. Threads: one writer beside any number of readers. Memory: of
// the garments that were bought or returned, and some 50 bytes for each of the last kLinesMax lines of
// orders.
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "catalog/catalog.h"
#include "events/event.h"

namespace modiste {

struct ReasonCounts {
  int64_t too_small = 0, too_large = 0, not_as_described = 0, defective = 0, changed_mind = 0, style = 0,
          unknown = 0;
};

struct GarmentReturns {
  std::string garment_id, title;
  int64_t bought = 0, returned = 0;  // pieces, of what was sent as events
  double quality_share = 0;          // returned as not as described or defective, of those bought; 0 to 1
  ReasonCounts reasons;              // pieces
};

struct GarmentReturnsPage {
  std::vector<GarmentReturns> garments;
};

class GarmentQuality {
 public:
  static constexpr size_t kLinesMax = 1'000'000;
  // lines_max: those of orders that are known; beyond, the older half of them is forgotten.
  explicit GarmentQuality(size_t lines_max = kLinesMax) : lines_max_(lines_max) {}

  // Purchases and returns; others are passed over. What a shopper sends (Event::by_shopper) is a claim: a
  // purchase counts as one piece of its order's line; a return as one piece, once a line, and only of a line
  // that the shop told.
  void record(const Event& event);

  // The garments with most returns as not as described or defective, by the lower bound of their share
  // (Wilson, 95%), so that one return of one purchase does not lead; then by returns in all.
  [[nodiscard]] GarmentReturnsPage worst(const Catalog& catalog, size_t count) const;

  // For snapshots: the whole state. load() replaces it; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  template <class Io, class Quality>
  static void fields(Io& io, Quality& quality) NO_THREAD_SAFETY_ANALYSIS;
  struct Counts {
    int64_t bought = 0;
    std::array<int64_t, EnumNames<ReturnReason>::kNames.size()> returned{};
  };
  // Of an order: a purchase that was sent again for its account, a refund whose reason came later. What a
  // shopper says about a line is a Line beside it.
  struct Line {
    bool bought = false;
    int unknown = 0;  // pieces returned without a reason
  };
  enum class Teller { kShop, kPurchaseByShopper, kReturnByShopper };
  static uint64_t key_of(const Event& event, Teller teller);
  Line& line_of(const Event& event, Teller teller) REQUIRES(mutex_);
  [[nodiscard]] bool has_line(const Event& event, Teller teller) const REQUIRES(mutex_);
  void forget_line(const Event& event, Teller teller) REQUIRES(mutex_);
  // The pieces that count of what a shopper claims.
  int claimed(const Event& event) REQUIRES(mutex_);

  const size_t lines_max_;
  mutable Mutex mutex_;
  std::unordered_map<std::string, Counts> counts_ GUARDED_BY(mutex_);
  // By hash of order and variant: those that events named lately, and those of before, which an event moves
  // to the former.
  std::unordered_map<uint64_t, Line> lately_ GUARDED_BY(mutex_), before_ GUARDED_BY(mutex_);
};

template <>
struct Contract<ReasonCounts> {
  static constexpr std::string_view kName = "ReasonCounts";
  static constexpr std::string_view kDoc = "Returned pieces by the reason that was given.";
  static constexpr auto kFields =
      Fields{field("too_small", &ReasonCounts::too_small,
                   {.doc = "Returned as too small; used for sizes", .required = true}),
             field("too_large", &ReasonCounts::too_large,
                   {.doc = "Returned as too large; used for sizes", .required = true}),
             field("not_as_described", &ReasonCounts::not_as_described,
                   {.doc = "Not as its text or photos show it", .required = true}),
             field("defective", &ReasonCounts::defective, {.doc = "Returned as defective", .required = true}),
             field("changed_mind", &ReasonCounts::changed_mind,
                   {.doc = "The shopper changed their mind; used for taste", .required = true}),
             field("style", &ReasonCounts::style,
                   {.doc = "Not the shopper's style; used for taste", .required = true}),
             field("unknown", &ReasonCounts::unknown, {.doc = "Refunds without a reason", .required = true})};
};

template <>
struct Contract<GarmentReturns> {
  static constexpr std::string_view kName = "GarmentReturns";
  static constexpr std::string_view kDoc = "How often a garment was bought and sent back, and why.";
  static constexpr auto kFields = Fields{
      field("garment_id", &GarmentReturns::garment_id, {.doc = "The garment", .required = true}),
      field("title", &GarmentReturns::title, {.doc = "Empty when it is no longer sold", .required = true}),
      field("bought", &GarmentReturns::bought, {.doc = "Number of pieces bought", .required = true}),
      field("returned", &GarmentReturns::returned, {.doc = "Number of pieces sent back", .required = true}),
      field("quality_share", &GarmentReturns::quality_share,
            {.doc = "Returned as not as described or defective, of those bought",
             .required = true,
             .min = 0,
             .max = 1}),
      field("reasons", &GarmentReturns::reasons, {.doc = "Returned pieces by reason", .required = true})};
};

template <>
struct Contract<GarmentReturnsPage> {
  static constexpr std::string_view kName = "GarmentReturnsPage";
  static constexpr std::string_view kDoc = "Garments that were returned, the most doubtful first.";
  static constexpr auto kFields = Fields{
      field("garments", &GarmentReturnsPage::garments, {.doc = "The most doubtful first", .required = true})};
};

}  // namespace modiste
