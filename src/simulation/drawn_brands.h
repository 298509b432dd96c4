// The eight invented brands of the drawn shop: what they make, in which colours and prints, at what price, in
// what voice.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "simulation/drawing/design.h"

namespace modiste {

struct DrawnBrand {
  std::string_view name, code;
  std::vector<std::string_view> aesthetics;  // vocabulary names, the first is the main one
  double share = 1;                          // of the assortment
  double women = 0.6;                        // share of its garments for women
  double price = 1;                          // times the market's middle
  double formality = 0;                      // shift of what it makes
  std::string_view backdrop;                 // of its photos
  std::string_view hardware;
  std::vector<std::string_view> dyes;
  std::vector<std::pair<drawing::Print, double>> prints;  // chances; the rest is plain
  std::vector<std::pair<drawing::Kind, double>>
      kinds;                              // times the market's share of a kind; 0: does not make it
  std::vector<drawing::Fit> fits;         // repeated for weight
  std::vector<std::string_view> names;    // of its lines, for titles
  std::vector<std::string_view> openers;  // first sentences, with {noun} {material} {detail}
  std::vector<std::string_view> closers;  // second ones, with {noun} {occasion} {season}
};

[[nodiscard]] std::span<const DrawnBrand> drawn_brands();

}  // namespace modiste
