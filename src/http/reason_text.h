// The English of reasons: the one place where their words are made. A translation is another table of this
// kind.
#pragma once

#include <string>

#include "serving/requests.h"

namespace modiste::http {

// One sentence without a full stop: "You lean to linen and olive".
[[nodiscard]] std::string reason_text(const Reason& reason);

// Fills the text of every reason of an answer.
void word_reasons(Answer& answer);

}  // namespace modiste::http
