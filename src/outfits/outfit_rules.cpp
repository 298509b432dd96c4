#include "outfits/outfit_rules.h"

#include <algorithm>

#include "outfits/colour_harmony.h"

namespace modiste::outfits {
namespace {

bool has(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::vector<OutfitRole> base_template(bool one_piece) {
  if (one_piece) return {OutfitRole::kOnePiece, OutfitRole::kShoes};
  return {OutfitRole::kTop, OutfitRole::kBottom, OutfitRole::kShoes};
}

bool is_required(OutfitRole role) { return role != OutfitRole::kBag && role != OutfitRole::kAccessory; }

bool wears_outer(const Setting& setting) {
  const bool cold = setting.season == "autumn" || setting.season == "winter";
  return cold && setting.occasion != "wedding" && setting.occasion != "formal" && setting.occasion != "sport";
}

bool may_join(const Piece& piece, std::span<const Piece> worn, const Setting& setting) {
  if (!has(piece.seasons, setting.season) || !has(piece.occasions, setting.occasion)) return false;
  double low = piece.formality, high = piece.formality;
  for (const Piece& other : worn) {
    if (other.garment_id == piece.garment_id || other.role == piece.role) return false;
    if (piece.patterned && other.patterned) return false;
    if (colour_harmony(piece.colour, other.colour) < kHarmonyMin) return false;
    low = std::min(low, other.formality), high = std::max(high, other.formality);
  }
  return high - low <= kFormalitySpreadMax;
}

}  // namespace modiste::outfits
