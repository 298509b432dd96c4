#include <fmt/format.h>

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
    run.mention(std::string(trim_blanks(id->get_string())));
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

// A price that may be absent: what says none ("n/a", -1) goes.
void drop_list_price(FeedRun& run, size_t line, json::object& variant, std::string_view written) {
  if (!trim(written).empty())
    run.note(line, fmt::format("'{}' in 'list_price' was left out, since it is not one price that is paid",
                               std::string(trim(written)).substr(0, 40)));
  variant.erase("list_price");
}

// A price may be text, as in every other feed: "45,50 €". One that cannot be read stays and is refused.
void read_price(FeedRun& run, size_t line, json::object& garment, json::object& variant,
                std::string_view name) {
  auto* amount = variant.if_contains(name);
  if (amount == nullptr) return;
  const bool may_be_absent = name == "list_price";
  if (amount->is_number() && may_be_absent && amount->to_number<double>() < 0) {
    variant.erase(name);
    return;
  }
  const auto* text = amount->if_string();
  if (text == nullptr) return;
  std::string home = run.options().currency;
  if (const auto* own = garment.if_contains("currency"); own != nullptr && own->is_string())
    home = std::string(own->get_string());
  const auto money = parse_money(*text, home);
  if (!money.ok() || (may_be_absent && money->amount <= 0)) {
    if (may_be_absent) drop_list_price(run, line, variant, *text);
    return;
  }
  // One garment has one currency: an amount in another stays, and is refused.
  if (!money->currency.empty() && !garment.emplace("currency", money->currency).second &&
      garment.at("currency") != json::value(money->currency))
    return;
  *amount = money->amount;
}

// A stock may be text too, and below nothing, as systems export what was sold twice. One that cannot be read
// is not known.
void read_stock_of(FeedRun& run, size_t line, json::object& variant) {
  auto* stock = variant.if_contains("stock");
  if (stock == nullptr || stock->is_null()) return;
  if (stock->is_bool()) {
    *stock = stock->get_bool() ? 1 : 0;
  } else if (stock->is_number()) {
    const double pieces = stock->to_number<double>();
    if (pieces < 0) *stock = 0;
    if (pieces > 0 && pieces <= 1e9) *stock = static_cast<int64_t>(pieces);
  } else if (const auto* text = stock->if_string()) {
    const auto count = parse_stock(*text);
    if (!count.ok() && FeedWords::standard().availability_of(*text) == Availability::kSoldOut) {
      *stock = 0;
      return;
    }
    if (!count.ok())
      run.note(line, fmt::format("'{}' in 'stock' was left out, since it is not a number of pieces",
                                 std::string(trim(*text)).substr(0, 40)));
    if (count.ok() && *count)
      *stock = **count;
    else
      variant.erase("stock");
  }
}

void read_numbers(FeedRun& run, size_t line, json::value& garment) {
  auto* object = garment.if_object();
  auto* list = object == nullptr ? nullptr : object->if_contains("variants");
  if (list == nullptr || !list->is_array()) return;
  for (auto& variant : list->get_array())
    if (auto* members = variant.if_object()) {
      read_price(run, line, *object, *members, "price");
      read_price(run, line, *object, *members, "list_price");
      read_stock_of(run, line, *members);
    }
}

// "listPrice" is list_price, "imageURL" image_url, "SKU" sku, "color" colour.
std::string our_name(std::string_view theirs) {
  const auto is_upper = [&](size_t at) {
    return at < theirs.size() && theirs[at] >= 'A' && theirs[at] <= 'Z';
  };
  const auto is_lower = [&](size_t at) {
    return at < theirs.size() && theirs[at] >= 'a' && theirs[at] <= 'z';
  };
  std::string name;
  for (size_t i = 0; i < theirs.size(); ++i) {
    const bool begins = is_upper(i) && i > 0 && (!is_upper(i - 1) || is_lower(i + 1));
    if (begins && name.back() != '_' && name.back() != ' ') name += '_';
    name += is_upper(i) ? static_cast<char>(theirs[i] - 'A' + 'a') : theirs[i];
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

// An attribute has a list of values; one alone may stand without it.
void use_lists(json::object& holder) {
  auto* attributes = holder.if_contains("supplier_attributes");
  if (attributes == nullptr || !attributes->is_object()) return;
  for (auto& [name, value] : attributes->get_object())
    if (value.is_string() || value.is_number())
      value = json::array{value.is_string() ? value : json::value(serialize_json(value))};
}

// A path of categories may be a list of its steps.
void spell(json::value& garment) {
  use_our_names(garment);
  auto* object = garment.if_object();
  if (object == nullptr) return;
  for (const std::string_view name : {"variants", "images"})
    if (auto* list = object->if_contains(name); list != nullptr && list->is_array())
      for (auto& entry : list->get_array()) {
        use_our_names(entry);
        if (auto* members = entry.if_object()) use_lists(*members);
      }
  use_lists(*object);
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
  read_numbers(run, line, value);
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
  if (begins_with_list(head)) return true;
  return head.starts_with('{') && trim(head.substr(1, head.find('\n'))).empty();
}

Result<Done> read_json_document(FeedRun& run) {
  run.let_prices_be_absent();  // as a catalog of photos is exported
  return for_each_product(run, [&](const json::object& garment, size_t line) {
    return read_garment(run, line, json::value(garment));
  });
}

Result<Done> read_json_lines(FeedRun& run) {
  run.let_prices_be_absent();
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
