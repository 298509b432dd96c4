// Folds one log in three ways that assign events to persons: profiles, stated occasions, training tables. The
// results must equal those of the earlier separate folds (kWas).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "learning/datasets/occasion_history.h"
#include "person_log.h"
#include "serving/catalog/load_catalog.h"
#include "small_shop.h"
#include "storage/features/materialise.h"

namespace modiste {
namespace {

constexpr int kEvents = 2'500;

// The fold of profiles with everything it needs, without a shop.
struct Folder {
  explicit Folder(const LoggedEvents& log, const GarmentStore& store)
      : sizing(catalog),
        clusters(catalog.vocabulary()),
        profiles(
            {catalog, embeddings, log, co_choices, popularity, popularity_by_time, sizing, clusters, quality},
            {}) {
    EXPECT_TRUE(load_catalog(store, catalog, {}).ok());
  }
  [[nodiscard]] std::string bytes() const {
    std::string out;
    profiles.write(out);
    return out;
  }

  Catalog catalog{Vocabulary::standard()};
  ItemEmbeddings embeddings;
  CoChoices co_choices;
  Popularity popularity;
  PopularityByTime popularity_by_time;
  Sizing sizing;
  StyleClusters clusters;
  GarmentQuality quality;
  ProfileBuilder profiles;
};

std::vector<Garment> garments_of_log() {
  auto garments = make_garments(40);
  for (size_t i = 0; i < garments.size(); ++i)
    garments[i].supplier_attributes["occasion"] = {i % 3 == 0 ? "Work" : "Beach"};
  return garments;
}

// Everything of the profiles that rounding does not affect.
std::string text_of(const ProfileBuilder& profiles, const std::map<std::string, IdentifierKind>& subjects) {
  std::string out;
  profiles.timeline().write_identities(out);
  profiles.timeline().write_filed(out);
  std::set<std::string> persons;
  for (const auto& [subject, kind] : subjects) {
    const NodeRef node{kind, subject};
    const auto person = profiles.person_of({&node, 1});
    out += fmt::format("\n{} {}", subject, person.value_or("-"));
    if (person) persons.insert(*person);
  }
  for (const std::string& person : persons) {
    const DeclaredProfile declared = profiles.declared(person);
    out += fmt::format("\n{} {} {}", person, declared.consent.personalisation, declared.consent.training);
    for (const auto& [chart, size] : declared.fit.sizes)
      out += fmt::format(" {} {}", chart, size.observations);
    for (const IdentityKey& key : profiles.identity_keys(person)) out += ' ' + key.subject;
    for (const Explanation& link : profiles.explain(person))
      out += fmt::format(" {} {} {}", link.link, name_of(link.effect), link.count);
    const auto state = profiles.find(person, TimePoint{});
    if (state == nullptr) continue;
    out += fmt::format("\n{} {} {} {} {} {}", state->signals, state->likes, state->passes, state->saves,
                       state->purchases, state->preferences.answered);
    std::vector<Slot> liked, bought;
    for (const Liked& one : state->liked) liked.push_back(one.slot);
    for (const Bought& one : state->purchased) bought.push_back(one.slot);
    out += fmt::format(" liked {} purchased {} passes {}", fmt::join(liked, ","), fmt::join(bought, ","),
                       fmt::join(state->recent_passes, ","));
    for (const PassRecord& pass : state->passed)
      out += fmt::format(" {}:{}:{}", pass.slot, pass.count, pass.at_signal);
  }
  return out;
}

std::string text_of(const OccasionHistory& history) {
  std::string out = fmt::format("{} {} {} {} {} {}", history.events, history.with_recent, history.repeated,
                                history.unusable, history.noise, history.without_consent);
  for (const DatedOccasion& said : history.said)
    out += fmt::format("\n{} {} {}", to_rfc3339(said.at), name_of(said.example.said),
                       fmt::join(said.example.clues.recent, ","));
  return out;
}

std::string text_of(const EventLog& log, TimePoint as_of) {
  auto duckdb = DuckDb::open();
  EXPECT_TRUE(duckdb.ok()) << duckdb.error().message();
  const auto tables =
      create_event_tables(**duckdb, log, as_of, {}, [](uint64_t) -> Result<Done> { return kOk; });
  EXPECT_TRUE(tables.ok()) << tables.error().message();
  std::string out = fmt::format("{} {} {}", tables->events, tables->noisy, tables->persons);
  for (const char* rows :
       {"SELECT concat_ws(' ', log_offset, epoch_us(known_at), type, subject, garment_id, training) FROM log "
        "ORDER BY log_offset, position",
        "SELECT concat_ws(' ', log_offset, marks) FROM marks ORDER BY log_offset",
        "SELECT concat_ws(' ', subject, person, erased) FROM people ORDER BY subject"}) {
    const auto read = (*duckdb)->query(rows, {}, [&](const SqlRows& answer) -> Result<Done> {
      for (size_t row = 0; row < answer.size(); ++row) (out += '\n') += answer.text(0, row);
      return kOk;
    });
    EXPECT_TRUE(read.ok()) << read.error().message();
  }
  return out;
}

TEST(PersonFold, OneLogIsWhatItWasInAllThreeFolds) {
  struct Was {
    uint64_t seed, profiles, occasions, tables, tables_before;
  };
  constexpr std::array kWas{
      Was{1, 837378667060377709U, 14818833212661460980U, 10429829196437338841U, 3209112708724336302U},
      Was{2, 17410131751058846314U, 16594198348961425227U, 13989888823378153280U, 151995345888401250U},
      Was{3, 1506939912199041620U, 3671114420334533317U, 16386993441930340806U, 12469439970252341660U}};
  std::map<EventType, int> types;
  for (const Was& was : kWas) {
    SCOPED_TRACE(was.seed);
    SmallShop stores;
    ASSERT_TRUE(stores.open()->catalog().upsert(garments_of_log()).ok());
    Folder live(stores.log, stores.store);
    PersonLog drawn(was.seed);
    TimePoint middle, end;
    for (int i = 0; i < kEvents; ++i) {
      auto draft = drawn.next(
          [&](const NodeRef& node) {
            return live.profiles.person_of({&node, 1});
          },
          [&](const std::string& person) { return live.profiles.identity_keys(person); },
          [&](const std::string& person) { return live.profiles.explain(person); });
      ++types[draft.event.type];
      end = draft.received_at;
      if (i == kEvents / 2) middle = end;
      const auto appended = stores.log.append({&draft.event, 1}, end);
      ASSERT_TRUE(appended.ok());
      live.profiles.fold({appended->positions.front(), end, std::move(draft.event)});
      ASSERT_TRUE(live.profiles.settle().ok());
    }
    EXPECT_GT(live.profiles.robot_visits(), 0U);

    Folder replayed(stores.log, stores.store);
    ASSERT_TRUE(stores.log
                    .replay(LogPosition::begin(),
                            [&](const LoggedEvent& logged) -> Result<Done> {
                              replayed.profiles.fold(logged);
                              return kOk;
                            })
                    .ok());
    ASSERT_TRUE(replayed.profiles.settle().ok());
    EXPECT_EQ(replayed.profiles.robot_visits(), live.profiles.robot_visits());
    EXPECT_TRUE(live.bytes() == replayed.bytes()) << "one settlement at the end is as good as many";

    const auto occasions = read_occasion_history({stores.log, stores.store}, Vocabulary::standard());
    ASSERT_TRUE(occasions.ok()) << occasions.error().message();
    const std::string profiles = text_of(live.profiles, drawn.subjects());
    EXPECT_EQ(hash64(profiles), was.profiles) << profiles.size();
    EXPECT_EQ(hash64(text_of(*occasions)), was.occasions) << text_of(*occasions).substr(0, 400);
    EXPECT_EQ(hash64(text_of(stores.log, end + std::chrono::hours(1))), was.tables);
    EXPECT_EQ(hash64(text_of(stores.log, middle)), was.tables_before);
  }
  for (const EventType type :
       {EventType::kErase, EventType::kUnlink, EventType::kRelink, EventType::kConsent})
    EXPECT_GT(types[type], 0) << name_of(type);
}

}  // namespace
}  // namespace modiste
