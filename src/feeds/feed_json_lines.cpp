#include "base/json.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {

namespace {

// A garment that is refused is not missing from the feed.
void mention_id(FeedRun& run, const Line& line) {
  const auto value = parse_json(trim(line.text));
  const auto* object = value.ok() ? value->if_object() : nullptr;
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  if (id != nullptr && id->is_string())
    run.mention(std::string(id->get_string()));
  else
    run.count_without_id();
}

Result<Done> read_json_lines(FeedRun& run) {
  Line line;
  while (true) {
    TRY_ASSIGN(const bool more, run.lines().next(line));
    if (!more) return kOk;
    if (line.problem.empty() && trim(line.text).empty()) continue;
    run.count_row();
    if (!line.problem.empty()) {
      run.refuse_unread(line.number, std::string(line.problem));
      continue;
    }
    auto garment = from_json_text<Garment>(trim(line.text));
    if (garment.ok()) {
      TRY(run.emit(std::move(garment).value(), line.number));
    } else {
      mention_id(run, line);
      run.refuse(line.number, garment.error().where, garment.error());
    }
  }
}

}  // namespace

const FeedReader kJsonLines{"json-lines", [](const FeedHead& head) { return head.text.starts_with('{'); },
                            read_json_lines};

std::string to_json_line(const Garment& garment) { return to_json_text(garment); }

}  // namespace modiste
