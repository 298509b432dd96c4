#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "learning/evaluation/evaluate_search.h"
#include "retrieval/text_index.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "storage/sqlite/sqlite_text_search.h"

namespace modiste {
namespace {

struct SearchArguments {
  EvaluateSearchOptions options;
  std::string out = "search.json";
};

// The words that the text index reads, as one text.
std::string all_text(const TextFields& fields) {
  std::string text = fields.title + " " + fields.brand + " " + fields.category + " " + fields.description;
  for (const auto& attribute : fields.attributes) text += " " + attribute;
  return text;
}

Result<Done> evaluate_words(const Config& config, const SearchArguments& given) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto shop, OpenShop::open(view.config()));
  Shop& services = shop->services();
  const Vocabulary& vocabulary = services.catalog().view().vocabulary();
  const auto snapshot = services.catalog().view().snapshot();
  TextIndex index(vocabulary);
  TRY_ASSIGN(const auto sqlite, SqliteTextSearch::create());
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    const Item& item = snapshot->item(slot);
    if (!item.facts.live || !item.facts.in_stock) continue;
    const TextFields fields = text_fields(*item.garment.read(), item.colour, vocabulary);
    index.put(slot, fields);
    TRY(sqlite->add(slot, all_text(fields)));
  }
  const auto key_of = [&](Slot slot) {
    const Item& item = snapshot->item(slot);
    return ItemKey{std::string(item.garment.id()), item.colour};
  };
  using Found = Result<std::vector<ItemKey>>;
  const std::vector<SearchWay> ways{{"modiste",
                                     [&](const std::string& query, size_t) -> Found {
                                       SearchRequest request;
                                       request.query = query;
                                       TRY_ASSIGN(const auto answer, services.search().by_words(request));
                                       std::vector<ItemKey> found;
                                       for (const auto& shown : answer.items)
                                         found.push_back({shown.garment_id, shown.colour});
                                       return found;
                                     }},
                                    {"text index alone",
                                     [&](const std::string& query, size_t count) -> Found {
                                       std::vector<ItemKey> found;
                                       for (const auto& hit : index.search({.text = query, .k = count}).items)
                                         found.push_back(key_of(hit.slot));
                                       return found;
                                     }},
                                    {"SQLite FTS5", [&](const std::string& query, size_t count) -> Found {
                                       TRY_ASSIGN(const auto slots, sqlite->find(query, count));
                                       std::vector<ItemKey> found;
                                       for (const int64_t slot : slots)
                                         found.push_back(key_of(static_cast<Slot>(slot)));
                                       return found;
                                     }}};
  TRY_ASSIGN(const auto report, evaluate_search(*snapshot, vocabulary, ways, given.options));
  fmt::print("{}", to_report_text(report));
  return write_report(given.out, to_report_json(report));
}

}  // namespace

void add_evaluate_search(CLI::App& evaluate_command, Command& chosen) {
  auto* command = evaluate_command.add_subcommand(
      "search",
      "Short queries on the shop (type and colour, pattern or fabric) beside its text index alone and "
      "SQLite's BM25: the share of the first ten places that has both, of what is possible. Writes JSON.");
  auto given = std::make_shared<SearchArguments>();
  command->add_option("--count", given->options.count, with_default("Places judged", given->options.count))
      ->check(CLI::Range(1, 24));
  command->add_option("--seed", given->options.seed, with_default("Halves the queries", given->options.seed));
  command->add_flag("--tuning", given->options.tuning, "The half for tuning instead of the kept one");
  command->add_option("--out", given->out, "The report (search.json)");
  runs(command, chosen, given, evaluate_words);
}

}  // namespace modiste
