// What a language model is asked for a cluster's looks, and how its answer is read.
//
// Garments are offered under codes ("g0", "g1", ...), and the answer may only name codes. So whatever a
// product's text makes the model say, nothing of it reaches a shopper: anything but a list of offered codes
// is refused here, and such a list is judged as an outfit (serving/lookbook/chat_looks.h).
// Threads: any. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "lookbook/chat_model.h"
#include "lookbook/generator.h"

namespace modiste::lookbook {

struct OfferedGarment {
  OutfitRole role{};
  std::string title, category, colour;  // as the shop writes them
};

[[nodiscard]] ChatPrompt prompt_for(const LookBrief& brief, std::span<const OfferedGarment> offered);

struct ProposedLook {
  bool evening = false;
  Occasion occasion = Occasion::kCasual;
  std::vector<size_t> garments;  // places among those offered
};
struct Proposals {
  std::vector<ProposedLook> looks;
  size_t refused = 0;  // that named what was not offered
};
inline constexpr size_t kProposalsMax = 60;

// Without control characters, cut between characters of UTF-8 at so many bytes: what is sent as data.
[[nodiscard]] std::string plain(std::string_view text, size_t bytes_max);
// The JSON in a block of Markdown, into which models like to wrap it though asked not to.
[[nodiscard]] std::string_view without_fence(std::string_view answer);

// kCorrupt: not JSON of the schema.
Result<Proposals> read_proposals(std::string_view answer, size_t offered);

}  // namespace modiste::lookbook
