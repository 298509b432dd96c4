// Events from the command line: send a file, and mend what was refused. Goes to the server that has the data
// directory open, else to the directory itself.
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "io/read_file.h"
#include "shop/remote/event_access.h"

namespace modiste {
namespace {

Result<std::string> read_text(const std::string& file) {
  if (file != "-") return read_text_file(file);
  return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

void add(const EventsReport& report, EventsReport& total) {
  total.accepted += report.accepted;
  total.duplicates += report.duplicates;
  total.ignored += report.ignored;
  for (const auto& warning : report.warnings)
    fmt::print("without {} of {}: {}; expected {}\n", warning.pointer,
               warning.index ? warning.event_id : "the batch", warning.warning, warning.expected);
  for (const auto& refusal : report.refused) {
    fmt::print("refused {}: {} ({}); expected {}; {}\n", refusal.event_id, refusal.reason, refusal.pointer,
               refusal.expected,
               refusal.dead_letter ? fmt::format("dead letter {}", *refusal.dead_letter) : "not kept");
    total.refused.push_back(refusal);
  }
}

// Ends with an error when nothing of the file was taken, or when a part could not be sent.
Result<Done> send(const Config& config, const std::string& file) {
  TRY_ASSIGN(const auto text, read_text(file));
  TRY_ASSIGN(const auto bodies, event_bodies(text));
  if (bodies.empty()) return Error{Code::kInvalid, "nothing to send", file, "events, one a line"};
  TRY_ASSIGN(const auto access, EventAccess::open(config));
  EventsReport total;
  std::optional<Error> failed;
  for (size_t i = 0; i < bodies.size() && !failed; ++i) {
    auto report = access.send(bodies[i]);
    if (report.ok())
      add(*report, total);
    else
      failed = std::move(report).error();
  }
  fmt::print("{} accepted, {} known already, {} ignored, {} refused\n", total.accepted, total.duplicates,
             total.ignored, total.refused.size());
  if (failed) return std::move(*failed);
  if (total.accepted + total.duplicates + total.ignored > 0 || total.refused.empty()) return kOk;
  return Error{Code::kConflict, fmt::format("all {} events were refused", total.refused.size()), file,
               "events as docs/formats/events.md describes them"};
}

Result<Done> list(const Config& config, const LetterQuery& query) {
  TRY_ASSIGN(const auto access, EventAccess::open(config));
  TRY_ASSIGN(const auto page, access.list(query));
  for (const auto& letter : page.letters)
    fmt::print("{:>7}  {}  {:<14} tries {}  {} ({})\n", letter.id, to_rfc3339(letter.received_at),
               name_of(letter.reason), letter.tries, letter.what, letter.pointer);
  fmt::print("{} held, {} dropped by the limits\n", page.held, page.dropped);
  if (page.next) fmt::print("more: --after {}\n", *page.next);
  return kOk;
}

Result<Done> replay(const Config& config, int64_t id, LetterQuery query) {
  TRY_ASSIGN(const auto access, EventAccess::open(config));
  ReplayReport total;
  const auto add = [&total](const ReplayReport& report) {
    total.replayed += report.replayed;
    total.resolved += report.resolved;
    total.accepted += report.accepted;
    total.duplicates += report.duplicates;
  };
  if (id > 0) {
    TRY_ASSIGN(const auto report, access.replay(id));
    add(report);
  }
  for (bool more = id == 0; more;) {
    TRY_ASSIGN(const auto report, access.replay(query));
    add(report);
    more = report.next.has_value();
    query.after = report.next.value_or(0);
  }
  return fmt::print("{} of {} letters resolved: {} events accepted, {} known already\n", total.resolved,
                    total.replayed, total.accepted, total.duplicates),
         kOk;
}

struct LetterArguments {
  std::string file = "-", reason;
  int64_t id = 0;
  LetterQuery query;
};

// Reads --reason into the query; CLI11 has checked the name.
LetterQuery query_of(const LetterArguments& given) {
  LetterQuery query = given.query;
  if (!given.reason.empty()) query.reason = enum_from_name<DeadReason>(given.reason);
  return query;
}

void add_letters(CLI::App& events, Command& chosen, const std::shared_ptr<LetterArguments>& given) {
  auto* letters =
      events.add_subcommand("dead-letters", "Events that were refused: list, show, fix, replay, drop");
  letters->require_subcommand(1);
  const auto reason = [&given](CLI::App* command) {
    command->add_option("--reason", given->reason, "Only letters with this reason")
        ->check(CLI::IsMember(std::vector<std::string>(EnumNames<DeadReason>::kNames.begin(),
                                                       EnumNames<DeadReason>::kNames.end())));
  };
  const auto add = [&](const char* name, const char* about, auto run) {
    auto* command = letters->add_subcommand(name, about);
    runs(command, chosen, given, run);
    return command;
  };
  const auto id = [&given](CLI::App* command) {
    command->add_option("id", given->id, "Id of the letter")->required()->check(CLI::PositiveNumber);
  };
  auto* listed =
      add("list", "List letters, the oldest first",
          [](const Config& config, const LetterArguments& a) { return list(config, query_of(a)); });
  reason(listed);
  listed->add_option("--after", given->query.after, "Begin after this id");
  listed->add_option("--count", given->query.count, with_default("How many", given->query.count))
      ->check(CLI::Range(1, 500));
  id(add("show", "Show one letter with its body",
         [](const Config& config, const LetterArguments& a) -> Result<Done> {
           TRY_ASSIGN(const auto access, EventAccess::open(config));
           TRY_ASSIGN(const auto letter, access.show(a.id));
           return fmt::print("{}\n", to_json_text(letter)), kOk;
         }));
  auto* fixed = add("fix", "Replace the body of a letter",
                    [](const Config& config, const LetterArguments& a) -> Result<Done> {
                      TRY_ASSIGN(const auto text, read_text(a.file));
                      TRY_ASSIGN(auto body, parse_json(text));
                      TRY_ASSIGN(const auto access, EventAccess::open(config));
                      TRY_ASSIGN(const auto letter, access.fix(a.id, std::move(body)));
                      return fmt::print("{}\n", to_json_text(letter)), kOk;
                    });
  id(fixed);
  fixed->add_option("file", given->file, "File with the corrected event (-: standard input)");
  auto* replayed =
      add("replay", "Ingest one letter, or all, again",
          [](const Config& config, const LetterArguments& a) { return replay(config, a.id, query_of(a)); });
  replayed->add_option("id", given->id, "Id of the letter; absent: all")->check(CLI::PositiveNumber);
  reason(replayed);
  id(add("drop", "Delete one letter", [](const Config& config, const LetterArguments& a) -> Result<Done> {
    TRY_ASSIGN(const auto access, EventAccess::open(config));
    return access.drop(a.id);
  }));
}

}  // namespace

void add_events(CLI::App& app, Command& chosen) {
  auto* events =
      app.add_subcommand("events", "Shopper events: send a file, inspect and correct refused events");
  events->require_subcommand(1);
  auto given = std::make_shared<LetterArguments>();
  auto* sent = events->add_subcommand(
      "send", "Send JSON Lines or a whole batch; Modiste's format, Segment's, GA4's and other common ones");
  sent->add_option("file", given->file, "A file (-: standard input)");
  runs(sent, chosen, given, [](const Config& c, const LetterArguments& a) { return send(c, a.file); });
  add_letters(*events, chosen, given);
}

}  // namespace modiste
