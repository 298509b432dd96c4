#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "apps/modiste/option_range.h"
#include "io/atomic_write.h"
#include "learning/evaluation/evaluate_sequences.h"
#include "learning/models/next_item_models.h"
#include "shop/console/progress_line.h"

namespace modiste {
namespace {

struct SequencesArguments {
  std::string train, test, seen;
  std::vector<std::string> models;
  EvaluateSequencesOptions options;
  std::string out;
};

Result<SequencesReport> judge_models(const NextItemTask& task, HistoryKind kind,
                                     const std::vector<std::string>& names,
                                     const EvaluateSequencesOptions& options) {
  std::vector<std::unique_ptr<NextItemModel>> models;
  for (const std::string& name : names) {
    TRY_ASSIGN(auto model, make_next_item_model(name, kind));
    models.push_back(std::move(model));
  }
  std::unique_ptr<ProgressLine> line;
  std::pair<std::string, size_t> stage;  // a blend's sources count rows, choices or epochs
  return evaluate_sequences(task, models, options, [&](const std::string& what, size_t done, size_t total) {
    if (stage != std::pair(what, total)) {
      line.reset();
      line = std::make_unique<ProgressLine>(what, total);
      stage = {what, total};
    }
    line->at(done);
  });
}

Result<Done> evaluate_files(const SequencesArguments& given, HistoryKind kind) {
  const bool sessions = kind == HistoryKind::kSessions;
  TRY_ASSIGN(const NextItemTask task, sessions ? read_sessions_task(given.train, given.test)
                                               : read_sequences_task(given.train, given.test));
  EvaluateSequencesOptions options = given.options;
  options.rank_seen = given.seen == "ranked";
  std::sort(options.cuts.begin(), options.cuts.end());
  options.cuts.erase(std::unique(options.cuts.begin(), options.cuts.end()), options.cuts.end());
  TRY_ASSIGN(const auto report, judge_models(task, kind, given.models, options));
  fmt::print("{}", to_report_text(report));
  return write_report(given.out, to_report_json(report));
}

void add_evaluate_kind(CLI::App& parent, Command& chosen, HistoryKind kind) {
  const bool sessions = kind == HistoryKind::kSessions;
  auto* command = parent.add_subcommand(
      sessions ? "sessions" : "sequences",
      sessions ? "How well models predict the next item of a session. Writes JSON."
               : "How well models predict what each shopper chooses next. Writes JSON.");
  auto given = std::make_shared<SequencesArguments>();
  given->models = next_item_model_names(kind);
  given->seen = sessions ? "ranked" : "masked";
  given->out = sessions ? "sessions.json" : "sequences.json";
  command
      ->add_option(
          "--train", given->train,
          sessions ? "To learn from, plain or gzip; one session a line, latest last: item item ..."
                   : "To learn from, plain or gzip; one user a line, latest item last: user item item ...")
      ->required();
  command
      ->add_option(
          "--test", given->test,
          sessions ? "What came next: item item ...<TAB>next" : "What each user chose next: user item")
      ->required();
  command->add_option("--models", given->models, "Which; the first is what the others are compared with")
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--k", given->options.cuts, "Lengths of the lists judged (10,20)")
      ->delimiter(',')
      ->check(CLI::Range(1, 1'000));
  command->add_option("--seen", given->seen, "Items of the history: masked, or ranked like any other")
      ->check(CLI::IsMember({"masked", "ranked"}))
      ->capture_default_str();
  command
      ->add_option("--queries", given->options.queries_max,
                   with_default("Most that are asked, drawn at random", given->options.queries_max))
      ->check(CLI::Range(1, 10'000'000));
  command
      ->add_option("--resamples", given->options.resamples,
                   with_default("Of the bootstrap", given->options.resamples))
      ->check(CLI::Range(1, 100'000));
  command->add_option("--seed", given->options.seed, with_default("Of draws", given->options.seed));
  command->add_option("--out", given->out, "The report")->capture_default_str();
  runs(command, chosen, given,
       [kind](const Config&, const SequencesArguments& a) { return evaluate_files(a, kind); });
}

struct SplitArguments {
  std::string sequences, sessions, train = "train.txt", test = "test.txt";
  double share = 0.1;
};

Result<SequenceSplit> split_file(const SplitArguments& given) {
  if (!given.sequences.empty()) {
    TRY_ASSIGN(auto lines, read_sequence_lines(given.sequences, SequenceFile::kSequences));
    return split_last_items(std::move(lines));
  }
  TRY_ASSIGN(auto lines, read_sequence_lines(given.sessions, SequenceFile::kSessions));
  return split_last_sessions(std::move(lines), given.share);
}

Result<Done> write_split(const SplitArguments& given) {
  TRY_ASSIGN(const SequenceSplit split, split_file(given));
  // A test of sequences names the user and the item, which is what a training line does.
  for (const auto& [file, lines] :
       {std::pair(given.train, &split.train), std::pair(given.test, &split.test)}) {
    std::string text;
    for (const SequenceLine& line : *lines) text += to_text(line) + "\n";
    TRY(write_atomically(file, text));
    fmt::print("{}: {} lines\n", file, lines->size());
  }
  return kOk;
}

struct ScoreboardArguments {
  std::string amazon, diginetica, tmall, out = "scoreboard.json";
  size_t queries_max = 100'000;
};

struct ScoreboardSet {
  std::string_view name, file;
  HistoryKind kind;
  std::vector<std::string> models;  // the floor first
};

Result<Done> evaluate_scoreboard(const ScoreboardArguments& given) {
  const std::vector<std::string> for_sessions{"session-knn", "popularity",  "item-knn",
                                              "counts",      "transformer", "blend"};
  const ScoreboardSet sets[] = {
      {"amazon_clothing",
       given.amazon,
       HistoryKind::kShoppers,
       {"ease", "popularity", "item-knn", "als", "counts", "session-knn", "spectral-bag", "blend"}},
      {"diginetica", given.diginetica, HistoryKind::kSessions, for_sessions},
      {"tmall", given.tmall, HistoryKind::kSessions, for_sessions}};
  constexpr double kShareHeldOut = 0.1;
  json::object all;
  for (const ScoreboardSet& set : sets) {
    if (set.file.empty()) continue;
    const bool sessions = set.kind == HistoryKind::kSessions;
    TRY_ASSIGN(auto lines,
               read_sequence_lines(set.file, sessions ? SequenceFile::kSessions : SequenceFile::kSequences));
    const NextItemTask task = sessions
                                  ? to_sessions_task(split_last_sessions(std::move(lines), kShareHeldOut))
                                  : to_sequences_task(split_last_items(std::move(lines)));
    EvaluateSequencesOptions options;
    options.queries_max = given.queries_max;
    options.rank_seen = sessions;
    TRY_ASSIGN(const auto report, judge_models(task, set.kind, set.models, options));
    fmt::print("\n== {}\n{}", set.name, to_report_text(report));
    all[set.name] = to_report_json(report);
  }
  if (all.empty())
    return Error{Code::kInvalid, "no data set is given", "",
                 "at least one of --amazon, --diginetica, --tmall"};
  return write_report(given.out, all);
}

void add_evaluate_split(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand(
      "split", "Hold out what came last, as `evaluate sequences` and `evaluate sessions` read it");
  auto given = std::make_shared<SplitArguments>();
  auto* sets = command->add_option_group("histories", "What is split");
  sets->add_option("--sequences", given->sequences, "One user a line; the last item of each is held out");
  sets->add_option("--sessions", given->sessions, "One session a line; the latest are held out");
  sets->require_option(1);
  command->add_option("--share", given->share, with_default("Of the sessions", given->share))
      ->check(number_range(0.001, 0.9));
  command->add_option("--train", given->train, "Written (train.txt)");
  command->add_option("--test", given->test, "Written (test.txt)");
  runs(command, chosen, given, [](const Config&, const SplitArguments& a) { return write_split(a); });
}

}  // namespace

void add_evaluate_sequences(CLI::App& evaluate_command, Command& chosen) {
  add_evaluate_kind(evaluate_command, chosen, HistoryKind::kShoppers);
  add_evaluate_kind(evaluate_command, chosen, HistoryKind::kSessions);
  add_evaluate_split(evaluate_command, chosen);
  auto* command = evaluate_command.add_subcommand(
      "scoreboard", "Each model on each research set, on splits of the sets' training parts. Writes JSON.");
  auto given = std::make_shared<ScoreboardArguments>();
  command->add_option("--amazon", given->amazon,
                      "amazon_clothing/sequences_train.txt.gz: the last items are held out");
  command->add_option("--diginetica", given->diginetica,
                      "sessions/diginetica_train.txt.gz: the latest tenth of the sessions is held out");
  command->add_option("--tmall", given->tmall, "sessions/Tmall_train.txt.gz: the same");
  command
      ->add_option("--queries", given->queries_max,
                   with_default("Most that are asked of each set, drawn at random", given->queries_max))
      ->check(CLI::Range(1, 10'000'000));
  command->add_option("--out", given->out, "The report (scoreboard.json)");
  runs(command, chosen, given,
       [](const Config&, const ScoreboardArguments& a) { return evaluate_scoreboard(a); });
}

}  // namespace modiste
