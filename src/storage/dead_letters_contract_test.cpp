// What every store of dead letters promises, and the intake over it.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "ingest/event_intake.h"
#include "io/test_directory.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

const TimePoint kLettersNow = parse_rfc3339("2026-11-21T09:30:00Z").value();

std::shared_ptr<DeadLetters> letters_in_memory(const TestDirectory&) {
  return std::make_shared<MemoryStore>();
}
std::shared_ptr<DeadLetters> letters_in_sqlite(const TestDirectory& directory) {
  return SqliteStore::open(directory.path() / "modiste.db").value();
}

struct LettersBackend {
  const char* name;
  std::shared_ptr<DeadLetters> (*make)(const TestDirectory&);
};

DeadLetter letter_about(const std::string& who, TimePoint received_at = kLettersNow) {
  DeadLetter letter;
  letter.reason = DeadReason::kInvalid;
  letter.event_id = "e-1";
  letter.what = "is wrong";
  letter.pointer = "/events/0/type";
  letter.expected = "'like', perhaps";
  letter.received_at = received_at;
  letter.body = json::object{{"shopper_id", who}, {"type", "lik"}};
  return letter;
}

class DeadLettersContract : public testing::TestWithParam<LettersBackend> {
 protected:
  std::vector<int64_t> put(std::vector<DeadLetter> letters, const DeadLetterLimits& limits = {}) {
    return letters_->put_letters(letters, limits).value();
  }
  std::vector<int64_t> ids(const LetterQuery& query = {}) {
    std::vector<int64_t> found;
    const auto letters = letters_->letters(query).value();
    for (const auto& letter : letters) found.push_back(letter.id);
    return found;
  }

  TestDirectory directory_;
  std::shared_ptr<DeadLetters> letters_ = GetParam().make(directory_);
};

TEST_P(DeadLettersContract, ALetterComesBackAsItWas) {
  auto letter = letter_about("ada");
  letter.tries = 3;
  letter.id = put({letter}).at(0);
  EXPECT_EQ(to_json_text(letters_->letter(letter.id).value()), to_json_text(letter));
  letter.body = nullptr;
  letter.reason = DeadReason::kLate;
  ASSERT_TRUE(letters_->replace_letter(letter).ok());
  EXPECT_EQ(to_json_text(letters_->letter(letter.id).value()), to_json_text(letter));
  ASSERT_TRUE(letters_->remove_letter(letter.id).ok());
  EXPECT_EQ(letters_->letter(letter.id).error().code, Code::kNotFound);
  EXPECT_EQ(letters_->replace_letter(letter).error().code, Code::kNotFound);
  EXPECT_EQ(letters_->remove_letter(letter.id).error().code, Code::kNotFound);
  EXPECT_GT(put({letter}).at(0), letter.id) << "an id is never used again";
}

TEST_P(DeadLettersContract, PagesByIdAndReason) {
  auto late = letter_about("bea");
  late.reason = DeadReason::kLate;
  const auto all = put({letter_about("ada"), late, letter_about("cleo"), late});
  EXPECT_EQ(ids(), all);
  EXPECT_EQ(ids({.after = all[0], .count = 2, .reason = {}}), (std::vector{all[1], all[2]}));
  EXPECT_EQ(ids({.after = 0, .count = 9, .reason = DeadReason::kLate}), (std::vector{all[1], all[3]}));
}

TEST_P(DeadLettersContract, KeepsWithinItsLimitsAndCountsWhatItDrops) {
  const DeadLetterLimits limits{.entries_max = 3, .age_max = std::chrono::days(1), .body_bytes_max = 100};
  const auto first = put({letter_about("a"), letter_about("b"), letter_about("c")}, limits);
  const auto second = put({letter_about("d")}, limits);
  EXPECT_EQ(ids(), (std::vector{first[1], first[2], second[0]})) << "the oldest goes";
  EXPECT_EQ(letters_->count_letters().value().dropped, 1);
  const auto third = put({letter_about("e", kLettersNow + std::chrono::days(2))}, limits);
  EXPECT_EQ(ids(), third) << "too old by then";
  EXPECT_EQ(letters_->count_letters().value().dropped, 4);
  EXPECT_EQ(letters_->count_letters().value().held, 1);
}

TEST_P(DeadLettersContract, ALetterOfAClockThatRanAheadDropsNoLaterOnes) {
  const auto ahead = put({letter_about("a", kLettersNow + std::chrono::days(365))});
  const auto later = put({letter_about("b"), letter_about("c")});
  EXPECT_EQ(ids(), (std::vector{ahead[0], later[0], later[1]}));
}

TEST_P(DeadLettersContract, ErasesThoseThatMentionSomebody) {
  auto inside = letter_about("x");
  inside.body = json::object{{"mail", "mailto:ada@example.com"}, {"n", 17}};
  const auto all = put({letter_about("ada"), letter_about("adam"), inside});
  EXPECT_EQ(letters_->erase_letters(std::vector<std::string>{"ada"}).value(), 1u) << "not adam, not the mail";
  EXPECT_EQ(letters_->erase_letters(std::vector<std::string>{"7"}).value(), 0u);
  EXPECT_EQ(letters_->erase_letters(std::vector<std::string>{"nobody", "ada@example.com"}).value(), 1u);
  EXPECT_EQ(ids(), std::vector{all[1]});
  auto number = letter_about("x");
  number.body = json::object{{"userId", 17}};
  put({number});
  EXPECT_EQ(letters_->erase_letters(std::vector<std::string>{"17"}).value(), 1u);
}

// In place of an engine: knows every event once.
class IntakeContract : public DeadLettersContract {
 protected:
  Result<std::vector<Result<IngestResult>>> ingest(std::vector<Event> events, Arrival arrival) {
    std::vector<Result<IngestResult>> fates;
    for (const auto& event : events) {
      if (auto valid = validate(event, clock_.now(), arrival); !valid.ok())
        fates.emplace_back(std::move(valid).error());
      else
        fates.emplace_back(known_.insert(event.event_id).second ? IngestResult::kAccepted
                                                                : IngestResult::kDuplicate);
    }
    return fates;
  }
  EventsReport take(std::string_view body) { return intake_.take(body).value(); }
  ReplayReport fix_and_replay(int64_t id, std::string_view body) {
    EXPECT_TRUE(intake_.fix(id, parse_json(body).value()).ok());
    return intake_.replay(id).value();
  }

  ManualClock clock_{kLettersNow};
  std::set<std::string> known_;
  EventIntake intake_{clock_, *letters_,
                      [this](auto events, Arrival arrival) { return ingest(std::move(events), arrival); }};
};

TEST_P(IntakeContract, ARefusedEventIsKeptFixedAndReplayed) {
  const auto report = take(R"({"events":[{"event_id":"1","type":"like","shopper_id":"ada","garment_id":"A"},
      {"event_id":"2","type":"lik","shopper_id":"ada","garment_id":"A"}]})");
  EXPECT_EQ(report.accepted, 1);
  ASSERT_EQ(report.refused.size(), 1u);
  const int64_t id = report.refused[0].dead_letter.value();
  const auto letter = letters_->letter(id).value();
  EXPECT_EQ(letter.pointer, "/events/1/type");
  EXPECT_EQ(letter.event_id, "2");
  EXPECT_EQ(letter.body.at("type"), "lik");
  EXPECT_EQ(intake_.replay(id).value().resolved, 0) << "it is as wrong as before";
  EXPECT_EQ(letters_->letter(id).value().tries, 2);
  const auto resolved =
      fix_and_replay(id, R"({"event_id":"2","type":"like","shopper_id":"ada","garment_id":"A"})");
  EXPECT_EQ(resolved.resolved, 1);
  EXPECT_EQ(resolved.accepted, 1);
  EXPECT_TRUE(ids().empty());
}

TEST_P(IntakeContract, LatenessIsJudgedByTheFirstReceipt) {
  const auto report = take(R"({"events":[
      {"event_id":"1","type":"lik","shopper_id":"ada","garment_id":"A","occurred_at":"2026-11-01T00:00:00Z"},
      {"event_id":"2","type":"like","shopper_id":"ada","garment_id":"A","occurred_at":"2026-10-01T00:00:00Z"},
      {"event_id":"3","type":"like","shopper_id":"ada","garment_id":"A","occurred_at":"2026-11-21T10:30:00Z"}]})");
  ASSERT_EQ(report.refused.size(), 3u);
  EXPECT_EQ(letters_->letters({}).value().at(1).reason, DeadReason::kLate);
  EXPECT_EQ(letters_->letters({}).value().at(2).reason, DeadReason::kFuture);
  clock_.advance(std::chrono::days(60));
  const auto resolved = fix_and_replay(
      *report.refused[0].dead_letter,
      R"({"event_id":"1","type":"like","shopper_id":"ada","garment_id":"A","occurred_at":"2026-11-01T00:00:00Z"})");
  EXPECT_EQ(resolved.accepted, 1) << "in time when it came";
  EXPECT_EQ(intake_.replay(*report.refused[1].dead_letter).value().resolved, 0) << "late then, late now";
  EXPECT_EQ(intake_.replay(*report.refused[2].dead_letter).value().accepted, 1) << "its time has come";
}

TEST_P(IntakeContract, AnOrderThatWasHalfTakenBecomesWhole) {
  const auto report =
      take(R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m","userId":"ada",
      "properties":{"products":[{"product_id":"A"},{"product_id":{"id":"B"}}]}}]})");
  EXPECT_EQ(report.accepted, 1);
  ASSERT_EQ(report.refused.size(), 1u);
  EXPECT_EQ(report.refused[0].pointer, "/batch/0/properties/products/1/product_id");
  const auto resolved =
      fix_and_replay(*report.refused[0].dead_letter,
                     R"({"type":"track","event":"Order Completed","messageId":"m","userId":"ada",
      "properties":{"products":[{"product_id":"A"},{"product_id":"B","price":1}]}})");
  EXPECT_EQ(resolved.accepted, 1);
  EXPECT_EQ(resolved.duplicates, 1);
  EXPECT_EQ(resolved.resolved, 1);
}

TEST_P(IntakeContract, WhatIsNoJsonIsToldOfNotKept) {
  EXPECT_FALSE(intake_.take(R"({"events":[{"latitude":48.2082)").ok());
  const auto letters = letters_->letters({}).value();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, DeadReason::kUnparseable);
  EXPECT_TRUE(letters[0].body.is_null());
  EXPECT_EQ(
      fix_and_replay(letters[0].id,
                     R"({"events":[{"event_id":"1","type":"like","shopper_id":"ada","garment_id":"A"}]})")
          .accepted,
      1);
}

TEST_P(IntakeContract, ReplaysAPageAtATime) {
  take(R"({"events":[1,2,{"event_id":"1","type":"lik","shopper_id":"ada"},4]})");
  auto report = intake_.replay({.after = 0, .count = 3, .reason = {}}).value();
  EXPECT_EQ(report.replayed, 3);
  ASSERT_TRUE(report.next);
  report = intake_.replay({.after = *report.next, .count = 3, .reason = {}}).value();
  EXPECT_EQ(report.replayed, 1);
  EXPECT_FALSE(report.next);
}

constexpr LettersBackend kLettersBackends[] = {{"Memory", letters_in_memory}, {"Sqlite", letters_in_sqlite}};
const auto kName = [](const auto& backend) { return std::string(backend.param.name); };
INSTANTIATE_TEST_SUITE_P(All, DeadLettersContract, testing::ValuesIn(kLettersBackends), kName);
INSTANTIATE_TEST_SUITE_P(All, IntakeContract, testing::ValuesIn(kLettersBackends), kName);

TEST(SqliteDeadLetters, AnErasedShopperIsInNoFile) {
  const TestDirectory directory;
  const std::string planted = "ada.lovelace@example.com";
  const auto files_with = [&] {
    size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path())) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      found += bytes.find(planted) != std::string::npos ? 1 : 0;
    }
    return found;
  };
  const auto store = SqliteStore::open(directory.path() / "modiste.db").value();
  for (int i = 0; i < 50; ++i)
    ASSERT_TRUE(
        store->put_letters(std::vector{letter_about(i == 20 ? planted : std::to_string(i))}, {}).ok());
  EXPECT_GT(files_with(), 0u) << "the search finds what is there";
  EXPECT_EQ(store->erase_letters({&planted, 1}).value(), 1u);
  EXPECT_EQ(files_with(), 0u);
  EXPECT_EQ(store->count_letters().value().held, 49);
}

}  // namespace
}  // namespace modiste
