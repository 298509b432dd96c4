// Reads from the log what each shopper chose, in order: the items that serving keeps as
// ShopperState::choices, with their times.
//
//   a choice   a signal of taste with a weight above 0. An item chosen again stands where it was chosen
//              first: it is known from then on. Serving keeps it where it was chosen last; `heard` tells that
//   left out   events of robots and accidental clicks, judged by all of the log; what was undone; shoppers
//              without consent to training and erased ones, as of its end
//
// Memory: about 250 bytes a choice.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/garment_store.h"
#include "events/event_log.h"
#include "features/learned_taste.h"

namespace modiste {

struct ChosenItem {
  Slot item = kNoSlot;
  TimePoint at{};
  Reaction reaction = Reaction::kLiked;  // of a ReactionHistory; choices do not tell them apart
};

// One event about an item, as what is chosen together counts it (retrieval/co_choices.h): weight below 0
// takes from an earlier choice.
struct HeardChoice {
  Slot item = kNoSlot;
  float weight = 0;
  TimePoint at{};
};

struct ChoiceHistoryRows {
  std::vector<std::vector<ChosenItem>> shoppers;  // each item once, earliest first; none is empty
  // By shopper, all events in the order of time; empty: as if each choice weighed 1. Not of a
  // ReactionHistory.
  std::vector<std::vector<HeardChoice>> heard;
  std::vector<ItemKey> items;  // by slot
  uint64_t events = 0;         // of the log
  size_t left_out = 0;         // choices
};

// What each shopper liked, passed and looked at, with what the garments are. An item stands once, where the
// shopper came to what they think of it. Memory: a copy of the catalog's facts beside the choices.
struct ReactionHistory {
  ChoiceHistoryRows rows;
  std::vector<ItemFacts> facts;     // by slot
  std::vector<std::string> brands;  // by BrandId
};

// log: must not grow meanwhile.
Result<ReactionHistory> read_reaction_history(
    const LoggedEvents& log, const GarmentStore& garments, const Vocabulary& vocabulary,
    const std::function<void(std::string_view what, uint64_t done)>& progress = {});
Result<ChoiceHistoryRows> read_choice_history(
    const LoggedEvents& log, const GarmentStore& garments, const Vocabulary& vocabulary,
    const std::function<void(std::string_view what, uint64_t done)>& progress = {});

}  // namespace modiste
