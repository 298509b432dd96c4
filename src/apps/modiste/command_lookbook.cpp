#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "shop/background/look_maker.h"
#include "shop/console/console_report.h"
#include "shop/open_shop.h"
#include "shop/remote/remote.h"
#include "shop/shop_jobs.h"

namespace modiste {
namespace {

Result<Done> make_lookbook(const Config& config) {
  if (serving_at(config.folder())) return run_work(config, {"lookbook"});
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  const SystemClock clock;
  LookMaker looks(config, shop->services(), clock);
  ConsoleReport report;
  return looks.make(NightScope::kAll, report);
}

}  // namespace

void add_lookbook(CLI::App& app, Command& chosen) {
  app.add_subcommand("lookbook",
                     "Make the looks of the day: once for each cluster of shoppers.\n"
                     "A running server does so every night by itself.")
      ->callback([&chosen] { chosen = make_lookbook; });
}

}  // namespace modiste
