// Photos of single garments with a CSV: image, sender_id, label, kids. The file is images/<image>.jpg.
#include <fmt/format.h>

#include "feeds/csv_table.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

// Labels by which the people who labelled said that there is no single garment to see.
bool is_no_garment(std::string_view label) {
  const std::string word = ascii_lower(label);
  return word.empty() || word == "skip" || word == "not sure";
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.find_first_of("/\\") == std::string_view::npos && !name.starts_with('.');
}

Garment garment_of(const CsvTable& table) {
  const std::string image(table.cell("image"));
  Garment garment;
  const size_t dot = image.rfind('.');
  garment.id = image.substr(0, dot);
  garment.title = std::string(table.cell("label"));
  garment.category = garment.title;
  if (is_yes(table.cell("kids"))) garment.department = "Kids";
  add_attribute(garment, "sender_id", table.cell("sender_id"));
  garment.images.push_back({fmt::format("images/{}{}", image, dot == std::string::npos ? ".jpg" : ""), ""});
  Variant& piece = garment.variants.emplace_back();  // one photo, one piece, no price known
  piece.sku = garment.id;
  piece.stock = 1;
  return garment;
}

Result<Done> read_photo_folder_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run));
  run.let_prices_be_absent();
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return kOk;
    const std::string_view label = table->cell("label");
    if (!is_file_name(table->cell("image")))
      run.refuse(table->line(), "image", "is not the name of a file in images/");
    else if (is_no_garment(label))
      run.refuse(table->line(), "label", fmt::format("'{}' says that no garment was recognised", label));
    else
      TRY(run.emit(garment_of(*table), table->line()));
  }
}

}  // namespace

const FeedReader kPhotoFolderCsv{"photo-folder-csv",
                                 [](const FeedHead& head) {
                                   return head.has_columns({"image", "label"});
                                 },
                                 read_photo_folder_csv};

}  // namespace modiste
