#include "serving/outfits/outfit_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/contains.h"
#include "base/text.h"
#include "catalog/named_item.h"
#include "outfits/outfit_templates.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/slot_in.h"
#include "serving/state/vetoes.h"

namespace modiste {
namespace {

using outfits::exclude_each_other;
using outfits::OutfitTemplate;

constexpr uint32_t kDescribedGarment = UINT32_MAX;  // of no garment of the shop

std::string said(OutfitRole role) {
  std::string words(name_of(role));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

struct AskedPiece {
  const std::string& garment_id;
  const std::string& colour;
  std::string where;  // JSON pointer to the piece
  bool ever = false;  // also what was sold once
};

Result<Slot> slot_of_piece(const AskedPiece& piece, const Catalog& catalog, const CatalogSnapshot& snapshot) {
  const auto [garment_id, colour] =
      find_named(catalog, piece.garment_id, piece.colour).value_or(NamedItem{"", piece.colour});
  const Slot now = piece.ever ? catalog.slot_ever(garment_id, colour) : catalog.slot(garment_id, colour);
  const Slot slot = slot_in(snapshot, now);
  if (slot != kNoSlot) return slot;
  if (!colour.empty() && catalog.slot(garment_id, "") != kNoSlot)
    return Error{Code::kInvalid, fmt::format("no garment '{}' in '{}'", piece.garment_id, colour),
                 piece.where + "/colour", "a colour of the garment, or none for its first one"};
  return Error{Code::kInvalid, fmt::format("no garment '{}' in this shop", piece.garment_id),
               piece.where + "/garment_id", "an id from GET /v1/garments"};
}

// Two pieces of one role, or a dress with a top or trousers.
Result<Done> check_worn_together(const std::vector<OutfitRole>& roles, OutfitRole next, std::string where) {
  for (size_t i = 0; i < roles.size(); ++i)
    if (exclude_each_other(roles[i], next))
      return Error{Code::kInvalid,
                   roles[i] == next ? fmt::format("two pieces of the role {}", said(next))
                                    : fmt::format("{} is not worn with {}", with_article(said(next)),
                                                  with_article(said(roles[i]))),
                   std::move(where),
                   "at most one piece a role; a one piece without top and bottom, a suit without bottom"};
  return kOk;
}

// A piece of the wardrobe by its own id, else a garment of the shop.
Result<FixedPiece> fixed_piece(const OutfitAnchor& anchor, const std::string& where, const ShopState& shop,
                               const RequestState& request) {
  if (anchor.owned)
    if (auto owned = owned_photo(*request.shopper, anchor.garment_id, wardrobe_parts(shop, *request.catalog)))
      return FixedPiece{kNoSlot, true, std::move(owned->embedding), std::move(owned->item)};
  TRY_ASSIGN(const Slot slot, slot_of_piece({anchor.garment_id, anchor.colour, where, anchor.owned},
                                            shop.catalog, *request.catalog));
  return FixedPiece{slot, anchor.owned, shop.embeddings.get(slot)};
}

Result<std::vector<OutfitRole>> read_anchors(const OutfitRequest& asked, const ShopState& shop,
                                             const RequestState& request, OutfitPlan& plan) {
  const Vocabulary& vocabulary = shop.catalog.vocabulary();
  std::vector<OutfitRole> roles;
  for (size_t i = 0; i < asked.anchors.size(); ++i) {
    const OutfitAnchor& anchor = asked.anchors[i];
    const std::string where = fmt::format("/anchors/{}", i);
    TRY_ASSIGN(FixedPiece piece, fixed_piece(anchor, where, shop, request));
    const Item& item = piece.described != nullptr ? *piece.described : request.catalog->item(piece.slot);
    const OutfitRole role = role_of(item.facts, vocabulary);
    if (role == OutfitRole::kNone)
      return Error{Code::kInvalid,
                   item.facts.category == kNoTerm
                       ? fmt::format("the category of garment '{}' is unknown", anchor.garment_id)
                       : fmt::format("garment '{}' is never part of an outfit: {}", anchor.garment_id,
                                     vocabulary.term(item.facts.category).label),
                   where + "/garment_id", "clothes, shoes, a bag or an accessory"};
    TRY(check_worn_together(roles, role, where));
    roles.push_back(role);
    outfits::Option option;
    option.look = wearable_of(item, piece.embedding.get(), vocabulary);
    option.garment = piece.described != nullptr ? kDescribedGarment : item.facts.garment;
    option.price = anchor.owned ? 0 : static_cast<double>(item.facts.price);
    if (!anchor.owned) option.currency = currency_code(item);
    option.wearers = wearers_of_department(item.facts.department, vocabulary);
    plan.fixed_price += option.price;
    plan.fixed.push_back(std::move(option));
    plan.anchors.push_back(std::move(piece));
  }
  return roles;
}

// What goes with a piece is for whoever wears it, whatever the shopper chooses else: a man may complete a
// woman's coat. What women and men wear, and pieces that nobody wears together, say nothing.
void choose_department(RequestState& request, const OutfitPlan& plan) {
  uint8_t wearers = outfits::Option::kAnyWearer;
  for (const outfits::Option& piece : plan.fixed) wearers = static_cast<uint8_t>(wearers & piece.wearers);
  for (const Term& term : request.vocabulary->terms(Facet::kDepartment))
    if (term.name != "unisex" && wearers == wearers_of_department(term.id, *request.vocabulary))
      request.departments = {term.id};
}

// The roles of what is worn now; what must change is excluded.
Result<std::vector<OutfitRole>> read_current(const OutfitRequest& asked, const ShopState& shop,
                                             std::vector<OutfitRole> taken, RequestState& request,
                                             OutfitPlan& plan) {
  std::vector<OutfitRole> roles;
  for (size_t i = 0; i < asked.current.size(); ++i) {
    const std::string where = fmt::format("/current/{}", i);
    const auto& [garment_id, colour] = asked.current[i];
    TRY_ASSIGN(const Slot slot,
               slot_of_piece({garment_id, colour, where, true}, shop.catalog, *request.catalog));
    const ItemFacts& facts = request.catalog->facts(slot);
    const OutfitRole role = role_of(facts, shop.catalog.vocabulary());
    if (role == OutfitRole::kNone) continue;
    TRY(check_worn_together(taken, role, where));
    taken.push_back(role), roles.push_back(role);
    if (asked.swap == role)
      request.filter.excluded_garments.push_back(facts.garment);
    else
      plan.current.push_back(slot);
  }
  return roles;
}

Result<std::vector<OutfitTemplate>> read_templates(const OutfitRequest& asked,
                                                   const std::vector<OutfitRole>& fixed,
                                                   std::vector<OutfitRole> current,
                                                   const RequestState& request) {
  if (asked.swap && contains(fixed, *asked.swap))
    return Error{Code::kInvalid, fmt::format("the {} to change is among the anchors", said(*asked.swap)),
                 "/swap", "a role that no anchor has"};
  if (asked.swap) TRY(check_worn_together(fixed, *asked.swap, "/swap"));
  if (asked.swap == OutfitRole::kNone)
    return Error{Code::kInvalid, "'none' does not name a place in an outfit", "/swap",
                 "top, bottom, shoes, ..."};
  std::vector<OutfitRole> taken = fixed;
  for (size_t i = 0; i < asked.roles.size(); ++i) {
    const std::string where = fmt::format("/roles/{}", i);
    if (asked.roles[i] == OutfitRole::kNone)
      return Error{Code::kInvalid, "'none' does not name a place in an outfit", where,
                   "top, bottom, shoes, ..."};
    if (contains(fixed, asked.roles[i])) continue;
    TRY(check_worn_together(taken, asked.roles[i], where));
    taken.push_back(asked.roles[i]);
  }
  OutfitTemplate stated;
  stated.required.assign(taken.begin() + static_cast<std::ptrdiff_t>(fixed.size()), taken.end());
  // An outfit that is changed keeps its shape.
  if (asked.roles.empty() && !current.empty()) stated.required = std::move(current);
  if (!stated.required.empty()) {
    if (asked.swap && !contains(stated.required, *asked.swap)) {
      TRY(check_worn_together(stated.required, *asked.swap, "/swap"));
      stated.required.push_back(*asked.swap);
    }
    return std::vector<OutfitTemplate>{std::move(stated)};
  }
  auto templates = outfits::templates_for(worn_for(request.context), fixed);
  if (asked.swap) {
    std::erase_if(templates, [&](const OutfitTemplate& shape) {
      return std::any_of(shape.required.begin(), shape.required.end(), [&](OutfitRole role) {
        return role != *asked.swap && exclude_each_other(role, *asked.swap);
      });
    });
    for (OutfitTemplate& shape : templates) {
      std::erase(shape.optional, *asked.swap);
      if (!contains(shape.required, *asked.swap)) shape.required.push_back(*asked.swap);
    }
  }
  return templates;
}

}  // namespace

Result<OutfitPlan> plan_outfits(const OutfitRequest& asked, const ShopState& shop, RequestState& request) {
  OutfitPlan plan;
  TRY(check_vetoes(asked.vetoes, shop.catalog, "/vetoes"));
  const Veto never = veto_of(asked.vetoes, shop.catalog);
  request.veto.terms.insert(request.veto.terms.end(), never.terms.begin(), never.terms.end());
  request.veto.brands.insert(request.veto.brands.end(), never.brands.begin(), never.brands.end());
  if (!asked.proportions) request.body_rules.clear();
  TRY_ASSIGN(const auto fixed, read_anchors(asked, shop, request, plan));
  choose_department(request, plan);
  TRY_ASSIGN(auto current, read_current(asked, shop, fixed, request, plan));
  TRY_ASSIGN(plan.templates, read_templates(asked, fixed, std::move(current), request));
  for (const OutfitTemplate& shape : plan.templates)
    for (const auto* roles : {&shape.required, &shape.optional})
      for (const OutfitRole role : *roles)
        if (!contains(plan.open, role)) plan.open.push_back(role);
  return plan;
}

std::vector<std::vector<OutfitTemplate>> weaker_templates(const OutfitPlan& plan) {
  auto without_coat_and_shoes = plan.templates, without_any = plan.templates;
  for (OutfitTemplate& shape : without_coat_and_shoes) {
    const auto covers = [](OutfitRole role) {
      return role == OutfitRole::kTop || role == OutfitRole::kBottom || role == OutfitRole::kOnePiece ||
             role == OutfitRole::kSuit;
    };
    const auto rest = std::stable_partition(shape.required.begin(), shape.required.end(), covers);
    shape.optional.insert(shape.optional.begin(), rest, shape.required.end());
    shape.required.erase(rest, shape.required.end());
  }
  for (OutfitTemplate& shape : without_any) {
    shape.optional.insert(shape.optional.begin(), shape.required.begin(), shape.required.end());
    shape.required.clear();
  }
  return {std::move(without_coat_and_shoes), std::move(without_any)};
}

}  // namespace modiste
