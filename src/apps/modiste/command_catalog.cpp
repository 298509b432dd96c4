#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_range.h"
#include "base/price_max.h"
#include "http/catalog_contracts.h"
#include "shop/imports/catalog_import.h"
#include "shop/open_shop.h"
#include "shop/remote/remote.h"
#include "shop/remote/served_catalog.h"
#include "storage/images/image_folder.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

struct CatalogArguments {
  std::string path, id, sku;
  int stock = 0;
  double price = 0;
  ImportOptions import;
};

ImportTarget target_of(CatalogService& catalog) {
  ImportTarget target;
  target.words = std::make_shared<VocabularyReport>();
  target.upsert = [&catalog, words = target.words](std::vector<Garment> garments) {
    return catalog.upsert(std::move(garments), words.get());
  };
  target.ids = [&catalog]() -> Result<std::vector<std::string>> {
    std::vector<std::string> ids;
    for (const auto& garment : catalog.view().page("", catalog.view().garment_count()))
      ids.push_back(garment->id);
    return ids;
  };
  target.remove = [&catalog](const std::string& id) { return catalog.remove(id); };
  return target;
}

Result<Done> import(const Config& config, const CatalogArguments& given) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  const std::filesystem::path source = given.path;
  ImportOptions options = given.import;
  options.feed = {config.shop.currency, SystemClock().now()};
  options.broke_off = [&](const ImportReport& report) {
    print(report, vocabulary);
    fmt::print("\nThe import broke off; this was done before\n");
  };
  if (const auto server = serving_at(config.folder())) {
    fmt::print(stderr, "  the shop is being served at {}; garments go in there\n", server->url);
    // The server's, whatever this command's own configuration says.
    TRY_ASSIGN(const auto shop, call_server(*server, "GET", "/v1/shop", ""));
    TRY_ASSIGN(const auto info, from_json_text<ShopInfo>(shop));
    if (!info.currency.empty()) options.feed.currency = info.currency;
    TRY_ASSIGN(auto images, ImageFolder::open(config.folder() / "images"));
    const Normaliser normaliser(vocabulary);
    TRY_ASSIGN(
        const auto report,
        import_catalog(source, normaliser, images,
                       served_target(std::make_shared<PatientCalls>(*server, config.folder())), options));
    print(report, vocabulary);
    return expect_garments(report, source);
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config, OpenFor::kIntake));
  CatalogService& catalog = shop->services().catalog();
  TRY_ASSIGN(const auto report,
             import_catalog(source, catalog.normaliser(), shop->images(), target_of(catalog), options));
  print(report, vocabulary);
  TRY(shop->save_index());
  return expect_garments(report, source);
}

Result<Done> for_each_garment(const Config& config, const std::function<Result<Done>(Garment&&)>& visit) {
  if (const auto server = serving_at(config.folder())) return for_each_served_garment(*server, visit);
  TRY_ASSIGN(const auto directory, DataDirectory::open(config.folder()));
  TRY_ASSIGN(const auto store, SqliteStore::open(directory.database()));
  return store->for_each(visit);
}

Result<Done> export_catalog(const Config& config, const std::string& file) {
  std::FILE* out = file.empty() ? stdout : std::fopen(file.c_str(), "w");
  if (out == nullptr) return Error{Code::kUnavailable, "the file cannot be written", file, ""};
  size_t count = 0;
  auto done = for_each_garment(config, [&](Garment&& garment) -> Result<Done> {
    fmt::print(out, "{}\n", to_json_line(garment));
    ++count;
    return kOk;
  });
  if (out != stdout && std::fclose(out) != 0)
    return Error{Code::kUnavailable, "the file could not be written whole", file, "room on the disk"};
  if (done.ok() && out != stdout) fmt::print("{} garments in {}\n", count, file);
  return done;
}

Result<Done> change_variant(const Config& config, const std::string& sku, const VariantChange& change) {
  if (const auto server = serving_at(config.folder())) {
    const http::VariantPatch patch{change.stock, change.price, change.list_price};
    TRY_ASSIGN(const auto answer,
               call_server(*server, "PATCH", "/v1/variants/" + percent_encode(sku), to_json_text(patch)));
    return fmt::print("{}\n", answer), kOk;
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  TRY_ASSIGN(const Variant variant, shop->services().catalog().change_variant(sku, change));
  return fmt::print("{}\n", to_json_text(variant)), kOk;
}

Result<Done> remove(const Config& config, const std::string& id) {
  if (const auto server = serving_at(config.folder())) {
    TRY(call_server(*server, "DELETE", "/v1/garments/" + percent_encode(id), ""));
    return kOk;
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  TRY(shop->services().catalog().remove(id));
  return shop->save_index();
}

Result<Done> show(const Config& config, const std::string& id) {
  if (const auto server = serving_at(config.folder())) {
    TRY_ASSIGN(const auto answer, call_server(*server, "GET", "/v1/garments/" + percent_encode(id), ""));
    TRY_ASSIGN(const auto garment, from_json_text<Garment>(answer));
    return fmt::print("{}\n", to_json_line(garment)), kOk;
  }
  TRY_ASSIGN(const auto directory, DataDirectory::open(config.folder()));
  TRY_ASSIGN(const auto store, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const Garment garment, store->get(id));
  return fmt::print("{}\n", to_json_line(garment)), kOk;
}

}  // namespace

void add_catalog(CLI::App& app, Command& chosen) {
  auto* catalog = app.add_subcommand("catalog", "What the shop sells: import, export, change");
  catalog->require_subcommand(1);

  auto given = std::make_shared<CatalogArguments>();
  auto* import_command = catalog->add_subcommand(
      "import",
      "Read a feed: Adobe Commerce, Google Merchant (TSV, XML, JSON), Meta, Shopify (CSV, JSON),\n"
      "WooCommerce, BigCommerce, PrestaShop, Squarespace, Wix, Yandex, JSON Lines, or photos with a CSV.\n"
      "The format is detected from the content. Valid rows are imported, the others are listed.\n"
      "Importing again changes only what differs.");
  import_command->add_option("source", given->path, "A file, or a folder of files with their photos")
      ->required();
  import_command->add_flag(
      "--whole", given->import.whole,
      "The feed is the whole catalog: garments that it does not have are taken out of sale");
  import_command
      ->add_option("--removals-max", given->import.removals_share_max,
                   "With --whole: the largest share of the shop's garments that may be removed (default 0.2)")
      ->check(number_range(0, 1));
  import_command->add_flag("--force", given->import.forced,
                           "With --whole: remove them however many they are");
  runs(import_command, chosen, given, import);

  auto* export_command =
      catalog->add_subcommand("export", "Write every garment as JSON Lines, which import reads back");
  export_command->add_option("--out", given->path, "File (default: standard output)");
  runs(export_command, chosen, given,
       [](const Config& c, const CatalogArguments& a) { return export_catalog(c, a.path); });

  auto* show_command = catalog->add_subcommand("show", "Print one garment with its normalised attributes");
  show_command->add_option("id", given->id, "Garment id")->required();
  runs(show_command, chosen, given, [](const Config& c, const CatalogArguments& a) { return show(c, a.id); });

  auto* remove_command = catalog->add_subcommand("remove", "Take a garment out of the shop");
  remove_command->add_option("id", given->id, "Garment id")->required();
  runs(remove_command, chosen, given,
       [](const Config& c, const CatalogArguments& a) { return remove(c, a.id); });

  auto* stock_command = catalog->add_subcommand(
      "stock", "Set the stock of a variant; takes effect at once, also in a running server");
  stock_command->add_option("sku", given->sku, "Variant")->required();
  stock_command->add_option("pieces", given->stock, "Pieces that can be sold")
      ->required()
      ->check(CLI::Range(0, 1'000'000'000));
  runs(stock_command, chosen, given, [](const Config& c, const CatalogArguments& a) {
    return change_variant(c, a.sku, {a.stock, {}, {}});
  });

  auto* price_command = catalog->add_subcommand("price", "Set the price of a variant; takes effect at once");
  price_command->add_option("sku", given->sku, "Variant")->required();
  price_command->add_option("price", given->price, "In the garment's currency")
      ->required()
      ->check(number_range(0, kPriceMax));
  runs(price_command, chosen, given, [](const Config& c, const CatalogArguments& a) {
    return change_variant(c, a.sku, {{}, a.price, {}});
  });
}

}  // namespace modiste
