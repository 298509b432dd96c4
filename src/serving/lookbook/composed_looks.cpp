#include "serving/lookbook/composed_looks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/contains.h"
#include "base/rng.h"
#include "serving/lookbook/look_pieces.h"
#include "serving/outfits/outfit_pieces.h"

namespace modiste {
namespace {

constexpr std::array kDayOccasions{Occasion::kCasual, Occasion::kWork};
constexpr std::array kEveningOccasions{Occasion::kDate, Occasion::kParty, Occasion::kFormal};

lookbook::Look look_of(const ComposedOutfit& outfit, bool evening, Occasion occasion) {
  lookbook::Look look;
  look.look_id = outfit.outfit_id;
  look.evening = evening;
  look.occasion = occasion;
  look.pieces = pieces_of(outfit.pieces);
  return look;
}

}  // namespace

std::span<const Occasion> look_occasions(bool evening) {
  return evening ? std::span<const Occasion>(kEveningOccasions) : std::span<const Occasion>(kDayOccasions);
}

RequestContext look_context(Occasion occasion, lookbook::WeatherKind weather) {
  RequestContext context;
  context.occasion = occasion;
  context.weather = lookbook::typical_weather(weather);
  return context;
}

Result<MadeLooks> ComposedLooks::generate(const LookBrief& brief) {
  MadeLooks made;
  made.generator = name();
  TRY(compose(brief, false, made));
  TRY(compose(brief, true, made));
  if (made.looks.empty())
    return Error{Code::kUnavailable, fmt::format("no outfit can be composed for {}", brief.cluster_id), "",
                 "garments in stock that make an outfit"};
  return made;
}

// As many for each occasion; where one has too few, the others have more.
Result<Done> ComposedLooks::compose(const LookBrief& brief, bool evening, MadeLooks& made) {
  const auto occasions = look_occasions(evening);
  const size_t wanted = evening ? brief.evening_looks : brief.day_looks;
  std::set<std::string> known;
  for (const lookbook::Look& look : made.looks) known.insert(look.look_id);
  std::vector<std::vector<lookbook::Look>> found;
  for (const Occasion occasion : occasions) {
    OutfitRequest asked;
    asked.count = static_cast<int>(std::min<size_t>(wanted, kOutfitsMax));
    asked.context = look_context(occasion, brief.cluster.weather);
    asked.seed = static_cast<uint32_t>(hash64(brief.cluster_id));
    TRY_ASSIGN(const OutfitAnswer answer, lookbook_.outfits().compose_for(brief.centroid, asked));
    auto& of_occasion = found.emplace_back();
    for (const ComposedOutfit& outfit : answer.outfits)
      of_occasion.push_back(look_of(outfit, evening, occasion));
  }
  const auto catalog = lookbook_.shop().catalog.snapshot();
  size_t taken = 0;
  for (size_t rank = 0; taken < wanted && rank < kOutfitsMax; ++rank)
    for (auto& of_occasion : found) {
      if (taken == wanted || rank >= of_occasion.size()) continue;
      lookbook::Look& look = of_occasion[rank];
      const auto slots = slots_of_look(look, lookbook_.shop().catalog, *catalog);
      if (contains(slots, kNoSlot) || !known.insert(look.look_id).second) continue;
      look.traits = look_traits_now(slots, lookbook_.shop(), *catalog, *lookbook_.traits());
      made.looks.push_back(std::move(look));
      ++taken;
    }
  return kOk;
}

}  // namespace modiste
