// How often a contradiction between a photo and the owner's words is right, measured on sets of photos that
// were left out of training.
//
// Each set is judged twice: as it is, where every doubt counts as false unless a person who looked at the
// photo found it right; and with the words of each photo exchanged for those of another photo of the set,
// where it is known what is wrong. The precision is that of a shop in which one photo in kExchangedOneIn was
// exchanged.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "embedding/conflicts.h"
#include "learning/training/head_fitting.h"

namespace modiste {

inline constexpr size_t kExchangedOneIn = 50;

// Doubts that people looked at and found right: (set, photo, kind).
using LookedAt = std::set<std::tuple<std::string, std::string, ConflictKind>>;
// A CSV file with the header set,photo,kind,right; right is "yes" or "no". Empty path: nothing was looked at.
Result<LookedAt> read_looked_at(const std::filesystem::path& file);

struct ConflictPrecisionOptions {
  double precision_min = 0.8;
  size_t caught_min = 15;  // fewer exchanged photos that are doubted prove nothing
};

struct KindPrecision {
  ConflictKind kind{};
  bool reported = false;  // right often enough
  float report_from = 0;
  double precision = 0;                  // of the shop with exchanged photos; of all sets together
  size_t photos = 0;                     // that say something in the facet
  size_t doubted = 0, looked_right = 0;  // of them as they are; found right by people
  double caught = 0;                     // share of the exchanged photos that are rightly doubted
};

// A doubt about a photo with its own words.
struct OwnDoubt {
  std::string source, photo;
  ConflictDoubt doubt;
  bool looked_right = false;
};

class ConflictTrials {
 public:
  ConflictTrials(const Vocabulary& vocabulary, LookedAt looked_at)
      : vocabulary_(vocabulary), looked_at_(std::move(looked_at)) {}

  void add(const ProjectionHeads& heads, std::span<const PhotoExample* const> unseen);

  // For each kind that could be judged: the least strength from which it is right often enough on every set,
  // or what it would be from the highest strength. Each set must have enough photos in the facet.
  [[nodiscard]] std::vector<KindPrecision> choose(const ConflictPrecisionOptions& options = {}) const;
  [[nodiscard]] const std::vector<OwnDoubt>& own_doubts() const { return own_; }

 private:
  struct Exchanged {
    std::string source;
    ConflictKind kind{};
    float strength = 0;
    bool right = false;  // the photo's own words contradict as well
  };
  struct Count {
    size_t doubted = 0, looked_right = 0, caught = 0, wrongly = 0;
  };
  [[nodiscard]] std::map<std::string, Count> count_by_source(ConflictKind kind, float from) const;
  [[nodiscard]] KindPrecision judge(ConflictKind kind, float from, bool& every_set,
                                    const ConflictPrecisionOptions& options) const;

  const Vocabulary& vocabulary_;
  LookedAt looked_at_;
  std::vector<OwnDoubt> own_;
  std::vector<Exchanged> exchanged_;
  std::map<std::pair<std::string, Facet>, size_t> photos_;  // that say something, by set
};

}  // namespace modiste
