// Letters of entries that become several events.
#include "ingest/event_intake.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/clock.h"

namespace modiste {
namespace {

class Letters final : public DeadLetters {
 public:
  Result<std::vector<int64_t>> put_letters(std::span<const DeadLetter> letters,
                                           const DeadLetterLimits&) override {
    std::vector<int64_t> ids;
    for (DeadLetter letter : letters) {
      letter.id = next_++;
      ids.push_back(letter.id);
      held.emplace(letter.id, std::move(letter));
    }
    return ids;
  }
  Result<std::vector<DeadLetter>> letters(const LetterQuery&) const override {
    return std::vector<DeadLetter>();
  }
  Result<DeadLetter> letter(int64_t id) const override {
    const auto found = held.find(id);
    if (found == held.end()) return no_letter(id);
    return found->second;
  }
  Result<Done> replace_letter(const DeadLetter& letter) override { return held[letter.id] = letter, kOk; }
  Result<Done> remove_letter(int64_t id) override { return held.erase(id), kOk; }
  Result<LetterCount> count_letters() const override { return LetterCount{}; }
  Result<size_t> erase_letters(std::span<const std::string>) override { return size_t{0}; }

  std::map<int64_t, DeadLetter> held;

 private:
  int64_t next_ = 1;
};

struct Intake : testing::Test {
  ManualClock clock{parse_rfc3339("2026-11-21T09:30:00Z").value()};
  Letters letters;
  std::set<std::string> sold, taken;
  EventIntake intake{clock, letters,
                     [this](std::vector<Event> events, Arrival) -> Result<std::vector<Result<IngestResult>>> {
                       std::vector<Result<IngestResult>> fates;
                       for (const Event& event : events)
                         if (sold.contains(event.garment_id))
                           fates.emplace_back(taken.insert(event.event_id).second ? IngestResult::kAccepted
                                                                                  : IngestResult::kDuplicate);
                         else
                           fates.emplace_back(Error{Code::kNotFound, "unknown garment", "/garment_id", ""});
                       return fates;
                     }};

  void comes(const std::string& garment) {
    sold.insert(garment);
    intake.has_come({&garment, 1});
  }
};

TEST_F(Intake, ALetterWaitsForEveryGarmentOfItsEntry) {
  const auto report = intake.take(R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m",
      "userId":"ada","properties":{"order_id":"o","products":[{"product_id":"insurance"},
      {"product_id":"g1"},{"product_id":"g2"}]}}]})");
  ASSERT_EQ(report->refused.size(), 1u);
  comes("g2");
  EXPECT_EQ(taken, std::set<std::string>{"m#2"});
  comes("g1");
  EXPECT_EQ(taken, (std::set<std::string>{"m#1", "m#2"}));
  EXPECT_EQ(letters.held.size(), 1u) << "the insurance waits on";
}

TEST_F(Intake, ALineThatCannotBeReadKeepsNoOtherFromWaiting) {
  const auto report = intake.take(R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m",
      "userId":"ada","properties":{"order_id":"o","products":[{"product_id":["?"]},{"product_id":"g1"}]}}]})");
  ASSERT_EQ(report->refused.size(), 1u);
  EXPECT_EQ(letters.held.begin()->second.reason, DeadReason::kUnknownGarment);
  comes("g1");
  EXPECT_EQ(taken, std::set<std::string>{"m#1"});
  ASSERT_EQ(letters.held.size(), 1u);
  EXPECT_EQ(letters.held.begin()->second.reason, DeadReason::kInvalid);
}

}  // namespace
}  // namespace modiste
