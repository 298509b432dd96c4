// What evaluation of outfits reads: outfits that people put together, questions with a blank to fill in, and
// lines that say of a list of items whether it is an outfit. Files as Han et al. 2017 published them
// (Maryland Polyvore), plain or gzip: docs/formats/outfits.md.
//
// A model sees of an item its category, its name and its price, and never an id: an item's id names the
// outfit that it was taken from, and so the right answer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace modiste {

using OutfitCategory = uint32_t;  // numbered in a drawn order
inline constexpr OutfitCategory kUnknownCategory = UINT32_MAX;
using OutfitItemNumber = uint32_t;  // a place in OutfitItems::items
using ItemList = std::vector<OutfitItemNumber>;

struct OutfitItem {
  OutfitCategory category = kUnknownCategory;
  std::string name;   // empty: not known
  double price = -1;  // below 0: not known
  // Of a shop's garment, as outfits/learned_compatibility.h reads it; empty: not known.
  std::vector<uint64_t> terms;
  std::vector<float> numbers;
  std::vector<float> vector;  // of its picture; empty: not known
};

struct OutfitItems {
  std::vector<OutfitItem> items;
  std::vector<std::string> categories;  // as the file writes them, by number
};

struct OutfitQuestion {
  ItemList rest;     // in the outfit's order
  size_t blank = 0;  // how many of `rest` stand before it
  ItemList answers;  // in a drawn order
  size_t right = 0;  // of answers
};

struct OutfitLine {
  bool compatible = false;
  ItemList items;
};

struct OutfitQuestions {
  std::string name;
  std::vector<OutfitQuestion> questions;
  size_t left_out = 0;       // an answer or the whole rest belongs to an outfit that no file has
  size_t taught = 0;         // ask for an outfit that the training files hold
  size_t uncategorised = 0;  // items of answers and rests whose outfit is known and lacks them
};

struct OutfitLines {
  std::string name;
  std::vector<OutfitLine> lines;
  size_t left_out = 0, taught = 0, uncategorised = 0;
};

struct OutfitTask {
  OutfitItems items;
  std::vector<ItemList> train;
  std::vector<OutfitQuestions> questions;
  std::vector<OutfitLines> compatibility;
};

struct OutfitFiles {
  std::vector<std::filesystem::path> train;    // at least one
  std::vector<std::filesystem::path> outfits;  // those that questions and lines name, beside the training's
  std::filesystem::path questions, compatibility;  // as published; empty: none
  std::filesystem::path valid;  // outfits to make questions of, when there are none; empty: none
  double teach = 0;             // share of valid's outfits, drawn, that teach instead
  uint64_t seed = 7;            // of draws
};

// kInvalid names the file and the line, and says what would be right: malformed entries, an outfit that
// stands twice in a file, questions or lines of which more than half name outfits that no file has.
Result<OutfitTask> read_outfit_task(const OutfitFiles& files);

// Questions made of outfits as the published ones are: one a outfit of at least three items, a blank drawn,
// three wrong answers drawn from the items of other outfits. same_category: of the blank's category, so that
// the category says nothing; an outfit with too few such others is passed over.
[[nodiscard]] OutfitQuestions make_outfit_questions(const OutfitItems& items,
                                                    std::span<const ItemList> outfits, bool same_category,
                                                    uint64_t seed);
// Every outfit as a line that is compatible, and for each 4/3 lines of as many items that are drawn from all
// outfits; same_category: of the outfit's categories in their order, each item from another outfit. An outfit
// whose categories nobody else wears is passed over then.
[[nodiscard]] OutfitLines make_outfit_lines(const OutfitItems& items, std::span<const ItemList> outfits,
                                            bool same_category, uint64_t seed);

}  // namespace modiste
