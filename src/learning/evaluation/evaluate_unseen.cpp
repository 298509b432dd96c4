#include "learning/evaluation/evaluate_unseen.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "base/rng.h"
#include "embedding/kind_regression.h"
#include "embedding/palette_likeness.h"
#include "embedding/towers.h"
#include "learning/evaluation/neighbour_metrics.h"
#include "learning/training/left_out.h"
#include "serving/answer/findings.h"
#include "serving/search/photo_match.h"

namespace modiste {
namespace {

// Unit vectors of the photos of a set under one encoding.
struct Encoded {
  std::string name;
  std::vector<Vector> vectors;  // by photo
};

Vector unit(Vector vector) {
  normalise(vector);
  return vector;
}

std::vector<Encoded> encode(const ProjectionHeads& heads, const PhotoExamples& photos) {
  Encoded ours{"modiste", {}}, tower{"resnet50", {}}, colours{"colours", {}};
  for (const auto* photo : photos) {
    ours.vectors.push_back(heads.image(photo->features));
    const auto seen = photo->features.end() - kColourFeatures;
    tower.vectors.push_back(unit({photo->features.begin(), photo->features.begin() + ResNet50::kFeatures}));
    colours.vectors.push_back(unit({seen, photo->features.end()}));
  }
  return {ours, tower, colours};
}

// label(photo): what must agree; photos for which it is empty neither ask nor answer.
template <class Label>
double precision(const Encoded& encoded, const PhotoExamples& photos, size_t k, const Label& label) {
  std::vector<std::string> labels;
  for (const auto* photo : photos) labels.push_back(label(*photo));
  std::vector<Seen> seen;
  for (size_t i = 0; i < photos.size(); ++i)
    if (!labels[i].empty()) seen.push_back({encoded.vectors[i], labels[i], photos[i]->group});
  ScoreByLabel scores;
  add_precision_at_k(seen, seen, k, scores);
  return scores.micro();
}

struct PhotoWeights {
  double looks = kPhotoLooks, kind = kPhotoKind, colour = kPhotoColour;
};
// As similar garments are compared after the shop's words for kind and colour: by palettes alone.
constexpr PhotoWeights kWithoutWords{kSimilarLooks, 0, kSimilarColour};

struct Hit {
  double score = 0;
  size_t photo = 0;
};

// Each photo searches the others as `SearchService::by_photo` does: by looks, kind and colour, best first.
class PhotoSearch {
 public:
  PhotoSearch(const Encoded& ours, const PhotoExamples& photos, const Vocabulary& vocabulary)
      : ours_(ours), photos_(photos), vocabulary_(vocabulary) {
    for (const auto* photo : photos) {
      const Term* term = vocabulary.find(Facet::kCategory, *photo->term_of(Facet::kCategory));
      categories_.push_back(term == nullptr ? kNoTerm : term->id);
      const Term* colour = vocabulary.find(Facet::kColour, photo->colour);
      colours_.push_back(colour == nullptr ? kNoTerm : colour->id);
      palettes_.push_back(to_hexes(photo->palette));
    }
    learn_kinds();
  }

  // Photos of other groups for which admitted(photo) holds.
  template <class Admitted>
  [[nodiscard]] std::vector<Hit> answer(size_t query, size_t count, const Admitted& admitted,
                                        const PhotoWeights& weights = {}) const {
    const std::vector<Hit> near = nearest(query, admitted);
    const PaletteLikeness palette(palettes_[query]);
    std::vector<PhotoNeighbour> in_colour;
    for (const Hit& one : near) in_colour.push_back({palette.to(palettes_[one.photo]), colours_[one.photo]});
    const auto colours = vote(in_colour);
    std::vector<Hit> hits;
    for (size_t i = 0; i < near.size(); ++i) {
      const size_t photo = near[i].photo;
      const float alike = in_colour[i].likeness;
      const float colour = weights.kind > 0 ? colour_match(alike, colours_[photo], colours) : alike;
      const float kind = share_of_kind(kinds_[query], categories_[photo], vocabulary_);
      hits.push_back({weights.looks * std::clamp(near[i].score, 0.0, 1.0) +
                          weights.kind * static_cast<double>(kind) +
                          weights.colour * static_cast<double>(colour),
                      photo});
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
    if (hits.size() > count) hits.resize(count);
    return hits;
  }

 private:
  // What each photo shows, by what is known of other groups' photos.
  void learn_kinds() {
    constexpr uint64_t kFolds = 5;
    kinds_.resize(photos_.size());
    const auto fold_of = [&](size_t photo) { return hash64(photos_[photo]->group) % kFolds; };
    std::vector<size_t> order(photos_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [](size_t a, size_t b) { return mix64(a) < mix64(b); });
    const KindRegressionOptions options;
    for (uint64_t fold = 0; fold < kFolds; ++fold) {
      std::vector<KindExample> examples;
      for (const size_t photo : order)
        if (fold_of(photo) != fold && categories_[photo] != kNoTerm && examples.size() < options.items_max)
          examples.push_back({ours_.vectors[photo], categories_[photo]});
      const auto learned = KindRegression::learn(examples, options);
      for (const size_t photo : order)
        if (fold_of(photo) == fold) kinds_[photo] = learned.kinds(ours_.vectors[photo]);
    }
  }
  // Those most like it in looks, by cosine.
  template <class Admitted>
  [[nodiscard]] std::vector<Hit> nearest(size_t query, const Admitted& admitted) const {
    std::vector<std::pair<float, size_t>> near;
    for (size_t i = 0; i < photos_.size(); ++i)
      if (photos_[i]->group != photos_[query]->group && admitted(i))
        near.emplace_back(-dot(ours_.vectors[query], ours_.vectors[i]), i);
    const auto last = near.begin() + static_cast<std::ptrdiff_t>(std::min(kSearchCandidates, near.size()));
    std::partial_sort(near.begin(), last, near.end());
    near.erase(last, near.end());
    std::vector<Hit> hits;
    for (const auto& [minus_cosine, photo] : near)
      hits.push_back({-static_cast<double>(minus_cosine), photo});
    return hits;
  }

  const Encoded& ours_;
  const PhotoExamples& photos_;
  const Vocabulary& vocabulary_;
  std::vector<TermId> categories_, colours_;
  std::vector<std::vector<std::string>> palettes_;
  std::vector<std::vector<TermShare>> kinds_;  // by photo
};

// As precision() above, of the answers of a search by photo.
template <class Label>
double precision(const PhotoSearch& search, const PhotoExamples& photos, size_t k, const Label& label,
                 const PhotoWeights& weights) {
  std::vector<std::string> labels;
  for (const auto* photo : photos) labels.push_back(label(*photo));
  double right = 0, asked = 0;
  for (size_t query = 0; query < photos.size(); ++query) {
    if (labels[query].empty()) continue;
    ++asked;
    const auto admitted = [&](size_t photo) { return !labels[photo].empty(); };
    for (const auto& hit : search.answer(query, k, admitted, weights))
      right += labels[hit.photo] == labels[query] ? 1 : 0;
  }
  return asked == 0 ? 0 : right / (asked * static_cast<double>(k));
}

std::string type_of(const PhotoExample& photo) { return photo.label; }
std::string colour_of(const PhotoExample& photo) { return photo.colour; }

std::string type_and_colour(const PhotoExample& photo) {
  return photo.colour.empty() || photo.label.empty() ? "" : photo.label + "/" + photo.colour;
}

// The first text of each garment in a colour searches the photos, as a shopper's words would.
void recall(const Encoded& ours, const ProjectionHeads& heads, const PhotoExamples& photos,
            const TextFeatureTable& texts, size_t at, UnseenSet& set) {
  std::set<std::string> asked;
  size_t found = 0;
  for (const auto* photo : photos) {
    if (photo->garment.empty() || photo->texts.empty() || !asked.insert(photo->garment).second) continue;
    const auto features = texts.find(photo->texts.front());
    CHECK(features != texts.end());
    const auto query = heads.text(features->second);
    std::vector<std::pair<float, size_t>> scored;
    for (size_t i = 0; i < photos.size(); ++i) scored.emplace_back(-dot(query, ours.vectors[i]), i);
    const auto last = scored.begin() + static_cast<std::ptrdiff_t>(std::min(at, scored.size()));
    std::partial_sort(scored.begin(), last, scored.end());
    found += std::any_of(scored.begin(), last,
                         [&](const auto& hit) { return photos[hit.second]->garment == photo->garment; });
  }
  set.texts = asked.size();
  set.text_recall = asked.empty() ? 0 : static_cast<double>(found) / static_cast<double>(asked.size());
}

OutfitRole role_of(const PhotoExample& photo, const Vocabulary& vocabulary) {
  const Term* term = vocabulary.find(Facet::kCategory, *photo.term_of(Facet::kCategory));
  return term == nullptr ? OutfitRole::kNone : term->role;
}

std::vector<AlikeBound> alike_bounds(const Encoded& ours, const PhotoExamples& photos,
                                     const Vocabulary& vocabulary) {
  std::vector<AlikeBound> bounds;
  for (const float cosine : {0.60F, 0.70F, 0.80F, 0.84F, 0.86F, 0.88F, 0.90F, 0.92F, 0.94F, 0.96F})
    bounds.push_back({cosine, 0, 0, 0, 0});
  for (size_t i = 0; i < photos.size(); ++i) {
    const PaletteLikeness colours(to_hexes(photos[i]->palette));
    for (size_t j = i + 1; j < photos.size(); ++j) {
      if (photos[i]->group == photos[j]->group) continue;
      const float cosine = dot(ours.vectors[i], ours.vectors[j]);
      if (cosine < bounds.front().cosine ||
          role_of(*photos[i], vocabulary) != role_of(*photos[j], vocabulary))
        continue;
      const bool type = photos[i]->label == photos[j]->label;
      const bool colour = colours.to(to_hexes(photos[j]->palette)) >= kLikeColours;
      for (auto& row : bounds) {
        if (cosine < row.cosine) break;
        ++row.pairs;
        row.type += type ? 1 : 0, row.colour += colour ? 1 : 0, row.both += type && colour ? 1 : 0;
      }
    }
  }
  for (auto& row : bounds)
    if (row.pairs > 0)
      for (double* share : {&row.type, &row.colour, &row.both}) *share /= static_cast<double>(row.pairs);
  return bounds;
}

SheetTile tile(const PhotoExample& photo, bool right = true) {
  return {photo.file.string(), photo.label + " " + photo.colour, right};
}

// Of each garment the photo that is found first.
Sheet photo_sheet(const std::string& source, const PhotoSearch& search, const PhotoExamples& photos) {
  constexpr size_t kTiles = 8, kLooked = 40;
  Sheet sheet{
      source + "-photo-search", "Search by photos of " + source + ", which was left out of training", {}};
  for (size_t query = 0; query < photos.size(); ++query) {
    SheetRow row{{tile(*photos[query])}, 0};
    row.tiles.front().caption = photos[query]->photo + ": " + row.tiles.front().caption;
    std::set<std::string> garments;
    for (const auto& hit : search.answer(query, kLooked, [](size_t) { return true; })) {
      const PhotoExample& found = *photos[hit.photo];
      if (row.tiles.size() > kTiles) break;
      if (!found.garment.empty() && !garments.insert(found.group).second) continue;
      const bool type = found.label == photos[query]->label;
      const bool colour = found.colour == photos[query]->colour;
      row.score += (type ? 1.0 : 0.0) + (colour ? 1.0 : 0.0);
      row.tiles.push_back(tile(found, type && colour));
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

// Photos that contradict their own words, by kind and strength, eight to a row.
Sheet doubt_sheet(const UnseenSet& set, const PhotoExamples& photos) {
  constexpr size_t kTiles = 8, kPerKind = 48;
  std::map<std::string_view, std::string> files;
  for (const auto* photo : photos) files.emplace(photo->photo, photo->file.string());
  auto doubts = set.doubts;
  std::stable_sort(doubts.begin(), doubts.end(), [](const OwnDoubt& a, const OwnDoubt& b) {
    return a.doubt.kind != b.doubt.kind ? a.doubt.kind < b.doubt.kind : a.doubt.strength > b.doubt.strength;
  });
  Sheet sheet{set.source + "-conflicts", "Photos of " + set.source + " that contradict their words", {}};
  std::map<ConflictKind, size_t> shown;
  for (const auto& one : doubts) {
    if (shown[one.doubt.kind]++ >= kPerKind) continue;
    if (shown[one.doubt.kind] == 1 || sheet.rows.back().tiles.size() == kTiles) sheet.rows.emplace_back();
    sheet.rows.back().tiles.push_back(
        {files[one.photo],
         std::string(name_of(one.doubt.kind)) + " " + std::to_string(one.doubt.strength).substr(0, 4) + ": " +
             one.doubt.supplier_term + ", shows " + one.doubt.photo_term + " " + one.photo,
         one.looked_right});
  }
  return sheet;
}

std::vector<Sheet> sheets_of(const UnseenSet& set, const PhotoSearch& search, const PhotoExamples& photos) {
  constexpr size_t kRows = 10;
  const Sheet all = photo_sheet(set.source, search, photos);
  return {random_rows(all, kRows, 3), worst_rows(all, kRows), doubt_sheet(set, photos)};
}

UnseenSet test(const ProjectionHeads& heads, const LeftOut& fold, const TextFeatureTable& texts,
               const Vocabulary& vocabulary, const EvaluateUnseenOptions& options) {
  PhotoExamples photos;
  for (const auto* photo : fold.unseen)
    if (photo->term_of(Facet::kCategory) != nullptr) photos.push_back(photo);
  UnseenSet set;
  set.source = fold.source;
  set.photos = photos.size();
  set.coloured = static_cast<size_t>(
      std::count_if(photos.begin(), photos.end(), [](const auto* photo) { return !photo->colour.empty(); }));
  const auto encoded = encode(heads, photos);
  for (const auto& one : encoded)
    set.neighbours.push_back({one.name, precision(one, photos, options.k, type_of),
                              precision(one, photos, options.k, colour_of),
                              precision(one, photos, options.k, type_and_colour)});
  const PhotoSearch search(encoded.front(), photos, vocabulary);
  for (const auto& [name, weights] : {std::pair{"similar", kWithoutWords}, {"photo search", PhotoWeights{}}})
    set.neighbours.push_back({name, precision(search, photos, options.k, type_of, weights),
                              precision(search, photos, options.k, colour_of, weights),
                              precision(search, photos, options.k, type_and_colour, weights)});
  recall(encoded.front(), heads, photos, texts, options.recall_at, set);
  set.colours_named = score_colours(heads, photos, vocabulary);
  TagTrials trials(vocabulary);
  trials.add(heads, photos);
  set.tags = trials.at_own_bounds();
  ConflictTrials conflicts(vocabulary, options.looked_at);
  conflicts.add(heads, photos);
  set.conflicts = conflicts.choose();
  set.doubts = conflicts.own_doubts();
  set.alike = alike_bounds(encoded.front(), photos, vocabulary);
  if (options.makes_sheets) set.sheets = sheets_of(set, search, photos);
  return set;
}

}  // namespace

Result<std::vector<UnseenSet>> evaluate_unseen(const std::vector<PhotoExample>& examples,
                                               const TextFeatureTable& texts, const Vocabulary& vocabulary,
                                               const EvaluateUnseenOptions& options,
                                               const std::function<void(const UnseenSet&)>& progress) {
  PhotoExamples all;
  for (const auto& example : examples) all.push_back(&example);
  const auto folds = leave_out_each_set(all);
  if (folds.empty())
    return Error{Code::kInvalid, "no set of photos can be left out", "",
                 "two sets or more, one of them of real photos"};
  std::vector<UnseenSet> sets;
  for (const auto& fold : folds) {
    TRY_ASSIGN(const auto fitted, fit_heads("without " + fold.source, fold.training, texts, options.fitting));
    sets.push_back(test(fitted.heads, fold, texts, vocabulary, options));
    if (progress) progress(sets.back());
  }
  return sets;
}

}  // namespace modiste
