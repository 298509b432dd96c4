#include "learning/training/conflict_precision.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "base/rng.h"
#include "embedding/encoder_modiste.h"
#include "io/read_file.h"

namespace modiste {
namespace {

constexpr size_t kRounds = 5;  // each photo gets the words of so many others
constexpr size_t kSayingMin = 30;
constexpr double kPrecisionKnown = 0.95;  // a few hundred photos without a false doubt cannot tell more
constexpr const char* kColourWord = "its colour";

Facet facet_of(ConflictKind kind) {
  switch (kind) {
    case ConflictKind::kNoHue:
    case ConflictKind::kHue:
    case ConflictKind::kOtherHue:
    case ConflictKind::kPale:
    case ConflictKind::kDark:
      return Facet::kColour;
    case ConflictKind::kOtherKind:
    case ConflictKind::kOtherHalf:
      return Facet::kCategory;
    case ConflictKind::kPattern:
      return Facet::kPattern;
    case ConflictKind::kSleeve:
      break;
  }
  return Facet::kSleeve;
}

// A garment of one variant that says what the owner says of the photo.
Garment words_of(const PhotoExample& example) {
  Garment garment;
  garment.id = example.garment;
  for (const auto& [facet, term] : example.attributes)
    garment.attributes.push_back({facet, term, term, AttributeSource::kSupplier, 1});
  if (!example.colour.empty())
    garment.attributes.push_back(
        {Facet::kColour, example.colour, kColourWord, AttributeSource::kSupplier, 1});
  return garment;
}

const std::string* said_in(const Garment& garment, Facet facet) {
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == facet) return &attribute.term;
  return nullptr;
}

}  // namespace

Result<LookedAt> read_looked_at(const std::filesystem::path& file) {
  LookedAt right;
  if (file.empty()) return right;
  TRY_ASSIGN(const auto bytes, read_file(file));
  std::istringstream lines(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  std::string line;
  constexpr std::string_view kHeader = "set,photo,kind,right";
  if (!std::getline(lines, line) || line != kHeader)
    return Error{Code::kInvalid, file.string() + " is of another format", "line 1", std::string(kHeader)};
  for (size_t number = 2; std::getline(lines, line); ++number) {
    std::istringstream fields(line);
    std::string source, photo, kind, answer;
    std::getline(fields, source, ','), std::getline(fields, photo, ','), std::getline(fields, kind, ',');
    std::getline(fields, answer);
    const auto known = enum_from_name<ConflictKind>(kind);
    if (!known || (answer != "yes" && answer != "no"))
      return Error{Code::kInvalid, file.string() + ": '" + line + "' cannot be read",
                   "line " + std::to_string(number), std::string(kHeader) + "; right is yes or no"};
    if (answer == "yes") right.emplace(source, photo, *known);
  }
  return right;
}

void ConflictTrials::add(const ProjectionHeads& heads, std::span<const PhotoExample* const> unseen) {
  std::vector<float> features;
  std::vector<const std::vector<Swatch>*> palettes;
  std::vector<Garment> words;
  for (const auto* example : unseen) {
    features.insert(features.end(), example->features.begin(), example->features.end());
    palettes.push_back(&example->palette);
    words.push_back(words_of(*example));
  }
  const auto seen = PhotoReader(heads, vocabulary_).read(features, palettes);
  Rng rng(1);  // the same exchanges at every run
  for (size_t i = 0; i < unseen.size(); ++i) {
    const PhotoExample& example = *unseen[i];
    for (const auto& attribute : words[i].attributes) ++photos_[{example.source, attribute.facet}];
    for (auto& doubt : find_doubts(words[i], kColourWord, seen[i], vocabulary_)) {
      const bool right = looked_at_.contains({example.source, example.photo, doubt.kind});
      own_.push_back({example.source, example.photo, std::move(doubt), right});
    }
    for (size_t round = 0; round < kRounds; ++round) {
      const size_t other = rng.below(unseen.size());
      if (unseen[other]->group == example.group) continue;
      for (const auto& doubt : find_doubts(words[other], kColourWord, seen[i], vocabulary_)) {
        const std::string* truth = said_in(words[i], doubt.facet);
        if (truth == nullptr) continue;
        exchanged_.push_back({example.source, doubt.kind, doubt.strength,
                              !may_be_called(doubt.facet, doubt.supplier_term, *truth, vocabulary_)});
      }
    }
  }
}

std::map<std::string, ConflictTrials::Count> ConflictTrials::count_by_source(ConflictKind kind,
                                                                             float from) const {
  std::map<std::string, Count> counts;
  for (const auto& one : own_) {
    if (one.doubt.kind != kind || one.doubt.strength < from) continue;
    ++counts[one.source].doubted;
    counts[one.source].looked_right += one.looked_right ? 1 : 0;
  }
  for (const auto& one : exchanged_) {
    if (one.kind != kind || one.strength < from) continue;
    ++(one.right ? counts[one.source].caught : counts[one.source].wrongly);
  }
  return counts;
}

KindPrecision ConflictTrials::judge(ConflictKind kind, float from, bool& every_set,
                                    const ConflictPrecisionOptions& options) const {
  KindPrecision row;
  row.kind = kind;
  row.report_from = from;
  double right = 0, wrong = 0;
  size_t caught = 0;
  every_set = true;
  for (const auto& [source, count] : count_by_source(kind, from)) {
    const auto saying = photos_.find({source, facet_of(kind)});
    if (saying == photos_.end() || saying->second < kSayingMin) continue;
    // Each photo was exchanged kRounds times; of the shop one in kExchangedOneIn is.
    constexpr double kWeight = 1.0 / static_cast<double>(kRounds * kExchangedOneIn);
    const double set_right =
        static_cast<double>(count.looked_right) + kWeight * static_cast<double>(count.caught);
    const double set_wrong = static_cast<double>(count.doubted - count.looked_right) +
                             kWeight * static_cast<double>(count.wrongly);
    every_set = every_set && set_right >= options.precision_min * (set_right + set_wrong);
    right += set_right, wrong += set_wrong;
    caught += count.caught;
    row.photos += saying->second;
    row.doubted += count.doubted;
    row.looked_right += count.looked_right;
  }
  row.precision = right + wrong > 0 ? std::min(kPrecisionKnown, right / (right + wrong)) : 0;
  row.caught = row.photos == 0 ? 0 : static_cast<double>(caught) / static_cast<double>(row.photos * kRounds);
  every_set = every_set && caught >= options.caught_min;
  return row;
}

std::vector<KindPrecision> ConflictTrials::choose(const ConflictPrecisionOptions& options) const {
  std::vector<KindPrecision> chosen;
  for (size_t i = 0; i < kConflictKinds; ++i) {
    const auto kind = static_cast<ConflictKind>(i);
    KindPrecision best;
    for (int percent = 50; percent <= 99 && !best.reported; ++percent) {
      bool every_set = false;
      KindPrecision row = judge(kind, static_cast<float>(percent) / 100, every_set, options);
      if (row.photos == 0) break;
      row.reported = every_set;
      if (row.reported || row.precision > best.precision || best.photos == 0) best = row;
    }
    if (best.photos > 0) chosen.push_back(best);
  }
  return chosen;
}

}  // namespace modiste
