#include "serving/request/owned_photo.h"

#include <fmt/format.h>

#include <algorithm>

namespace modiste {
namespace {

constexpr std::string_view kMark = "\nmodiste-owned:";
constexpr std::string_view kPiece = "own-";
constexpr size_t kDigits = 16;

// As RFC 3986 asks of a path segment.
std::string segment(std::string_view text) {
  constexpr std::string_view kUnreserved = "-._~";
  std::string out;
  for (const char letter : text) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || kUnreserved.find(letter) != std::string_view::npos;
    out += plain ? std::string(1, letter) : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return out;
}

}  // namespace

std::string owned_piece_id(uint64_t seed) { return fmt::format("{}{:0{}x}", kPiece, seed, kDigits); }

std::string owned_mark(std::string_view piece) { return fmt::format("{}{}", kMark, piece); }

bool is_photo_of(std::string_view file, std::string_view piece) { return file.ends_with(owned_mark(piece)); }

bool is_owned_photo(std::string_view file) {
  constexpr size_t kLength = kMark.size() + kPiece.size() + kDigits;
  if (file.size() < kLength) return false;
  const std::string_view tail = file.substr(file.size() - kLength);
  const std::string_view digits = tail.substr(kMark.size() + kPiece.size());
  return tail.starts_with(kMark) && tail.substr(kMark.size()).starts_with(kPiece) &&
         std::all_of(digits.begin(), digits.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string owned_photo_path(const Identifier& shopper, std::string_view piece) {
  std::string path = fmt::format("/v1/shoppers/{}/wardrobe/{}/photo", segment(shopper.id), segment(piece));
  if (shopper.kind != IdentifierKind::kUser) path += fmt::format("?kind={}", name_of(shopper.kind));
  return path;
}

}  // namespace modiste
