// A photo of a wardrobe among the stored images: how its bytes say so, and where its shopper sees it.
//
// Everybody may see the images of the shop, by their names; a photo of a wardrobe is a shopper's data and is
// read only by the route of owned_photo_path(). Its file bears a mark behind the end of the JPEG, where no
// decoder reads: whatever serves images by their names refuses it. The mark also makes the bytes, and
// so the name, those of this piece alone: two shoppers who send the same photo do not share it, and deleting
// one keeps the other.
//
// Pure. Threads: any.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "identity/identifier.h"

namespace modiste {

// A new id of a piece that is described by a photo; the same seed gives the same one.
[[nodiscard]] std::string owned_piece_id(uint64_t seed);
// What follows the JPEG of this piece.
[[nodiscard]] std::string owned_mark(std::string_view piece);
// Whether the file bears the mark of this piece, and of any.
[[nodiscard]] bool is_photo_of(std::string_view file, std::string_view piece);
[[nodiscard]] bool is_owned_photo(std::string_view file);
// "/v1/shoppers/ada/wardrobe/own-1f2e/photo"
[[nodiscard]] std::string owned_photo_path(const Identifier& shopper, std::string_view piece);

}  // namespace modiste
