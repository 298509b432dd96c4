// The only file that decodes and writes images; libvips and its exceptions stay within it.
#include <vips/vips8>

#include <algorithm>
#include <mutex>

#include "embedding/encoder.h"
#include "embedding/image_header.h"

namespace modiste {
namespace {

constexpr size_t kSvgBytesMax = 4 << 20;  // librsvg builds a tree of the whole file

Result<Done> start_vips() {
  static const bool started = [] {
    if (VIPS_INIT("modiste") != 0) return false;
    vips_cache_set_max(0);    // every photo is decoded once
    vips_concurrency_set(1);  // callers decode many photos in parallel
    // Only loaders that are fuzzed upstream, and librsvg, which cannot read files or the network here.
    vips_block_untrusted_set(1);
    vips_operation_block_set("VipsForeignLoadSvg", 0);
    return true;
  }();
  if (!started) return Error{Code::kInternal, "libvips failed to start", "", ""};
  return kOk;
}

std::string take_vips_error() {
  std::string text = vips_error_buffer();
  vips_error_clear();
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  const size_t line_end = text.find('\n');
  return line_end == std::string::npos ? text : text.substr(0, line_end);
}

Result<ImageHeader> check_size(std::span<const std::byte> file) {
  if (file.size() > kImageBytesMax)
    return Error{Code::kInvalid, "the image file has " + std::to_string(file.size()) + " bytes", "",
                 "at most " + std::to_string(kImageBytesMax)};
  TRY_ASSIGN(const auto header, read_image_header(file));
  if (header.format == ImageFormat::kSvg) {
    if (file.size() <= kSvgBytesMax) return header;
    return Error{Code::kInvalid, "the SVG has " + std::to_string(file.size()) + " bytes", "",
                 "at most " + std::to_string(kSvgBytesMax)};
  }
  const auto size = std::to_string(header.width) + " x " + std::to_string(header.height);
  if (header.width == 0 || header.height == 0)
    return Error{Code::kInvalid, "the image is " + size + " pixels", "", "at least 1 x 1"};
  // The sides are at most 2^32, so the product fits.
  if (header.width * header.height > kImagePixelsMax)
    return Error{Code::kInvalid, "the image would decode to " + size + " pixels", "",
                 "at most " + std::to_string(kImagePixelsMax) + " in all"};
  return header;
}

vips::VImage to_srgb(const vips::VImage& image) {
  if (image.get_typeof(VIPS_META_ICC_NAME) != 0) {
    try {
      return image.icc_transform("srgb", vips::VImage::option()->set("embedded", true));
    } catch (const vips::VError&) {
      vips_error_clear();  // a photo with a broken colour profile is still accepted
    }
  }
  return image.interpretation() == VIPS_INTERPRETATION_sRGB ? image
                                                            : image.colourspace(VIPS_INTERPRETATION_sRGB);
}

// libvips takes every photo in four inks for Adobe's, and a thumbnail's colours are converted at once.
vips::VImage load_plain_inks(VipsBlob* blob, const ImageHeader& header, int side_max) {
  const auto side = static_cast<size_t>(side_max);
  int shrink = 1;
  while (shrink < 8 && std::max(header.width, header.height) / static_cast<size_t>(2 * shrink) >= side)
    shrink *= 2;
  vips::VImage image = vips::VImage::jpegload_buffer(blob, vips::VImage::option()
                                                               ->set("shrink", shrink)
                                                               ->set("autorotate", true)
                                                               ->set("fail_on", VIPS_FAIL_ON_TRUNCATED));
  image = image.invert().copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_CMYK));
  return image.thumbnail_image(side_max,
                               vips::VImage::option()->set("height", side_max)->set("size", VIPS_SIZE_DOWN));
}

vips::VImage load_small(std::span<const std::byte> file, const ImageHeader& header, int side_max) {
  // Borrowed, not copied: the pixels are written before this function returns.
  auto* blob = vips_blob_new(nullptr, file.data(), file.size());
  vips::VImage image;
  try {
    // Shrinks while loading where the format can, and rotates by EXIF. Colour management of libvips is off:
    // it would convert sRGB photos without a profile through a D50 space and back, which changes them.
    if (header.plain_inks)
      image = load_plain_inks(blob, header, side_max);
    else
      image = vips::VImage::thumbnail_buffer(blob, side_max,
                                             vips::VImage::option()
                                                 ->set("height", side_max)
                                                 ->set("size", VIPS_SIZE_DOWN)
                                                 ->set("fail_on", VIPS_FAIL_ON_TRUNCATED));
  } catch (...) {
    vips_area_unref(VIPS_AREA(blob));
    throw;
  }
  vips_area_unref(VIPS_AREA(blob));
  image = to_srgb(image);
  if (image.has_alpha())
    image = image.flatten(vips::VImage::option()->set("background", std::vector<double>{255, 255, 255}));
  return image.cast(VIPS_FORMAT_UCHAR);
}

}  // namespace

Result<RgbImage> decode_image(std::span<const std::byte> file, int side_max) {
  CHECK(side_max > 0);
  TRY_ASSIGN(const auto header, check_size(file));
  TRY(start_vips());
  try {
    const auto image = load_small(file, header, side_max);
    if (image.bands() != 3)
      return Error{Code::kInvalid, "the image has " + std::to_string(image.bands()) + " colour bands", "",
                   "grey or RGB"};
    size_t size = 0;
    auto* memory = static_cast<uint8_t*>(image.write_to_memory(&size));
    RgbImage out{image.width(), image.height(), std::vector<uint8_t>(memory, memory + size)};
    g_free(memory);
    CHECK(out.pixels.size() == static_cast<size_t>(out.width) * static_cast<size_t>(out.height) * 3);
    return out;
  } catch (const vips::VError&) {
    return Error{Code::kInvalid, "the image cannot be decoded: " + take_vips_error(), "", "a complete file"};
  }
}

Result<std::vector<std::byte>> encode_jpeg(const RgbImage& image) {
  constexpr int kQuality = 86;
  TRY(start_vips());
  try {
    // Borrowed: written before this function returns.
    vips::VImage pixels =
        vips::VImage::new_from_memory(const_cast<uint8_t*>(image.pixels.data()), image.pixels.size(),
                                      image.width, image.height, 3, VIPS_FORMAT_UCHAR);
    pixels = pixels.copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
    void* data = nullptr;
    size_t size = 0;
    pixels.write_to_buffer(".jpg", &data, &size,
                           vips::VImage::option()->set("Q", kQuality)->set("strip", true));
    const auto* bytes = static_cast<const std::byte*>(data);
    std::vector<std::byte> file(bytes, bytes + size);
    g_free(data);
    return file;
  } catch (const vips::VError&) {
    return Error{Code::kInternal, "the image cannot be written: " + take_vips_error(), "", ""};
  }
}

}  // namespace modiste
