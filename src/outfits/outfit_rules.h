// The rules that every outfit keeps, whoever composes it.
//
//   template   top + bottom + shoes, or one piece + shoes; an outer layer when the season and the occasion
//              ask for one; a bag and an accessory at will. One garment a role, no garment twice.
//   season     every piece is made for the outfit's season.
//   occasion   every piece is made for the outfit's occasion.
//   formality  max - min over the pieces <= kFormalitySpreadMax.
//   colour     every pair's colour_harmony >= kHarmonyMin.
//   print      at most one piece is patterned.
//
// Pure. Threads: any. Departments are the caller's: it offers candidates of one department, or unisex.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste::outfits {

inline constexpr double kFormalitySpreadMax = 0.34;
inline constexpr double kHarmonyMin = 0.45;

// What the rules know of a garment in one of its colours. Views: the garment outlives the piece.
struct Piece {
  std::string_view garment_id;
  OutfitRole role{};
  Lab colour;  // of most of its cloth
  bool patterned = false;
  double formality = 0;                         // 0 lounge to 1 black tie
  std::span<const std::string_view> seasons;    // vocabulary names
  std::span<const std::string_view> occasions;  // vocabulary names
};

// What an outfit is worn for, in vocabulary names.
struct Setting {
  std::string_view occasion;
  std::string_view season;
};

// The roles that a template must fill, in the order in which they are chosen; without the outer layer, which
// wears_outer asks for.
[[nodiscard]] std::vector<OutfitRole> base_template(bool one_piece);
// False for bags and accessories: an outfit is whole without them.
[[nodiscard]] bool is_required(OutfitRole role);
// True when it is cold and the occasion allows a coat: not weddings, formal evenings and sport.
[[nodiscard]] bool wears_outer(const Setting& setting);

// Whether the piece may join those that are worn already, which keep the rules among themselves.
[[nodiscard]] bool may_join(const Piece& piece, std::span<const Piece> worn, const Setting& setting);

}  // namespace modiste::outfits
