#include "serving/lookbook/chat_looks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/contains.h"
#include "lookbook/chat_words.h"
#include "outfits/explicit_compatibility.h"
#include "outfits/outfit_templates.h"
#include "serving/lookbook/look_pieces.h"
#include "serving/outfits/outfit_pieces.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/slot_in.h"

namespace modiste {
namespace {

using lookbook::Look;
using lookbook::OfferedGarment;

// A proposal may score a little below the worst look that the composer would show.
constexpr double kCompatibilityShare = 0.9;

// The garments of looks, each once, as they are offered.
struct Offer {
  std::vector<OfferedGarment> garments;
  std::vector<outfits::OutfitPiece> pieces;
  std::vector<Slot> slots;
};

Offer offer_of(std::span<const Look> looks, const ShopState& shop) {
  Offer offer;
  const auto catalog = shop.catalog.snapshot();
  std::set<Slot> known;
  for (const Look& look : looks)
    for (const auto& piece : look.pieces) {
      const Slot slot = slot_in(*catalog, shop.catalog.slot(piece.garment_id, piece.colour));
      if (slot == kNoSlot || !known.insert(slot).second) continue;
      const Item& item = catalog->item(slot);
      OfferedGarment garment;
      garment.role = piece.role;
      garment.title = item.garment.title();
      garment.colour = item.colour;
      if (item.facts.category != kNoTerm)
        garment.category = shop.catalog.vocabulary().term(item.facts.category).name;
      offer.garments.push_back(std::move(garment));
      offer.pieces.push_back(piece);
      offer.slots.push_back(slot);
    }
  return offer;
}

double worst_compatibility(std::span<const Look> looks, const LookbookService& lookbook) {
  double worst = 1;
  const auto catalog = lookbook.shop().catalog.snapshot();
  for (const Look& look : looks)
    worst =
        std::min(worst, compatibility_of(slots_of_look(look, lookbook.shop().catalog, *catalog), lookbook));
  return worst;
}

Look look_of_proposal(const lookbook::ProposedLook& proposed, const Offer& offer,
                      const LookbookService& lookbook) {
  Look look;
  look.evening = proposed.evening;
  look.occasion = proposed.occasion;
  std::vector<Slot> slots;
  for (const size_t place : proposed.garments) {
    look.pieces.push_back(offer.pieces[place]);
    slots.push_back(offer.slots[place]);
  }
  look.look_id = outfit_id_of(look.pieces);
  look.traits =
      look_traits_now(slots, lookbook.shop(), *lookbook.shop().catalog.snapshot(), *lookbook.traits());
  return look;
}

// Those kept, up to what is asked for by day and by evening, and then the composer's.
std::vector<Look> filled_up(std::vector<Look> kept, std::vector<Look> composed, const LookBrief& brief) {
  std::vector<Look> looks;
  std::set<std::string> known;
  for (const bool evening : {false, true}) {
    size_t taken = 0;
    const size_t wanted = evening ? brief.evening_looks : brief.day_looks;
    for (auto* from : {&kept, &composed})
      for (Look& look : *from)
        if (look.evening == evening && taken < wanted && known.insert(look.look_id).second) {
          looks.push_back(look);
          ++taken;
        }
  }
  return looks;
}

Result<Done> not_a_look(std::string what) { return Error{Code::kInvalid, std::move(what), "", ""}; }

}  // namespace

double compatibility_of(std::span<const Slot> slots, const LookbookService& lookbook) {
  const ShopState& shop = lookbook.shop();
  const auto catalog = shop.catalog.snapshot();
  std::vector<std::shared_ptr<const ItemEmbedding>> embeddings;
  std::vector<outfits::Wearable> pieces;
  for (const Slot slot : slots) {
    if (slot_in(*catalog, slot) == kNoSlot) return 0;
    embeddings.push_back(shop.embeddings.get(slot));
    pieces.push_back(wearable_of(catalog->item(slot), embeddings.back().get(), shop.catalog.vocabulary()));
  }
  return pieces.size() < 2 ? 0 : lookbook.outfits().compatibility()->set(pieces);
}

Result<Done> check_look(std::span<const Slot> slots, const LookbookService& lookbook,
                        double compatibility_min) {
  const ShopState& shop = lookbook.shop();
  const Vocabulary& vocabulary = shop.catalog.vocabulary();
  const auto catalog = shop.catalog.snapshot();
  std::vector<outfits::Wearable> pieces;
  std::set<uint32_t> garments;
  uint8_t wearers = outfits::Option::kAnyWearer;
  for (const Slot slot : slots) {
    if (slot_in(*catalog, slot) == kNoSlot) return not_a_look("a garment is not sold");
    const Item& item = catalog->item(slot);
    if (!item.facts.live || !item.facts.in_stock) return not_a_look("a garment is not in stock");
    if (!garments.insert(item.facts.garment).second) return not_a_look("a garment is worn twice");
    wearers = static_cast<uint8_t>(wearers & wearers_of_department(item.facts.department, vocabulary));
    pieces.push_back(wearable_of(item, nullptr, vocabulary));
    if (pieces.back().role == OutfitRole::kNone) return not_a_look("a garment is never part of an outfit");
    for (size_t i = 0; i + 1 < pieces.size(); ++i) {
      if (outfits::exclude_each_other(pieces[i].role, pieces.back().role))
        return not_a_look(fmt::format("{} is not worn with {}", with_article(name_of(pieces[i].role)),
                                      with_article(name_of(pieces.back().role))));
      if (lookbook.outfits().rules().forbids(pieces[i], pieces.back()))
        return not_a_look("two garments are never worn together");
    }
  }
  const auto has = [&](OutfitRole role) {
    return std::any_of(pieces.begin(), pieces.end(), [&](const auto& piece) { return piece.role == role; });
  };
  if (!has(OutfitRole::kOnePiece) &&
      !(has(OutfitRole::kTop) && (has(OutfitRole::kBottom) || has(OutfitRole::kSuit))))
    return not_a_look("it has neither a one piece, nor a top with a bottom or a suit");
  if (wearers == 0) return not_a_look("its garments are for different people");
  if (compatibility_of(slots, lookbook) < compatibility_min) return not_a_look("its garments clash");
  return kOk;
}

Result<MadeLooks> ChatLooks::generate(const LookBrief& brief) {
  TRY_ASSIGN(MadeLooks composed, composer_.generate(brief));
  const auto by_composer = [&](std::string why) {
    composed.fell_back = std::move(why);
    return std::move(composed);
  };
  const Offer offer = offer_of(composed.looks, lookbook_.shop());
  const auto reply = model_.complete(lookbook::prompt_for(brief, offer.garments));
  if (!reply.ok()) return by_composer(reply.error().message());
  auto proposals = lookbook::read_proposals(reply->text, offer.garments.size());
  if (!proposals.ok()) return by_composer(proposals.error().message());

  const double least = kCompatibilityShare * worst_compatibility(composed.looks, lookbook_);
  std::vector<Look> kept;
  std::string first_refusal = proposals->refused > 0 ? "it named garments that were not offered" : "";
  size_t refused = proposals->refused;
  for (const auto& proposed : proposals->looks) {
    std::vector<Slot> slots;
    for (const size_t place : proposed.garments) slots.push_back(offer.slots[place]);
    if (const auto good = check_look(slots, lookbook_, least); !good.ok()) {
      ++refused;
      if (first_refusal.empty()) first_refusal = good.error().what;
      continue;
    }
    kept.push_back(look_of_proposal(proposed, offer, lookbook_));
  }
  if (kept.empty())
    return by_composer(fmt::format("none of the model's {} looks can be shown: {}", refused, first_refusal));
  MadeLooks made;
  const size_t by_model = kept.size();
  made.looks = filled_up(std::move(kept), std::move(composed.looks), brief);
  made.generator = 2 * by_model >= made.looks.size() ? name() : name() + "+composer";
  made.refused = refused;
  return made;
}

}  // namespace modiste
