// Latency of personal recommendations over HTTP: the real server and engine on a synthetic
// catalog, load generator included.
//
//   bench_http [--garments 100000] [--shoppers 2000] [--rate 50] [--seconds 20] [--told] [--search QUERY]
//   [--outfits]
//              [--quick]
//
// Garments have real vocabulary attributes and vectors in clusters (bench/parts/made_up_shop.h), so that the
// sources do as much work as in a real shop. Latency counts from the scheduled time of a request.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>

#include "http/server.h"
#include "http/shop_routes.h"
#include "parts/load.h"
#include "parts/made_up_shop.h"

namespace modiste::bench {
namespace {

struct Arguments {
  size_t garments = 100'000, shoppers = 2'000;
  double rate = 50, seconds = 20;
  bool told = false;   // shoppers who answered the quiz, and an occasion in every request
  std::string search;  // a query; empty: recommendations are asked for
  bool outfits = false;
  bool quick = false;
};

double resident_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

int run(const Arguments& arguments) {
  MadeUpShop made({arguments.garments, arguments.shoppers, arguments.told});
  http::ServerOptions options;
  options.port = 0;
  options.service.log = std::make_shared<spdlog::logger>("quiet");
  auto server = http::Server::start(http::shop_router(&made.shop()), options);
  CHECK(server.ok());
  LoadOptions load;
  load.port = (*server)->port();
  const std::string path = arguments.outfits          ? "/v1/outfits"
                           : arguments.search.empty() ? "/v1/recommendations"
                                                      : "/v1/search";
  load.requests_per_second = arguments.rate;
  load.seconds = arguments.seconds;
  const std::string asked = !arguments.search.empty() ? fmt::format(R"(,"query":"{}")", arguments.search)
                            : arguments.told          ? R"(,"context":{"occasion":"wedding"})"
                                                      : "";
  const int count = arguments.outfits ? 3 : 20;
  load.call = [&](size_t n) {
    return HttpCall{"POST", path,
                    fmt::format(R"({{"shopper_id":"{}","count":{}{}}})",
                                swiper_id(mix64(n) % arguments.shoppers), count, asked)};
  };
  LoadOptions warm = load;
  warm.seconds = std::min(3.0, arguments.seconds);
  run_load(warm);
  const LoadReport report = run_load(load);
  fmt::print(
      "\nPOST {}{}, {} garments, {} shoppers of 25 swipes, {} requests/s for {} s:\n"
      "  p50 {:.2f} ms   p90 {:.2f} ms   p99 {:.2f} ms   max {:.2f} ms   {} answered, {} failed\n  resident "
      "memory {:.0f} MB\n",
      path, asked, arguments.garments, arguments.shoppers, arguments.rate, arguments.seconds,
      report.percentile(0.5), report.percentile(0.9), report.percentile(0.99), report.percentile(1),
      report.latency_ms.size(), report.failed, resident_mb());
  return report.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  modiste::bench::Arguments arguments;
  CLI::App app{"Latency of recommendations over HTTP"};
  app.add_option("--garments", arguments.garments)->check(CLI::Range(100, 10'000'000));
  app.add_option("--shoppers", arguments.shoppers)->check(CLI::Range(1, 1'000'000));
  app.add_option("--rate", arguments.rate, "requests a second")->check(CLI::Range(0.1, 100'000.0));
  app.add_option("--seconds", arguments.seconds)->check(CLI::Range(0.1, 600.0));
  app.add_flag("--told", arguments.told,
               "shoppers have answered the quiz, and every request tells an occasion");
  app.add_option("--search", arguments.search, "a query: searches instead of recommendations");
  app.add_flag("--outfits", arguments.outfits, "three outfits instead of twenty garments")
      ->excludes("--search");
  app.add_flag("--quick", arguments.quick, "a smoke test: 5,000 garments for 3 s");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) {
    arguments.garments = 5'000;
    arguments.shoppers = 200;
    arguments.seconds = 3;
  }
  return modiste::bench::run(arguments);
}
