// Data sets that hold only an order: what a shopper bought, or what was clicked in a visit.
#include <fmt/format.h>

#include <unordered_set>

#include "base/rng.h"
#include "feeds/feed_text.h"
#include "history/history_formats.h"

namespace modiste {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

class Sequences {
 public:
  Sequences(HistoryRun& run, EventType type, Micros step) : run_(run), type_(type), step_(step) {}

  // named: the line begins with its shopper, else it is a visit that is named by its line.
  Result<Done> read(bool named) {
    Line line;
    while (run_.next_row()) {
      TRY_ASSIGN(const bool more, run_.feed().lines().next(line));
      if (!more) return kOk;
      run_.feed().count_row();
      std::vector<std::string> words = split_list(line.text, kBlank);
      if (!line.problem.empty())
        run_.feed().refuse(line.number, "", std::string(line.problem));
      else if (words.size() < (named ? 2 : 1))
        run_.feed().refuse(line.number, "",
                           named ? "holds no item; expected a shopper and the items bought"
                                 : "is empty; expected the items of a visit");
      else
        TRY(read_line(line.number, named ? words.front() : std::to_string(line.number),
                      std::span(words).subspan(named ? 1 : 0)));
    }
    return kOk;
  }

 private:
  // All ids or none: leaving out an invalid id would give a wrong order.
  Result<Done> read_line(size_t line, const std::string& name, std::span<const std::string> items) {
    const std::string who = run_.id_of(name, line, "shopper");
    std::vector<std::string> ids;
    for (const auto& item : items) {
      if (who.empty() || (!ids.empty() && ids.back().empty())) return kOk;
      ids.push_back(run_.id_of(item, line, "item"));
    }
    if (who.empty() || ids.back().empty()) return kOk;
    for (size_t i = 0; i < ids.size(); ++i) {
      if (run_.wants_garments()) TRY(give_garment(ids[i], items[i], line));
      if (run_.wants_events()) TRY(tell(line, who, ids[i], i));
    }
    return kOk;
  }

  Result<Done> give_garment(const std::string& id, const std::string& number, size_t line) {
    if (!run_.options().bare_garments || !given_.insert(hash64(id)).second) return kOk;
    Garment garment;
    garment.id = id;
    garment.title = "Item " + number;
    garment.variants.push_back({id, "", "", 0, {}, {}, 1});
    return run_.feed().emit(std::move(garment), line);
  }

  Result<Done> tell(size_t line, const std::string& who, const std::string& item, size_t place) {
    Event event;
    event.type = type_;
    event.event_id =
        fmt::format("{}{:016x}", run_.options().prefix, hash64(fmt::format("{}\n{}\n{}", who, place, item)));
    (type_ == EventType::kClick ? event.session_id : event.shopper_id) = who;
    event.garment_id = item;
    event.occurred_at = run_.options().begin + static_cast<int64_t>(place) * step_;
    return run_.emit(std::move(event), line);
  }

  HistoryRun& run_;
  EventType type_;
  Micros step_;
  std::unordered_set<uint64_t> given_;  // garments, by hash
};

void note_times(HistoryRun& run, std::string_view first, std::string_view step) {
  run.note(fmt::format("the data set has an order but no times: each {} is given {}, the next follow by {}",
                       first, to_rfc3339(run.options().begin), step));
  run.note("items are numbers only: garments without attributes are made on request");
}

Result<Done> read_shopper_sequences(HistoryRun& run) {
  TRY(Sequences(run, EventType::kPurchase, kPurchaseStep).read(true));
  return note_times(run, "shopper's first purchase", "a day"), kOk;
}

Result<Done> read_session_sequences(HistoryRun& run) {
  TRY(Sequences(run, EventType::kClick, kClickStep).read(false));
  return note_times(run, "visit's first click", "a minute"), kOk;
}

}  // namespace

const HistoryFormat kAmazonHistory{.name = "amazon",
                                   .doc = "What each shopper bought, one a line: user item item ...",
                                   .read = read_shopper_sequences};

const HistoryFormat kSessionsHistory{.name = "sessions",
                                     .doc = "What each visit clicked, one a line: item item ...",
                                     .read = read_session_sequences,
                                     .has_many_shops = true};

}  // namespace modiste
