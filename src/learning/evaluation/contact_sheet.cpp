#include "learning/evaluation/contact_sheet.h"

#include <vips/vips8>

#include "learning/evaluation/svg_plot.h"

namespace modiste {
namespace {

using vips::VImage;

constexpr int kCellWidth = 112, kCellHeight = 140, kCaptionHeight = 30, kTitleHeight = 26, kGap = 6;
constexpr int kQuality = 66;

VImage white(int width, int height) {
  return (VImage::black(width, height, VImage::option()->set("bands", 3)) + 255)
      .cast(VIPS_FORMAT_UCHAR)
      .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

// Black words on white, cut at the box's edges.
VImage draw_words(const std::string& words, int width, int height, const char* font) {
  VImage box = white(width, height);
  if (words.empty()) return box;
  const VImage ink = VImage::text(escape_html(words).c_str(),
                                  VImage::option()->set("font", font)->set("width", width)->set("dpi", 96));
  const VImage page = (255 - VImage::bandjoin({ink, ink, ink})).cast(VIPS_FORMAT_UCHAR);
  const VImage cut = page.crop(0, 0, std::min(width, page.width()), std::min(height, page.height()));
  return box.insert(cut, 0, 0);
}

VImage draw_cell(const SheetCell& cell) {
  VImage box = white(kCellWidth + kGap, kCellHeight + kCaptionHeight);
  if (cell.image.width > 0) {
    VImage photo(vips_image_new_from_memory_copy(cell.image.pixels.data(), cell.image.pixels.size(),
                                                 cell.image.width, cell.image.height, 3, VIPS_FORMAT_UCHAR));
    photo = photo.copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB))
                .thumbnail_image(kCellWidth, VImage::option()->set("height", kCellHeight));
    box = box.insert(photo, (kCellWidth - photo.width()) / 2, (kCellHeight - photo.height()) / 2);
  }
  return box.insert(draw_words(cell.caption, kCellWidth, kCaptionHeight - 2, "Inter 7"), 0, kCellHeight + 2);
}

VImage draw_row(const SheetRow& row, size_t columns) {
  const int width = static_cast<int>(columns) * (kCellWidth + kGap);
  VImage strip = white(width, kTitleHeight + kCellHeight + kCaptionHeight);
  strip = strip.insert(draw_words(row.title, width, kTitleHeight, "Inter Semi-Bold 11"), 0, 4);
  for (size_t i = 0; i < std::min(row.cells.size(), columns); ++i)
    strip = strip.insert(draw_cell(row.cells[i]), static_cast<int>(i) * (kCellWidth + kGap), kTitleHeight);
  return strip;
}

}  // namespace

Result<std::vector<std::byte>> draw_contact_sheet(const std::vector<SheetRow>& rows) {
  if (rows.empty() || rows.size() > kSheetRowsMax)
    return Error{Code::kInvalid, std::to_string(rows.size()) + " rows make no sheet", "",
                 "1 to " + std::to_string(kSheetRowsMax)};
  size_t columns = 1;
  for (const auto& row : rows) columns = std::max(columns, std::min(row.cells.size(), kSheetColumnsMax));
  if (VIPS_INIT("modiste") != 0) return Error{Code::kInternal, "libvips does not start", "", ""};
  try {
    std::vector<VImage> strips;
    for (const auto& row : rows) strips.push_back(draw_row(row, columns));
    const VImage sheet =
        VImage::arrayjoin(strips, VImage::option()
                                      ->set("across", 1)
                                      ->set("shim", 4)
                                      ->set("background", std::vector<double>{255, 255, 255}));
    void* data = nullptr;
    size_t size = 0;
    sheet.write_to_buffer(".jpg", &data, &size, VImage::option()->set("Q", kQuality)->set("strip", true));
    const auto* bytes = static_cast<std::byte*>(data);
    std::vector<std::byte> file(bytes, bytes + size);
    g_free(data);
    return file;
  } catch (const vips::VError& error) {
    return Error{Code::kInternal, std::string("the contact sheet cannot be drawn: ") + error.what(), "", ""};
  }
}

}  // namespace modiste
