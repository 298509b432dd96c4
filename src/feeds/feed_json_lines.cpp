#include "base/json.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/money.h"

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
    const auto* stock = variants[i].get_object().if_contains("stock");
    if (stock != nullptr && !stock->is_null()) continue;
    garment.variants[i].stock = 1;
    run.note(line, std::string(kNoQuantity));
  }
}

// Amounts and counts may be text, as in every other feed: "45,50 €", "4". What cannot be read stays and is
// refused.
void read_numbers(FeedRun& run, json::value& garment) {
  auto* object = garment.if_object();
  auto* list = object == nullptr ? nullptr : object->if_contains("variants");
  if (list == nullptr || !list->is_array()) return;
  std::string home = run.options().currency;
  if (const auto* own = object->if_contains("currency"); own != nullptr && own->is_string())
    home = std::string(own->get_string());
  for (auto& variant : list->get_array()) {
    auto* members = variant.if_object();
    if (members == nullptr) continue;
    for (const std::string_view name : {"price", "list_price"}) {
      auto* amount = members->if_contains(name);
      const auto* text = amount == nullptr ? nullptr : amount->if_string();
      if (text == nullptr) continue;
      if (name == "list_price" && trim(*text).empty()) {
        members->erase(name);
        continue;
      }
      const auto money = parse_money(*text, home);
      if (!money.ok()) continue;
      // One garment has one currency: an amount in another stays, and is refused.
      if (!money->currency.empty() && !object->emplace("currency", money->currency).second &&
          object->at("currency") != json::value(money->currency))
        continue;
      *amount = money->amount;
    }
    auto* stock = members->if_contains("stock");
    if (const auto* text = stock == nullptr ? nullptr : stock->if_string())
      if (const auto count = parse_stock(*text); count.ok()) {
        if (*count)
          *stock = **count;
        else
          members->erase("stock");
      }
  }
}

Result<Done> read_line(FeedRun& run, const Line& line) {
  auto value = parse_json(trim(line.text));
  if (value.ok()) read_numbers(run, *value);
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
