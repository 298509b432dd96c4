#include <algorithm>
#include <array>
#include <sstream>

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/split.hpp>

#include "io/read_file.h"
#include "learning/datasets/photo_sets.h"

namespace modiste {
namespace {

// What each label says of a garment. "Not sure", "Other" and "Skip" say nothing.
struct LabelMeaning {
  std::string_view label, category, sleeve;
};
constexpr std::array kMeanings{
    LabelMeaning{"Blazer", "blazer", "long-sleeve"},
    LabelMeaning{"Blouse", "blouse", ""},
    LabelMeaning{"Body", "bodysuit", ""},
    LabelMeaning{"Dress", "dress", ""},
    LabelMeaning{"Hat", "hat", ""},
    LabelMeaning{"Hoodie", "hoodie", "long-sleeve"},
    LabelMeaning{"Longsleeve", "long-sleeve-top", "long-sleeve"},
    LabelMeaning{"Outwear", "outerwear", ""},
    LabelMeaning{"Pants", "pants", ""},
    LabelMeaning{"Polo", "polo", "short-sleeve"},
    LabelMeaning{"Shirt", "shirt", ""},
    LabelMeaning{"Shoes", "shoes", ""},
    LabelMeaning{"Shorts", "shorts", ""},
    LabelMeaning{"Skirt", "skirt", ""},
    LabelMeaning{"T-Shirt", "t-shirt", "short-sleeve"},
    LabelMeaning{"Top", "tops", ""},
    LabelMeaning{"Undershirt", "tank-top", "sleeveless"},
};
constexpr std::string_view kHeader = "image,sender_id,label,kids";

void add_term(KnownTerms& terms, const Vocabulary& vocabulary, Facet facet, std::string_view name) {
  if (!name.empty() && vocabulary.find(facet, name) != nullptr) terms.emplace_back(facet, name);
}

KnownTerms meaning_of(const std::string& label, bool kids, const Vocabulary& vocabulary) {
  const auto found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                  [&](const LabelMeaning& meaning) { return meaning.label == label; });
  KnownTerms terms;
  if (found == kMeanings.end()) return terms;
  add_term(terms, vocabulary, Facet::kCategory, found->category);
  add_term(terms, vocabulary, Facet::kSleeve, found->sleeve);
  if (kids) add_term(terms, vocabulary, Facet::kDepartment, "kids");
  return terms;
}

}  // namespace

Result<std::vector<PhotoRecord>> read_clothing_cc0(const std::filesystem::path& folder,
                                                   const Vocabulary& vocabulary) {
  TRY_ASSIGN(const auto bytes, read_file(folder / "images.csv"));
  std::istringstream lines(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  std::string line;
  if (!std::getline(lines, line) || !line.starts_with(kHeader))
    return Error{Code::kInvalid, (folder / "images.csv").string() + " is of another format", "line 1",
                 std::string(kHeader)};
  std::vector<PhotoRecord> records;
  for (size_t number = 2; std::getline(lines, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    std::vector<std::string> fields;
    boost::algorithm::split(fields, line, [](char c) { return c == ','; });
    if (fields.size() != 4)
      return Error{Code::kInvalid, "images.csv has a row of " + std::to_string(fields.size()) + " fields",
                   "line " + std::to_string(number), "4"};
    PhotoRecord record;
    record.source = "clothing_cc0";
    record.photo = fields[0];
    record.file = folder / "images" / (fields[0] + ".jpg");
    record.group = fields[1];
    record.terms = meaning_of(fields[2], boost::algorithm::to_lower_copy(fields[3]) == "true", vocabulary);
    if (!record.terms.empty()) record.label = fields[2];
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace modiste
