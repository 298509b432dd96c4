#include "base/contains.h"
#include "base/json.h"
#include "base/text.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/json_objects.h"
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

// "listPrice" is list_price, "color" is colour.
std::string our_name(std::string_view theirs) {
  std::string name;
  for (const char c : theirs) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !name.empty()) name += '_';
    name += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name == "color" ? "colour" : name;
}

// The members of a garment, a variant or an image by our names; ids, sizes and the like may be numbers.
void use_our_names(json::value& value) {
  auto* object = value.if_object();
  if (object == nullptr) return;
  constexpr std::string_view kTexts[] = {"id", "title", "brand", "sku", "size", "colour"};
  json::object out;
  for (const auto& [theirs, member] : *object) {
    std::string name = our_name(theirs);
    if (out.contains(name) || (name != theirs && object->contains(name))) name = std::string(theirs);
    json::value own = member;
    if (own.is_number() && contains(kTexts, name)) own = json::value(serialize_json(own));
    out.emplace(std::move(name), std::move(own));
  }
  *object = std::move(out);
}

// A path of categories may be a list of its steps.
void spell(json::value& garment) {
  use_our_names(garment);
  auto* object = garment.if_object();
  if (object == nullptr) return;
  for (const std::string_view name : {"variants", "images"})
    if (auto* list = object->if_contains(name); list != nullptr && list->is_array())
      for (auto& entry : list->get_array()) use_our_names(entry);
  auto* category = object->if_contains("category");
  if (category == nullptr || !category->is_array()) return;
  std::string path;
  for (const auto& step : category->get_array())
    if (const auto* text = step.if_string())
      path += (path.empty() ? "" : " > ") + std::string(text->data(), text->size());
  *category = json::value(path);
}

Result<Done> read_garment(FeedRun& run, size_t line, json::value value) {
  spell(value);
  read_numbers(run, value);
  auto garment = from_json<Garment>(value);
  if (!garment.ok()) {
    mention_id(run, value);
    run.refuse(line, garment.error().where, garment.error());
    return kOk;
  }
  fill_stock(run, line, value, *garment);
  return run.emit(std::move(garment).value(), line);
}

Result<Done> read_line(FeedRun& run, const Line& line) {
  auto value = parse_json(trim(line.text));
  if (value.ok()) return read_garment(run, line.number, std::move(*value));
  run.count_without_id();
  run.refuse(line.number, value.error().where, value.error());
  return kOk;
}

// One list, or objects that are laid out over several lines.
bool is_one_document(std::string_view head) {
  head = trim(head);
  if (head.starts_with('[')) return true;
  return head.starts_with('{') && trim(head.substr(1, head.find('\n'))).empty();
}

Result<Done> read_json_document(FeedRun& run) {
  return for_each_product(run, [&](const json::object& garment, size_t line) {
    return read_garment(run, line, json::value(garment));
  });
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

const FeedReader kJsonDocument{
    "json", [](const FeedHead& head) { return is_one_document(head.text) && head.contains("\"variants\""); },
    read_json_document};

const FeedReader kJsonLines{"json-lines", [](const FeedHead& head) { return head.text.starts_with('{'); },
                            read_json_lines};

std::string to_json_line(const Garment& garment) { return to_json_text(garment); }

}  // namespace modiste
