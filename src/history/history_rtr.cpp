// Rent the Runway: a rental becomes a purchase with size, fit, body and occasion, and also a review when the
// shopper rated it.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "base/rng.h"
#include "catalog/normaliser.h"
#include "feeds/csv_table.h"
#include "feeds/feed_text.h"
#include "history/history_formats.h"
#include "history/history_time.h"

namespace modiste {
namespace {

constexpr std::array<std::string_view, 14> kColumns{
    "user_id",   "item_id",       "rating",           "fit",       "rented_for", "category",   "size", "age",
    "body_type", "bust_size_num", "bust_size_letter", "height_in", "weight_lbs", "review_date"};
constexpr double kCmPerInch = 2.54, kKgPerPound = 0.45359237;
constexpr double kRatingMax = 10, kSizeMax = 60;

// Of an item's rentals, the share for one occasion above which the garment gets that occasion. Seven
// occasions at random would have 0.14 each; two prior rentals keep a single rental from deciding.
constexpr double kOccasionShareMin = 0.2, kOccasionPrior = 2;

// A cell in words, or in numbers within what a body can be; the fault of a row is that of its first cell.
struct Row {
  std::string user, item;
  std::optional<double> rating;
  FitFeedback fit{};
  std::string occasion, category, size;
  int size_number = 0;
  BodyProfile body;
  TimePoint date;
  uint64_t hash = 0;
};

struct Item {
  size_t line = 0;  // first seen
  std::string number;
  TimePoint first;
  std::map<std::string, size_t> categories, occasions;
  std::map<int, std::string> sizes;  // the set's number -> the size
};

std::optional<double> finite_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

// The set counts sizes in halves of US ones (its 8 is a US 4); the chart has even ones.
std::string us_size(double number) { return fmt::format("US {}", 2 * std::lround(number / 4)); }

// US cups grow by an inch over the band: AA half of one, A one, B two.
std::optional<double> cup_inches(std::string_view letters) {
  if (letters == "aa") return 0.5;
  if (letters.size() != 1 || letters[0] < 'a' || letters[0] > 'k') return std::nullopt;
  return letters[0] - 'a' + 1;
}

std::string most_frequent(const std::map<std::string, size_t>& counts) {
  const auto larger = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto most = std::max_element(counts.begin(), counts.end(), larger);
  return most == counts.end() ? "" : most->first;
}

class Rtr {
 public:
  Rtr(HistoryRun& run, CsvTable& table) : run_(run), table_(table) {}

  Result<Done> read() {
    while (run_.next_row()) {
      TRY_ASSIGN(const bool more, table_.next());
      if (!more) break;
      Row row;
      if (!understand(row)) continue;
      if (run_.wants_garments()) learn(row);
      if (run_.wants_events()) TRY(tell(row));
    }
    return run_.wants_garments() ? give_garments() : Result<Done>(kOk);
  }

 private:
  bool refuse(std::string_view column, std::string_view what, std::string_view expected) {
    run_.feed().refuse(
        table_.line(), std::string(column),
        fmt::format("'{}' {}; expected {}", table_.cell(column).substr(0, 40), what, expected));
    return false;
  }

  // An empty cell gives no value; text where a number should be refuses the row.
  bool read_number(std::string_view column, std::optional<double>& value) {
    const std::string_view cell = table_.cell(column);
    value = finite_number(cell);
    return value || cell.empty() || refuse(column, "is not a number", "a number, or nothing");
  }

  // What people mistype (an age of 117, a height of 5 inches) counts as not given.
  bool read_measure(std::string_view column, double factor, double low, double high,
                    std::optional<double>& value) {
    if (!read_number(column, value)) return false;
    if (!value) return true;
    *value = std::round(*value * factor * 10) / 10;
    if (*value >= low && *value <= high) return true;
    run_.set_aside(fmt::format("{} outside {:.0f} to {:.0f}", column, low / factor, high / factor));
    value.reset();
    return true;
  }

  bool read_body(BodyProfile& body) {
    std::optional<double> band;
    if (!read_measure("height_in", kCmPerInch, 50 * kCmPerInch, 84 * kCmPerInch, body.height_cm) ||
        !read_measure("weight_lbs", kKgPerPound, 70 * kKgPerPound, 400 * kKgPerPound, body.weight_kg) ||
        !read_measure("age", 1, 13, 95, body.age) || !read_measure("bust_size_num", 1, 26, 56, band))
      return false;
    const std::string letters = ascii_lower(table_.cell("bust_size_letter"));
    const auto cup = cup_inches(letters);
    if (!cup && !letters.empty())
      return refuse("bust_size_letter", "is not a cup size", "aa, a, b, ... k, or nothing");
    if (band && cup) body.bust_cm = std::round((*band + *cup) * kCmPerInch * 10) / 10;
    body.body_type = std::string(table_.cell("body_type"));
    return body.body_type.size() <= kHistoryIdBytesMax || refuse("body_type", "is too long", "a word or two");
  }

  bool read_words(Row& row) {
    const std::string_view fit = table_.cell("fit");
    if (fit == "small")
      row.fit = FitFeedback::kTooSmall;
    else if (fit == "large")
      row.fit = FitFeedback::kTooLarge;
    else if (fit == "fit")
      row.fit = FitFeedback::kFits;
    else
      return refuse("fit", "is not a fit", "small, fit or large");
    row.category = std::string(table_.cell("category"));
    if (row.category.size() > kHistoryIdBytesMax) return refuse("category", "is too long", "a word");
    row.occasion = occasion_of(table_.cell("rented_for"));
    return true;
  }

  bool understand(Row& row) {
    const size_t line = table_.line();
    row.user = run_.id_of(table_.cell("user_id"), line, "user_id");
    if (row.user.empty()) return false;
    row.item = run_.id_of(table_.cell("item_id"), line, "item_id");
    if (row.item.empty() || !read_words(row)) return false;
    if (!read_number("rating", row.rating)) return false;
    if (row.rating && !(*row.rating >= 1 && *row.rating <= kRatingMax))
      return refuse("rating", "is out of range", "1 to 10, or nothing");
    const auto size = finite_number(table_.cell("size"));
    if (!size || *size < 0 || *size > kSizeMax || *size != std::floor(*size))
      return refuse("size", "is not a size of the data set", "a whole number from 0 to 60");
    row.size_number = static_cast<int>(*size);
    row.size = us_size(*size);
    if (!read_body(row.body)) return false;
    const auto date = parse_history_time(table_.cell("review_date"), "%Y-%m-%d");
    if (!date) return refuse("review_date", "is not a date", "a date such as 2016-04-30");
    row.date = *date;
    for (const auto column : kColumns) row.hash = hash64(table_.cell(column), row.hash);
    return true;
  }

  // The data set has nine words; one that is not an occasion of the vocabulary ("other") gives an empty name.
  const std::string& occasion_of(std::string_view word) {
    auto known = occasions_.find(std::string(word));
    if (known == occasions_.end()) {
      if (occasions_.size() > 1'000) occasions_.clear();  // a file of another kind
      const Match match = word.empty() ? Match{} : normaliser_.match(Facet::kOccasion, word);
      known = occasions_.emplace(word, match.term == nullptr ? "" : match.term->name).first;
    }
    if (known->second.empty())
      run_.set_aside(word.empty() ? "rented_for is empty" : "rented_for is not an occasion");
    return known->second;
  }

  void learn(const Row& row) {
    auto [place, is_new] = items_.try_emplace(row.item);
    Item& item = place->second;
    if (is_new) {
      order_.push_back(row.item);
      item.line = table_.line();
      item.number = row.item.substr(run_.options().prefix.size());
      item.first = row.date;
    }
    item.first = std::min(item.first, row.date);
    ++item.categories[row.category];
    if (!row.occasion.empty()) ++item.occasions[row.occasion];
    item.sizes.emplace(row.size_number, row.size);
  }

  Result<Done> tell(Row& row) {
    const std::string id = fmt::format("{}{:016x}", run_.options().prefix, row.hash);
    Event purchase;
    purchase.event_id = id + "-p";
    purchase.type = EventType::kPurchase;
    purchase.shopper_id = row.user;
    purchase.garment_id = row.item;
    purchase.sku = fmt::format("{}-{}", row.item, row.size_number);
    purchase.size = row.size;
    purchase.fit = row.fit;
    purchase.occurred_at = row.date;
    if (row.body != BodyProfile{}) purchase.body = row.body;
    if (!row.occasion.empty()) purchase.context.emplace().occasion = row.occasion;
    TRY(run_.emit(std::move(purchase), table_.line()));
    if (!row.rating) return kOk;
    Event review;
    review.event_id = id + "-r";
    review.type = EventType::kReview;
    review.shopper_id = std::move(row.user);
    review.garment_id = std::move(row.item);
    review.rating = std::max(1.0, *row.rating / 2);
    review.occurred_at = row.date;
    return run_.emit(std::move(review), table_.line());
  }

  Garment garment_of(const std::string& id, const Item& item) const {
    Garment garment;
    garment.id = id;
    std::string word = most_frequent(item.categories);
    garment.category = word.empty() ? "" : "Women/" + word;
    garment.department = "Women";
    if (word.empty()) word = "Item";
    word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    garment.title = fmt::format("{} {}", word, item.number);
    garment.created_at = item.first;
    size_t said = 0;
    for (const auto& [occasion, count] : item.occasions) said += count;
    for (const auto& [occasion, count] : item.occasions) {
      const double share = static_cast<double>(count) / (static_cast<double>(said) + kOccasionPrior);
      if (share < kOccasionShareMin) continue;
      garment.attributes.push_back(
          {Facet::kOccasion, occasion, occasion, AttributeSource::kSupplier, static_cast<float>(share)});
    }
    for (const auto& [number, size] : item.sizes)
      garment.variants.push_back({fmt::format("{}-{}", id, number), size, "", 0, {}, {}, 1});
    return garment;
  }

  Result<Done> give_garments() {
    for (const auto& id : order_) {
      const Item& item = items_.at(id);
      TRY(run_.feed().emit(garment_of(id, item), item.line));
    }
    return kOk;
  }

  HistoryRun& run_;
  CsvTable& table_;
  const Normaliser normaliser_{Vocabulary::standard()};
  std::unordered_map<std::string, std::string> occasions_;  // by the set's word
  std::unordered_map<std::string, Item> items_;
  std::vector<std::string> order_;  // of their first row
};

Result<Done> read_rtr(HistoryRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::open(run.feed()));
  for (const auto column : kColumns)
    if (!table->has(column))
      return Error{Code::kInvalid, fmt::format("the header has no column {}", column),
                   run.feed().name() + " line 1", "Rent the Runway's CSV of the UCSD clothing fit data"};
  TRY(Rtr(run, *table).read());
  run.note(
      "a rental is imported as a purchase on the day of its review; the data set lacks the day of the "
      "rental");
  run.note("ratings of 1 to 10 were halved to 1 to 5");
  run.note("sizes are the set's numbers, halves of US sizes, as the nearest even US size: its 8 is US 4");
  run.note("the data set has no prices: garments have price 0, and each size has a stock of one");
  return kOk;
}

}  // namespace

const HistoryFormat kRtrHistory{
    .name = "rtr",
    .doc = "Rent the Runway, UCSD's clothing fit data: one rental a row (CSV); makes its garments",
    .read = read_rtr,
    .has_times = true,
    .has_garments = true};

}  // namespace modiste
