// What makes a reason true: for each code a predicate over facts, and the bounds that the explainer keeps.
//
// The facts are plain counts and catalog data, so that a test can take them from a record of its own, beside
// the path that chose the reason, and hold every reason of an answer against its predicate.
//
// Threads: any. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "catalog/item.h"
#include "context/context.h"
#include "outfits/body_rules.h"
#include "serving/api/reason.h"

namespace modiste {

// P(fit) from which a reason recommends a size. Of the sizes that the model advises on Rent the Runway, 79%
// of those above it fitted, 76% of all (`modiste evaluate fit`); 80% would need 0.75, which names a sixth
// fewer.
inline constexpr double kFitSaidMin = 0.65;
// Cosine from which a garment "looks like" another of a comparable kind. Of the pairs of photos of one role
// this near, luma and clothing_cc0 left out of training in turn, 94% and 98% were of like colours, 66% and
// 78% of one type (`modiste evaluate unseen`); from 0.6 on 56% and 80%, 32% and 66%. Higher bounds find no
// more of either.
inline constexpr float kAlikeMin = 0.88F;
// The bounds below are choices, not measurements.
inline constexpr float kNearQueryMin = 0.6F;          // cosine from which an item is near a query or a photo
inline constexpr std::chrono::days kLikedLately{28};  // two half-lives of popularity
inline constexpr size_t kLikedByMin = 2;              // other shoppers; one alone is not "liked here"
inline constexpr std::chrono::days kNewFor{30};       // a garment is a new arrival

// True for garments that a shopper would compare: of one outfit role (top, shoes), or of one branch of the
// category tree where the role is wide (accessories) or absent. False when a category is unknown.
[[nodiscard]] bool comparable(const ItemFacts& a, const ItemFacts& b, const Vocabulary& vocabulary);

[[nodiscard]] bool has_term(const ItemFacts& item, TermId term);

[[nodiscard]] bool is_new(const ItemFacts& item, TimePoint now);

// The words of a text in lower case, whole, each once.
[[nodiscard]] std::set<std::string> said_words(std::string_view text);
// True if one of the words is this word, in the singular or the plural.
[[nodiscard]] bool says(const std::set<std::string>& words, const std::string& word);

// A garment that the shopper reacted to positively: looked at, clicked, liked, saved, put in the cart,
// bought.
struct ChosenFact {
  std::string garment_id, title, brand;
  const ItemFacts* item = nullptr;
  // Liked, saved, in the cart or bought, and neither passed since nor sent back as not to their taste.
  bool liked = false;
  bool said_liking = false;  // liked or saved, and not passed since
  float likeness = 0;        // cosine with the item that the reason is about; 0 without vectors
};

struct ReasonFacts {
  const Vocabulary& vocabulary;
  const ItemFacts& item;
  std::string brand = {};  // of the item
  TimePoint now{};
  bool explored = false;
  std::vector<ChosenFact> chosen = {};       // latest last
  std::vector<TermId> wished_terms = {};     // stated in the quiz
  std::set<std::string> wished_brands = {};  // same
  bool known = false;                        // any feedback or quiz of the shopper
  size_t liked_lately_by = 0;                // other shoppers who liked the item within kLikedLately
  int like_minded = 0;  // other shoppers who chose the item and a garment that the shopper chose
  std::optional<Context> context = {};
  std::optional<double> fit = {};         // P(fit) of the size shown
  std::string size = {};                  // shown
  bool size_known = false;                // a purchase or a stated size on the item's chart
  bool body_known = false;                // a measurement of the shopper
  std::set<std::string> item_words = {};  // of the garment's own data
  std::set<std::string> query_words = {};
  std::vector<TermId> query_terms = {};  // that the query wants
  float query_likeness = 0;              // cosine of the item with the query's text or photo
  const ItemFacts* asked_of = nullptr;   // the garment whose similar ones are asked for
  size_t works_with = 0;  // garments that the shopper has and the rules of outfits say go with it
  std::set<std::string> owned_titles = {};      // of those
  std::string asked_id = {}, asked_title = {};  // of the garment asked about
  size_t chosen_with = 0, bought_with = 0;      // other shoppers who liked, or bought, it and the item
  std::vector<const outfits::BodyRule*> body_rules = {};  // that hold for the shopper
  std::vector<TermId> departments = {};                   // of the shopper, as RequestState has them
};

// True if the facts bear the reason out.
[[nodiscard]] bool is_true(const Reason& reason, const ReasonFacts& facts);

}  // namespace modiste
