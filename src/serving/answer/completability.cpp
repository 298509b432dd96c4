#include "serving/answer/completability.h"

#include <algorithm>
#include <array>

#include "outfits/outfit_templates.h"
#include "serving/request/outfit_looks.h"

namespace modiste {
namespace {

using outfits::Wearable;

bool may_be_worn_with(const Wearable& garment, const WornBy& worn_by, const OwnedPiece& piece) {
  return piece.look.garment != garment.garment && piece.look.role != OutfitRole::kNone &&
         !outfits::exclude_each_other(piece.look.role, garment.role) &&
         (worn_by.wearers & wearers_of_department(piece.item->facts.department, worn_by.vocabulary)) != 0;
}

constexpr std::array<OutfitRole, 3> kSeparates{OutfitRole::kTop, OutfitRole::kBottom, OutfitRole::kShoes};
constexpr std::array<OutfitRole, 3> kSuited{OutfitRole::kSuit, OutfitRole::kTop, OutfitRole::kShoes};
constexpr std::array<OutfitRole, 2> kOnePiece{OutfitRole::kOnePiece, OutfitRole::kShoes};

double filled(std::span<const OutfitRole> required, OutfitRole mine,
              const std::array<double, EnumNames<OutfitRole>::kNames.size()>& good) {
  double sum = 0;
  size_t others = 0;
  for (const OutfitRole role : required) {
    if (role == mine) continue;
    if (outfits::exclude_each_other(role, mine)) return 0;
    sum += good[static_cast<size_t>(role)];
    ++others;
  }
  return others == 0 ? 0 : sum / static_cast<double>(others);
}

}  // namespace

std::optional<double> completability(const Wearable& garment, const WornBy& worn_by,
                                     std::span<const OwnedPiece> owned,
                                     const outfits::Compatibility& compatibility) {
  if (garment.role == OutfitRole::kNone) return std::nullopt;
  std::array<double, EnumNames<OutfitRole>::kNames.size()> good{};
  for (const OwnedPiece& piece : owned) {
    if (!may_be_worn_with(garment, worn_by, piece)) continue;
    const double score = (compatibility.pair(garment, piece.look) - kGoodFrom) / (1 - kGoodFrom);
    double& best = good[static_cast<size_t>(piece.look.role)];
    best = std::max(best, std::clamp(score, 0.0, 1.0));
  }
  return std::max({filled(kSeparates, garment.role, good), filled(kSuited, garment.role, good),
                   filled(kOnePiece, garment.role, good)});
}

WorksWith works_with(const Wearable& garment, const WornBy& worn_by, std::span<const OwnedPiece> owned,
                     const outfits::ExplicitCompatibility& rules) {
  WorksWith works;
  double most = 0;
  if (garment.role == OutfitRole::kNone) return works;
  for (const OwnedPiece& piece : owned) {
    if (!may_be_worn_with(garment, worn_by, piece) || rules.forbids(garment, piece.look)) continue;
    const double score = rules.pair(garment, piece.look);
    if (score < kGoesWithMin) continue;
    ++works.pieces;
    if (score > most) most = score, works.best = &piece;
  }
  return works;
}

}  // namespace modiste
