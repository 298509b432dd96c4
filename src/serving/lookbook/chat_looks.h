// Generates a cluster's looks by a language model: it chooses among garments that suit the cluster, and what
// it proposes is checked before it is kept.
//
//   looks of the composer -> their garments are offered -> one question to the model -> each proposal is
//   checked (check_look) -> the composer's looks fill what is missing
//
// Whatever the model does, the cluster gets its looks: on a failure all are the composer's.
#pragma once

#include <span>

#include "lookbook/chat_model.h"
#include "serving/lookbook/composed_looks.h"

namespace modiste {

class ChatLooks final : public LookGenerator {
 public:
  // Borrows both.
  ChatLooks(LookbookService& lookbook, ChatModel& model)
      : lookbook_(lookbook), composer_(lookbook), model_(model) {}

  [[nodiscard]] std::string name() const override { return "chat:" + model_.name(); }
  Result<MadeLooks> generate(const LookBrief& brief) override;

 private:
  LookbookService& lookbook_;
  ComposedLooks composer_;
  ChatModel& model_;
};

// Whether these items make a look that the shop can show: each sold and in stock, no garment twice, no two
// roles that exclude each other, a body that is clothed, wearers in common, nothing that nobody wears
// together, and a compatibility of `compatibility_min` at least. The error says which.
Result<Done> check_look(std::span<const Slot> slots, const LookbookService& lookbook,
                        double compatibility_min);

// What the look scores as a set, 0 to 1.
[[nodiscard]] double compatibility_of(std::span<const Slot> slots, const LookbookService& lookbook);

}  // namespace modiste
