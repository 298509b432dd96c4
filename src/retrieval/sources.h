// The indexes as CandidateSources. Each borrows its index.
#pragma once

#include "retrieval/ann_index.h"
#include "retrieval/popularity.h"
#include "retrieval/text_index.h"
#include "retrieval/user_knn.h"

namespace modiste {

// Inner product with query.vector, in [-1, 1].
class AnnSource final : public CandidateSource {
 public:
  explicit AnnSource(const AnnIndex& index) : index_(index) {}
  [[nodiscard]] std::string_view name() const override { return "visual"; }
  Result<CandidateList> candidates(const CandidateQuery& query) const override;

 private:
  const AnnIndex& index_;
};

// BM25 of query.text, above 0.
class TextSource final : public CandidateSource {
 public:
  explicit TextSource(const TextIndex& index) : index_(index) {}
  [[nodiscard]] std::string_view name() const override { return "text"; }
  Result<CandidateList> candidates(const CandidateQuery& query) const override;

 private:
  const TextIndex& index_;
};

// What query.shopper's neighbours chose, in [0, 1].
class NeighbourSource final : public CandidateSource {
 public:
  explicit NeighbourSource(const UserKnn& index) : index_(index) {}
  [[nodiscard]] std::string_view name() const override { return "neighbours"; }
  Result<CandidateList> candidates(const CandidateQuery& query) const override;

 private:
  const UserKnn& index_;
};

// Smoothed rate in [0, 1]; the query's own fields do not matter but filter and k.
class PopularitySource final : public CandidateSource {
 public:
  PopularitySource(const Popularity& index, const Clock& clock) : index_(index), clock_(clock) {}
  [[nodiscard]] std::string_view name() const override { return "popularity"; }
  Result<CandidateList> candidates(const CandidateQuery& query) const override;

 private:
  const Popularity& index_;
  const Clock& clock_;
};

}  // namespace modiste
