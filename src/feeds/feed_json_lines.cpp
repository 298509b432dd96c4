#include "base/json.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {

namespace {

// A garment that is refused is not missing from the feed.
void mention_id(FeedRun& run, const json::value& value) {
  const auto* object = value.if_object();
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  if (id != nullptr && id->is_string())
    run.mention(std::string(id->get_string()));
  else
    run.count_without_id();
}

// A stock that is not given is not known, and not sold out.
void fill_stock(FeedRun& run, size_t line, const json::value& value, Garment& garment) {
  const auto& variants = value.get_object().at("variants").get_array();
  for (size_t i = 0; i < garment.variants.size(); ++i) {
    if (variants[i].get_object().contains("stock")) continue;
    garment.variants[i].stock = 1;
    run.note(line, std::string(kNoQuantity));
  }
}

Result<Done> read_line(FeedRun& run, const Line& line) {
  const auto value = parse_json(trim(line.text));
  if (!value.ok()) {
    run.count_without_id();
    run.refuse(line.number, value.error().where, value.error());
    return kOk;
  }
  auto garment = from_json<Garment>(*value);
  if (!garment.ok()) {
    mention_id(run, *value);
    run.refuse(line.number, garment.error().where, garment.error());
    return kOk;
  }
  fill_stock(run, line.number, *value, *garment);
  return run.emit(std::move(garment).value(), line.number);
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
    TRY(read_line(run, line));
  }
}

}  // namespace

const FeedReader kJsonLines{"json-lines", [](const FeedHead& head) { return head.text.starts_with('{'); },
                            read_json_lines};

std::string to_json_line(const Garment& garment) { return to_json_text(garment); }

}  // namespace modiste
