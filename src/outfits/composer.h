// Composes outfits: a beam search over roles for the sets of garments that suit a shopper, a situation and
// each other best.
//
//   value of an outfit = style weight * mean style + context weight * half mean, half worst context
//                      + compatibility weight * set score
//                      + completeness weight * share of the template's optional roles that are filled
//   The weights (ComposeOptions) add up to 1. Style and context are of the pieces that were chosen; fixed
//   ones count in the set score only.
//
// The beam is led by pair scores in place of the set score, which is computed for whole outfits only. The
// next outfit of an answer is searched with the pieces and the templates of those before it held against it
// (MMR), and never shares more than shared_max pieces with one of them.
//
// Prices of two currencies do not add up: the chosen pieces have the budget's, else that of the first fixed
// piece with a price, else all the same one.
//
// Pure and deterministic. Threads: any.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "outfits/compatibility.h"
#include "outfits/outfit_templates.h"

namespace modiste::outfits {

// A garment that may become a piece.
struct Option {
  Wearable look;                 // its role is the place that it takes
  uint32_t garment = 0;          // of equal numbers at most one is worn
  double price = 0;              // 0: costs nothing, such as what the shopper owns
  uint64_t currency = 0;         // of the price, the same for equal ones; 0: unknown or free
  uint8_t wearers = kAnyWearer;  // who wears it; an outfit's pieces have one in common
  double style = 0;              // 0 to 1: how much the shopper would like it
  double context = 1;            // 0 to 1: how well it suits the situation

  static constexpr uint8_t kAnyWearer = 0xff;
};

struct ComposeOptions {
  size_t beam = 32;
  double style = 0.3, context = 0.25, compatibility = 0.42, complete = 0.03;
  size_t shared_max = 1;  // chosen pieces that two outfits of an answer have in common
  // Taken from the value of an outfit for each one before of the same template: who dresses for a wedding
  // sees a suit and separates.
  double same_shape = 0.03;
  double repeats = 0.6;  // taken from the style of a piece that is, or looks like, one shown before
  // Least context of a piece that the outfit could do without: no beanie for a party, whatever it goes with.
  double optional_context = 0.55;
  bool cheapest = false;  // least total price first, and value only among equals
};

struct ComposeInput {
  std::span<const Option> fixed, options;
  std::span<const OutfitTemplate> templates;  // without the roles of the fixed pieces
  std::optional<double> budget;               // of all prices together, the fixed pieces' included
  uint64_t currency = 0;                      // of the budget, as of the options; 0: unknown
  size_t count = 1;
  // Hard: what is never worn together. May be empty.
  std::function<bool(const Wearable&, const Wearable&)> forbids;
};

struct Composed {
  std::vector<uint32_t> options;  // places in ComposeInput::options, in the template's order
  size_t shape = 0;               // its template, among the input's
  double value = 0;               // and what it is made of, each in [0, 1]
  double style = 0, context = 0, compatibility = 0, complete = 0;
  double price = 0;
};

// At most input.count, of two pieces or more, the best first; fewer when no others keep the constraints.
[[nodiscard]] std::vector<Composed> compose(const ComposeInput& input, const Compatibility& compatibility,
                                            const ComposeOptions& options = {});

// The best outfit by trying all: for small inputs, as the measure of the beam.
[[nodiscard]] std::optional<Composed> compose_exhaustively(const ComposeInput& input,
                                                           const Compatibility& compatibility,
                                                           const ComposeOptions& options = {});

}  // namespace modiste::outfits
