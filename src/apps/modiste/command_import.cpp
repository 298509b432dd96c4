// History into the shop: of research sets, or a shop's own tables by a mapping.
#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "feeds/feed_text.h"
#include "history/history_formats.h"
#include "history/history_mapping.h"
#include "io/file_input.h"
#include "io/read_file.h"
#include "shop/imports/history_import.h"
#include "shop/open_shop.h"
#include "shop/remote/remote.h"
#include "storage/duckdb/text_rows.h"

namespace modiste {
namespace {

struct ImportArguments {
  std::string source, mapping, begin;
  size_t limit = 0;
  bool bare_garments = false;
};

// "rtr-"; of a format with files of several shops, the file's first word: "diginetica-".
std::string prefix_of(const HistoryFormat& format, const std::filesystem::path& source) {
  if (!format.has_many_shops) return fmt::format("{}-", format.name);
  const std::string name = source.filename().string();
  return ascii_lower(name.substr(0, std::min<size_t>(name.find_first_of("_."), 20))) + "-";
}

Result<HistoryOptions> options_of(const ImportArguments& given) {
  HistoryOptions options;
  options.now = SystemClock().now();
  options.bare_garments = given.bare_garments;
  if (given.limit > 0) options.rows_max = given.limit;
  if (given.begin.empty()) return options;
  const auto begin = parse_rfc3339(given.begin + "T00:00:00Z");
  if (!begin.ok()) return Error{Code::kInvalid, "is not a day", "--begin", "a day such as 2014-01-01"};
  options.begin = *begin;
  return options;
}

// The shop of the running server, else the data directory.
struct ImportShop {
  std::unique_ptr<OpenShop> shop;  // null when it is served
  HistoryTarget target;
};

Result<ImportShop> open_shop(const Config& config) {
  ImportShop open;
  if (const auto server = serving_at(config.folder())) {
    fmt::print(stderr, "  the shop is being served at {}; the history goes in there\n", server->url);
    open.target = served_history_target(std::make_shared<PatientCalls>(*server, config.folder()));
    return open;
  }
  TRY_ASSIGN(open.shop, OpenShop::open(config, OpenFor::kHistory));
  open.target = history_target(open.shop->services());
  return open;
}

Result<Done> import_set(const Config& config, const HistoryFormat& format, const ImportArguments& given) {
  TRY_ASSIGN(HistoryOptions options, options_of(given));
  const std::filesystem::path source = given.source;
  options.prefix = prefix_of(format, source);
  const auto companion = source.parent_path() / format.companion;
  if (!format.companion.empty() && std::filesystem::exists(companion)) {
    TRY_ASSIGN(options.companion, read_text_file(companion));
  }
  TRY(FileInput::open(source));  // before the shop is opened for nothing
  TRY_ASSIGN(const auto shop, open_shop(config));
  HistoryImport import(shop.target);
  const HistoryImport::Reading read = [&](const HistorySinks& sinks) -> Result<HistoryReport> {
    TRY_ASSIGN(auto input, FileInput::open(source));
    return read_history(input, format, options, sinks);
  };
  Result<Done> done = kOk;
  if (given.bare_garments || format.has_garments) done = import.take_garments(read);
  if (done.ok()) done = import.take_events(read);
  return import.print(), done;  // also of what was done before it broke off
}

Result<HistoryReport> read_columnar(const std::filesystem::path& source, const HistoryMapping& mapping,
                                    const HistoryOptions& options, const HistorySinks& sinks) {
  MemoryInput none(source.filename().string(), "");
  HistoryRun run(none, options, sinks);
  std::unique_ptr<HistoryTable> table;
  TextRows into;
  into.columns = [&](std::span<const std::string> columns) -> Result<Done> {
    TRY_ASSIGN(table, HistoryTable::open(run, mapping, columns));
    return kOk;
  };
  into.row = [&](size_t row, std::span<const std::string_view> cells) -> Result<Done> {
    if (!run.next_row()) return kOk;
    run.feed().count_row();
    return table->row(row, cells);
  };
  TRY(read_text_rows(source, into));
  return run.finish();
}

Result<Done> import_table(const Config& config, const ImportArguments& given) {
  TRY_ASSIGN(const HistoryOptions options, options_of(given));
  TRY_ASSIGN(const auto text, read_text_file(given.mapping));
  TRY_ASSIGN(const auto mapping, parse_history_mapping(text, given.mapping));
  const std::filesystem::path source = given.source;
  TRY(FileInput::open(source));
  TRY_ASSIGN(const auto shop, open_shop(config));
  HistoryImport import(shop.target);
  const auto done = import.take_events([&](const HistorySinks& sinks) -> Result<HistoryReport> {
    if (source.extension() == ".parquet") return read_columnar(source, mapping, options, sinks);
    TRY_ASSIGN(auto input, FileInput::open(source));
    return read_history_csv(input, mapping, options, sinks);
  });
  return import.print(), done;
}

CLI::App* add_one(CLI::App& command, const std::string& name, const std::string& doc,
                  const std::shared_ptr<ImportArguments>& given) {
  auto* one = command.add_subcommand(name, doc);
  one->add_option("source", given->source, "The file; may be gzipped")->required();
  one->add_option("--limit", given->limit, "Rows to read (all)");
  return one;
}

}  // namespace

void add_import(CLI::App& app, Command& chosen) {
  auto* command =
      app.add_subcommand("import",
                         "Import past events from your own table or a research data set, of any age.\n"
                         "Valid rows are imported, the others are listed by line. Importing again\n"
                         "changes nothing. Beside a running server they go in through it.");
  command->require_subcommand(1);
  auto given = std::make_shared<ImportArguments>();
  for (const HistoryFormat* format : kHistoryFormats) {
    auto* one = add_one(*command, std::string(format->name), std::string(format->doc), given);
    one->add_flag("--make-garments", given->bare_garments,
                  "Also make garments of items that have only a number");
    if (!format->has_times)
      one->add_option("--begin", given->begin,
                      "The day of the first events, for a data set without times (2014-01-01)");
    one->callback([&chosen, given, format] {
      chosen = [given, format](const Config& config) { return import_set(config, *format, *given); };
    });
  }
  auto* table = add_one(*command, "table",
                        "Your own CSV or Parquet table, with a mapping from its columns to fields", given);
  table->add_option("--mapping", given->mapping, "TOML or JSON: see docs/formats/history-mapping.md")
      ->required()
      ->check(CLI::ExistingFile);
  runs(table, chosen, given, import_table);
}

}  // namespace modiste
