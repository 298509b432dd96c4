#include "learning/datasets/outfit_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/json.h"
#include "base/rng.h"
#include "base/text.h"
#include "feeds/line_reader.h"
#include "io/file_input.h"
#include "learning/datasets/outfit_entries.h"

namespace modiste {
namespace {

using File = std::filesystem::path;

constexpr std::string_view kQuestionExpected =
    R"({"question": ["SET_INDEX", ...], "blank_position": 2, "answers": ["SET_INDEX", ...]}, the right )"
    "answer first";
constexpr std::string_view kLineExpected = "1 or 0, then the items of the outfit: 1 SET_INDEX SET_INDEX ...";

// The outfits of all files, each known by its id.
class OutfitBook {
 public:
  enum class Found { kItem, kNoItem, kNoOutfit };
  struct Place {
    Found found = Found::kNoOutfit;
    OutfitItemNumber item = 0;
    bool taught = false;
  };

  explicit OutfitBook(OutfitItems& items) : items_(items) {}

  // ids: of the outfits, in their order; null: not wanted.
  Result<Done> read(const File& file, bool teaches, std::vector<ItemList>& into,
                    std::vector<std::string>* ids = nullptr) {
    std::unordered_map<std::string, size_t> line_of;
    return for_each_outfit_entry(
        file, kOutfitExpected, [&](const json::value& entry, const EntryPlace& place) -> Result<Done> {
          TRY_ASSIGN(const WrittenOutfit outfit, parse_outfit(entry, place));
          const auto [first, is_new] = line_of.try_emplace(outfit.id, place.line);
          if (!is_new)
            return malformed_entry(
                place, fmt::format("set_id {} stands twice, first in line {}", outfit.id, first->second),
                "one entry for each outfit");
          into.push_back(add(outfit, teaches));
          if (ids != nullptr) ids->push_back(outfit.id);
          return kOk;
        });
  }

  // What was read as not teaching teaches after all.
  void teach(const std::string& outfit_id) { outfits_.at(outfit_id).teaches = true; }

  [[nodiscard]] Place find(std::string_view id) const {
    const size_t split = id.rfind('_');
    if (split == std::string_view::npos) return {};
    const auto outfit = outfits_.find(std::string(id.substr(0, split)));
    if (outfit == outfits_.end()) return {};
    for (const auto& [index, item] : outfit->second.items)
      if (index == id.substr(split + 1)) return {Found::kItem, item, outfit->second.teaches};
    return {Found::kNoItem, 0, outfit->second.teaches};
  }

  // Categories are numbered in a drawn order: neither their ids nor their order in a file mean anything.
  void draw_numbers(uint64_t seed) {
    std::vector<OutfitCategory> drawn(items_.categories.size());
    std::iota(drawn.begin(), drawn.end(), OutfitCategory{0});
    Rng rng(seed);
    rng.shuffle(drawn);
    std::vector<std::string> names(drawn.size());
    for (size_t i = 0; i < drawn.size(); ++i) names[drawn[i]] = std::move(items_.categories[i]);
    items_.categories = std::move(names);
    for (OutfitItem& item : items_.items) item.category = drawn[item.category];
  }

  // The same for what is filled in when the outfit's file is without an item that a question names.
  OutfitItemNumber unknown_item() {
    if (!unknown_) {
      unknown_ = static_cast<OutfitItemNumber>(items_.items.size());
      items_.items.emplace_back();
    }
    return *unknown_;
  }

 private:
  struct Known {
    std::vector<std::pair<std::string, OutfitItemNumber>> items;  // by index
    bool teaches = false;
  };

  ItemList add(const WrittenOutfit& outfit, bool teaches) {
    ItemList list;
    Known known{{}, teaches};
    for (const WrittenItem& item : outfit.items) {
      const auto number = static_cast<OutfitItemNumber>(items_.items.size());
      const auto [category, is_new] =
          category_of_.try_emplace(item.category, static_cast<OutfitCategory>(items_.categories.size()));
      if (is_new) items_.categories.push_back(item.category);
      items_.items.push_back({category->second, item.name, item.price, {}, {}, {}});
      known.items.emplace_back(item.index, number);
      list.push_back(number);
    }
    outfits_.try_emplace(outfit.id, std::move(known));
    return list;
  }

  OutfitItems& items_;
  std::unordered_map<std::string, OutfitCategory> category_of_;
  std::unordered_map<std::string, Known> outfits_;
  std::optional<OutfitItemNumber> unknown_;
};

// Resolves the ids of one question or line.
class IdReader {
 public:
  explicit IdReader(OutfitBook& book) : book_(book) {}

  // Items whose outfit no file has are left out of the list; those that a known outfit lacks get a place when
  // keep_unknown is set.
  ItemList read(std::span<const std::string> ids, bool keep_unknown) {
    ItemList list;
    for (const std::string& id : ids) {
      const auto place = book_.find(id);
      taught = taught || place.taught;
      if (place.found == OutfitBook::Found::kItem) {
        list.push_back(place.item);
      } else if (place.found == OutfitBook::Found::kNoItem) {
        ++uncategorised;
        if (keep_unknown) list.push_back(book_.unknown_item());
      } else {
        ++missing;
        if (first_missing.empty()) first_missing = id;
      }
    }
    return list;
  }

  size_t missing = 0, uncategorised = 0;
  bool taught = false;
  std::string first_missing;

 private:
  OutfitBook& book_;
};

// Half of a file may be out of reach before it is refused.
Result<Done> check_reached(const File& file, size_t kept, size_t left_out, const std::string& first_missing) {
  if (left_out <= kept) return kOk;
  return Error{Code::kInvalid,
               fmt::format("{} of {} entries name outfits that no file has, \"{}\" first", left_out,
                           kept + left_out, first_missing),
               file.string(), "--outfits with the file of these outfits, such as test_no_dup.json"};
}

void draw_order(OutfitQuestion& question, Rng& rng) {
  std::vector<size_t> order(question.answers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  rng.shuffle(order);
  ItemList drawn;
  for (const size_t from : order) drawn.push_back(question.answers[from]);
  question.right = static_cast<size_t>(std::find(order.begin(), order.end(), question.right) - order.begin());
  question.answers = std::move(drawn);
}

Result<OutfitQuestions> read_outfit_questions(const File& file, OutfitBook& book, uint64_t seed) {
  OutfitQuestions read{file.filename().string(), {}, 0, 0, 0};
  Rng rng(seed);
  std::string first_missing;
  TRY(for_each_outfit_entry(
      file, kQuestionExpected, [&](const json::value& entry, const EntryPlace& place) -> Result<Done> {
        if (!entry.is_object())
          return malformed_entry(place, "the entry is not an object", kQuestionExpected);
        const auto rest = words_of_member(entry.get_object(), "question"),
                   answers = words_of_member(entry.get_object(), "answers");
        if (!rest || rest->empty())
          return malformed_entry(place, "\"question\" is not a list of item ids", kQuestionExpected);
        if (!answers || answers->size() < 2)
          return malformed_entry(place, "\"answers\" is not a list of at least two item ids",
                                 kQuestionExpected);
        const json::value* blank = entry.get_object().if_contains("blank_position");
        if (blank == nullptr || !blank->is_int64() || blank->get_int64() < 0)
          return malformed_entry(place, "\"blank_position\" is not a whole number from 1", kQuestionExpected);
        IdReader ids(book);
        OutfitQuestion question;
        question.answers = ids.read(*answers, true);
        const bool unreachable = ids.missing > 0;
        question.rest = ids.read(*rest, true);
        // Published positions count from 1.
        const auto position = static_cast<size_t>(std::max<int64_t>(1, blank->get_int64())) - 1;
        question.blank = std::min(position, question.rest.size());
        if (unreachable || question.rest.empty()) {
          ++read.left_out;
          if (first_missing.empty()) first_missing = ids.first_missing;
          return kOk;
        }
        read.taught += ids.taught ? 1 : 0;
        read.uncategorised += ids.uncategorised;
        draw_order(question, rng);
        read.questions.push_back(std::move(question));
        return kOk;
      }));
  TRY(check_reached(file, read.questions.size(), read.left_out, first_missing));
  return read;
}

Result<OutfitLines> read_outfit_lines(const File& file, OutfitBook& book) {
  TRY_ASSIGN(auto input, FileInput::open(file));
  Utf8Input text(input);
  LineReader lines(text);
  OutfitLines read{file.filename().string(), {}, 0, 0, 0};
  std::string first_missing;
  for (Line line;;) {
    TRY_ASSIGN(const bool more, lines.next(line));
    if (!more) break;
    const EntryPlace place{file, line.number};
    if (!line.problem.empty()) return malformed_entry(place, std::string(line.problem), kLineExpected);
    auto words = split_list(line.text, " \t\r\n");
    if (words.empty()) continue;  // the file's last line
    if (words.size() < 2 || (words.front() != "0" && words.front() != "1"))
      return malformed_entry(place, fmt::format("the line is malformed: \"{}\"", words.front().substr(0, 60)),
                             kLineExpected);
    OutfitLine parsed{words.front() == "1", {}};
    IdReader ids(book);
    parsed.items = ids.read(std::span(words).subspan(1), true);
    if (ids.missing > 0) {
      ++read.left_out;
      if (first_missing.empty()) first_missing = ids.first_missing;
      continue;
    }
    read.taught += ids.taught ? 1 : 0;
    read.uncategorised += ids.uncategorised;
    read.lines.push_back(std::move(parsed));
  }
  TRY(check_reached(file, read.lines.size(), read.left_out, first_missing));
  const auto compatible = std::count_if(read.lines.begin(), read.lines.end(),
                                        [](const OutfitLine& line) { return line.compatible; });
  if (compatible == 0 || static_cast<size_t>(compatible) == read.lines.size())
    return Error{Code::kInvalid, "all lines are of one kind", file.string(),
                 "lines that begin with 1 and lines that begin with 0"};
  return read;
}

void make_tests(OutfitTask& task, std::span<const ItemList> outfits, uint64_t seed) {
  for (const bool same_category : {false, true}) {
    task.questions.push_back(make_outfit_questions(task.items, outfits, same_category, seed));
    task.compatibility.push_back(make_outfit_lines(task.items, outfits, same_category, seed));
  }
}

// Takes a share of the outfits, drawn, out of `from` and into `into`, and tells the book.
void move_share(double share, uint64_t seed, std::vector<std::string> ids, OutfitBook& book,
                std::vector<ItemList>& from, std::vector<ItemList>& into) {
  Rng(seed).shuffle(from);
  Rng(seed).shuffle(ids);  // in the same order
  const auto moved = static_cast<size_t>(share * static_cast<double>(from.size()));
  for (size_t i = 0; i < moved; ++i) book.teach(ids[i]);
  const auto end = from.begin() + static_cast<std::ptrdiff_t>(moved);
  into.insert(into.end(), from.begin(), end);
  from.erase(from.begin(), end);
}

}  // namespace

Result<OutfitTask> read_outfit_task(const OutfitFiles& files) {
  OutfitTask task;
  OutfitBook book(task.items);
  std::vector<ItemList> valid, named;
  std::vector<std::string> valid_ids;
  for (const File& file : files.train) TRY(book.read(file, true, task.train));
  for (const File& file : files.outfits) TRY(book.read(file, false, named));
  if (!files.valid.empty()) TRY(book.read(files.valid, false, valid, &valid_ids));
  book.draw_numbers(files.seed);
  // Before questions are read: they say whether they ask for what teaches.
  if (files.teach > 0) move_share(files.teach, files.seed, std::move(valid_ids), book, valid, task.train);
  if (!files.questions.empty()) {
    TRY_ASSIGN(auto questions, read_outfit_questions(files.questions, book, files.seed));
    task.questions.push_back(std::move(questions));
  }
  if (!files.compatibility.empty()) {
    TRY_ASSIGN(auto lines, read_outfit_lines(files.compatibility, book));
    task.compatibility.push_back(std::move(lines));
  }
  if (!valid.empty()) make_tests(task, valid, files.seed);
  return task;
}

}  // namespace modiste
