#include "serving/outfits/outfit_pieces.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/rng.h"

namespace modiste {

std::vector<outfits::OutfitPiece> pieces_of(std::span<const OutfitPieceView> views) {
  std::vector<outfits::OutfitPiece> pieces;
  for (const OutfitPieceView& view : views)
    pieces.push_back({view.item.garment_id, view.item.colour, view.role});
  return pieces;
}

std::string outfit_id_of(std::span<const outfits::OutfitPiece> pieces) {
  std::vector<std::string> names;
  for (const auto& piece : pieces) names.push_back(piece.garment_id + "\x1f" + piece.colour);
  std::sort(names.begin(), names.end());
  return fmt::format("o{:016x}", hash64(fmt::format("{}", fmt::join(names, "\x1e"))));
}

void add_chosen(std::span<const OutfitPieceView> pieces, Answer& chosen) {
  for (const OutfitPieceView& piece : pieces) {
    const auto is_it = [&](const AnswerItem& item) {
      return item.garment_id == piece.item.garment_id && item.colour == piece.item.colour;
    };
    if (piece.anchor || std::any_of(chosen.items.begin(), chosen.items.end(), is_it)) continue;
    AnswerItem item;
    item.garment_id = piece.item.garment_id;
    item.colour = piece.item.colour;
    item.position = static_cast<int>(chosen.items.size());
    chosen.items.push_back(std::move(item));
  }
}

}  // namespace modiste
