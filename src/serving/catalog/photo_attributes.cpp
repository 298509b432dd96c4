#include "serving/catalog/photo_attributes.h"

#include <set>

#include "catalog/catalog.h"
#include "catalog/garment_attributes.h"

namespace modiste {

void add_photo_attributes(Garment& garment, std::string_view colour, const std::vector<Attribute>& seen) {
  std::set<Facet> stated;
  bool colour_stated = false;
  for (const Attribute* attribute : attributes_of(garment, colour)) {
    if (attribute->term == "unknown") continue;
    if (attribute->facet != Facet::kColour)
      stated.insert(attribute->facet);
    else
      colour_stated |= attribute->word == colour;
  }
  const bool only_colour = colours_of(garment).size() == 1;
  for (Attribute attribute : seen) {
    if (attribute.facet == Facet::kColour) {
      if (colour_stated) continue;
      attribute.word = std::string(colour);  // the catalog derives the colour family from this word
    } else if (stated.contains(attribute.facet)) {
      continue;
    } else if (!only_colour) {
      attribute.colour = std::string(colour);
    }
    garment.attributes.push_back(std::move(attribute));
  }
}

void drop_photo_attributes(Garment& garment) {
  std::erase_if(garment.attributes,
                [](const Attribute& one) { return one.source == AttributeSource::kPhoto; });
}

void keep_photo_attributes(Garment& garment, const Garment& known,
                           const std::map<std::string, ImageUnderstanding>& seen) {
  const auto colours = colours_of(known);
  for (const auto& attribute : known.attributes) {
    if (attribute.source != AttributeSource::kPhoto) continue;
    const auto& colour = !attribute.colour.empty() ? attribute.colour
                         : colours.size() == 1     ? colours.front()
                                                   : attribute.word;
    if (!seen.contains(colour)) add_photo_attributes(garment, colour, {attribute});
  }
}

}  // namespace modiste
