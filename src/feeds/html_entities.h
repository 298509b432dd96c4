// HTML 4's named entities that product texts use (W3C HTML 4.01, section 24), as UTF-8.
#pragma once

#include <array>
#include <string_view>

namespace modiste {

struct HtmlEntity {
  std::string_view name, text;
};

inline constexpr auto kHtmlEntities = std::to_array<HtmlEntity>({
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},
    {"ensp", " "},   {"emsp", " "},   {"thinsp", " "}, {"shy", ""},     {"zwnj", ""},    {"zwj", ""},
    {"copy", "©"},   {"reg", "®"},    {"trade", "™"},  {"deg", "°"},    {"plusmn", "±"}, {"sup2", "²"},
    {"sup3", "³"},   {"sup1", "¹"},   {"micro", "µ"},  {"para", "¶"},   {"middot", "·"}, {"frac14", "¼"},
    {"frac12", "½"}, {"frac34", "¾"}, {"times", "×"},  {"divide", "÷"}, {"iexcl", "¡"},  {"iquest", "¿"},
    {"cent", "¢"},   {"pound", "£"},  {"curren", "¤"}, {"yen", "¥"},    {"euro", "€"},   {"sect", "§"},
    {"laquo", "«"},  {"raquo", "»"},  {"lsaquo", "‹"}, {"rsaquo", "›"}, {"ndash", "–"},  {"mdash", "—"},
    {"lsquo", "‘"},  {"rsquo", "’"},  {"sbquo", "‚"},  {"ldquo", "“"},  {"rdquo", "”"},  {"bdquo", "„"},
    {"bull", "•"},   {"hellip", "…"}, {"prime", "′"},  {"Prime", "″"},  {"dagger", "†"}, {"permil", "‰"},
    {"minus", "−"},  {"le", "≤"},     {"ge", "≥"},     {"ne", "≠"},     {"asymp", "≈"},  {"rarr", "→"},
    {"larr", "←"},   {"hearts", "♥"}, {"Agrave", "À"}, {"Aacute", "Á"}, {"Acirc", "Â"},  {"Atilde", "Ã"},
    {"Auml", "Ä"},   {"Aring", "Å"},  {"AElig", "Æ"},  {"Ccedil", "Ç"}, {"Egrave", "È"}, {"Eacute", "É"},
    {"Ecirc", "Ê"},  {"Euml", "Ë"},   {"Igrave", "Ì"}, {"Iacute", "Í"}, {"Icirc", "Î"},  {"Iuml", "Ï"},
    {"Ntilde", "Ñ"}, {"Ograve", "Ò"}, {"Oacute", "Ó"}, {"Ocirc", "Ô"},  {"Otilde", "Õ"}, {"Ouml", "Ö"},
    {"Oslash", "Ø"}, {"Ugrave", "Ù"}, {"Uacute", "Ú"}, {"Ucirc", "Û"},  {"Uuml", "Ü"},   {"szlig", "ß"},
    {"agrave", "à"}, {"aacute", "á"}, {"acirc", "â"},  {"atilde", "ã"}, {"auml", "ä"},   {"aring", "å"},
    {"aelig", "æ"},  {"ccedil", "ç"}, {"egrave", "è"}, {"eacute", "é"}, {"ecirc", "ê"},  {"euml", "ë"},
    {"igrave", "ì"}, {"iacute", "í"}, {"icirc", "î"},  {"iuml", "ï"},   {"ntilde", "ñ"}, {"ograve", "ò"},
    {"oacute", "ó"}, {"ocirc", "ô"},  {"otilde", "õ"}, {"ouml", "ö"},   {"oslash", "ø"}, {"ugrave", "ù"},
    {"uacute", "ú"}, {"ucirc", "û"},  {"uuml", "ü"},   {"OElig", "Œ"},  {"oelig", "œ"},  {"Scaron", "Š"},
    {"scaron", "š"},
});

}  // namespace modiste
