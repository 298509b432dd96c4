#include <array>

#include "io/file_input.h"
#include "learning/datasets/photo_sets.h"

namespace modiste {
namespace {

constexpr size_t kSide = 28;
constexpr size_t kPixels = kSide * kSide;
constexpr size_t kImagesHeader = 16, kLabelsHeader = 8;
constexpr uint32_t kImagesMagic = 0x00000803, kLabelsMagic = 0x00000801;

constexpr std::array<std::string_view, 10> kCategories{
    "t-shirt", "pants", "sweater", "dress", "coat", "sandals", "shirt", "sneakers", "bags", "ankle-boots"};

// At most `bytes_max` of a gzipped file.
Result<std::vector<uint8_t>> read_gzip(const std::filesystem::path& path, size_t bytes_max) {
  TRY_ASSIGN(auto input, FileInput::open(path));
  std::vector<uint8_t> bytes(bytes_max);
  TRY_ASSIGN(const size_t read, read_full(input, {reinterpret_cast<char*>(bytes.data()), bytes.size()}));
  bytes.resize(read);
  return bytes;
}

bool has_magic(const std::vector<uint8_t>& file, uint32_t magic) {
  return file.size() >= kLabelsHeader &&
         (uint32_t{file[0]} << 24 | uint32_t{file[1]} << 16 | uint32_t{file[2]} << 8 | file[3]) == magic;
}

// The set shows light garments on black; shops show them on white.
RgbImage to_photo(const uint8_t* grey) {
  RgbImage image{static_cast<int>(kSide), static_cast<int>(kSide), {}};
  image.pixels.reserve(kPixels * 3);
  for (size_t i = 0; i < kPixels; ++i)
    image.pixels.insert(image.pixels.end(), 3, static_cast<uint8_t>(255 - grey[i]));
  return image;
}

}  // namespace

Result<std::vector<PhotoRecord>> read_fashion_mnist(const std::filesystem::path& folder, size_t photos_max,
                                                    const Vocabulary& vocabulary) {
  TRY_ASSIGN(const auto images,
             read_gzip(folder / "train-images-idx3-ubyte.gz", kImagesHeader + photos_max * kPixels));
  TRY_ASSIGN(const auto labels, read_gzip(folder / "train-labels-idx1-ubyte.gz", kLabelsHeader + photos_max));
  if (!has_magic(images, kImagesMagic) || !has_magic(labels, kLabelsMagic) || images.size() < kImagesHeader)
    return Error{Code::kCorrupt, folder.string() + " holds no Fashion-MNIST", "", "idx files"};
  const size_t count = labels.size() - kLabelsHeader;
  if ((images.size() - kImagesHeader) / kPixels != count)
    return Error{Code::kCorrupt, "Fashion-MNIST's images and labels differ in number", folder.string(), ""};
  std::vector<PhotoRecord> records;
  for (size_t i = 0; i < count; ++i) {
    const uint8_t label = labels[kLabelsHeader + i];
    if (label >= kCategories.size())
      return Error{Code::kCorrupt, "Fashion-MNIST has no label " + std::to_string(label), "", "0 to 9"};
    PhotoRecord record;
    record.source = "fashion_mnist";
    record.photo = std::to_string(i);
    record.pixels = to_photo(&images[kImagesHeader + i * kPixels]);
    record.group = std::to_string(i);
    record.label = kCategories[label];
    if (vocabulary.find(Facet::kCategory, record.label) != nullptr)
      record.terms.emplace_back(Facet::kCategory, record.label);
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace modiste
