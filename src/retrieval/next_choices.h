// What a shopper chooses next, by a network over the order of choices that the shop trained on its own log
// (`modiste train next-choices`): the bag of nn/sequence_network.h, as plain arrays.
//
//   state = sum over the latest choices of decay^age * read[item]
//   score(item) = bias[item] + state . rows[item]
//
// Items are known by garment and colour, so a model outlives a restart and a new import. An item that the
// training did not see has no score: a new garment, or one that few chose. The caller must go on without.
// File format: docs/formats/next-choices.md.
//
// Threads: any. Work: width multiplications an item of the model; no allocation an item.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "base/versioned.h"
#include "catalog/catalog.h"
#include "retrieval/candidate.h"
#include "style/shopper_state.h"

namespace modiste {

inline constexpr std::string_view kNextChoicesKind = "modiste-next-choices";

struct NextChoicesModel {
  std::vector<ItemKey> items;
  uint32_t width = 0;
  std::vector<float> rows, read;  // items x width
  std::vector<float> bias;        // by item
  float decay = 0;                // per later choice, in (0, 1)
  // Of the neighbours' weight in the hybrid that goes to this source, in [0, 1]: chosen on choices that the
  // training did not see.
  float share = 0;
};

[[nodiscard]] std::string serialize_next_choices(const NextChoicesModel& model);
// kCorrupt: not such a file, another version, tables of other sizes, or a number that is not finite.
Result<NextChoicesModel> parse_next_choices(std::string_view file);

// Borrowed for the call.
struct NextChoicesQuery {
  const CatalogSnapshot& catalog;
  std::span<const Choice> choices;  // of the shopper, latest last
  size_t k = 0;
  Deadline deadline{};
};

class NextChoices {
 public:
  static constexpr size_t kLatestMax = 50;  // choices that are read; earlier ones are not

  explicit NextChoices(NextChoicesModel model);

  [[nodiscard]] float share() const { return model_.share; }
  [[nodiscard]] size_t bytes() const;

  // At most k items that the shopper has not chosen, best first, under each filter; the score is the
  // probability over that of the best item of all, in (0, 1]. Empty lists for a shopper of whose choices the
  // model knows none.
  [[nodiscard]] std::vector<CandidateList> search_under(const NextChoicesQuery& query,
                                                        std::span<const SlotFilter> filters) const;
  // For each slot the logarithm of its probability, from 1 for the best of them to 0 for a thousandth of that
  // or less (as log_shares() in features/source_shares.h); kFeatureUnknown for items that the model does not
  // know. Empty for a shopper of whose choices the model knows none.
  [[nodiscard]] std::vector<float> shares(const CatalogSnapshot& catalog, std::span<const Choice> choices,
                                          std::span<const Slot> slots) const;

 private:
  static constexpr uint32_t kNoItem = UINT32_MAX;
  // Where the model's items stand in the catalog of this process. Slots never change; it grows with them.
  struct Places {
    std::vector<uint32_t> item_of;  // by slot
    std::vector<Slot> slot_of;      // by item
  };
  [[nodiscard]] std::shared_ptr<const Places> places(const CatalogSnapshot& catalog) const;
  // Empty: none of the choices is known.
  [[nodiscard]] std::vector<float> state_of(const Places& places, std::span<const Choice> choices) const;
  [[nodiscard]] float logit(std::span<const float> state, uint32_t item) const;

  NextChoicesModel model_;
  std::unordered_map<std::string, uint32_t> item_of_key_;
  mutable Mutex growing_;  // one thread extends places_
  mutable Versioned<const Places> places_;
};

}  // namespace modiste
