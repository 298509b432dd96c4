// draw_shop: draws a whole shop by program, as a merchant would hand it over.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <filesystem>

#include "drawn_shop/shop.h"
#include "feeds/feed.h"
#include "io/atomic_write.h"

namespace {

using namespace modiste;
using namespace modiste::drawn_shop;

constexpr const char* kHelp =
    "Draws a fashion shop by program: garments of eight invented brands as vector pictures, described as a\n"
    "merchant would, and outfits curated by stated rules. The same seed draws the same shop, byte by "
    "byte.\n\n"
    "Writes into DIR:\n"
    "  garments.jsonl           the catalog, one garment a line\n"
    "  images/                  one SVG per garment and colour\n"
    "  curated/outfits.jsonl    garments that belong together, one outfit a line\n\n"
    "Then:  modiste catalog import DIR\n"
    "       modiste serve\n";

// garments.jsonl comes last: it says that the shop is whole.
Result<Done> write(const Shop& shop, const std::filesystem::path& out) {
  std::error_code error;
  for (const char* folder : {"images", "curated"}) {
    std::filesystem::create_directories(out / folder, error);
    if (error)
      return Error{Code::kUnavailable, error.message(), (out / folder).string(),
                   "a folder that can be written"};
  }
  std::string garments, outfits;
  size_t pictures = 0;
  const bool terminal = isatty(STDERR_FILENO) != 0;
  for (const auto& drawn : shop.garments) {
    garments += to_json_line(drawn.garment) + "\n";
    for (const auto& picture : drawn.pictures)
      TRY(write_atomically(out / "images" / picture.file, picture.svg));
    pictures += drawn.pictures.size();
    if (terminal && pictures % 64 < drawn.pictures.size()) fmt::print(stderr, "\r  {} pictures", pictures);
  }
  if (terminal) fmt::print(stderr, "\r");
  for (const auto& outfit : shop.outfits) outfits += to_json_text(outfit) + "\n";
  TRY(write_atomically(out / "curated" / "outfits.jsonl", outfits));
  TRY(write_atomically(out / "garments.jsonl", garments));
  fmt::print("{} garments, {} pictures, {} outfits in {}\n", shop.garments.size(), pictures,
             shop.outfits.size(), out.string());
  return kOk;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{kHelp, "draw_shop"};
  ShopOptions options;
  std::string out = "shop";
  app.add_option("--garments", options.garments, "How many")
      ->check(CLI::Range(size_t{1}, kGarmentsMax))
      ->capture_default_str();
  app.add_option("--outfits", options.outfits_per_garment, "How many a garment")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Another seed draws another shop")->capture_default_str();
  app.add_option("--out", out, "Folder to write to")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  fmt::print(stderr, "  drawing {} garments, seed {}\n", options.garments, options.seed);
  const auto done = write(draw_shop(options), out);
  if (done.ok()) return 0;
  fmt::print(stderr, "draw_shop: {}\n", done.error().message());
  return 1;
}
