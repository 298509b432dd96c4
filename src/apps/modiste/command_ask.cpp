// The request path from the command line: what would this shopper see?
#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "io/read_file.h"
#include "shop/open_shop.h"

namespace modiste {
namespace {

void print(const Answer& answer) {
  for (const auto& item : answer.items) {
    fmt::print("{:>3}  {:.3f}  {} · {} · {} · {} {:.2f}{}\n", item.position + 1, item.score, item.title,
               item.colour, item.brand, item.currency, item.price, item.explored ? "  (explored)" : "");
    for (const auto& reason : item.reasons) fmt::print("            {}\n", http::reason_text(reason));
  }
  for (const auto& stage : answer.degraded) fmt::print("degraded: {}\n", stage);
  fmt::print("{:.1f} ms\n", answer.took_ms);
}

}  // namespace

void add_ask(CLI::App& app, Command& chosen) {
  struct Arguments {
    std::string shopper, query, photo;
    int count = 10;
  };
  auto given = std::make_shared<Arguments>();
  const auto count = [&](CLI::App* command) {
    command->add_option("--count", given->count, "How many (10)")->check(CLI::Range(1, kCountMax));
  };
  auto* recommend = app.add_subcommand("recommend", "What a shopper would see, with the reasons");
  recommend->add_option("shopper", given->shopper, "Shopper id")->required();
  count(recommend);
  recommend->callback([&chosen, given] {
    chosen = [given](const Config& config) -> Result<Done> {
      TRY_ASSIGN(const auto shop, OpenShop::open(config));
      RecommendRequest request;
      request.shopper_id = given->shopper;
      request.count = given->count;
      request.seed = 1;
      TRY_ASSIGN(const Answer answer, shop->services().recommender().recommend(request));
      return print(answer), kOk;
    };
  });

  auto* search = app.add_subcommand("search", "Search by words, or by a photo");
  search->add_option("query", given->query, "As a shopper would say it");
  search->add_option("--photo", given->photo, "A photo instead of words")->check(CLI::ExistingFile);
  count(search);
  search->callback([&chosen, given] {
    chosen = [given](const Config& config) -> Result<Done> {
      if (given->query.empty() == given->photo.empty())
        return Error{Code::kInvalid, "search takes words or a photo", "",
                     "`modiste search \"linen dress\"` or `modiste search --photo FILE`"};
      TRY_ASSIGN(const auto shop, OpenShop::open(config));
      if (!given->query.empty()) {
        TRY_ASSIGN(const Answer answer,
                   shop->services().search().by_words({given->query, given->count, "", {}, "", ""}));
        return print(answer), kOk;
      }
      TRY_ASSIGN(const auto bytes, read_file(given->photo));
      TRY_ASSIGN(const RgbImage photo, decode_image(bytes));
      TRY_ASSIGN(const Answer answer, shop->services().search().by_photo(photo, given->count, {}));
      return print(answer), kOk;
    };
  });
}

}  // namespace modiste
