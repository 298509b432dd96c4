// A shopper's body and true sizes as bytes, for base/binary_fields.h.
#pragma once

#include "base/binary_fields.h"
#include "style/fit_profile.h"

namespace modiste {

template <class Io, class Body>
void body_fields(Io& io, Body& body) {
  for (auto* measure : {&body.height_cm, &body.weight_kg, &body.bust_cm, &body.age})
    io.optional(*measure, kNumberField);
  io.text(body.body_type);
  io.optional(body.fit_wish, kNumberField);
  io.optional(body.proportions, [](auto& flag_io, auto& value) { flag_io.flag(value); });
}

template <class Io, class Fit>
void fit_profile_fields(Io& io, Fit& fit) {
  body_fields(io, fit.body);
  io.map(fit.sizes, kTextField, [](auto& size_io, auto& evidence) {
    size_io.number(evidence.information);
    size_io.number(evidence.weighted);
    size_io.number(evidence.observations);
    size_io.numbers(evidence.worn);
  });
}

}  // namespace modiste
