#include "learning/evaluation/evaluate_unseen.h"

#include <algorithm>
#include <set>

#include "embedding/palette_likeness.h"
#include "embedding/towers.h"
#include "learning/evaluation/neighbour_metrics.h"
#include "learning/training/left_out.h"
#include "serving/findings.h"
#include "serving/photo_match.h"

namespace modiste {
namespace {

const std::string* term_of(const PhotoExample& example, Facet facet) {
  for (const auto& [known, term] : example.attributes)
    if (known == facet) return &term;
  return nullptr;
}

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
      const Term* term = vocabulary.find(Facet::kCategory, *term_of(*photo, Facet::kCategory));
      categories_.push_back(term == nullptr ? kNoTerm : term->id);
      palettes_.push_back(to_hexes(photo->palette));
    }
  }

  // Photos of other groups for which admitted(photo) holds.
  template <class Admitted>
  [[nodiscard]] std::vector<Hit> answer(size_t query, size_t count, const Admitted& admitted) const {
    std::vector<std::pair<float, size_t>> near;
    for (size_t i = 0; i < photos_.size(); ++i)
      if (photos_[i]->group != photos_[query]->group && admitted(i))
        near.emplace_back(-dot(ours_.vectors[query], ours_.vectors[i]), i);
    const auto last = near.begin() + static_cast<std::ptrdiff_t>(std::min(kSearchCandidates, near.size()));
    std::partial_sort(near.begin(), last, near.end());
    near.erase(last, near.end());
    std::vector<PhotoNeighbour> voters;
    for (const auto& [minus_cosine, photo] : near) voters.push_back({-minus_cosine, categories_[photo]});
    const KindVote vote(std::move(voters));
    const PaletteLikeness colours(palettes_[query]);
    std::vector<Hit> hits;
    for (const auto& [minus_cosine, photo] : near)
      hits.push_back({kPhotoLooks * std::clamp(-static_cast<double>(minus_cosine), 0.0, 1.0) +
                          kPhotoKind * static_cast<double>(vote.share(categories_[photo], vocabulary_)) +
                          kPhotoColour * static_cast<double>(colours.to(palettes_[photo])),
                      photo});
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
    if (hits.size() > count) hits.resize(count);
    return hits;
  }

 private:
  const Encoded& ours_;
  const PhotoExamples& photos_;
  const Vocabulary& vocabulary_;
  std::vector<TermId> categories_;
  std::vector<std::vector<std::string>> palettes_;
};

// As precision() above, of the answers of a search by photo.
template <class Label>
double precision(const PhotoSearch& search, const PhotoExamples& photos, size_t k, const Label& label) {
  std::vector<std::string> labels;
  for (const auto* photo : photos) labels.push_back(label(*photo));
  double right = 0, asked = 0;
  for (size_t query = 0; query < photos.size(); ++query) {
    if (labels[query].empty()) continue;
    ++asked;
    for (const auto& hit : search.answer(query, k, [&](size_t photo) { return !labels[photo].empty(); }))
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

UnseenSet test(const ProjectionHeads& heads, const LeftOut& fold, const TextFeatureTable& texts,
               const Vocabulary& vocabulary, const EvaluateUnseenOptions& options) {
  PhotoExamples photos;
  for (const auto* photo : fold.unseen)
    if (term_of(*photo, Facet::kCategory) != nullptr) photos.push_back(photo);
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
  set.neighbours.push_back({"photo search", precision(search, photos, options.k, type_of),
                            precision(search, photos, options.k, colour_of),
                            precision(search, photos, options.k, type_and_colour)});
  recall(encoded.front(), heads, photos, texts, options.recall_at, set);
  set.colours_named = score_colours(heads, photos, vocabulary);
  TagTrials trials(vocabulary);
  trials.add(heads, photos);
  set.tags = trials.at_own_bounds();
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
