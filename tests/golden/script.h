// Golden texts: a small catalog and events in, what the shop answers out.
//
// A *.test file is a script of one command a line; what a command prints stands below it between a line
// "----" and an empty line, and is compared to the letter. Commands:
//
//   shop [no-encoder]            opens a shop of its own; the first command of a script
//   garments N                   N garments by turns "floral dress" and "plain shirt", G0, G1, ...
//   (small_shop.h) garment {json}               one garment, as the catalog's JSON Lines format writes it
//   event {json}                 one event, as POST /v1/events takes it; event_id is given when it is missing
//   swipes SHOPPER like|pass ID...   one event a garment
//   wait SECONDS                 moves the clock
//   recommend {json} | search {json}     prints the answer to a request, as the API takes it
//   similar ID [COLOUR]          prints garments like this one
//   photo floral|plain           prints garments like a photo of one
//   state                        prints the size of the folded state, and whether a replay of the log gives
//   the same bytes reopen                       goes on with a second engine on the same stores
//
// Lines that begin with # are comments.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

// Runs a script and answers it with what its commands print now. Errors: a command that is not known, or that
// fails.
Result<std::string> run_script(std::string_view script);

}  // namespace modiste
