#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "apps/modiste/commands.h"
#include "feeds/feed.h"
#include "io/atomic_write.h"
#include "shop/progress.h"
#include "simulation/drawn_outfits.h"
#include "simulation/drawn_shop.h"

namespace modiste {
namespace {

// garments.jsonl and images/ are what `catalog import` reads; outfits.jsonl is what people would have
// curated.
Result<Done> draw(const DrawnShopOptions& options, const std::filesystem::path& out) {
  fmt::print(stderr, "  drawing {} garments, seed {}\n", options.garments, options.seed);
  const DrawnShop shop = draw_shop(options);
  std::error_code error;
  for (const char* folder : {"images", "curated"}) std::filesystem::create_directories(out / folder, error);
  if (error) return Error{Code::kUnavailable, error.message(), out.string(), "a folder that can be written"};

  std::string garments, outfits;
  size_t pictures = 0;
  ProgressLine line("pictures", 0);
  for (const auto& drawn : shop.garments) {
    garments += to_json_line(drawn.garment) + "\n";
    for (const auto& picture : drawn.pictures) {
      TRY(write_atomically(out / "images" / picture.file, picture.svg));
      line.at(++pictures);
    }
  }
  for (const auto& outfit : shop.outfits) outfits += to_json_text(outfit) + "\n";
  TRY(write_atomically(out / "curated" / "outfits.jsonl", outfits));
  TRY(write_atomically(out / "garments.jsonl", garments));  // last: it says that the shop is whole
  fmt::print("{} garments, {} pictures, {} outfits in {}\n", shop.garments.size(), pictures,
             shop.outfits.size(), out.string());
  return kOk;
}

}  // namespace

void add_shop(CLI::App& app, Command& chosen) {
  auto* shop = app.add_subcommand("shop", "A shop to play with");
  shop->require_subcommand(1);
  auto* command =
      shop->add_subcommand("draw", "Draw a whole shop by program: garments, brands, stock, curated outfits");
  struct Arguments {
    DrawnShopOptions options;
    std::string out = "shop";
  };
  auto given = std::make_shared<Arguments>();
  command->add_option("--garments", given->options.garments, "How many (2000)")
      ->check(CLI::Range(size_t{1}, kDrawnGarmentsMax));
  command->add_option("--seed", given->options.seed, "The same seed draws the same shop (7)");
  command->add_option("--out", given->out, "Folder (shop); import it with `modiste catalog import shop`");
  command->callback(
      [&chosen, given] { chosen = [given](const Config&) { return draw(given->options, given->out); }; });
}

}  // namespace modiste
