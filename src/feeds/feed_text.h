// How merchants write things: markup in descriptions, lists in one cell.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "catalog/garment.h"

namespace modiste {

// Plain text of an HTML fragment: tags dropped, entities resolved, block ends and <br> become line ends,
// white space collapsed. Scripts and styles vanish. Text that was escaped several times is read as often.
// Never fails: what is not markup is text ("waist < 70").
[[nodiscard]] std::string html_to_text(std::string_view html);
// Whether a text may hold tags or entities.
[[nodiscard]] bool has_markup(std::string_view text);
// Takes out letters of no width: soft hyphens, joiners, marks of byte order and direction.
void remove_invisible(std::string& text);

// html_to_text on one line; a text without markup stays as it is.
[[nodiscard]] std::string plain_line(std::string_view text);
// Resolves entities only: "LumaTech&trade;" -> "LumaTech™".
[[nodiscard]] std::string resolve_entities(std::string_view text);

// The addresses or paths of images in a cell. Addresses hold separators themselves ("w_900,h_900"), so a list
// is split only where the next address begins ("http://", "https://", "//", "/") or a file name ended. Spaces
// separate addresses too, and a JSON array of strings is a list.
[[nodiscard]] std::vector<std::string> split_addresses(std::string_view cell, std::string_view separators);

// Appends unless that photo of that colour is there already.
void add_image(Garment& garment, std::string_view url, std::string_view colour);
// Leaves goes_with as a garment may have it: the first kGoesWithMax others, each once. Whether more were
// named.
bool keep_links(Garment& garment);
// Without white space at both ends, of any script and of no width, as spreadsheets and word processors paste
// it: no-break and ideographic spaces, marks of byte order. Returns a view of the argument.
[[nodiscard]] std::string_view trim_blanks(std::string_view text);

// Notes the platform's own number of a product or variant where the feed's id is another (kPlatformIds).
void know_as(std::map<std::string, std::vector<std::string>>& attributes, std::string_view number,
             std::string_view id);
// The same of the number under a barcode (GTIN), as tills send it: with and without zeros ahead. What fails
// the check digit is not one.
void know_as_barcode(std::map<std::string, std::vector<std::string>>& attributes, std::string_view written,
                     std::string_view id);
// The same of the maker's part number (MPN), which events name too. One of fewer than four characters, or
// without a digit, is of too many things.
void know_as_part_number(std::map<std::string, std::vector<std::string>>& attributes,
                         std::string_view written, std::string_view id);
// Adds to supplier_attributes[name] each value that is not there yet.
void add_attribute(Garment& garment, const std::string& name, std::string_view value);

}  // namespace modiste
