// Which of a garment's attributes describe one of its colours, and which a garment of its category can have.
#pragma once

#include <string_view>
#include <vector>

#include "catalog/garment.h"

namespace modiste {

// The attributes of one colour, in their order: its own and the whole garment's. In a facet where the
// supplier describes the colour itself, the supplier's words for the whole garment do not count; colours of
// other variants never do. Borrows the garment.
[[nodiscard]] std::vector<const Attribute*> attributes_of(const Garment& garment, std::string_view colour);

// Removes attributes of facets that the garment's category cannot have, whoever named them: a watch is not
// hooded. Where no category is known, the supplier's stay and the photo's guesses of cut (silhouette, fit,
// length, sleeve, neckline) go. Every path by which attributes enter the catalog ends here.
void drop_impossible_attributes(Garment& garment, const Vocabulary& vocabulary);

// Moves attributes that all variants which state them share to the garment, and leaves those that differ.
void share_variant_attributes(Garment& garment);

// The attribute of a garment or a variant whose values are its ids in the shop's platform, where the feed's
// own are others: WooCommerce's number beside a sku. Plugins send these in events.
inline constexpr std::string_view kPlatformIds = "also_known_as";
[[nodiscard]] const std::vector<std::string>& also_known_as(const Garment& garment);
[[nodiscard]] const std::vector<std::string>& also_known_as(const Variant& variant);

}  // namespace modiste
