// The attributes that photos give a garment, beside those of its words.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/garment.h"
#include "embedding/encoder.h"

namespace modiste {

// Attributes read from a colour's photo supplement the supplier's: they are used only for facets that the
// supplier leaves open, and for that colour only.
void add_photo_attributes(Garment& garment, std::string_view colour, const std::vector<Attribute>& seen);

// Of a garment that is taken from the catalog to be put again: what its photos said would stand for what was
// stated, and keep out what they say now.
void drop_photo_attributes(Garment& garment);

// What the unchanged photos of a known garment said: they need not be encoded again. seen: by colour, the
// photos that were looked at now.
void keep_photo_attributes(Garment& garment, const Garment& known,
                           const std::map<std::string, ImageUnderstanding>& seen);

}  // namespace modiste
