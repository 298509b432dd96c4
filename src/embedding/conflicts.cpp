#include "embedding/conflicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "base/rng.h"
#include "catalog/catalog.h"
#include "embedding/lab.h"

namespace modiste {
namespace {

// Names that promise a hue, and the hues that merchants call so, in degrees of CIELAB: teal is called blue
// and green. Dusty, dark and pale families (navy, olive, lavender, brown) promise none: they may look grey.
struct NamedHue {
  std::string_view name;
  float from = 0, to = 0;  // from above to: across 0
};
constexpr std::array kHues{NamedHue{"red", 340, 60},        NamedHue{"orange", 30, 90},
                           NamedHue{"yellow", 70, 120},     NamedHue{"green", 95, 205},
                           NamedHue{"blue", 190, 320},      NamedHue{"purple", 280, 350},
                           NamedHue{"pink", 320, 60},       NamedHue{"fuchsia", 310, 30},
                           NamedHue{"turquoise", 160, 250}, NamedHue{"coral", 10, 70}};
constexpr std::array<std::string_view, 4> kGreys{"black", "white", "grey", "charcoal"};
constexpr std::array<std::string_view, 2> kBlacks{"black", "navy"};
constexpr std::array<std::string_view, 2> kWhites{"white", "cream"};

template <size_t kSize>
bool is_of(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct SeenColour {
  Lab lab;
  float share = 0, chroma = 0;
  std::string hex;
};

// Colours of a share that counts. A smaller one is a seam, or what shines through.
std::vector<SeenColour> colours_of_photo(const ImageUnderstanding& photo) {
  constexpr float kShareMin = 0.04F;
  std::vector<SeenColour> seen;
  for (size_t i = 0; i < photo.palette.size() && i < photo.palette_shares.size(); ++i) {
    const auto rgb = parse_hex(photo.palette[i]);
    if (!rgb.ok() || photo.palette_shares[i] < kShareMin) continue;
    const Lab lab = to_lab(*rgb);
    seen.push_back({lab, photo.palette_shares[i], std::hypot(lab.a, lab.b), photo.palette[i]});
  }
  return seen;
}

const NamedHue* hue_of(std::string_view said) {
  const auto* found =
      std::find_if(kHues.begin(), kHues.end(), [&](const NamedHue& one) { return one.name == said; });
  return found == kHues.end() ? nullptr : found;
}

bool has_hue(std::string_view said) { return hue_of(said) != nullptr; }

// Blush and dusty pink are nearly grey, and are called pink.
bool is_never_grey(std::string_view said) { return has_hue(said) && said != "pink"; }

// Whether the colour's hue may be called so, with a margin on either side.
bool is_called(const Lab& lab, std::string_view said) {
  constexpr float kMargin = 25, kTurn = 360;
  const NamedHue* hue = hue_of(said);
  if (hue == nullptr) return false;
  const float degrees = std::atan2(lab.b, lab.a) * 180 / std::numbers::pi_v<float>;
  const float width = std::fmod(hue->to - hue->from + kTurn, kTurn) + 2 * kMargin;
  return std::fmod(degrees - hue->from + kMargin + 2 * kTurn, kTurn) <= width;
}

// Not the backdrop of a photo, which is nearly white, where the garment did not stand out from it.
bool is_backdrop(const SeenColour& colour) { return colour.lab.l > 86; }

// What contradicts a colour word: no colour of the garment may agree, and those that contradict count.
struct ColourTest {
  ConflictKind kind{};
  bool (*concerns)(std::string_view said) = nullptr;
  bool (*agrees)(const SeenColour&, std::string_view said) = nullptr;
  bool (*contradicts)(const SeenColour&, std::string_view said) = nullptr;
};

constexpr std::array kColourTests{
    ColourTest{ConflictKind::kNoHue, is_never_grey,
               [](const SeenColour& seen, std::string_view) { return seen.chroma > 8; },
               // Nearly black cloth keeps little of its dye.
               [](const SeenColour& seen, std::string_view) {
                 return !is_backdrop(seen) && seen.chroma < (seen.lab.l < 25 ? 4 : 6);
               }},
    ColourTest{ConflictKind::kHue, [](std::string_view said) { return is_of(kGreys, said); },
               [](const SeenColour& seen, std::string_view) { return seen.chroma < 20; },
               [](const SeenColour& seen, std::string_view) { return seen.chroma > 28; }},
    ColourTest{ConflictKind::kOtherHue, has_hue,
               [](const SeenColour& seen, std::string_view said) {
                 return seen.chroma > 7 && is_called(seen.lab, said);
               },
               [](const SeenColour& seen, std::string_view said) {
                 return seen.chroma > 18 && !is_called(seen.lab, said);
               }},
    ColourTest{
        ConflictKind::kPale, [](std::string_view said) { return is_of(kBlacks, said); },
        [](const SeenColour& seen, std::string_view) { return seen.lab.l < 55; },
        [](const SeenColour& seen, std::string_view) { return !is_backdrop(seen) && seen.lab.l > 60; }},
    ColourTest{ConflictKind::kDark, [](std::string_view said) { return is_of(kWhites, said); },
               [](const SeenColour& seen, std::string_view) { return seen.lab.l > 50; },
               [](const SeenColour& seen, std::string_view) { return seen.lab.l < 45; }}};

// The only term that the supplier says in a facet; null when there are none or several. In colour: of the
// variants that the shop calls `colour`.
const Attribute* only_said(const Garment& garment, Facet facet, std::string_view colour) {
  const Attribute* only = nullptr;
  for (const auto& attribute : garment.attributes) {
    if (attribute.facet != facet || attribute.source != AttributeSource::kSupplier ||
        attribute.term == "unknown" || (facet == Facet::kColour && attribute.word != colour) ||
        (!attribute.colour.empty() && attribute.colour != colour))
      continue;
    if (only != nullptr && only->term != attribute.term) return nullptr;
    only = &attribute;
  }
  return only;
}

const Attribute* guess_of(const ImageUnderstanding& photo, Facet facet) {
  const auto guess = std::find_if(photo.guesses.begin(), photo.guesses.end(),
                                  [&](const Attribute& one) { return one.facet == facet; });
  return guess == photo.guesses.end() ? nullptr : &*guess;
}

ConflictDoubt doubt(ConflictKind kind, const Attribute& said, std::string photo_term, float strength) {
  return {kind, said.facet, said.term, said.word, std::move(photo_term), "", std::min(strength, 1.0F)};
}

void doubt_colour(const Garment& garment, std::string_view colour, const ImageUnderstanding& photo,
                  const Vocabulary& vocabulary, std::vector<ConflictDoubt>& into) {
  const Attribute* said = only_said(garment, Facet::kColour, colour);
  const auto seen = colours_of_photo(photo);
  if (said == nullptr || seen.empty()) return;
  for (const auto& test : kColourTests) {
    if (!test.concerns(said->term) ||
        std::any_of(seen.begin(), seen.end(), [&](const auto& one) { return test.agrees(one, said->term); }))
      continue;
    float strength = 0;
    const SeenColour* most = nullptr;
    for (const auto& one : seen)
      if (test.contradicts(one, said->term)) {
        strength += one.share;
        if (most == nullptr || one.share > most->share) most = &one;
      }
    if (most == nullptr) continue;
    const std::string& shown = vocabulary.nearest_colour(most->lab).name;
    if (shown == said->term) continue;
    into.push_back(doubt(test.kind, *said, shown, strength));
    into.back().hex = most->hex;
  }
}

// The place of a garment in an outfit. Roles of one group are worn for one another; a dress is worn both
// for what is above and below the waist.
enum class Worn : uint8_t { kAbove, kBelow, kBoth, kShoes, kBag, kAccessory, kUnknown };

Worn worn(OutfitRole role) {
  switch (role) {
    case OutfitRole::kTop:
    case OutfitRole::kMidLayer:
    case OutfitRole::kOuter:
      return Worn::kAbove;
    case OutfitRole::kBottom:
      return Worn::kBelow;
    case OutfitRole::kOnePiece:
      return Worn::kBoth;
    case OutfitRole::kShoes:
      return Worn::kShoes;
    case OutfitRole::kBag:
      return Worn::kBag;
    case OutfitRole::kAccessory:
      return Worn::kAccessory;
    case OutfitRole::kSuit:  // a photo of it may show the jacket alone
    case OutfitRole::kNone:
      break;
  }
  return Worn::kUnknown;
}

std::optional<ConflictKind> far(Worn said, Worn seen) {
  if (said == seen || said == Worn::kUnknown || seen == Worn::kUnknown) return std::nullopt;
  const auto clothes = [](Worn one) {
    return one == Worn::kAbove || one == Worn::kBelow || one == Worn::kBoth;
  };
  if (!clothes(said) || !clothes(seen)) return ConflictKind::kOtherKind;
  if (said == Worn::kBoth || seen == Worn::kBoth) return std::nullopt;
  return ConflictKind::kOtherHalf;
}

void doubt_category(const Garment& garment, std::string_view colour, const ImageUnderstanding& photo,
                    const Vocabulary& vocabulary, std::vector<ConflictDoubt>& into) {
  const Attribute* said = only_said(garment, Facet::kCategory, colour);
  const Attribute* guess = guess_of(photo, Facet::kCategory);
  if (said == nullptr || guess == nullptr) return;
  const Term* term = vocabulary.find(Facet::kCategory, said->term);
  const Term* shown = vocabulary.find(Facet::kCategory, guess->term);
  if (term == nullptr || shown == nullptr) return;
  const auto kind = far(worn(term->role), worn(shown->role));
  // An encoder that knows no bags takes each for something else.
  const bool known = std::any_of(photo.roles.begin(), photo.roles.end(),
                                 [&](const RoleShare& one) { return worn(one.role) == worn(term->role); });
  if (!kind || !known) return;
  float strength = 0;
  for (const auto& one : photo.roles)
    if (far(worn(term->role), worn(one.role)) == kind) strength += one.share;
  into.push_back(doubt(*kind, *said, guess->term, strength));
}

void doubt_pattern(const Garment& garment, std::string_view colour, const ImageUnderstanding& photo,
                   std::vector<ConflictDoubt>& into) {
  constexpr std::string_view kPlain = "solid";
  const Attribute* said = only_said(garment, Facet::kPattern, colour);
  const Attribute* guess = guess_of(photo, Facet::kPattern);
  if (said == nullptr || guess == nullptr || (said->term == kPlain) == (guess->term == kPlain)) return;
  into.push_back(doubt(ConflictKind::kPattern, *said, guess->term, guess->confidence));
}

void doubt_sleeve(const Garment& garment, std::string_view colour, const ImageUnderstanding& photo,
                  std::vector<ConflictDoubt>& into) {
  constexpr std::string_view kLong = "long-sleeve";
  const Attribute* said = only_said(garment, Facet::kSleeve, colour);
  const Attribute* guess = guess_of(photo, Facet::kSleeve);
  if (said == nullptr || guess == nullptr || (said->term == kLong) == (guess->term == kLong)) return;
  into.push_back(doubt(ConflictKind::kSleeve, *said, guess->term, guess->confidence));
}

std::string id_of(const PhotoConflict& conflict) {
  return fmt::format(
      "{:016x}", hash64(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", conflict.garment_id, conflict.colour,
                                    name_of(conflict.facet), conflict.supplier_term, conflict.supplier_word,
                                    conflict.image)));
}

bool is_about(const PhotoConflict& conflict, const Attribute& attribute) {
  return attribute.source == AttributeSource::kSupplier && attribute.facet == conflict.facet &&
         attribute.term == conflict.supplier_term &&
         (attribute.facet == Facet::kColour
              ? attribute.word == conflict.colour
              : attribute.colour.empty() || attribute.colour == conflict.colour);
}

Attribute shown_by(const PhotoConflict& conflict, bool whole_garment) {
  Attribute shown{conflict.facet, conflict.photo_term, "", AttributeSource::kPhoto,
                  conflict.settled ? 1.0F : conflict.confidence};
  if (conflict.facet == Facet::kColour)
    shown.word = conflict.colour;  // the catalog derives the colour family from this word
  else if (!whole_garment)
    shown.colour = conflict.colour;
  return shown;
}

bool is_same(const Attribute& one, const Attribute& other) {
  return one.source == other.source && one.facet == other.facet && one.term == other.term &&
         one.word == other.word && one.colour == other.colour;
}

}  // namespace

std::vector<ConflictDoubt> find_doubts(const Garment& garment, std::string_view colour,
                                       const ImageUnderstanding& photo, const Vocabulary& vocabulary) {
  std::vector<ConflictDoubt> doubts;
  doubt_colour(garment, colour, photo, vocabulary, doubts);
  doubt_category(garment, colour, photo, vocabulary, doubts);
  doubt_pattern(garment, colour, photo, doubts);
  doubt_sleeve(garment, colour, photo, doubts);
  return doubts;
}

std::vector<PhotoConflict> find_conflicts(const Garment& garment,
                                          const std::map<std::string, ImageUnderstanding>& photos,
                                          std::span<const ConflictRule> rules, const Vocabulary& vocabulary) {
  std::vector<PhotoConflict> conflicts;
  for (const auto& [colour, photo] : photos) {
    const auto images = images_of(garment, colour);
    std::set<Facet> reported;  // one a facet: a garment called blue is grey and pale at once
    for (auto& found : find_doubts(garment, colour, photo, vocabulary)) {
      const auto rule = std::find_if(rules.begin(), rules.end(),
                                     [&](const ConflictRule& one) { return one.kind == found.kind; });
      if (rule == rules.end() || found.strength < rule->report_from || !reported.insert(found.facet).second)
        continue;
      conflicts.push_back({"", garment.id, colour, images.empty() ? "" : images.front(), found.kind,
                           found.facet, std::move(found.supplier_term), std::move(found.supplier_word),
                           std::move(found.photo_term), rule->precision, std::move(found.hex), std::nullopt});
      conflicts.back().id = id_of(conflicts.back());
    }
  }
  return conflicts;
}

void keep_verdicts(const Garment& garment, std::span<const PhotoConflict> before,
                   std::vector<PhotoConflict>& now) {
  for (const auto& old : before) {
    const auto images = images_of(garment, old.colour);
    const bool stands =
        old.settled && !images.empty() && images.front() == old.image &&
        std::any_of(garment.attributes.begin(), garment.attributes.end(), [&](const Attribute& one) {
          return is_about(old, one) && one.word == old.supplier_word;
        });
    if (!stands) continue;
    const auto found =
        std::find_if(now.begin(), now.end(), [&](const PhotoConflict& one) { return one.id == old.id; });
    if (found == now.end())
      now.push_back(old);
    else
      *found = old;
  }
}

void apply_conflicts(Garment& garment, std::span<const PhotoConflict> conflicts) {
  const size_t colours = colours_of(garment).size();
  for (const auto& conflict : conflicts) {
    if (conflict.settled == ConflictVerdict::kWords) continue;
    const auto said = std::find_if(garment.attributes.begin(), garment.attributes.end(),
                                   [&](const Attribute& one) { return is_about(conflict, one); });
    if (said == garment.attributes.end()) continue;
    const bool whole = conflict.facet != Facet::kColour && said->colour.empty();
    const auto alike = std::count_if(conflicts.begin(), conflicts.end(), [&](const PhotoConflict& other) {
      return other.facet == conflict.facet && other.supplier_term == conflict.supplier_term &&
             other.settled == conflict.settled;
    });
    if (whole && static_cast<size_t>(alike) * 2 < colours) continue;
    said->confidence = conflict.settled ? 0 : std::min(said->confidence, 1 - conflict.confidence);
    const Attribute shown = shown_by(conflict, whole);
    if (std::none_of(garment.attributes.begin(), garment.attributes.end(),
                     [&](const Attribute& one) { return is_same(one, shown); }))
      garment.attributes.push_back(shown);
  }
}

void withdraw_conflict(Garment& garment, const PhotoConflict& conflict) {
  std::erase_if(garment.attributes, [&](const Attribute& one) {
    return is_same(one, shown_by(conflict, true)) || is_same(one, shown_by(conflict, false));
  });
  for (auto& attribute : garment.attributes)
    if (is_about(conflict, attribute)) attribute.confidence = 0;
}

}  // namespace modiste
