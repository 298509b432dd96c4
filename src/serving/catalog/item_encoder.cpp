#include "serving/catalog/item_encoder.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/rng.h"
#include "catalog/garment_attributes.h"
#include "embedding/garment_text.h"

namespace modiste {

uint64_t ItemEncoder::source_hash(const Garment& garment, std::string_view colour) const {
  uint64_t hash = hash64(encoder_->id());
  for (const auto& text : garment_texts(garment, colour, catalog_.vocabulary())) hash = hash64(text, hash);
  // Stored images are named by their content.
  const auto images = images_of(garment, colour);
  return images.empty() ? hash : hash64(images.front(), hash);
}

Result<std::optional<RgbImage>> ItemEncoder::main_photo(const Garment& garment,
                                                        std::string_view colour) const {
  const auto images = images_of(garment, colour);
  if (images.empty() || images_ == nullptr || images.front().find("://") != std::string::npos)
    return std::optional<RgbImage>();
  TRY_ASSIGN(const auto bytes, images_->read(images.front()));
  TRY_ASSIGN(RgbImage image, decode_image(bytes));
  return std::optional(std::move(image));
}

bool ItemEncoder::is_encoded(const Garment& garment, std::string_view colour) const {
  const Slot known = catalog_.slot(garment.id, colour);
  const auto embedding = known == kNoSlot ? nullptr : embeddings_.get(known);
  return embedding != nullptr && embedding->source_hash == source_hash(garment, colour);
}

std::vector<EncodedItem> ItemEncoder::changed(std::span<const Garment> garments) const {
  std::vector<EncodedItem> work;
  if (encoder_ == nullptr) return work;
  for (const Garment& garment : garments)
    for (const auto& colour : colours_of(garment))
      if (!is_encoded(garment, colour)) work.push_back(begin(garment, colour));
  return work;
}

bool ItemEncoder::has_vectors(const Garment& garment, std::span<const EncodedItem> made) const {
  const auto has = [&](const std::string& colour) {
    return is_encoded(garment, colour) ||
           std::ranges::any_of(made, [&](const EncodedItem& one) { return one.stored.colour == colour; });
  };
  return encoder_ == nullptr || std::ranges::all_of(colours_of(garment), has);
}

EncodedItem ItemEncoder::begin(const Garment& garment, std::string_view colour) const {
  EncodedItem one;
  one.stored.garment_id = garment.id;
  one.stored.colour = colour;
  one.stored.source_hash = source_hash(garment, colour);
  one.stored.encoder = encoder_->id();
  one.texts = garment_texts(garment, colour, catalog_.vocabulary());
  if (auto photo = main_photo(garment, colour); photo.ok()) {
    one.photo = std::move(*photo);
  } else {
    one.photo_problem = photo.error().message();
    one.complete = photo.error().code == Code::kInvalid;  // as its bytes are, which its name stands for
  }
  return one;
}

void ItemEncoder::encode(std::vector<EncodedItem>& items) const {
  std::vector<RgbImage> photos;
  std::vector<std::string> texts;
  for (auto& one : items) {
    texts.insert(texts.end(), one.texts.begin(), one.texts.end());
    if (one.photo) photos.push_back(std::move(*one.photo));
  }
  if (items.empty()) return;
  auto seen = encoder_->encode_images(photos);
  auto read = encoder_->encode_texts(texts);
  for (const Error* error : {seen.ok() ? nullptr : &seen.error(), read.ok() ? nullptr : &read.error()})
    if (error != nullptr) spdlog::error("{} items are not encoded: {}", items.size(), error->message());
  size_t next_photo = 0, next_text = 0;
  for (auto& one : items) {
    std::vector<Vector> image_vectors, text_vectors;
    if (one.photo && seen.ok()) {
      one.seen = std::move((*seen)[next_photo++]);
      image_vectors.push_back(one.seen->vector);
      one.stored.photo_attributes = one.seen->tags;
      one.stored.palette = one.seen->palette;
    } else if (one.photo) {
      one.photo_problem = seen.error().message();
      one.complete = false;
    }
    for (size_t i = 0; i < one.texts.size() && read.ok(); ++i)
      text_vectors.push_back(std::move((*read)[next_text++]));
    if (!read.ok()) one.complete = false;
    one.stored.vector = item_vector(image_vectors, text_vectors);
    if (!one.complete) one.stored.source_hash = 0;
  }
}

}  // namespace modiste
