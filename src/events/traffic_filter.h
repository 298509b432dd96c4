// Marks events that say nothing about taste: events of robots, accidental clicks, abandoned visits. They stay
// in the log; profiles and training skip them.
//
//   bot         the visitor says so (user agent), or acts faster than anybody looks, or opens page after page
//               without staying on one; the whole visit but what counts always (event_types.h). The next
//               visit is judged by itself, so that a person who was once taken for a robot counts again
//   accidental  a click that was undone, or whose page was left unscrolled, within two seconds
//   abandoned   a visit that ended within ten seconds without a sign of interest: what was shown in
//               it does not count as seen
//
// A fold of the log: the same events in the same order give the same marks. History that was imported (older
// than any live event may be) is not judged: its times are days, not moments.
// Threads: one owner. Memory: about 200 bytes for twice the visitors of 30 minutes; marked robots are
// remembered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/event.h"
#include "events/log_position.h"

namespace modiste {

using TrafficMarks = uint8_t;
inline constexpr TrafficMarks kMarkBot = 1, kMarkAccidental = 2, kMarkAbandoned = 4;

struct TrafficFilterOptions {
  // Parts of user agents, lower case.
  std::vector<std::string> bot_agents{"bot",
                                      "crawl",
                                      "spider",
                                      "slurp",
                                      "headless",
                                      "phantomjs",
                                      "scrapy",
                                      "curl/",
                                      "python-",
                                      "go-http-",
                                      "wget",
                                      "lighthouse",
                                      "httpie/",
                                      "java/",
                                      "okhttp-test",
                                      "axios/",
                                      "facebookexternalhit",
                                      "mediapartners-google",
                                      "ia_archiver",
                                      "feedfetcher",
                                      "puppeteer",
                                      "playwright",
                                      "node-fetch",
                                      "postmanruntime",
                                      "libwww-perl",
                                      "gtmetrix",
                                      "ptst/"};
  double events_per_second_max = 2;  // sustained: swiping fast is one card a second
  double burst_events = 90;          // above it at once: a page of cards coming into view is one event
  int views_unread_max = 25;         // pages in a row that were left at once, without any other sign of life
  Micros read_min = std::chrono::milliseconds(300);
  Micros click_undone = std::chrono::seconds(2);
  double scroll_meant = 0.1;  // who scrolls meant to come
  Micros visit_stayed = std::chrono::seconds(10);
  Micros visit_idle = std::chrono::minutes(30);
};

// A mark on an event that has been seen before.
struct LateMark {
  LogPosition position;
  std::string event_id;  // of an accidental click, so that its effect can be undone; else empty
  TrafficMarks marks = 0;
};

class TrafficFilter {
 public:
  explicit TrafficFilter(TrafficFilterOptions options = {}) : options_(std::move(options)) {}

  // The next event of the log, and who did it: any name that is one visitor's. Answers its marks; those that
  // it puts on earlier events are appended to `late`.
  TrafficMarks observe(std::string_view visitor, const Event& event, LogPosition position,
                       TimePoint received_at, std::vector<LateMark>& late);
  // Ends the visits that are idle by now, as the next event of each would.
  void close_idle(TimePoint now, std::vector<LateMark>& late);

  [[nodiscard]] bool is_bot(std::string_view visitor) const;
  [[nodiscard]] size_t bots() const { return bots_; }

  // For snapshots. load() replaces everything; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  struct Click {
    LogPosition position;
    TimePoint at;
    std::string event_id, garment_id;
  };
  struct Visit {
    bool bot = false;
    bool stayed = false;  // a sign of interest, or time
    TimePoint begun, last;
    double bucket = 0;  // events not yet paid for by time
    int views_unread = 0;
    Click click;  // the latest; position means something while event_id is not empty
    std::vector<LogPosition>
        events;  // of this visit, while it may still be marked whole; at most kVisitEventsMax
  };
  static constexpr size_t kVisitEventsMax = 256;
  static constexpr uint64_t kSweptFrom = 16'384;  // open visits

  template <class Io, class Filter>
  static void fields(Io& io, Filter& filter);
  void sweep_if_due(TimePoint at, TimePoint received_at, std::vector<LateMark>& late);
  void end_visit(Visit& visit, std::vector<LateMark>& late) const;
  bool acts_like_a_bot(Visit& visit, const Event& event, TimePoint at) const;
  void count_view(const Event& event);
  // Most views of late came with their length.
  [[nodiscard]] bool lengths_are_told() const { return 2 * views_with_length_ > views_; }
  void judge_click(Visit& visit, const Event& event, LogPosition position, TimePoint at,
                   std::vector<LateMark>& late) const;

  TrafficFilterOptions options_;
  std::unordered_map<std::string, Visit> visits_;
  size_t bots_ = 0;
  TimePoint swept_{};
  uint64_t sweep_at_ = kSweptFrom;  // open visits
  uint64_t views_ = 0, views_with_length_ = 0;
};

}  // namespace modiste
