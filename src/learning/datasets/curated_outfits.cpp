#include "learning/datasets/curated_outfits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/rng.h"
#include "feeds/line_reader.h"
#include "io/file_input.h"
#include "outfits/learned_compatibility.h"
#include "outfits/outfit.h"
#include "serving/request/outfit_looks.h"

namespace modiste {
namespace {

// Categories by name, numbered as they come.
class CategoryNumbers {
 public:
  explicit CategoryNumbers(OutfitItems& items) : items_(items) {
    for (size_t c = 0; c < items.categories.size(); ++c)
      numbers_.emplace(items.categories[c], static_cast<OutfitCategory>(c));
  }
  OutfitCategory of(const std::string& name) {
    const auto [number, is_new] =
        numbers_.try_emplace(name, static_cast<OutfitCategory>(items_.categories.size()));
    if (is_new) items_.categories.push_back(name);
    return number->second;
  }

 private:
  OutfitItems& items_;
  std::unordered_map<std::string, OutfitCategory> numbers_;
};

using ItemKeys = std::unordered_map<std::string, OutfitItemNumber>;
std::string key_of(std::string_view garment, std::string_view colour) {
  return fmt::format("{}\n{}", garment, colour);
}

ItemKeys read_items(const CuratedShop& shop, CuratedExamples& into) {
  ItemKeys keys;
  CategoryNumbers categories(into.items);
  for (Slot slot = 0; slot < shop.catalog.slot_count(); ++slot) {
    const Item& item = shop.catalog.item(slot);
    if (!item.facts.live || item.garment == nullptr || item.facts.category == kNoTerm) continue;
    const auto embedding = shop.embeddings.get(slot);
    const auto look = wearable_of(item, embedding.get(), shop.vocabulary);
    auto read = outfits::read_wearable(look, shop.vocabulary);
    OutfitItem& out = into.items.items.emplace_back();
    out.category = categories.of(shop.vocabulary.term(item.facts.category).name);
    out.terms = std::move(read.terms);
    out.numbers = std::move(read.numbers);
    out.vector.assign(look.vector.begin(), look.vector.end());
    keys.emplace(key_of(std::string(item.garment.id()), item.colour),
                 static_cast<OutfitItemNumber>(into.items.items.size() - 1));
    into.brands.push_back(item.facts.brand);
  }
  return keys;
}

void add_outfit(const outfits::CuratedOutfit& outfit, const ItemKeys& keys, CuratedExamples& into) {
  ItemList list;
  for (const auto& piece : outfit.pieces) {
    const auto found = keys.find(key_of(piece.garment_id, piece.colour));
    if (found == keys.end())
      ++into.unknown;
    else
      list.push_back(found->second);
  }
  if (list.size() < 2)
    ++into.left_out;
  else
    into.outfits.push_back(std::move(list));
}

}  // namespace

Result<CuratedExamples> read_curated_outfits(const std::filesystem::path& file, const CuratedShop& shop) {
  CuratedExamples curated;
  const ItemKeys keys = read_items(shop, curated);
  TRY_ASSIGN(auto input, FileInput::open(file));
  Utf8Input text(input);
  LineReader lines(text);
  for (Line line;;) {
    TRY_ASSIGN(const bool more, lines.next(line));
    if (!more) break;
    const std::string where = fmt::format("{}, line {}", file.string(), line.number);
    if (!line.problem.empty())
      return Error{Code::kInvalid, std::string(line.problem), where, "an outfit as JSON"};
    if (line.text.find_first_not_of(" \t\r\n") == std::string::npos) continue;
    const auto outfit = from_json_text<outfits::CuratedOutfit>(line.text);
    if (!outfit.ok())
      return Error{Code::kInvalid, outfit.error().what, where + outfit.error().where,
                   outfit.error().expected};
    add_outfit(*outfit, keys, curated);
  }
  if (curated.outfits.empty())
    return Error{Code::kInvalid,
                 fmt::format("the shop sells two pieces of no outfit; {} are left out", curated.left_out),
                 file.string(), "outfits of garments and colours that `--data` sells"};
  return curated;
}

OutfitTask split_curated(const CuratedExamples& curated, CuratedSplit split, uint64_t seed) {
  OutfitTask task;
  task.items = curated.items;
  std::vector<ItemList> outfits = curated.outfits, tested;
  Rng rng(seed);
  rng.shuffle(outfits);
  std::set<BrandId> all(curated.brands.begin(), curated.brands.end());
  std::vector<BrandId> brands(all.begin(), all.end());
  rng.shuffle(brands);
  const std::set<BrandId> teaching(brands.begin(),
                                   brands.begin() + static_cast<std::ptrdiff_t>(brands.size() / 2));
  for (size_t o = 0; o < outfits.size(); ++o) {
    const auto taught =
        static_cast<size_t>(std::count_if(outfits[o].begin(), outfits[o].end(), [&](OutfitItemNumber item) {
          return teaching.contains(curated.brands[item]);
        }));
    const bool drawn = split == CuratedSplit::kDrawn;
    if (drawn ? 2 * o < outfits.size() : taught == outfits[o].size())
      task.train.push_back(outfits[o]);
    else if (drawn || taught == 0)
      tested.push_back(outfits[o]);
  }
  for (const bool same_category : {false, true}) {
    task.questions.push_back(make_outfit_questions(task.items, tested, same_category, seed));
    task.compatibility.push_back(make_outfit_lines(task.items, tested, same_category, seed));
  }
  return task;
}

Result<std::vector<ItemList>> read_polyvore_outfits(const std::filesystem::path& file, OutfitItems& items) {
  OutfitFiles files;
  files.train = {file};
  TRY_ASSIGN(const OutfitTask read, read_outfit_task(files));
  CategoryNumbers categories(items);
  std::vector<ItemList> outfits;
  for (const ItemList& list : read.train) {
    ItemList worn;
    for (const OutfitItemNumber number : list) {
      const auto name = polyvore_category(read.items.categories[read.items.items[number].category]);
      if (name.empty()) continue;
      worn.push_back(static_cast<OutfitItemNumber>(items.items.size()));
      items.items.emplace_back().category = categories.of(std::string(name));
    }
    if (worn.size() >= 2) outfits.push_back(std::move(worn));
  }
  return outfits;
}

}  // namespace modiste
