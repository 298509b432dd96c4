// Port: maps images and texts to unit vectors in one space. Implemented over nn/ in encoder_*.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/vector_math.h"
#include "catalog/garment.h"
#include "embedding/conflict_rule.h"

namespace modiste {

// 8-bit sRGB, interleaved, rows from the top. Decoding composes alpha on white.
struct RgbImage {
  int width = 0, height = 0;
  std::vector<uint8_t> pixels;  // width * height * 3
};

inline constexpr size_t kImageBytesMax = 25 << 20;     // of a file
inline constexpr size_t kImagePixelsMax = 50'000'000;  // of a decoded image; checked before decoding
inline constexpr int kImageSideMax = 512;  // decoded images are shrunk to fit; no model here needs more

// JPEG, PNG, WebP, GIF (first frame), SVG. Checks the content, not the name: kInvalid with the reason.
Result<RgbImage> decode_image(std::span<const std::byte> file, int side_max = kImageSideMax);

// The pixels as a JPEG, without any metadata: no place, time or camera of the file that they came from.
Result<std::vector<std::byte>> encode_jpeg(const RgbImage& image);

// How probable it is that the garment of a photo plays a role in an outfit.
struct RoleShare {
  OutfitRole role{};
  float share = 0;
};

struct ImageUnderstanding {
  Vector vector;                // unit
  std::vector<Attribute> tags;  // source kPhoto, with calibrated confidence; colour comes from the palette
  std::vector<std::string> palette;   // "#rrggbb" of the foreground, by share, at most 5
  std::vector<float> palette_shares;  // of the foreground, one per colour; empty: not known
  // What conflicts are judged by: the most probable term of each facet, also where it is too uncertain to be
  // a tag, and the roles that the encoder can tell apart. Empty when the encoder does not say.
  std::vector<Attribute> guesses;
  std::vector<RoleShare> roles;
};

// Threads: all methods from any thread; calls are serialised inside where a model requires it.
class Encoder {
 public:
  virtual ~Encoder() = default;
  // Identifies model and weights: vectors of different ids are never compared.
  [[nodiscard]] virtual std::string id() const = 0;
  [[nodiscard]] virtual size_t dimension() const = 0;
  // One result per input, in order. Batches are split internally to suit the model.
  virtual Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) = 0;
  // The contradictions between photos and words that proved right often enough with this encoder.
  [[nodiscard]] virtual std::span<const ConflictRule> conflict_rules() const { return {}; }
  // For garment texts and queries.
  virtual Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) = 0;
  // Gives back the networks that no call needed since the last call of this; they are loaded again when one
  // does. True when memory became free.
  virtual bool release_unused() { return false; }
};

// Normalised mean of the vectors given; empty without any.
[[nodiscard]] Vector item_vector(std::span<const Vector> image_vectors, std::span<const Vector> text_vectors);

}  // namespace modiste
