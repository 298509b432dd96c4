#include "serving/shopper/wardrobe_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/rng.h"
#include "catalog/named_item.h"
#include "serving/answer/answer_item.h"
#include "serving/request/owned_photo.h"
#include "serving/request/request_state.h"
#include "serving/request/slot_in.h"
#include "serving/search/photo_match.h"
#include "serving/state/stated_preferences.h"

namespace modiste {
namespace {

constexpr int kShownSide = 900;    // pixels of a stored photo
constexpr int kEncodedSide = 512;  // of what the encoder sees
constexpr size_t kNearestItems = 60;
constexpr float kTagSure = 0.5F;  // confidence of a tag that is kept

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Error not_in_wardrobe(std::string_view piece) {
  return {Code::kNotFound, fmt::format("no piece '{}' in this wardrobe", piece.substr(0, 100)), "",
          "an id of GET /v1/shoppers/{id}/wardrobe"};
}

// Empty: the shopper does not know either.
Result<Done> check_word(Facet facet, const std::string& word, const Vocabulary& vocabulary,
                        std::string where) {
  if (word.empty()) return kOk;
  auto found = find_terms(facet, {word}, vocabulary, "");
  if (found.ok()) return kOk;
  Error error = std::move(found).error();
  error.where = std::move(where);
  return error;
}

std::string name_of_term(TermId term, const Vocabulary& vocabulary) {
  return term == kNoTerm ? std::string() : vocabulary.term(term).name;
}

}  // namespace

std::shared_ptr<const ShopperState> WardrobeService::state_of(const Identifier& shopper) const {
  return make_request_state({&shopper, 1}, shop_, ports_.subjects, ports_.clock.now()).shopper;
}

WardrobePiece WardrobeService::shown(const Identifier& shopper, const OwnedPiece& piece) const {
  WardrobePiece view;
  const ItemFacts& facts = piece.item->facts;
  view.id = piece.id;
  view.sold_here = piece.sold_here;
  view.how = piece.how;
  view.at = piece.at;
  view.role = piece.look.role;
  view.category = name_of_term(facts.category, shop_.catalog.vocabulary());
  view.colour = name_of_term(facts.colour, shop_.catalog.vocabulary());
  view.item = to_answer_item(*piece.item, shop_);
  if (!piece.sold_here && !view.item.image.empty()) view.item.image = owned_photo_path(shopper, piece.id);
  return view;
}

WardrobeView WardrobeService::view(const Identifier& shopper) const {
  const auto catalog = shop_.catalog.snapshot();
  const auto state = state_of(shopper);
  WardrobeView view;
  for (const OwnedPiece& piece : wardrobe_of(*state, wardrobe_parts(shop_, *catalog)))
    view.pieces.push_back(shown(shopper, piece));
  for (size_t i = 0; i < view.pieces.size(); ++i) view.pieces[i].item.position = static_cast<int>(i);
  return view;
}

Result<WardrobePiece> WardrobeService::piece_of(const Identifier& shopper, std::string_view id) const {
  const auto catalog = shop_.catalog.snapshot();
  const auto state = state_of(shopper);
  for (const OwnedPiece& piece : wardrobe_of(*state, wardrobe_parts(shop_, *catalog)))
    if (piece.id == id) return shown(shopper, piece);
  return Error{Code::kConflict, "no wardrobe is kept of this shopper, who does not consent to a profile", "",
               "a consent event with personalisation"};
}

Result<Done> WardrobeService::send(const Identifier& shopper, Event event) {
  *identifiers_of(event)[static_cast<size_t>(shopper.kind)] = shopper.id;
  event.event_id =
      fmt::format("{}-{}-{:016x}", name_of(event.type), ports_.clock.now().time_since_epoch().count(),
                  hash64(event.garment_id, hash64(event.owned ? to_json_text(*event.owned) : event.colour)));
  std::vector<Event> one;
  one.push_back(std::move(event));
  TRY_ASSIGN(const auto fates, events_.ingest(std::move(one)));
  if (!fates.front().ok()) return fates.front().error();
  return kOk;
}

Result<WardrobePiece> WardrobeService::add(const Identifier& shopper, const OwnedByShopper& owned) {
  Event event;
  event.type = EventType::kOwn;
  if (auto named = find_named(shop_.catalog, owned.garment_id, owned.colour)) {
    event.garment_id = std::move(named->garment_id);
    event.colour = std::move(named->colour);
  }
  if (event.garment_id.empty() || shop_.catalog.slot_ever(event.garment_id, event.colour) == kNoSlot)
    return Error{Code::kInvalid, fmt::format("no garment '{}' in this shop", owned.garment_id), "/garment_id",
                 "an id from GET /v1/garments, and one of its colours"};
  const std::string id = event.garment_id;
  TRY(send(shopper, std::move(event)));
  return piece_of(shopper, id);
}

// What the photo shows, as far as the encoder is sure; the kind by the garments of the shop.
Result<Done> WardrobeService::see(const RgbImage& photo, OwnedGarment& garment) const {
  if (ports_.encoder == nullptr) return kOk;
  TRY_ASSIGN(const auto seen, ports_.encoder->encode_images({&photo, 1}));
  const Vocabulary& vocabulary = shop_.catalog.vocabulary();
  for (const Attribute& tag : seen.front().tags) {
    if (tag.term == "unknown" || tag.confidence < kTagSure) continue;
    if (tag.facet == Facet::kCategory)
      garment.category = tag.term;
    else if (tag.facet == Facet::kColour)
      garment.colour = garment.colour.empty() ? tag.term : garment.colour;
    else
      garment.terms.push_back(fmt::format("{}/{}", name_of(tag.facet), tag.term));
  }
  if (garment.category.empty()) {
    const auto kinds = shop_.photo_kinds.shown_by(seen.front().vector, ports_.clock.now());
    float most = 0;
    for (const TermShare& one : kinds)
      if (const float share = share_of_kind(kinds, one.term, vocabulary); share > most)
        most = share, garment.category = vocabulary.term(one.term).name;
  }
  garment.encoder = ports_.encoder->id();
  garment.vector = packed_vector(seen.front().vector);
  return kOk;
}

Result<WardrobePiece> WardrobeService::add_photo(const Identifier& shopper, std::string_view title,
                                                 std::span<const std::byte> photo) {
  if (ports_.images == nullptr) return Error{Code::kUnavailable, "this shop has no image store", "", ""};
  if (const size_t most = StyleOptions().owned_photos_max; state_of(shopper)->owned_photos.size() >= most)
    return Error{Code::kConflict, fmt::format("the wardrobe holds {} photos already", most), "",
                 "one of its pieces removed before another is added"};
  TRY_ASSIGN(const RgbImage shown_photo, decode_image(photo, kShownSide));
  TRY_ASSIGN(const RgbImage small, decode_image(photo, kEncodedSide));
  OwnedGarment garment;
  garment.id = owned_piece_id(
      mix64(hash64(shopper.id, static_cast<uint64_t>(ports_.clock.now().time_since_epoch().count()))));
  garment.title = std::string(title);
  TRY(see(small, garment));
  TRY_ASSIGN(auto file, encode_jpeg(shown_photo));
  const std::string mark = owned_mark(garment.id);
  for (const char letter : mark) file.push_back(static_cast<std::byte>(letter));
  TRY_ASSIGN(garment.photo, ports_.images->name_of(file));
  Event event;
  event.type = EventType::kOwn;
  event.owned = garment;
  // The event first: of a file that no event names, nobody would know when the shopper is erased. If the
  // process ends between the two, the piece has no photo.
  TRY(send(shopper, std::move(event)));
  if (const auto kept = ports_.images->keep(file); !kept.ok()) {
    TRY(take_back(shopper, garment));
    return kept.error();
  }
  auto piece = piece_of(shopper, garment.id);  // not of a shopper who was erased meanwhile
  if (!piece.ok()) TRY(forget_photo(garment));
  return piece;
}

Result<Done> WardrobeService::take_back(const Identifier& shopper, const OwnedGarment& garment) {
  Event event;
  event.type = EventType::kDisown;
  event.owned.emplace().id = garment.id;
  return send(shopper, std::move(event));
}

// Only of a photo that bears the piece's own mark: an event from outside can name any file.
Result<std::string> WardrobeService::photo(const Identifier& shopper, std::string_view piece) const {
  const auto state = state_of(shopper);
  for (const OwnedPhoto& one : state->owned_photos) {
    if (one.garment->id != piece || ports_.images == nullptr) continue;
    const auto bytes = ports_.images->read(one.garment->photo);
    if (!bytes.ok() || !is_photo_of(text_of(*bytes), piece)) break;
    return std::string(text_of(*bytes));
  }
  return Error{Code::kNotFound, fmt::format("no photo of a piece '{}'", piece.substr(0, 100)), "",
               "the image of a piece of GET /v1/shoppers/{id}/wardrobe"};
}

Result<WardrobePiece> WardrobeService::correct(const Identifier& shopper, std::string_view piece,
                                               const WardrobeCorrection& correction) {
  const auto state = state_of(shopper);
  const auto known = std::find_if(state->owned_photos.begin(), state->owned_photos.end(),
                                  [&](const OwnedPhoto& one) { return one.garment->id == piece; });
  if (known == state->owned_photos.end()) return not_in_wardrobe(piece);
  OwnedGarment garment = *known->garment;
  const Vocabulary& vocabulary = shop_.catalog.vocabulary();
  if (correction.category) TRY(check_word(Facet::kCategory, *correction.category, vocabulary, "/category"));
  if (correction.colour) TRY(check_word(Facet::kColour, *correction.colour, vocabulary, "/colour"));
  if (correction.title) garment.title = *correction.title;
  if (correction.category) garment.category = *correction.category;
  if (correction.colour) garment.colour = *correction.colour;
  Event event;
  event.type = EventType::kOwn;
  event.owned = std::move(garment);
  TRY(send(shopper, std::move(event)));
  return piece_of(shopper, piece);
}

Result<Done> WardrobeService::remove(const Identifier& shopper, std::string_view piece) {
  const auto state = state_of(shopper);
  for (const OwnedPhoto& one : state->owned_photos) {
    if (one.garment->id != piece) continue;
    TRY(take_back(shopper, *one.garment));
    return forget_photo(*one.garment);
  }
  bool found = false;
  for (const OwnedItem& one : state->owned) {
    const ItemKey key = shop_.catalog.key(one.slot);
    if (key.garment_id != piece) continue;
    found = true;
    Event event;
    event.type = EventType::kDisown;
    event.garment_id = key.garment_id;
    event.colour = key.colour;
    TRY(send(shopper, std::move(event)));
  }
  if (!found) return not_in_wardrobe(piece);
  return kOk;
}

// A sender can name any stored photo as theirs: only one that bears the piece's own mark is deleted.
Result<Done> WardrobeService::forget_photo(const OwnedGarment& garment) {
  if (ports_.images == nullptr || garment.photo.empty()) return kOk;
  const auto bytes = ports_.images->read(garment.photo);
  if (!bytes.ok() || !is_photo_of(text_of(*bytes), garment.id)) return kOk;
  return ports_.images->remove(garment.photo);
}

Result<Done> WardrobeService::forget_photos(std::string_view person) {
  // All that the person did, also what teaches nothing because a robot seemed to do it.
  return ports_.log.read(shop_.profiles.timeline().positions(person),
                         [&](const LoggedEvent& logged) -> Result<Done> {
                           if (!logged.event.owned) return kOk;
                           return forget_photo(*logged.event.owned);
                         });
}

}  // namespace modiste
