// The garments that a request for outfits may choose from: per role what the recommender's own stages find
// and rank for this shopper, then those that suit the situation and the fixed pieces best.
//
// Threads: lives for one request.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "outfits/composer.h"
#include "serving/answer/recommender.h"
#include "serving/request/outfit_looks.h"

namespace modiste {

struct OutfitCandidateLimits {
  size_t per_role = 32;            // options; more make the beam slower, not better
  size_t per_category = 10;        // of them, so that a top is not always a T-shirt
  size_t colours_per_garment = 2;  // likewise
  size_t cheapest = 6;             // per role, where the budget is short
  // Garments of a role from which those that do not suit the situation at all are left out: what the shopper
  // likes and what goes with the rest would outvote it. Enough for an answer of different outfits.
  size_t suited = 3;
  // Of the sources' limits, per role; of one role, all. With a quarter a fourth fewer of the composed looks
  // kept the rules of the drawn shop, with a half as many as with all (bench_outfits).
  double found_share = 0.5;
};

// Which garments add_cheapest() looks among; what they are short of, degraded() says.
enum class CheapOnes : uint8_t {
  kPreferred,        // that fit all preferences and the situation
  kAnySizeAndPrice,  // in sizes that the shopper does not wear, and above their price for a garment
  kAnySituation,     // and for other occasions or weather
};
inline constexpr std::array kCheapOnes{CheapOnes::kPreferred, CheapOnes::kAnySizeAndPrice,
                                       CheapOnes::kAnySituation};

class OutfitCandidates {
 public:
  // fixed: the pieces that stay. Borrows all; the request must not move. request: as Recommender::begin()
  // made it, without a role.
  OutfitCandidates(const ShopState& shop, const Recommender& recommender, const RequestState& request,
                   std::span<const outfits::Option> fixed, const outfits::Compatibility& compatibility,
                   OutfitCandidateLimits limits = {});

  // Finds and ranks what may take each of these roles, within a price for the piece, from one retrieval: its
  // work hardly grows with the number of roles. Once.
  void find(std::span<const OutfitRole> roles, std::optional<double> price_max, StageClock& stages);
  // Adds these items, whose style is at least `style`, whatever the ranker found: what the shopper wears now.
  void keep(std::span<const Slot> items, double style);
  // Adds what the shopper liked lately of these roles and prefers still, likewise.
  void keep_liked(std::span<const OutfitRole> roles, double style);
  // The place of this item among the options; empty: it is not among them.
  [[nodiscard]] std::optional<uint32_t> place_of(Slot slot) const;
  // Adds what find() left out: under a price for the piece what is for another department than the shopper's
  // or the anchors'. Children's clothes are cheap. False: there is nothing.
  bool add_other_departments();
  // Adds the cheapest of each role that was asked for: of the shopper's department always, and for whoever
  // wears the fixed pieces.
  void add_cheapest(CheapOnes of);

  [[nodiscard]] std::span<const outfits::Option> options() const { return options_; }
  [[nodiscard]] Slot slot(uint32_t option) const { return choices_[option].slot; }
  // With the ranker's reasons where the ranker chose it.
  [[nodiscard]] AnswerItem show(uint32_t option) const;
  // What had to be relaxed for this option, and which stages were late in its role; see Answer::degraded.
  [[nodiscard]] std::vector<std::string> degraded(uint32_t option) const;

 private:
  struct Found {
    RequestState request;  // as retrieval loosened it
    Ranked ranked;
  };
  static constexpr uint32_t kNotRanked = UINT32_MAX;
  struct Choice {
    Slot slot = kNoSlot;
    uint32_t row = kNotRanked;  // in the role's ranking
    uint32_t tier = 0;          // see PreferenceTiers
  };

  void choose(const Found& found, bool other_departments);
  // By rising prices.
  [[nodiscard]] std::vector<std::pair<float, Slot>> cheapest_of(const RequestState& request) const;
  [[nodiscard]] double fit(const ItemFacts& facts) const;
  [[nodiscard]] outfits::Option option_of(Slot slot, const ItemEmbedding* embedding, double style) const;
  [[nodiscard]] double promise(const ItemFacts& facts, const ItemEmbedding* embedding, double style,
                               double context) const;
  void add(outfits::Option option, Choice choice);
  bool has(Slot slot) const { return contained_.contains(slot); }

  const ShopState& shop_;
  const Recommender& recommender_;
  const RequestState& request_;
  std::span<const outfits::Option> fixed_;
  const outfits::Compatibility& compatibility_;
  const OutfitCandidateLimits limits_;
  std::array<std::unique_ptr<Found>, EnumNames<OutfitRole>::kNames.size()>
      found_;  // by role; null: not asked
  std::vector<outfits::Option> options_;
  std::vector<Choice> choices_;                             // of each option
  std::vector<std::shared_ptr<const ItemEmbedding>> held_;  // the options' views point into them
  SlotTable contained_;
};

}  // namespace modiste
