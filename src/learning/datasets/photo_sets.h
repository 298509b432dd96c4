// Described photos to learn from, as their owners published them.
//
//   clothing_cc0    a folder with images.csv (image,sender_id,label,kids) and images/<image>.jpg
//   a feed          any catalog file Modiste reads, with its photos in a folder: luma, the drawn shop
//   Fashion-MNIST   the four idx files, gzipped; 28 x 28 grey
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "catalog/garment.h"
#include "embedding/encoder.h"
#include "embedding/label_text.h"

namespace modiste {

// A photo before it is looked at.
struct PhotoRecord {
  std::string source;
  std::string photo;           // names it for people
  std::filesystem::path file;  // empty: pixels
  RgbImage pixels;
  std::string group;               // sender or garment, held out together
  std::string garment;             // empty: alone
  std::string label;               // the owner's word; empty: unknown
  KnownTerms terms;                // of the vocabulary, at most one per facet
  std::vector<std::string> texts;  // of the owner
};

// kNotFound, kInvalid with the line when the folder is not such a set.
Result<std::vector<PhotoRecord>> read_clothing_cc0(const std::filesystem::path& folder,
                                                   const Vocabulary& vocabulary);

// Photos of garments already read and normalised; photo files are looked up by name in `images`, those that
// are absent are left out. source: names the set.
[[nodiscard]] std::vector<PhotoRecord> photos_of_garments(const std::string& source,
                                                          const std::vector<Garment>& garments,
                                                          const std::filesystem::path& images,
                                                          const Vocabulary& vocabulary);

// The first `photos_max` of the training part. kCorrupt when the files are not idx or disagree.
Result<std::vector<PhotoRecord>> read_fashion_mnist(const std::filesystem::path& folder, size_t photos_max,
                                                    const Vocabulary& vocabulary);

// Where Debian's package dataset-fashion-mnist puts the files.
inline constexpr const char* kFashionMnistFolder = "/usr/share/datasets/fashion-mnist";

}  // namespace modiste
