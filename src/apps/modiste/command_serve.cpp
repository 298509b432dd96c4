#include <fmt/format.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <memory>
#include <optional>

#include "apps/modiste/commands.h"
#include "http/job_routes.h"
#include "http/server.h"
#include "http/shop_routes.h"
#include "io/http_client.h"
#include "io/open_files.h"
#include "shop/background/background.h"
#include "shop/background/look_maker.h"
#include "shop/device_secret.h"
#include "shop/open_shop.h"
#include "shop/remote/remote.h"
#include "shop/shop_jobs.h"
#include "shop/shop_metrics.h"

namespace modiste {
namespace {

struct ServeFlags {
  std::string address;
  int port = -1;
  unsigned threads = 0;
};

void print_models(const std::vector<ShopModels::State>& states) {
  for (const auto& state : states)
    fmt::print(
        stderr, "  model {}: {}\n", state.row->name,
        state.version == 0 ? std::string(state.row->otherwise) : fmt::format("version {}", state.version));
}

// Who reads the log slowly (a pipe that is full) must not hold up answers: lines wait in memory, and the
// oldest are dropped.
class AsyncLog {
 public:
  AsyncLog() {
    spdlog::set_default_logger(
        std::make_shared<spdlog::async_logger>("modiste", std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                               lines_, spdlog::async_overflow_policy::overrun_oldest));
  }
  ~AsyncLog() {  // what is left is written when lines_ ends
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("modiste", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  }
  AsyncLog(const AsyncLog&) = delete;
  AsyncLog& operator=(const AsyncLog&) = delete;

 private:
  static constexpr size_t kLinesMax = 8'192;  // some 2 MB
  std::shared_ptr<spdlog::details::thread_pool> lines_ =
      std::make_shared<spdlog::details::thread_pool>(kLinesMax, 1);
};

// Beside connections: segments of the log, databases, snapshots, photos and models.
constexpr size_t kOtherFiles = 512;

http::ServerOptions options_of(const Config& config) {
  http::ServerOptions options = config.server_options();
  options.stop_on_signals = true;
  const size_t files = raise_open_files_limit();
  auto& connections = options.limits.connections_max;
  connections = std::min(connections, std::max(files, 2 * kOtherFiles) - kOtherFiles);
  return options;
}

Result<Done> serve(Config config, const ServeFlags& flags) {
  if (!flags.address.empty()) config.server.address = flags.address;
  if (flags.port >= 0) config.server.port = static_cast<uint16_t>(flags.port);
  if (flags.threads > 0) config.server.threads = flags.threads;

  std::signal(SIGPIPE, SIG_IGN);  // the server outlives whoever reads its log
  http::ServerOptions options = options_of(config);
  TRY(http::Server::check(options));  // a shop may take minutes to load
  const AsyncLog log;
  TRY_ASSIGN(const auto shop, OpenShop::open(config, OpenFor::kServing));
  auto& service = options.service;
  service.images = shop->directory().images();
  if (service.device_token_secret.empty()) {
    TRY_ASSIGN(service.device_token_secret, device_secret(shop->directory().root()));
  }
  if (const auto home = installation(); home.ok()) service.web = home->web;
  if (!std::filesystem::exists(service.web / "index.html")) {
    fmt::print(stderr, "  the web app is not built (tools/build_web); serving the API alone\n");
    service.web.clear();
  }
  std::atomic<int> training_runs_failed = 0;
  const ShopMetrics metrics(*shop, config.training.scheduled ? &training_runs_failed : nullptr);
  service.more_metrics = [&metrics] { return metrics.text(); };
  const SystemClock clock;
  LookMaker looks(config, shop->services(), clock);
  Jobs jobs(clock, shop_job_kinds(work_place(config, *shop, looks)));
  service.owner_token = http::new_api_key().secret;
  http::Router router = http::shop_router(&shop->services());
  http::add_job_routes(router, &jobs);
  TRY_ASSIGN(const auto server, http::Server::start(std::move(router), options));
  std::optional<Background> background(
      std::in_place, BackgroundParts{config, *shop, looks, jobs, clock, training_runs_failed});
  // Other commands on this directory find the server by this file, so that their changes take effect at once.
  TRY_ASSIGN(auto note, ServingFile::write(shop->directory().root(),
                                           {server->url(), ::getpid(), options.service.owner_token}));
  fmt::print("\n  {} is open at {}\n  {} garments; the API is described at {}/docs. Ctrl-C stops.\n\n",
             config.shop.name, server->url(), shop->services().catalog().view().garment_count(),
             server->url());
  print_models(shop->models().states());
  std::fflush(stdout);
  server->wait();
  note.reset();
  // First whatever runs is asked to stop: what a language model does not answer would else be made up for.
  jobs.close();
  background->request_stop();
  end_http_calls();  // a language model may take minutes, and the snapshot waits for these threads
  background.reset();
  if (const auto saved = shop->snapshots().write(); !saved.ok())
    fmt::print(stderr, "  no snapshot: {}\n", saved.error().message());
  return shop->save_index();
}

}  // namespace

void add_serve(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand("serve", "Serve the shop: API, web app, metrics");
  auto flags = std::make_shared<ServeFlags>();
  command->add_option("--address", flags->address,
                      "Address to listen on (127.0.0.1; others need a key, see `modiste key`)");
  command->add_option("--port", flags->port, "Port (8080; 0 picks a free one)")->check(CLI::Range(0, 65535));
  command->add_option("--threads", flags->threads, "Threads that serve requests")->check(CLI::Range(1, 256));
  runs(command, chosen, flags, serve);
}

}  // namespace modiste
