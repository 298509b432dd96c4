#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "base/rng.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "io/read_file.h"
#include "learning/evaluation/contact_sheet.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "storage/files/data_directory.h"

namespace modiste {
namespace {

struct SheetArguments {
  std::string out = "sheets";
  int rows = 10, asked = 120;
};

constexpr int kTiles = 8;

// Draws items of a shop and shows what it answers.
class SheetMaker {
 public:
  SheetMaker(Shop& shop, std::filesystem::path images)
      : shop_(shop), images_(std::move(images)), snapshot_(shop.catalog().view().snapshot()) {}

  // Items on sale that have a photo, in random order.
  [[nodiscard]] std::vector<Slot> asked(size_t count) const {
    std::vector<Slot> slots;
    for (Slot slot = 0; slot < snapshot_->slot_count(); ++slot)
      if (snapshot_->facts(slot).live && std::filesystem::exists(photo_of(snapshot_->item(slot))))
        slots.push_back(slot);
    Rng rng(3);
    for (size_t i = 0; i + 1 < slots.size(); ++i) std::swap(slots[i], slots[i + rng.below(slots.size() - i)]);
    if (slots.size() > count) slots.resize(count);
    return slots;
  }

  Result<SheetRow> similar(Slot slot) {
    const Item& item = snapshot_->item(slot);
    SimilarRequest request;
    request.garment_id = item.garment.id();
    request.colour = item.colour;
    request.count = kTiles;
    TRY_ASSIGN(const auto answer, shop_.search().similar(request));
    return row(item, answer);
  }

  // By the item's colour and kind, in words; of items that have both.
  Result<SheetRow> by_words(Slot slot) {
    const Item& item = snapshot_->item(slot);
    SearchRequest request;
    request.query = caption(item.facts);
    request.count = kTiles + 1;
    TRY_ASSIGN(const auto answer, shop_.search().by_words(request));
    return row(item, answer);
  }
  [[nodiscard]] bool has_words(Slot slot) const {
    const ItemFacts& facts = snapshot_->facts(slot);
    return facts.category != kNoTerm && facts.colour != kNoTerm;
  }

  Result<SheetRow> by_photo(Slot slot) {
    const Item& item = snapshot_->item(slot);
    TRY_ASSIGN(const auto bytes, read_file(photo_of(item)));
    TRY_ASSIGN(const RgbImage photo, decode_image(bytes));
    TRY_ASSIGN(const auto answer, shop_.search().by_photo(photo, kTiles + 1, {}));
    return row(item, answer);
  }

 private:
  [[nodiscard]] std::filesystem::path photo_of(const Item& item) const {
    const auto images = images_of(*item.garment.read(), item.colour);
    return images.empty() ? images_ / "none" : images_ / std::filesystem::path(images.front()).filename();
  }
  [[nodiscard]] std::string caption(const ItemFacts& facts) const {
    const Vocabulary& vocabulary = shop_.catalog().view().vocabulary();
    const auto name = [&](TermId term) {
      return term == kNoTerm ? "?" : ascii_lower(vocabulary.term(term).label);
    };
    return name(facts.colour) + " " + name(facts.category);
  }

  SheetRow row(const Item& asked, const Answer& answer) {
    SheetRow made;
    made.tiles.push_back(
        {photo_of(asked).string(), std::string(asked.garment.id()) + " " + caption(asked.facts), true});
    for (const auto& shown : answer.items) {
      const Slot slot = shop_.catalog().view().slot(shown.garment_id, shown.colour);
      if (slot == kNoSlot || shown.garment_id == asked.garment.id()) continue;
      const Item& item = snapshot_->item(slot);
      const bool kind = item.facts.category == asked.facts.category;
      const bool colour = item.facts.colour == asked.facts.colour;
      made.score += (kind ? 1.0 : 0.0) + (colour ? 1.0 : 0.0);
      made.tiles.push_back({photo_of(item).string(), caption(item.facts), kind && colour});
      if (made.tiles.size() > kTiles) break;
    }
    return made;
  }

  Shop& shop_;
  const std::filesystem::path images_;
  const std::shared_ptr<const CatalogSnapshot> snapshot_;
};

Result<Done> make_sheets(const Config& config, const SheetArguments& given) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto shop, OpenShop::open(view.config()));
  SheetMaker maker(shop->services(), DataPaths(config.folder()).images());
  const auto slots = maker.asked(static_cast<size_t>(given.asked));
  Sheet similar{"similar", "Similar garments", {}}, photos{"photo-search", "Search by the shop's photos", {}};
  Sheet words{"search", "Search by colour and kind", {}};
  for (const Slot slot : slots) {
    TRY_ASSIGN(auto alike, maker.similar(slot));
    similar.rows.push_back(std::move(alike));
    TRY_ASSIGN(auto found, maker.by_photo(slot));
    photos.rows.push_back(std::move(found));
    if (!maker.has_words(slot)) continue;
    TRY_ASSIGN(auto searched, maker.by_words(slot));
    words.rows.push_back(std::move(searched));
  }
  for (const Sheet& sheet : {similar, words, photos}) {
    const auto rows = static_cast<size_t>(given.rows);
    double score = 0;
    for (const auto& row : sheet.rows) score += row.score;
    fmt::print("{}: {} asked, {:.3f} of type and colour right in the first {}\n", sheet.name,
               sheet.rows.size(),
               score / (2.0 * kTiles * static_cast<double>(std::max<size_t>(1, sheet.rows.size()))), kTiles);
    for (const auto& row : worst_rows(sheet, rows).rows)
      fmt::print("  worst: {} ({:.0f} of {})\n", row.tiles.front().caption, row.score, 2 * kTiles);
    TRY(write_sheet(random_rows(sheet, rows, 3), given.out));
    TRY(write_sheet(worst_rows(sheet, rows), given.out));
  }
  fmt::print("sheets in {}\n", given.out);
  return kOk;
}

}  // namespace

void add_evaluate_sheets(CLI::App& evaluate_command, Command& chosen) {
  auto* command = evaluate_command.add_subcommand("sheets",
                                                  "Contact sheets of the shop, to look at: similar garments, "
                                                  "searches by colour and kind in words and by the "
                                                  "shop's own photos, some drawn at random and those whose "
                                                  "type and colour agree least. Writes HTML pages.");
  auto given = std::make_shared<SheetArguments>();
  command->add_option("--out", given->out, "Folder of the pages (sheets)");
  command->add_option("--rows", given->rows, with_default("Rows of a sheet", given->rows))
      ->check(CLI::Range(1, 100));
  command->add_option("--asked", given->asked, with_default("Items that are asked for", given->asked))
      ->check(CLI::Range(1, 100'000));
  runs(command, chosen, given, make_sheets);
}

}  // namespace modiste
