// The request path from the command line: what would this shopper see?
#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "http/reason_text.h"
#include "io/read_file.h"
#include "shop/open_shop.h"
#include "shop/remote/remote.h"

namespace modiste {
namespace {

void print(const Answer& answer) {
  for (const auto& item : answer.items) {
    std::string name = item.title;
    for (const auto& more : {item.colour, item.brand})  // a shop may say neither
      if (!more.empty()) name += " · " + more;
    fmt::print("{:>3}  {:.3f}  {} · {} {:.2f}{}\n", item.position + 1, item.score, name, item.currency,
               item.price, item.explored ? "  (explored)" : "");
    for (const auto& reason : item.reasons) fmt::print("            {}\n", http::reason_text(reason));
  }
  for (const auto& stage : answer.degraded) fmt::print("degraded: {}\n", stage);
  fmt::print("{:.1f} ms\n", answer.took_ms);
}

struct Question {
  std::string shopper, query, photo;
  int count = 10;
};

template <class Request>
Result<Answer> ask_server(const ServingNote& server, std::string_view path, const Request& request) {
  TRY_ASSIGN(const auto text, call_server(server, "POST", path, to_json_text(request)));
  return from_json_text<Answer>(text);
}

Result<Done> recommend(const Config& config, const Question& question) {
  RecommendRequest request;
  request.shopper_id = question.shopper;
  request.count = question.count;
  request.seed = 1;
  if (const auto server = serving_at(config.folder())) {
    TRY_ASSIGN(const Answer answer, ask_server(*server, "/v1/recommendations", request));
    return print(answer), kOk;
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  TRY_ASSIGN(const Answer answer, shop->services().recommender().recommend(request));
  return print(answer), kOk;
}

Result<Answer> search_photo(const Config& config, const Question& question) {
  TRY_ASSIGN(const auto bytes, read_file(question.photo));
  if (const auto server = serving_at(config.folder())) {
    const auto path = fmt::format("/v1/search/photo?count={}", question.count);
    TRY_ASSIGN(const auto text,
               call_server(*server, {.method = "POST",
                                     .path = path,
                                     .body = {reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                                     .content_type = "application/octet-stream"}));
    return from_json_text<Answer>(text);
  }
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  TRY_ASSIGN(const RgbImage photo, decode_image(bytes));
  return shop->services().search().by_photo(photo, question.count, {});
}

Result<Answer> search_words(const Config& config, const Question& question) {
  const SearchRequest request{question.query, question.count, "", {}, "", ""};
  if (const auto server = serving_at(config.folder())) return ask_server(*server, "/v1/search", request);
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  return shop->services().search().by_words(request);
}

Result<Done> search(const Config& config, const Question& question) {
  if (question.query.empty() == question.photo.empty())
    return Error{Code::kInvalid, "search takes words or a photo", "",
                 "`modiste search \"linen dress\"` or `modiste search --photo FILE`"};
  TRY_ASSIGN(const Answer answer,
             question.photo.empty() ? search_words(config, question) : search_photo(config, question));
  return print(answer), kOk;
}

}  // namespace

void add_ask(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<Question>();
  const auto count = [&](CLI::App* command) {
    command->add_option("--count", given->count, with_default("How many", given->count))
        ->check(CLI::Range(1, kCountMax));
  };
  auto* recommending = app.add_subcommand("recommend", "What a shopper would see, with the reasons");
  recommending->add_option("shopper", given->shopper, "Shopper id")->required();
  count(recommending);
  runs(recommending, chosen, given, recommend);

  auto* searching = app.add_subcommand("search", "Search by words, or by a photo");
  searching->add_option("query", given->query, "As a shopper would say it");
  searching->add_option("--photo", given->photo, "A photo instead of words")->check(CLI::ExistingFile);
  count(searching);
  runs(searching, chosen, given, search);
}

}  // namespace modiste
