#include "serving/request/wardrobe.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/rng.h"
#include "base/text.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/request_state.h"
#include "serving/request/slot_in.h"

namespace modiste {
namespace {

void add_term(ItemFacts& facts, const Term* term) {
  if (term == nullptr || facts.terms.size() >= kItemTermsMax) return;
  const auto place = std::lower_bound(facts.terms.begin(), facts.terms.end(), term->id);
  if (place == facts.terms.end() || *place != term->id) facts.terms.insert(place, term->id);
}

const Term* term_at(std::string_view path, const Vocabulary& vocabulary) {
  const size_t slash = path.find('/');
  const auto facet = enum_from_name<Facet>(path.substr(0, slash));
  return facet && slash != path.npos ? vocabulary.find(*facet, path.substr(slash + 1)) : nullptr;
}

// As an item of no shop: not on sale, and in no snapshot.
std::shared_ptr<const Item> item_of_owned(const OwnedGarment& owned, const Vocabulary& vocabulary) {
  auto item = std::make_shared<Item>();
  ItemFacts& facts = item->facts;
  facts.category = facts.department = facts.colour = kNoTerm;
  facts.formality = -1;
  const Term* category = vocabulary.find(Facet::kCategory, owned.category);
  const Term* colour = vocabulary.find(Facet::kColour, owned.colour);
  if (category != nullptr) facts.category = category->id;
  if (colour != nullptr) facts.colour = colour->id;
  add_term(facts, category);
  add_term(facts, colour);
  for (const std::string& path : owned.terms) {
    const Term* term = term_at(path, vocabulary);
    if (term != nullptr && term->facet == Facet::kDepartment) facts.department = term->id;
    // What another category was thought to have: a watch has no sleeves.
    if (category != nullptr && term != nullptr && term->facet != Facet::kDepartment &&
        !category->possible.test(static_cast<size_t>(term->facet)))
      continue;
    add_term(facts, term);
  }
  Garment garment;
  garment.id = owned.id;
  garment.title = !owned.title.empty() ? owned.title : category != nullptr ? category->label : "Garment";
  if (!owned.photo.empty()) garment.images.push_back({owned.photo, {}});
  item->colour = colour == nullptr ? std::string() : colour->label;
  garment.variants.push_back({owned.id, {}, item->colour, 0, {}, {}, 0});
  item->garment = PackedGarment(garment);
  return item;
}

OwnedPiece described(const OwnedPhoto& owned, const WardrobeParts& parts) {
  OwnedPiece piece{owned.garment->id,
                   EventType::kOwn,
                   owned.at,
                   false,
                   item_of_owned(*owned.garment, parts.vocabulary),
                   nullptr,
                   {}};
  auto embedding = std::make_shared<ItemEmbedding>();
  embedding->source_hash = hash64(owned.garment->id, hash64(owned.garment->photo));
  if (owned.garment->encoder == parts.encoder) embedding->vector = unpacked_vector(owned.garment->vector);
  piece.embedding = std::move(embedding);
  piece.look = wearable_of(*piece.item, piece.embedding.get(), parts.vocabulary);
  return piece;
}

OwnedPiece sold(const OwnedItem& owned, const WardrobeParts& parts) {
  OwnedPiece piece{
      {},      owned.how, owned.at, true, std::make_shared<const Item>(parts.catalog.item(owned.slot)),
      nullptr, {}};
  piece.id = std::string(piece.item->garment.id());
  piece.embedding = parts.embeddings.get(owned.slot);
  piece.look = wearable_of(*piece.item, piece.embedding.get(), parts.vocabulary);
  return piece;
}

// Visits the places of both lists, latest first, until the visitor says no.
template <class Visit>
void latest_first(const ShopperState& shopper, const WardrobeParts& parts, const Visit& visit) {
  size_t items = shopper.owned.size(), photos = shopper.owned_photos.size();
  while (items + photos > 0) {
    const bool photo =
        photos > 0 && (items == 0 || shopper.owned_photos[photos - 1].at >= shopper.owned[items - 1].at);
    if (photo) {
      if (!visit(described(shopper.owned_photos[--photos], parts))) return;
    } else if (slot_in(parts.catalog, shopper.owned[--items].slot) != kNoSlot) {
      if (!visit(sold(shopper.owned[items], parts))) return;
    }
  }
}

}  // namespace

WardrobeParts wardrobe_parts(const ShopState& shop, const CatalogSnapshot& catalog) {
  return {catalog, shop.embeddings, shop.catalog.vocabulary(), shop.indexes.space()};
}

std::vector<OwnedPiece> wardrobe_of(const ShopperState& shopper, const WardrobeParts& parts) {
  std::vector<OwnedPiece> pieces;
  latest_first(shopper, parts, [&](OwnedPiece piece) {
    pieces.push_back(std::move(piece));
    return true;
  });
  return pieces;
}

std::optional<OwnedPiece> owned_photo(const ShopperState& shopper, std::string_view id,
                                      const WardrobeParts& parts) {
  for (const OwnedPhoto& owned : shopper.owned_photos)
    if (owned.garment->id == id) return described(owned, parts);
  return std::nullopt;
}

std::shared_ptr<const std::vector<OwnedPiece>> judging_pieces(const ShopperState& shopper,
                                                              const WardrobeParts& parts) {
  if (shopper.owned.empty() && shopper.owned_photos.empty()) return nullptr;
  constexpr size_t kLookedAt = 60;  // the latest: enough to find a few of every role
  auto pieces = std::make_shared<std::vector<OwnedPiece>>();
  std::array<size_t, EnumNames<OutfitRole>::kNames.size()> of_role{};
  size_t looked_at = 0;
  latest_first(shopper, parts, [&](OwnedPiece piece) {
    const OutfitRole role = piece.look.role;
    if (role != OutfitRole::kNone && of_role[static_cast<size_t>(role)]++ < kJudgingPerRole)
      pieces->push_back(std::move(piece));
    return pieces->size() < kJudgingMax && ++looked_at < kLookedAt;
  });
  if (pieces->empty()) return nullptr;
  return pieces;
}

std::string packed_vector(std::span<const float> vector) {
  float most = 0;
  for (const float value : vector) most = std::max(most, std::abs(value));
  if (!(most > 0)) return {};
  std::vector<std::byte> bytes;
  for (const float value : vector)
    bytes.push_back(static_cast<std::byte>(static_cast<int8_t>(std::lround(value / most * 127))));
  return to_hex(bytes);
}

Vector unpacked_vector(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  Vector vector;
  if (text.size() % 2 != 0) return vector;
  float square = 0;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) return {};
    vector.push_back(static_cast<float>(static_cast<int8_t>(high * 16 + low)));
    square += vector.back() * vector.back();
  }
  if (!(square > 0)) return {};
  for (float& value : vector) value /= std::sqrt(square);
  return vector;
}

}  // namespace modiste
