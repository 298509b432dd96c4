#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "apps/modiste/commands.h"
#include "http/contracts.h"
#include "io/atomic_write.h"
#include "shop/catalog_import.h"
#include "shop/open_shop.h"
#include "shop/remote.h"

namespace modiste {
namespace {

Upserter remote_upserter(const std::string& url) {
  return [url](std::vector<Garment> garments) -> Result<std::vector<Result<Upserted>>> {
    json::array products;
    for (const auto& garment : garments) products.push_back(to_json(garment));
    TRY_ASSIGN(const auto answer,
               call_server(url, "POST", "/v1/garments",
                           serialize_json(json::object{{"products", std::move(products)}})));
    TRY_ASSIGN(const auto report, from_json_text<http::BatchUpsertReport>(answer));
    std::vector<Result<Upserted>> results;
    for (const auto& garment : garments)
      results.emplace_back(Upserted{.garment_id = garment.id, .photo_problems = {}, .conflicts = {}});
    for (const auto& refusal : report.refused)
      results.at(static_cast<size_t>(refusal.index)) =
          Error{Code::kInvalid, refusal.reason, refusal.pointer, refusal.expected};
    return results;
  };
}

Result<Done> import(const Config& config, const std::filesystem::path& source) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  if (const auto url = serving_at(config.data)) {
    fmt::print("  the shop is being served at {}; garments go in there\n", *url);
    TRY_ASSIGN(auto images, ImageFolder::open(config.data / "images"));
    const Normaliser normaliser(vocabulary);
    TRY_ASSIGN(const auto report, import_catalog(source, normaliser, images, remote_upserter(*url)));
    return print(report, vocabulary), kOk;
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  Shop& services = shop->services();
  TRY_ASSIGN(const auto report,
             import_catalog(source, services.catalog().normaliser(), shop->images(), [&](std::vector<Garment> garments) {
               return services.catalog().upsert(std::move(garments));
             }));
  print(report, vocabulary);
  return shop->save_index();
}

Result<Done> export_catalog(const Config& config, const std::string& file) {
  TRY_ASSIGN(const auto directory, DataDirectory::open(config.data));
  TRY_ASSIGN(const auto store, SqliteStore::open(directory.database()));
  std::FILE* out = file.empty() ? stdout : std::fopen(file.c_str(), "w");
  if (out == nullptr) return Error{Code::kUnavailable, "the file cannot be written", file, ""};
  size_t count = 0;
  auto done = store->for_each([&](Garment&& garment) -> Result<Done> {
    fmt::print(out, "{}\n", to_json_line(garment));
    ++count;
    return kOk;
  });
  if (out != stdout && std::fclose(out) != 0)
    return Error{Code::kUnavailable, "the file could not be written whole", file, "room on the disk"};
  if (out != stdout) fmt::print("{} garments in {}\n", count, file);
  return done;
}

Result<Done> change_variant(const Config& config, const std::string& sku, const VariantChange& change) {
  if (const auto url = serving_at(config.data)) {
    const http::VariantPatch patch{change.stock, change.price, change.list_price};
    TRY_ASSIGN(const auto answer,
               call_server(*url, "PATCH", "/v1/variants/" + percent_encode(sku), to_json_text(patch)));
    return fmt::print("{}\n", answer), kOk;
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  TRY_ASSIGN(const Variant variant, shop->services().catalog().change_variant(sku, change));
  return fmt::print("{}\n", to_json_text(variant)), kOk;
}

Result<Done> remove(const Config& config, const std::string& id) {
  if (const auto url = serving_at(config.data)) {
    TRY(call_server(*url, "DELETE", "/v1/garments/" + percent_encode(id), ""));
    return kOk;
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  TRY(shop->services().catalog().remove(id));
  return shop->save_index();
}

Result<Done> show(const Config& config, const std::string& id) {
  TRY_ASSIGN(const auto directory, DataDirectory::open(config.data));
  TRY_ASSIGN(const auto store, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const Garment garment, store->get(id));
  return fmt::print("{}\n", to_json_line(garment)), kOk;
}

}  // namespace

void add_catalog(CLI::App& app, Command& chosen) {
  auto* catalog = app.add_subcommand("catalog", "What the shop sells: import, export, change");
  catalog->require_subcommand(1);

  struct Arguments {
    std::string path, id, sku;
    int stock = 0;
    double price = 0;
  };
  auto given = std::make_shared<Arguments>();
  auto* import_command = catalog->add_subcommand(
      "import",
      "Read a feed: Adobe Commerce, Google Merchant (TSV, XML), Shopify, JSON Lines, or photos with a CSV.\n"
      "The kind is told from the content. Good rows go in, the others are listed. Importing again changes "
      "only what differs.");
  import_command->add_option("source", given->path, "A file, or a folder of files with their photos")
      ->required();
  import_command->callback(
      [&chosen, given] { chosen = [given](const Config& c) { return import(c, given->path); }; });

  auto* export_command =
      catalog->add_subcommand("export", "Write every garment as JSON Lines, which import reads back");
  export_command->add_option("--out", given->path, "File (default: standard output)");
  export_command->callback(
      [&chosen, given] { chosen = [given](const Config& c) { return export_catalog(c, given->path); }; });

  auto* show_command = catalog->add_subcommand("show", "Print one garment as it is understood");
  show_command->add_option("id", given->id, "Garment id")->required();
  show_command->callback(
      [&chosen, given] { chosen = [given](const Config& c) { return show(c, given->id); }; });

  auto* remove_command = catalog->add_subcommand("remove", "Take a garment out of the shop");
  remove_command->add_option("id", given->id, "Garment id")->required();
  remove_command->callback(
      [&chosen, given] { chosen = [given](const Config& c) { return remove(c, given->id); }; });

  auto* stock_command = catalog->add_subcommand(
      "stock", "Set what is left of a variant; takes effect at once, also in a running server");
  stock_command->add_option("sku", given->sku, "Variant")->required();
  stock_command->add_option("pieces", given->stock, "Pieces that can be sold")
      ->required()
      ->check(CLI::Range(0, 1'000'000'000));
  stock_command->callback([&chosen, given] {
    chosen = [given](const Config& c) { return change_variant(c, given->sku, {given->stock, {}, {}}); };
  });

  auto* price_command = catalog->add_subcommand("price", "Set the price of a variant; takes effect at once");
  price_command->add_option("sku", given->sku, "Variant")->required();
  price_command->add_option("price", given->price, "In the garment's currency")
      ->required()
      ->check(CLI::Range(0.0, 1e7));
  price_command->callback([&chosen, given] {
    chosen = [given](const Config& c) { return change_variant(c, given->sku, {{}, given->price, {}}); };
  });
}

}  // namespace modiste
