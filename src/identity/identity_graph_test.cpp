// Examples for the identity graph; identity_property_test.cpp tests it on random histories.
#include "identity/identity_graph.h"

#include <gtest/gtest.h>

#include "identity/test_graph.h"

namespace modiste {
namespace {

using enum IdentifierKind;

const std::string kAda = subject_of(kUser, 1), kBea = subject_of(kUser, 2);
const std::string kCard = subject_of(kLoyalty, 1), kMail = subject_of(kEmail, 1);
const std::string kPhone = subject_of(kDevice, 1), kLaptop = subject_of(kDevice, 2);
const std::string kMorning = subject_of(kSession, 1), kNoon = subject_of(kSession, 2),
                  kEvening = subject_of(kSession, 3);

class IdentityGraphTest : public testing::Test {
 protected:
  std::vector<Move> observe(const std::vector<std::string>& subjects) {
    return observe_subjects(graph_, subjects, offset_++);
  }
  std::string person(const std::vector<std::string>& subjects) {
    return graph_.person_of(refs_of(subjects)).value_or("nobody");
  }
  // "key: from -> to" for each move.
  static std::vector<std::string> declared(const std::vector<Move>& moves) {
    std::vector<std::string> lines;
    for (const auto& move : moves) lines.push_back(move.identity_key + ": " + move.from + " -> " + move.to);
    return lines;
  }
  Explanation explanation(std::string_view person, std::string_view link) {
    for (auto& found : graph_.explain(person))
      if (found.link == link) return found;
    ADD_FAILURE() << "no link " << link;
    return {};
  }

  IdentityGraph graph_;
  uint64_t offset_ = 0;
};

TEST(TrailOf, IsTheStrongest) {
  const std::vector<NodeRef> all{{kDevice, kPhone}, {kSession, kNoon}, {kEmail, kMail}, {kUser, kAda}};
  EXPECT_EQ(identity_key_of(all).subject, kAda);
  EXPECT_EQ(identity_key_of(std::span(all).first(3)).subject, kMail);
  EXPECT_EQ(identity_key_of(std::span(all).first(2)).subject, kNoon) << "a session before its device";
  EXPECT_EQ(identity_key_of(std::span(all).first(1)).subject, kPhone);
}

// A till that types the shop's own address for whoever has none.
TEST_F(IdentityGraphTest, AnAddressThatTooManyAccountsShareConnectsNobody) {
  std::vector<std::string> users;
  for (size_t i = 0; i <= kSharedByMax; ++i) users.push_back(subject_of(kUser, 10 + i));
  for (size_t i = 0; i < kSharedByMax; ++i) observe({users[i], kMail});
  EXPECT_EQ(person({users[1]}), users[0]) << "a family's";
  EXPECT_EQ(observe({users.back(), kMail}).size(), kSharedByMax) << "all but the first leave";
  for (const auto& user : users) EXPECT_EQ(person({user}), user);
  EXPECT_EQ(person({kMail}), kMail);
  const auto link = "email_hash:" + users.back() + ":" + kMail;
  EXPECT_EQ(explanation(kMail, link).effect, LinkEffect::kShared);
  ASSERT_TRUE(graph_.sever(link).ok());
  EXPECT_EQ(person({users[1]}), users[0]);
  EXPECT_EQ(person({users.back()}), users.back());
}

// Two devices, 30 events, logins on both: one shopper.
TEST_F(IdentityGraphTest, SigningInOnTwoDevicesMakesOneShopper) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(observe({kMorning, kPhone}).empty());
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(observe({kNoon, kLaptop}).empty());
  EXPECT_EQ(person({kMorning}), kPhone) << "anonymous, by the device";
  EXPECT_NE(person({kMorning}), person({kNoon}));
  const auto first = observe({kAda, kMorning, kPhone});
  EXPECT_EQ(declared(first),
            (std::vector{kMorning + ": " + kPhone + " -> " + kAda, kPhone + ": " + kPhone + " -> " + kAda}));
  EXPECT_EQ(first[0].link, "login:" + kAda + ":" + kPhone);
  EXPECT_EQ(observe({kAda, kNoon, kLaptop}).size(), 2u) << "with what came before the login";
  for (const auto& known : {kMorning, kNoon, kPhone, kLaptop}) EXPECT_EQ(person({known}), kAda);
  EXPECT_EQ(graph_.identity_keys(kAda).size(), 5u);
  EXPECT_TRUE(observe({kEvening, kLaptop}).empty());
  EXPECT_EQ(person({kEvening}), kAda) << "ada's device, nobody else's";
}

TEST_F(IdentityGraphTest, ASecondPersonOnADeviceTakesTheAnonymousSessionsFromTheFirst) {
  observe({kMorning, kPhone});
  observe({kAda, kNoon, kPhone});
  EXPECT_EQ(person({kMorning}), kAda);
  const auto moves = observe({kBea, kEvening, kPhone});
  EXPECT_EQ(declared(moves),
            (std::vector{kMorning + ": " + kAda + " -> " + kPhone, kPhone + ": " + kAda + " -> " + kPhone}));
  EXPECT_EQ(person({kNoon}), kAda);
  EXPECT_EQ(person({kEvening}), kBea);
  EXPECT_EQ(person({kMorning}), kPhone);
  EXPECT_NE(person({kAda}), person({kBea}));
  EXPECT_EQ(explanation(kAda, "login:" + kAda + ":" + kPhone).effect, LinkEffect::kShared);
  EXPECT_EQ(explanation(kAda, "login:" + kAda + ":" + kNoon).effect, LinkEffect::kMerges);
  EXPECT_EQ(explanation(kAda, "device:" + kPhone + ":" + kNoon).effect, LinkEffect::kShared);
}

TEST_F(IdentityGraphTest, WhoSignsInInASessionSignsInOnItsDevice) {
  observe({kMorning, kPhone});
  observe({kAda, kMorning});
  EXPECT_EQ(person({kPhone}), kAda);
  observe({kBea, kNoon});
  observe({kNoon, kPhone});
  EXPECT_EQ(person({kPhone}), kPhone);
}

TEST_F(IdentityGraphTest, AMergeKeepsTheOlderNameAndLeavesTheDeviceToBoth) {
  observe({kAda, kPhone});
  observe({kBea, kPhone});
  observe({kMail, kNoon});
  EXPECT_EQ(person({kPhone}), kPhone);
  observe({kBea, kMail});
  EXPECT_EQ(person({kNoon}), kBea);
  const auto moves = observe({kAda, kMail});
  EXPECT_EQ(moves.size(), 4u)
      << "bea, bea's mail, the session, and the phone, which belongs to one person after all";
  for (const auto& known : {kBea, kMail, kNoon, kPhone}) EXPECT_EQ(person({known}), kAda);
}

TEST_F(IdentityGraphTest, UndoTakesApartWhatTheLinkHeldTogether) {
  observe({kAda, kMorning});
  observe({kBea, kNoon});
  observe({kAda, kMail});
  EXPECT_EQ(declared(observe({kBea, kMail})),
            (std::vector{kBea + ": " + kBea + " -> " + kAda, kNoon + ": " + kBea + " -> " + kAda}));
  std::string before, after;
  graph_.write(before);
  const std::string link = "email_hash:" + kBea + ":" + kMail;
  EXPECT_EQ(declared(graph_.sever(link).value()),
            (std::vector{kBea + ": " + kAda + " -> " + kBea, kNoon + ": " + kAda + " -> " + kBea}));
  EXPECT_TRUE(graph_.sever(link).value().empty()) << "already";
  EXPECT_TRUE(observe({kBea, kMail}).empty()) << "seen again, and still undone";
  EXPECT_EQ(person({kNoon}), kBea);
  EXPECT_EQ(explanation(kBea, link).effect, LinkEffect::kSevered);
  EXPECT_EQ(explanation(kBea, link).count, 2u);
  EXPECT_EQ(graph_.restore(link).value().size(), 2u);
  EXPECT_EQ(person({kNoon}), kAda);
  graph_.write(after);
  EXPECT_NE(after, before) << "the link was seen once more";
}

TEST_F(IdentityGraphTest, ASeveredLoginCoversTheSessionsOnTheDevice) {
  observe({kAda, kMorning, kPhone});
  observe({kNoon, kPhone});
  EXPECT_EQ(person({kNoon}), kAda);
  ASSERT_TRUE(graph_.sever("login:" + kAda + ":" + kPhone).ok());
  EXPECT_EQ(person({kNoon}), kPhone);
  EXPECT_EQ(person({kMorning}), kAda) << "ada signed in there";
}

TEST_F(IdentityGraphTest, RefusesLinksItDoesNotHave) {
  observe({kAda, kMorning, kPhone});
  for (const std::string& id :
       std::vector<std::string>{"", "login", "login:", "login:" + kAda, "login:" + kAda + ":",
                                "email_hash:" + kAda + ":" + kPhone, "login:" + kPhone + ":" + kAda,
                                "login:" + kAda + ":" + kLaptop, "login:" + kAda + ":" + kPhone + "0"}) {
    EXPECT_EQ(graph_.sever(id).error().code, Code::kNotFound) << id;
    EXPECT_EQ(graph_.restore(id).error().code, Code::kNotFound) << id;
  }
}

TEST_F(IdentityGraphTest, ExplainsEveryLinkOldestFirst) {
  observe({kAda, kMorning, kPhone});
  observe({kAda, kCard});
  const auto all = graph_.explain(kAda);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[3].link, "loyalty:" + kAda + ":" + kCard);
  EXPECT_EQ(all[3].type, LinkType::kLoyalty);
  EXPECT_TRUE(all[3].strong);
  EXPECT_FALSE(all[0].strong);
  EXPECT_EQ(all[3].first_offset, 1u);
  EXPECT_EQ(all[3].first_at, time_of(1));
  EXPECT_EQ(all[3].a, (IdentityKey{kUser, kAda}));
  EXPECT_EQ(all[3].b, (IdentityKey{kLoyalty, kCard}));
  for (const auto& explanation : all)
    for (const std::string_view hole : {"{a}", "{b}", "{at}", "{offset}"})
      EXPECT_NE(explanation.sentence.find(hole), std::string_view::npos) << explanation.sentence;
  EXPECT_TRUE(graph_.explain(kPhone).empty()) << "the name of nobody now";
}

TEST_F(IdentityGraphTest, ARequestOfAStrangerGetsNobodyElsesPerson) {
  observe({kAda, kMorning, kPhone});
  observe({kNoon, kLaptop});
  EXPECT_EQ(person({kBea, kMorning, kPhone}), "nobody") << "bea on ada's phone";
  EXPECT_EQ(graph_.person_of(std::vector<NodeRef>{{kUser, ""}, {kDevice, kPhone}}), std::nullopt);
  EXPECT_EQ(person({kBea, kNoon, kLaptop}), kLaptop) << "what bea did before signing in";
  EXPECT_EQ(person({kEvening, kPhone}), kAda) << "a new session on ada's phone";
  EXPECT_EQ(person({kBea}), "nobody");
  EXPECT_EQ(graph_.person_of({}), std::nullopt);
}

TEST_F(IdentityGraphTest, ForgettingLeavesTheOthers) {
  observe({kAda, kMail, kMorning});
  observe({kBea, kMail, kNoon});
  EXPECT_EQ(person({kNoon}), kAda);
  EXPECT_EQ(declared(graph_.forget(std::vector{kMail, kAda, kMail, std::string("unknown")})),
            (std::vector{kMorning + ": " + kAda + " -> " + kMorning, kBea + ": " + kAda + " -> " + kBea,
                         kNoon + ": " + kAda + " -> " + kBea}));
  EXPECT_EQ(graph_.nodes(), 3u);
  EXPECT_EQ(graph_.links(), 1u);
  EXPECT_EQ(person({kAda}), "nobody");
  std::string bytes;
  graph_.write(bytes);
  const auto raw = parse_subject_id(kAda).value();
  EXPECT_EQ(bytes.find(std::string(reinterpret_cast<const char*>(raw.data()), raw.size())),
            std::string::npos);
}

// ---- sessions that tell nothing of their own

std::vector<std::string> declared(const std::vector<RetiredSession>& retired) {
  std::vector<std::string> lines;
  for (const auto& one : retired) lines.push_back(one.session + " -> " + one.into);
  return lines;
}

// As many calls as it takes until nothing is retired any more.
std::vector<std::string> retire_all(IdentityGraph& graph, size_t most) {
  std::vector<std::string> lines;
  for (int i = 0; i < 10; ++i)
    for (auto& line : declared(graph.retire_sessions(most))) lines.push_back(std::move(line));
  return lines;
}

TEST_F(IdentityGraphTest, ASessionWithoutALoginBecomesItsDevices) {
  observe({kMorning, kPhone});
  observe({kNoon, kPhone});
  EXPECT_TRUE(graph_.retire_sessions(2).empty()) << "no more than are kept";
  EXPECT_EQ(retire_all(graph_, 1), std::vector{kMorning + " -> " + kPhone});
  EXPECT_EQ(graph_.nodes(), 2U);
  EXPECT_EQ(graph_.links(), 1U);
  observe({kAda, kPhone});
  EXPECT_EQ(person({kNoon}), kAda) << "the others go on";
  EXPECT_EQ(person({kMorning}), "nobody");
}

TEST_F(IdentityGraphTest, ASessionWithALoginBecomesWhoSignedIn) {
  observe({kAda, kMorning, kPhone});
  observe({kBea, kPhone});
  EXPECT_EQ(retire_all(graph_, 0), std::vector{kMorning + " -> " + kAda});
  EXPECT_EQ(person({kPhone}), kPhone) << "both signed in on it, as before";
}

TEST_F(IdentityGraphTest, ASessionThatAloneTellsSomethingStays) {
  observe({kMorning});       // nothing else is known of it
  observe({kNoon, kPhone});  // ran on two devices
  observe({kNoon, kLaptop});
  observe({kEvening, kPhone});  // tells who signed in on the phone
  observe({kAda, kEvening});
  EXPECT_TRUE(retire_all(graph_, 0).empty());
  observe({kAda, kPhone});
  EXPECT_EQ(retire_all(graph_, 0), std::vector{kEvening + " -> " + kAda});
}

// Two people are connected by an address alone, which turns out to be the shop's own.
TEST_F(IdentityGraphTest, ASessionWithTwoIdentifiersStays) {
  observe({kAda, kMorning, kPhone});
  observe({kBea, kMorning, kPhone});
  for (const auto& user : {kAda, kBea}) observe({user, kMail});
  EXPECT_EQ(person({kMorning}), kAda);
  EXPECT_TRUE(retire_all(graph_, 0).empty());
  for (size_t i = 0; i < kSharedByMax; ++i) observe({subject_of(kUser, 10 + i), kMail});
  EXPECT_EQ(person({kMorning}), kPhone) << "neither's";
}

TEST_F(IdentityGraphTest, ASessionWithALinkThatWasUndoneStays) {
  observe({kAda, kMorning, kPhone});
  ASSERT_TRUE(graph_.sever("login:" + kAda + ":" + kMorning).ok());
  EXPECT_TRUE(retire_all(graph_, 0).empty());
  ASSERT_TRUE(graph_.restore("login:" + kAda + ":" + kMorning).ok());
  EXPECT_EQ(retire_all(graph_, 0), std::vector{kMorning + " -> " + kAda});
}

TEST_F(IdentityGraphTest, TheLatestSeenSessionsAreKept) {
  observe({kMorning, kPhone});
  observe({kNoon, kPhone});
  observe({kEvening, kPhone});
  observe({kMorning, kPhone});  // again
  EXPECT_EQ(retire_all(graph_, 2), std::vector{kNoon + " -> " + kPhone});
}

TEST_F(IdentityGraphTest, AnErasedSessionIsNotRetiredAndMakesRoom) {
  observe({kMorning, kPhone});
  graph_.forget(std::vector{kMorning});
  observe({kNoon, kLaptop});  // in its place
  EXPECT_TRUE(retire_all(graph_, 1).empty());
  EXPECT_EQ(person({kNoon}), kLaptop);
}

TEST_F(IdentityGraphTest, WhichSessionIsNextIsSaved) {
  observe({kMorning, kPhone});
  observe({kNoon, kPhone});
  std::string bytes;
  graph_.save(bytes);
  IdentityGraph again;
  ASSERT_TRUE(again.load(bytes).ok());
  EXPECT_EQ(retire_all(again, 1), retire_all(graph_, 1));
}

}  // namespace
}  // namespace modiste
