// English texts of reasons; the only place that words them. A translation is another table of this kind.
#pragma once

#include <string>

#include "serving/api/requests.h"
#include "serving/lookbook/look_requests.h"

namespace modiste::http {

// One sentence without a full stop: "You lean to linen and olive".
[[nodiscard]] std::string reason_text(const Reason& reason);

// Sets the text of every reason in an answer.
void word_reasons(Answer& answer);
void word_reasons(OutfitAnswer& answer);
void word_reasons(LooksAnswer& answer);

}  // namespace modiste::http
