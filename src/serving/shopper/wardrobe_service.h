// The wardrobe path: what a shopper has, named by id or by a photo.
//
//   photo -> decode -> encode (tags, vector) -> write again without metadata -> event `own` -> image store
//
// All of it is events of the log, so that it survives restarts and merges of identities, is exported and is
// erased with the shopper. A photo is stored as owned_photo.h says; it is deleted when the piece leaves the
// wardrobe, when the shopper withdraws their consent to a profile, and when they are erased.
//
// Threads: every method from any thread. Changes are durable, and part of the next answer, when they return.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "catalog/image_store.h"
#include "embedding/encoder.h"
#include "identity/subject_store.h"
#include "serving/events/event_service.h"
#include "serving/request/wardrobe.h"
#include "serving/shopper/wardrobe_view.h"
#include "serving/state/shop_state.h"

namespace modiste {

struct WardrobePorts {
  const Clock& clock;
  const LoggedEvents& log;
  const SubjectStore& subjects;
  Encoder* encoder = nullptr;    // null: photos tell nothing, the shopper does
  ImageStore* images = nullptr;  // null: no photos
};

// Of a shopper who does not consent to a profile nothing is kept: to add something is kConflict, and their
// wardrobe is empty.
class WardrobeService {
 public:
  // Borrows everything.
  WardrobeService(const WardrobePorts& ports, const ShopState& shop, EventService& events)
      : ports_(ports), shop_(shop), events_(events) {}

  // Empty for an unknown shopper.
  [[nodiscard]] WardrobeView view(const Identifier& shopper) const;
  // kInvalid: a garment that the shop does not have.
  Result<WardrobePiece> add(const Identifier& shopper, const OwnedByShopper& owned);
  // kInvalid: not an image that can be decoded; kUnavailable without an image store.
  Result<WardrobePiece> add_photo(const Identifier& shopper, std::string_view title,
                                  std::span<const std::byte> photo);
  // Of a piece that the shopper described. kNotFound; kInvalid: a name that the vocabulary does not have, or
  // a piece of the shop.
  Result<WardrobePiece> correct(const Identifier& shopper, std::string_view piece,
                                const WardrobeCorrection& correction);
  // In every colour. kNotFound.
  Result<Done> remove(const Identifier& shopper, std::string_view piece);
  // The photo of a piece, as a JPEG. kNotFound: no such piece, or one without a photo.
  [[nodiscard]] Result<std::string> photo(const Identifier& shopper, std::string_view piece) const;
  // Deletes every photo that this person ever put into a wardrobe: before an erasure, and when consent ends.
  Result<Done> forget_photos(std::string_view person);

 private:
  [[nodiscard]] std::shared_ptr<const ShopperState> state_of(const Identifier& shopper) const;
  [[nodiscard]] WardrobePiece shown(const Identifier& shopper, const OwnedPiece& piece) const;
  [[nodiscard]] Result<WardrobePiece> piece_of(const Identifier& shopper, std::string_view id) const;
  Result<Done> send(const Identifier& shopper, Event event);
  Result<Done> see(const RgbImage& photo, OwnedGarment& garment) const;
  Result<Done> take_back(const Identifier& shopper, const OwnedGarment& garment);
  Result<Done> forget_photo(const OwnedGarment& garment);

  WardrobePorts ports_;
  const ShopState& shop_;
  EventService& events_;
};

}  // namespace modiste
