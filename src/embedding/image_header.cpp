#include "embedding/image_header.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace modiste {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::string_view kReadable = "JPEG, PNG, WebP, GIF or SVG";
constexpr size_t kSvgProbeBytes = 4096;  // room for a prolog, a doctype and a licence comment

Error torn(ImageFormat format) {
  return {Code::kInvalid, "the " + std::string(name_of(format)) + " is incomplete", "", "a complete file"};
}

std::string_view as_text(Bytes file) { return {reinterpret_cast<const char*>(file.data()), file.size()}; }

// Callers check the bounds.
size_t big16(Bytes file, size_t at) {
  return std::to_integer<size_t>(file[at]) << 8 | std::to_integer<size_t>(file[at + 1]);
}
size_t big32(Bytes file, size_t at) { return big16(file, at) << 16 | big16(file, at + 2); }
size_t little16(Bytes file, size_t at) {
  return std::to_integer<size_t>(file[at + 1]) << 8 | std::to_integer<size_t>(file[at]);
}
size_t little24(Bytes file, size_t at) {
  return std::to_integer<size_t>(file[at + 2]) << 16 | little16(file, at);
}

bool is_frame_header(size_t marker) {
  // SOF0 to SOF15 without DHT (c4), JPG (c8) and DAC (cc); ITU T.81 table B.1.
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

Result<ImageHeader> read_jpeg(Bytes file) {
  size_t at = 2;
  bool adobe = false;
  while (at + 4 <= file.size()) {
    if (file[at] != std::byte{0xff}) return torn(ImageFormat::kJpeg);
    const auto marker = std::to_integer<size_t>(file[at + 1]);
    if (marker == 0xff) {  // fill byte
      ++at;
      continue;
    }
    adobe = adobe || (marker == 0xee && as_text(file).substr(at + 4, 5) == "Adobe");
    if (is_frame_header(marker)) {
      if (at + 10 > file.size()) break;
      // Decoders paint missing data of an incomplete file grey, so the end marker must
      // follow the frame header.
      if (as_text(file.subspan(at)).rfind("\xff\xd9") == std::string_view::npos) break;
      const bool inks = file[at + 9] == std::byte{4};
      return ImageHeader{ImageFormat::kJpeg, big16(file, at + 7), big16(file, at + 5), inks && !adobe};
    }
    if (marker == 0xd9 || marker == 0xda) break;  // image data before any frame header
    const bool stands_alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += stands_alone ? 2 : 2 + std::max<size_t>(2, big16(file, at + 2));
  }
  return torn(ImageFormat::kJpeg);
}

Result<ImageHeader> read_png(Bytes file) {
  if (file.size() < 24 || as_text(file).substr(12, 4) != "IHDR") return torn(ImageFormat::kPng);
  if (as_text(file).rfind("IEND") == std::string_view::npos) return torn(ImageFormat::kPng);
  return ImageHeader{ImageFormat::kPng, big32(file, 16), big32(file, 20)};
}

Result<ImageHeader> read_gif(Bytes file) {
  if (file.size() < 10) return torn(ImageFormat::kGif);
  return ImageHeader{ImageFormat::kGif, little16(file, 6), little16(file, 8)};
}

Result<ImageHeader> read_webp(Bytes file) {
  const size_t bytes_claimed =
      file.size() < 30 ? SIZE_MAX : (little16(file, 4) | little16(file, 6) << 16) + 8;
  if (bytes_claimed > file.size()) return torn(ImageFormat::kWebp);
  const auto chunk = as_text(file).substr(12, 4);
  if (chunk == "VP8X")  // extended: canvas size minus one
    return ImageHeader{ImageFormat::kWebp, little24(file, 24) + 1, little24(file, 27) + 1};
  if (chunk == "VP8L") {  // lossless: two 14-bit sizes minus one
    const size_t bits = little16(file, 21) | little16(file, 23) << 16;
    return ImageHeader{ImageFormat::kWebp, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
  }
  if (chunk == "VP8 ")  // lossy: 14 bits each, two bits of scale above
    return ImageHeader{ImageFormat::kWebp, little16(file, 26) & 0x3fff, little16(file, 28) & 0x3fff};
  return torn(ImageFormat::kWebp);
}

bool looks_like_svg(Bytes file) {
  auto head = as_text(file.first(std::min(file.size(), kSvgProbeBytes)));
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || head[begin] != '<') return false;
  return head.find("<svg") != std::string_view::npos;
}

std::string_view name_of_other(Bytes file) {
  const auto text = as_text(file);
  if (text.starts_with("BM")) return "a BMP";
  if (text.starts_with("II*") || text.starts_with("MM\0*")) return "a TIFF";
  if (text.starts_with("%PDF")) return "a PDF";
  if (text.starts_with("PK")) return "a zip archive";
  if (file.size() > 12 && text.substr(4, 4) == "ftyp") return "a HEIC, AVIF or video file";
  const auto head = text.substr(0, 512);
  const bool printable = std::none_of(head.begin(), head.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 9 || c == 127; });
  return printable ? "text" : "of an unknown format";
}

}  // namespace

Result<ImageHeader> read_image_header(Bytes file) {
  if (file.empty()) return Error{Code::kInvalid, "the file is empty", "", std::string(kReadable)};
  const auto text = as_text(file);
  if (text.starts_with("\xff\xd8\xff")) return read_jpeg(file);
  if (text.starts_with("\x89PNG\r\n\x1a\n")) return read_png(file);
  if (text.starts_with("GIF87a") || text.starts_with("GIF89a")) return read_gif(file);
  if (text.starts_with("RIFF") && text.substr(0, 12).ends_with("WEBP")) return read_webp(file);
  if (looks_like_svg(file)) return ImageHeader{ImageFormat::kSvg, 0, 0};
  return Error{Code::kInvalid, "not an image: the file is " + std::string(name_of_other(file)), "",
               std::string(kReadable)};
}

}  // namespace modiste
