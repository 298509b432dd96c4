#include "learning/evaluation/evaluate_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/contains.h"
#include "base/rng.h"
#include "base/text.h"
#include "catalog/garment_attributes.h"

namespace modiste {
namespace {

constexpr std::array<Facet, 3> kAskedWith{Facet::kColour, Facet::kPattern, Facet::kFabric};

struct ShortQuery {
  std::string text;
  TermId category = 0, with = 0;
  Facet facet{};
};

// The supplier's terms of a garment in one colour.
std::vector<const Term*> stated_terms(const Item& item, const Vocabulary& vocabulary) {
  std::vector<const Term*> terms;
  const auto garment = item.garment.read();
  for (const Attribute* attribute : attributes_of(*garment, item.colour)) {
    const Term* term = vocabulary.find(attribute->facet, attribute->term);
    if (term != nullptr && attribute->source == AttributeSource::kSupplier) terms.push_back(term);
  }
  return terms;
}

bool has(const std::vector<const Term*>& terms, TermId asked, const Vocabulary& vocabulary) {
  return std::any_of(terms.begin(), terms.end(),
                     [&](const Term* term) { return vocabulary.is_a(term->id, asked); });
}

class ShortQueries {
 public:
  ShortQueries(const CatalogSnapshot& catalog, const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
    std::set<uint32_t> garments;
    for (Slot slot = 0; slot < catalog.slot_count(); ++slot) {
      const Item& item = catalog.item(slot);
      if (!item.facts.live || !item.facts.in_stock) continue;
      garments.insert(item.facts.garment);
      auto& of = items_[{std::string(item.garment.id()), item.colour}];
      of.terms = stated_terms(item, vocabulary);
      of.garment = item.facts.garment;
      for (const Term* category : of.terms)
        for (const Term* with : of.terms)
          if (category->facet == Facet::kCategory && contains(kAskedWith, with->facet))
            pairs_.insert({category->id, with->id});
    }
    garments_ = garments.size();
  }

  [[nodiscard]] size_t garments() const { return garments_; }
  [[nodiscard]] std::vector<ShortQuery> all() const {
    std::vector<ShortQuery> queries;
    for (const auto& [category, with] : pairs_) {
      const Term& thing = vocabulary_.term(category);
      const Term& other = vocabulary_.term(with);
      queries.push_back({ascii_lower(other.label + " " + thing.label), category, with, other.facet});
    }
    return queries;
  }
  [[nodiscard]] size_t possible(const ShortQuery& query) const {
    std::set<uint32_t> garments;
    for (const auto& [key, item] : items_)
      if (has(item.terms, query.category, vocabulary_) && has(item.terms, query.with, vocabulary_))
        garments.insert(item.garment);
    return garments.size();
  }

  // Adds one answer to a score.
  void judge(const ShortQuery& query, const std::vector<ItemKey>& answer, size_t count,
             SearchScore& score) const {
    std::set<uint32_t> seen;
    for (const ItemKey& key : answer) {
      const auto item = items_.find({key.garment_id, key.colour});
      if (item == items_.end() || !seen.insert(item->second.garment).second) continue;
      if (seen.size() > count) break;
      const bool type = has(item->second.terms, query.category, vocabulary_);
      score.right_type += type;
      score.right += type && has(item->second.terms, query.with, vocabulary_);
    }
    ++score.queries;
    score.places += count;
    score.possible += std::min(count, possible(query));
  }

 private:
  struct JudgedItem {
    std::vector<const Term*> terms;
    uint32_t garment = 0;
  };
  const Vocabulary& vocabulary_;
  std::map<std::pair<std::string, std::string>, JudgedItem> items_;
  std::set<std::pair<TermId, TermId>> pairs_;
  size_t garments_ = 0;
};

double share_of_places(size_t part, size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Result<SearchReport> evaluate_search(const CatalogSnapshot& catalog, const Vocabulary& vocabulary,
                                     const std::vector<SearchWay>& ways,
                                     const EvaluateSearchOptions& options) {
  const ShortQueries queries(catalog, vocabulary);
  SearchReport report;
  report.options = options;
  report.garments = queries.garments();
  std::vector<ShortQuery> asked = queries.all();
  report.queries = asked.size();
  Rng rng(options.seed);
  rng.shuffle(asked);
  const auto half = asked.begin() + static_cast<std::ptrdiff_t>(asked.size() / 2);
  asked = options.tuning ? std::vector(asked.begin(), half) : std::vector(half, asked.end());
  report.asked = asked.size();
  for (const SearchWay& way : ways) {
    std::map<std::string, SearchScore> scores;
    for (const ShortQuery& query : asked) {
      // More than are judged, because several may be of one garment.
      TRY_ASSIGN(const auto answer, way.find(query.text, 10 * options.count));
      for (const std::string_view kind : {name_of(query.facet), std::string_view("all")})
        queries.judge(query, answer, options.count, scores[std::string(kind)]);
    }
    for (auto& [kind, score] : scores) {
      score.way = way.name;
      score.kind = kind;
      report.scores.push_back(score);
    }
  }
  return report;
}

std::string to_report_text(const SearchReport& report) {
  std::string text = fmt::format("{} garments, {} short queries, {} of them asked ({} half, seed {})\n",
                                 report.garments, report.queries, report.asked,
                                 report.options.tuning ? "tuning" : "kept", report.options.seed);
  for (const auto& score : report.scores)
    text += fmt::format(
        "  {:<16} type + {:<8} {:>4} queries  both right {:.3f} of what is possible  type right {:.3f}\n",
        score.way, score.kind, score.queries, share_of_places(score.right, score.possible),
        share_of_places(score.right_type, score.places));
  return text;
}

json::value to_report_json(const SearchReport& report) {
  json::array scores;
  for (const auto& score : report.scores)
    scores.push_back(json::object{{"way", score.way},
                                  {"kind", score.kind},
                                  {"queries", score.queries},
                                  {"right", score.right},
                                  {"possible", score.possible},
                                  {"share", share_of_places(score.right, score.possible)},
                                  {"right_type", score.right_type},
                                  {"places", score.places}});
  return json::object{{"report", "search"},
                      {"garments", report.garments},
                      {"queries", report.queries},
                      {"asked", report.asked},
                      {"half", report.options.tuning ? "tuning" : "kept"},
                      {"seed", report.options.seed},
                      {"count", report.options.count},
                      {"scores", std::move(scores)}};
}

}  // namespace modiste
