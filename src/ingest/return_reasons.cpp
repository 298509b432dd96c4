#include "ingest/return_reasons.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "base/contains.h"
#include "ingest/sent_members.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

// What shops, Shopify among them, write for our reasons: in snake case, or word by word as words_of() folds
// them.
constexpr std::string_view kWordsForTooSmall[] = {"size_too_small",
                                                  "trop_serre",
                                                  "маломерит",
                                                  "너무_작아요",
                                                  "too_tight",
                                                  "too_short",
                                                  "too_small_for_me",
                                                  "runs_small",
                                                  "zu_klein",
                                                  "zu_eng",
                                                  "zu_kurz",
                                                  "trop_petit",
                                                  "trop_court",
                                                  "troppo_piccolo",
                                                  "te_klein",
                                                  "muito_pequeno",
                                                  "za_male",
                                                  "za_maly",
                                                  "za_mala",
                                                  "prilis_male",
                                                  "prilis_maly",
                                                  "cok_kucuk",
                                                  "kucuk_geldi",
                                                  "for_liten",
                                                  "for_lille",
                                                  "liian_pieni",
                                                  "demasiado_pequeno",
                                                  "muy_pequeno",
                                                  "小さい",
                                                  "小さすぎる",
                                                  "太小",
                                                  "작아요",
                                                  "fallt_klein_aus",
                                                  "fallt_zu_klein_aus",
                                                  "taille_petit",
                                                  "size_runs_small",
                                                  "fits_small",
                                                  "ran_small",
                                                  "слишком_маленькии",
                                                  "мал"};
constexpr std::string_view kWordsForTooLarge[] = {
    "size_too_large", "trop_large",      "too_big",      "size_too_big",    "too_loose",
    "too_long",       "runs_large",      "runs_big",     "zu_gross",        "zu_weit",
    "zu_lang",        "trop_grand",      "trop_long",    "muy_grande",      "demasiado_grande",
    "troppo_grande",  "te_groot",        "muito_grande", "za_duze",         "za_duzy",
    "za_duza",        "prilis_velke",    "prilis_velky", "cok_buyuk",       "buyuk_geldi",
    "for_stor",       "liian_suuri",     "大きい",       "大きすぎる",      "太大",
    "커요",           "слишком_большои", "велик",        "fallt_gross_aus", "fallt_zu_gross_aus",
    "taille_grand",   "size_runs_large", "fits_large",   "ran_large",       "fits_big"};
constexpr std::string_view kWordsForNotAsDescribed[] = {"not_as_pictured",
                                                        "different_from_description",
                                                        "color_not_as_expected",
                                                        "colour_not_as_expected",
                                                        "color_different",
                                                        "different_color",
                                                        "not_as_expected",
                                                        "looks_different",
                                                        "farbe_weicht_ab",
                                                        "wrong_item",
                                                        "item_not_as_described",
                                                        "wrong_item_received",
                                                        "wrong_item_sent",
                                                        "entspricht_nicht_der_beschreibung",
                                                        "non_conforme_a_la_description",
                                                        "niezgodny_z_opisem"};
constexpr std::string_view kWordsForDefective[] = {"damaged",
                                                   "damaged_in_transit",
                                                   "kaputt",
                                                   "faulty",
                                                   "broken",
                                                   "defect",
                                                   "quality",
                                                   "arrived_damaged",
                                                   "damaged_item",
                                                   "item_damaged",
                                                   "damaged_or_defective",
                                                   "defective_or_damaged",
                                                   "poor_quality",
                                                   "beschadigt",
                                                   "mangelhaft",
                                                   "abime",
                                                   "endommage",
                                                   "defectueux",
                                                   "uszkodzony",
                                                   "uszkodzone",
                                                   "defekt",
                                                   "defectuoso",
                                                   "difettoso"};
constexpr std::string_view kWordsForStyle[] = {
    "dont_like",     "dont_like_it",      "dont_like_the_style", "style_not_liked", "color",
    "colour",        "did_not_like",      "didnt_like",          "did_not_like_it", "didnt_like_it",
    "gefallt_nicht", "gefallt_mir_nicht", "gefallt_nicht_mehr",  "ne_me_plait_pas", "non_mi_piace",
    "no_me_gusta",   "bevalt_niet",       "nie_podoba_mi_sie"};
constexpr std::string_view kWordsForChangedMind[] = {
    "changed_my_mind",    "unwanted",           "no_longer_needed",       "customer_changed_mind",
    "too_expensive",      "better_price_found", "found_better_price",     "bought_by_mistake",
    "ordered_by_mistake", "ho_cambiato_idea",   "he_cambiado_de_opinion", "angrat_mig"};
constexpr std::string_view kWordsForUnknown[] = {"other", "wrong_size", "does_not_fit"};

struct ReasonWords {
  ReturnReason reason;
  std::span<const std::string_view> words;
};
constexpr ReasonWords kReasonWords[] = {
    {ReturnReason::kTooSmall, kWordsForTooSmall},
    {ReturnReason::kTooLarge, kWordsForTooLarge},
    {ReturnReason::kNotAsDescribed, kWordsForNotAsDescribed},
    {ReturnReason::kDefective, kWordsForDefective},
    {ReturnReason::kStyle, kWordsForStyle},
    {ReturnReason::kChangedMind, kWordsForChangedMind},
    {ReturnReason::kUnknown, kWordsForUnknown},
};

}  // namespace

std::optional<ReturnReason> return_reason_of(std::string_view written) {
  const std::string snake = snake_case(written);
  if (const auto ours = enum_from_name<ReturnReason>(snake)) return ours;
  std::string folded;  // "Zu groß", "Za małe", "小さすぎる": snake case keeps plain letters only
  for (const auto& word : words_of(written)) folded += (folded.empty() ? "" : "_") + word;
  const auto* const found =
      std::find_if(std::begin(kReasonWords), std::end(kReasonWords), [&](const ReasonWords& of) {
        return contains(of.words, std::string_view(snake)) || contains(of.words, std::string_view(folded));
      });
  return found == std::end(kReasonWords) ? std::nullopt : std::optional(found->reason);
}

}  // namespace modiste
