// Golden texts: a small catalog and events as input, the shop's answers as output.
//
// A *.test file is a script with one command per line. The output of a command follows it, between a line
// "----" and an empty line, and must match exactly. Commands:
//
//   shop [no-encoder]            opens a new shop; the first command of a script
//   garments N                   N garments G0, G1, ...: floral dresses and plain shirts by turns
//   garment {json}               one garment, in the catalog's JSON Lines format
//   event {json}                 one event, as for POST /v1/events; event_id is added if missing
//   swipes SHOPPER like|pass ID...   one event per garment
//   wait SECONDS                 moves the clock
//   recommend {json} | search {json}     prints the answer to a request of the API
//   similar ID [COLOUR]          prints garments similar to this one
//   photo floral|plain           prints garments similar to a photo of one
//   worn DEPARTMENT              garments that outfits are made of: eight kinds in four colours each
//   outfits {json} | looks {json}        prints composed outfits, the looks of the day
//   night                        makes the looks of the day for every cluster of shoppers
//   state                        prints the size of the folded state, and whether a replay of the log gives
//                                the same bytes
//   reopen                       continues with a second engine on the same stores
//
// Lines that begin with # are comments.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

// Runs a script and returns it with the current output of its commands. Errors: an unknown command,
// or one that fails.
Result<std::string> run_script(std::string_view script);

}  // namespace modiste
