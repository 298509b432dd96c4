#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <memory>
#include <optional>

#include "apps/modiste/commands.h"
#include "http/server.h"
#include "http/shop_routes.h"
#include "io/atomic_write.h"
#include "shop/impression_flusher.h"
#include "shop/log_sealer.h"
#include "shop/open_shop.h"
#include "storage/features/materialise.h"

namespace modiste {
namespace {

struct ServeFlags {
  std::string address;
  int port = -1;
  unsigned threads = 0;
};

std::string impression_metrics(Shop& shop) {
  return fmt::format(
      "# HELP modiste_served_lost_total Answers that never reached the log\n"
      "# TYPE modiste_served_lost_total counter\nmodiste_served_lost_total {}\n",
      shop.events().impressions_lost());
}

std::string occasion_metrics(const OccasionModel* model) {
  return fmt::format(
      "# HELP modiste_occasion_model_evidence Said occasions that the model in use learned from; 0: the "
      "table\n"
      "# TYPE modiste_occasion_model_evidence gauge\nmodiste_occasion_model_evidence {}\n",
      model == nullptr ? 0 : model->evidence());
}

// Nothing without a weather service.
std::string weather_metrics(const std::optional<WeatherStats>& stats, TimePoint now) {
  if (!stats) return {};
  std::string text = fmt::format(
      "# HELP modiste_weather_asked_total Requests that asked for the weather, by whether it was known\n"
      "# TYPE modiste_weather_asked_total counter\n"
      "modiste_weather_asked_total{{known=\"yes\"}} {}\nmodiste_weather_asked_total{{known=\"no\"}} {}\n"
      "# HELP modiste_weather_fetches_total Questions to the weather service, by how they ended\n"
      "# TYPE modiste_weather_fetches_total counter\n"
      "modiste_weather_fetches_total{{result=\"ok\"}} {}\n"
      "modiste_weather_fetches_total{{result=\"failed\"}} {}\n"
      "modiste_weather_fetches_total{{result=\"dropped\"}} {}\n"
      "# HELP modiste_weather_cells Places whose weather is held\n"
      "# TYPE modiste_weather_cells gauge\nmodiste_weather_cells {}\n",
      stats->answered, stats->absent, stats->fetched, stats->failed, stats->dropped, stats->cells);
  if (stats->fetched_at)
    text += fmt::format(
        "# HELP modiste_weather_age_seconds Since the service last answered\n"
        "# TYPE modiste_weather_age_seconds gauge\nmodiste_weather_age_seconds {:.0f}\n",
        std::chrono::duration<double>(now - *stats->fetched_at).count());
  return text;
}

std::string describe_occasions(const OccasionModel* model) {
  if (model == nullptr)
    return "occasions are guessed by the prior table; `modiste train occasions` learns them";
  return fmt::format("occasions are guessed by what was said: evidence of {:.0f}", model->evidence());
}

// Of the latest report; a new one needs the directory to itself, so it cannot change while this serves.
std::string drift_metrics(const std::filesystem::path& features) {
  const auto report = read_drift_report(features);
  if (!report.ok()) spdlog::warn("the report of drift cannot be read: {}", report.error().message());
  if (!report.ok() || !*report) return {};
  std::string gauges;
  for (const FeatureDrift& drift : (*report)->features)
    if (drift.psi)
      gauges += fmt::format("modiste_feature_psi{{feature=\"{}\"}} {}\n", drift.feature, *drift.psi);
  if (gauges.empty()) return {};
  return "# HELP modiste_feature_psi Population stability index of served features at the latest report\n"
         "# TYPE modiste_feature_psi gauge\n" +
         gauges;
}

Result<Done> serve(Config config, const ServeFlags& flags) {
  if (!flags.address.empty()) config.server.address = flags.address;
  if (flags.port >= 0) config.server.port = static_cast<uint16_t>(flags.port);
  if (flags.threads > 0) config.server.threads = flags.threads;

  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  auto& service = config.server.service;
  service.images = shop->directory().images();
  if (const auto home = installation(); home.ok()) service.web = *home / "web" / "dist";
  if (!std::filesystem::exists(service.web / "index.html")) {
    fmt::print(stderr, "  the web app is not built (tools/build_web); serving the API alone\n");
    service.web.clear();
  }
  service.more_metrics = [&shop, drift = drift_metrics(config.data / "features")] {
    return impression_metrics(shop->services()) + occasion_metrics(shop->occasions()) +
           weather_metrics(shop->weather(), shop->clock().now()) + drift;
  };
  config.server.stop_on_signals = true;
  TRY_ASSIGN(const auto server, http::Server::start(http::shop_router(&shop->services()), config.server));
  const SystemClock clock;
  std::optional<LogSealer> sealer;
  const ImpressionFlusher flusher(shop->services());
  if (config.seal_log) sealer.emplace(shop->log(), clock);
  // Other commands on this directory find the server by this file, so that their changes take effect at once.
  const auto note = shop->directory().root() / "server.url";
  TRY(write_atomically(note, server->url()));
  fmt::print("\n  {} is open at {}\n  {} garments; the API is described at {}/docs. Ctrl-C stops.\n\n",
             config.shop_name, server->url(), shop->services().catalog().view().garment_count(), server->url());
  fmt::print(stderr, "  {}\n", describe_occasions(shop->occasions()));
  std::fflush(stdout);
  server->wait();
  std::filesystem::remove(note);
  return shop->save_index();
}

}  // namespace

void add_serve(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand("serve", "Serve the shop: API, web app, metrics");
  auto flags = std::make_shared<ServeFlags>();
  command->add_option("--address", flags->address,
                      "Address to listen on (127.0.0.1; others need a key, see `modiste key`)");
  command->add_option("--port", flags->port, "Port (8080; 0 picks a free one)")->check(CLI::Range(0, 65535));
  command->add_option("--threads", flags->threads, "Threads that serve requests");
  command->callback(
      [flags, &chosen] { chosen = [flags](const Config& config) { return serve(config, *flags); }; });
}

}  // namespace modiste
