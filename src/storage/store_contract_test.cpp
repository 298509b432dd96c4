// What every store of garments and subjects promises, whatever it writes to.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "catalog/catalog.h"
#include "identity/subject_id.h"
#include "io/test_directory.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/test_garments.h"

namespace modiste {
namespace {

struct Stores {
  std::shared_ptr<void> ground;
  GarmentStore* garments = nullptr;
  SubjectStore* subjects = nullptr;
};

struct Backend {
  const char* name;
  Stores (*make)();
};

Identifier user(std::string id) { return {IdentifierKind::kUser, std::move(id)}; }

Stores make_memory() {
  auto store = std::make_shared<MemoryStore>();
  return {store, store.get(), store.get()};
}

Stores make_sqlite() {
  struct Ground {
    TestDirectory directory;
    std::unique_ptr<SqliteStore> store = SqliteStore::open(directory.path() / "modiste.db").value();
  };
  auto ground = std::make_shared<Ground>();
  return {ground, ground->store.get(), ground->store.get()};
}

class StoreContract : public testing::TestWithParam<Backend> {
 protected:
  std::vector<std::string> ids() {
    std::vector<std::string> found;
    EXPECT_TRUE(garments_
                    .for_each([&](Garment&& garment) -> Result<Done> {
                      found.push_back(garment.id);
                      return kOk;
                    })
                    .ok());
    return found;
  }
  std::vector<StoredEmbedding> embeddings() {
    std::vector<StoredEmbedding> found;
    EXPECT_TRUE(garments_
                    .for_each_embedding([&](StoredEmbedding&& embedding) -> Result<Done> {
                      found.push_back(std::move(embedding));
                      return kOk;
                    })
                    .ok());
    return found;
  }
  // "id/first colour/..." of every version in order; of what is not sold in brackets.
  std::vector<std::string> versions() {
    std::vector<std::string> found;
    EXPECT_TRUE(garments_
                    .for_each_version([&](GarmentVersion&& version) -> Result<Done> {
                      std::string text = version.garment.id;
                      for (const auto& colour : colours_of(version.garment)) text += "/" + colour;
                      found.push_back(version.sold ? text : "[" + text + "]");
                      return kOk;
                    })
                    .ok());
    return found;
  }
  Result<Done> put(std::vector<Garment> garments) { return garments_.put(garments); }

  Stores stores_ = GetParam().make();
  GarmentStore& garments_ = *stores_.garments;
  SubjectStore& subjects_ = *stores_.subjects;
};

TEST_P(StoreContract, AGarmentComesBackAsItWas) {
  const Garment garment = full_garment("MH01");
  ASSERT_TRUE(put({garment}).ok());
  const auto read = garments_.get("MH01");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(to_json_text(*read), to_json_text(garment));
}

TEST_P(StoreContract, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(garments_.get("nothing").error().code, Code::kNotFound);
  EXPECT_EQ(garments_.remove("nothing").error().code, Code::kNotFound);
  EXPECT_EQ(subjects_.find(user("nobody")).error().code, Code::kNotFound);
  EXPECT_TRUE(subjects_.erase(std::vector{user("nobody")}).value().empty());
  EXPECT_TRUE(subjects_.erase({}).value().empty());
}

TEST_P(StoreContract, PutReplacesTheWholeGarment) {
  ASSERT_TRUE(put({full_garment("A")}).ok());
  Garment less = some_garment("A", 1);
  less.title = "Another";
  ASSERT_TRUE(put({less}).ok());
  EXPECT_EQ(to_json_text(garments_.get("A").value()), to_json_text(less));
  EXPECT_EQ(ids(), std::vector<std::string>{"A"});
}

TEST_P(StoreContract, VisitsInOrderOfId) {
  ASSERT_TRUE(put({some_garment("b"), some_garment("B"), some_garment("a10"), some_garment("a9")}).ok());
  EXPECT_EQ(ids(), (std::vector<std::string>{"B", "a10", "a9", "b"})) << "by bytes";
}

TEST_P(StoreContract, OfAGarmentThatComesTwiceTheLastCounts) {
  Garment first = some_garment("A", 3), second = some_garment("A", 2);
  second.title = "Second";
  ASSERT_TRUE(put({first, some_garment("B"), second}).ok());
  EXPECT_EQ(garments_.get("A")->title, "Second");
  EXPECT_EQ(garments_.get("A")->variants.size(), 2u);
}

TEST_P(StoreContract, ASkuBelongsToOneGarment) {
  ASSERT_TRUE(put({some_garment("A", 2)}).ok());
  Garment thief = some_garment("B", 2);
  thief.variants[1].sku = "A-0";
  const auto refused = put({some_garment("C"), thief});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kConflict);
  EXPECT_EQ(refused.error().what, "garment 'B': sku 'A-0' belongs to garment 'A'");
  EXPECT_EQ(refused.error().where, "/variants/1/sku");
  EXPECT_EQ(ids(), std::vector<std::string>{"A"}) << "all or nothing";
}

TEST_P(StoreContract, SkusMayMoveWithinABatch) {
  Garment a = some_garment("A", 2), b = some_garment("B", 2);
  ASSERT_TRUE(put({a, b}).ok());
  std::swap(a.variants[0].sku, b.variants[0].sku);
  ASSERT_TRUE(put({a, b}).ok());
  EXPECT_EQ(garments_.get("A")->variants[0].sku, "B-0");
}

TEST_P(StoreContract, WhatCannotBeReadBackIsRefusedWhole) {
  Garment bad = some_garment("bad");
  bad.description = std::string(50'000, 'x');
  auto refused = put({some_garment("good"), bad});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  bad.description = "\xff\xfe";
  EXPECT_EQ(put({some_garment("good"), bad}).error().code, Code::kInvalid);
  EXPECT_TRUE(ids().empty());
}

TEST_P(StoreContract, WhatIsRemovedIsNotFoundButRemembered) {
  const Garment removed = full_garment("A");
  ASSERT_TRUE(put({removed, some_garment("B")}).ok());
  ASSERT_TRUE(
      garments_.put_embeddings(std::vector{some_embedding("A", "Red"), some_embedding("B", "Red")}).ok());
  ASSERT_TRUE(garments_.remove("A").ok());
  EXPECT_EQ(ids(), std::vector<std::string>{"B"});
  EXPECT_EQ(garments_.get("A").error().code, Code::kNotFound);
  EXPECT_EQ(garments_.remove("A").error().code, Code::kNotFound);
  EXPECT_EQ(embeddings().size(), 2u);
  std::vector<GarmentVersion> all;
  ASSERT_TRUE(garments_
                  .for_each_version([&](GarmentVersion&& version) -> Result<Done> {
                    all.push_back(std::move(version));
                    return kOk;
                  })
                  .ok());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_FALSE(all[0].sold);
  EXPECT_EQ(to_json_text(all[0].garment), to_json_text(removed)) << "with its variants";
  EXPECT_TRUE(all[1].sold);
}

TEST_P(StoreContract, SkusOfARemovedGarmentAreFreeUntilItComesBack) {
  ASSERT_TRUE(put({some_garment("A", 2)}).ok());
  ASSERT_TRUE(garments_.put_embeddings(std::vector{some_embedding("A", "Red")}).ok());
  ASSERT_TRUE(garments_.remove("A").ok());
  Garment heir = some_garment("B");
  heir.variants[0].sku = "A-0";
  ASSERT_TRUE(put({heir}).ok());
  const auto refused = put({some_garment("A", 2)});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kConflict);
  EXPECT_EQ(versions(), (std::vector<std::string>{"[A/Red]", "B/Red"})) << "still removed";
  ASSERT_TRUE(garments_.remove("B").ok());
  ASSERT_TRUE(put({some_garment("A", 2)}).ok());
  EXPECT_EQ(to_json_text(garments_.get("A").value()), to_json_text(some_garment("A", 2)));
  EXPECT_EQ(versions(), (std::vector<std::string>{"A/Red", "[B/Red]"}));
  EXPECT_EQ(embeddings().size(), 1u);
}

Garment in_colours(const std::string& id, const std::vector<std::string>& colours) {
  Garment garment = some_garment(id, colours.size());
  for (size_t i = 0; i < colours.size(); ++i) garment.variants[i].colour = colours[i];
  return garment;
}

TEST_P(StoreContract, AColourThatIsDroppedIsRememberedAsItWas) {
  Garment first = in_colours("A", {"Red", "Blue"});
  first.title = "As it was in red";
  ASSERT_TRUE(put({first}).ok());
  ASSERT_TRUE(put({in_colours("A", {"Blue", "Green"})}).ok());
  ASSERT_TRUE(put({in_colours("A", {"Blue", "Green"})}).ok()) << "nothing more is dropped";
  EXPECT_EQ(versions(), (std::vector<std::string>{"[A/Red/Blue]", "A/Blue/Green"}));
  ASSERT_TRUE(put({in_colours("A", {"Green"})}).ok());
  EXPECT_EQ(versions(), (std::vector<std::string>{"[A/Red/Blue]", "[A/Blue/Green]", "A/Green"}));
  std::string title;
  ASSERT_TRUE(garments_
                  .for_each_version([&](GarmentVersion&& version) -> Result<Done> {
                    if (title.empty()) title = version.garment.title;
                    return kOk;
                  })
                  .ok());
  EXPECT_EQ(title, "As it was in red");
  EXPECT_EQ(ids(), std::vector<std::string>{"A"});
  ASSERT_TRUE(put({in_colours("A", {"Green", "Red", "Blue"})}).ok()) << "they are back, with their skus";
  EXPECT_EQ(versions(), std::vector<std::string>{"A/Green/Red/Blue"});
}

TEST_P(StoreContract, ARemovedGarmentThatComesBackInOtherColoursKeepsItsOldOnes) {
  ASSERT_TRUE(put({in_colours("A", {"Red", "Blue"})}).ok());
  ASSERT_TRUE(garments_.remove("A").ok());
  ASSERT_TRUE(put({in_colours("A", {"Blue"}), in_colours("A", {"Green"})}).ok()) << "the last counts";
  EXPECT_EQ(versions(), (std::vector<std::string>{"[A/Red/Blue]", "[A/Red/Blue]", "A/Green"}));
  ASSERT_TRUE(garments_.remove("A").ok());
  EXPECT_EQ(versions(), (std::vector<std::string>{"[A/Red/Blue]", "[A/Red/Blue]", "[A/Green]"}));
}

TEST_P(StoreContract, AnEmbeddingComesBackAsItWas) {
  ASSERT_TRUE(put({some_garment("A")}).ok());
  StoredEmbedding written = some_embedding("A", "Heather Gray");
  written.source_hash = 0xfedcba9876543210;
  ASSERT_TRUE(garments_.put_embeddings(std::vector{written}).ok());
  const auto read = embeddings().at(0);
  EXPECT_EQ(read.garment_id, "A");
  EXPECT_EQ(read.colour, written.colour);
  EXPECT_EQ(read.source_hash, written.source_hash);
  EXPECT_EQ(read.vector, written.vector) << "bit by bit";
  EXPECT_EQ(to_json_text(read.photo_attributes), to_json_text(written.photo_attributes));
  EXPECT_EQ(read.palette, written.palette);
  EXPECT_EQ(read.encoder, "test encoder");
}

TEST_P(StoreContract, EmbeddingsAreKeptByGarmentAndColour) {
  ASSERT_TRUE(put({some_garment("A"), some_garment("B")}).ok());
  ASSERT_TRUE(
      garments_.put_embeddings(std::vector{some_embedding("A", "Red"), some_embedding("A", "Blue")}).ok());
  auto changed = some_embedding("A", "Red");
  changed.vector = {0, 1};
  ASSERT_TRUE(garments_.put_embeddings(std::vector{changed, some_embedding("gone", "Red")}).ok());
  const auto all = embeddings();
  ASSERT_EQ(all.size(), 2u) << "that of a garment that is not stored is left out";
  EXPECT_EQ(all[0].colour, "Blue");
  EXPECT_EQ(all[1].vector, (Vector{0, 1}));
  ASSERT_TRUE(put({some_garment("A")}).ok());
  EXPECT_EQ(embeddings().size(), 2u) << "a put keeps them: re-import embeds only what changed";
}

PhotoConflict some_conflict(const std::string& garment, const std::string& id) {
  return {id,        garment, "Red",  "red.jpg", ConflictKind::kNoHue,   Facet::kColour, "red",
          "Hot Red", "black", 0.875F, "#161616", ConflictVerdict::kPhoto};
}

TEST_P(StoreContract, ConflictsAreReplacedByGarment) {
  const auto all = [&] {
    std::vector<std::string> found;
    EXPECT_TRUE(garments_
                    .for_each_conflicts([&](GarmentConflicts&& of) -> Result<Done> {
                      for (const auto& one : of.conflicts) found.push_back(of.garment_id + " " + one.id);
                      return kOk;
                    })
                    .ok());
    return found;
  };
  ASSERT_TRUE(put({some_garment("A"), some_garment("B")}).ok());
  const std::vector<GarmentConflicts> conflicts{{"B", {some_conflict("B", "b1")}},
                                                {"A", {some_conflict("A", "a1"), some_conflict("A", "a2")}},
                                                {"gone", {some_conflict("gone", "g1")}}};
  ASSERT_TRUE(garments_.put_conflicts(conflicts).ok());
  EXPECT_EQ(all(), (std::vector<std::string>{"A a1", "A a2", "B b1"}));
  ASSERT_TRUE(put({some_garment("A")}).ok());
  ASSERT_TRUE(garments_.remove("B").ok());
  EXPECT_EQ(all(), (std::vector<std::string>{"A a1", "A a2", "B b1"})) << "verdicts outlive both";
  ASSERT_TRUE(garments_.put_conflicts(std::vector<GarmentConflicts>{{"A", {}}}).ok());
  EXPECT_EQ(all(), std::vector<std::string>{"B b1"});
  std::string text;
  EXPECT_TRUE(garments_
                  .for_each_conflicts([&](GarmentConflicts&& of) -> Result<Done> {
                    text = to_json_text(of.conflicts.front());
                    return kOk;
                  })
                  .ok());
  EXPECT_EQ(text, to_json_text(some_conflict("B", "b1"))) << "as it was";
}

TEST_P(StoreContract, OutfitsOfTheShopAreReplacedById) {
  const auto all = [&] {
    std::string found;
    EXPECT_TRUE(garments_
                    .for_each_outfit([&](ShopOutfit&& outfit) -> Result<Done> {
                      found += to_json_text(outfit) + "\n";
                      return kOk;
                    })
                    .ok());
    return found;
  };
  const ShopOutfit city{"city", "In town", "work", {{"A", "Red"}, {"B", ""}}},
      beach{"beach", "", "", {{"C", ""}}};
  ASSERT_TRUE(garments_.put_outfit(city).ok());
  ASSERT_TRUE(garments_.put_outfit(beach).ok());
  EXPECT_EQ(all(), to_json_text(beach) + "\n" + to_json_text(city) + "\n") << "in order of id";
  ShopOutfit other = city;
  other.items.pop_back();
  ASSERT_TRUE(garments_.put_outfit(other).ok());
  ASSERT_TRUE(garments_.remove_outfit("beach").ok());
  EXPECT_EQ(garments_.remove_outfit("beach").error().code, Code::kNotFound);
  EXPECT_EQ(all(), to_json_text(other) + "\n");
}

TEST_P(StoreContract, VisitorsStopAndWrite) {
  ASSERT_TRUE(put({some_garment("A"), some_garment("B"), some_garment("C")}).ok());
  size_t visited = 0;
  const auto stopped = garments_.for_each([&](Garment&& garment) -> Result<Done> {
    ++visited;
    garment.title = "Visited";
    TRY(put({garment}));
    if (garment.id == "B") return Error{Code::kInternal, "enough", "", ""};
    return kOk;
  });
  EXPECT_EQ(stopped.error().what, "enough");
  EXPECT_EQ(visited, 2u);
  EXPECT_EQ(garments_.get("B")->title, "Visited");
  EXPECT_NE(garments_.get("C")->title, "Visited");
}

TEST_P(StoreContract, AnIdentifierKeepsItsSubject) {
  const auto ada = subjects_.subject(user("ada")).value();
  EXPECT_TRUE(parse_subject_id(ada).has_value());
  EXPECT_EQ(subjects_.subject(user("ada")).value(), ada);
  EXPECT_EQ(subjects_.find(user("ada")).value(), ada);
  EXPECT_NE(subjects_.subject(user("bea")).value(), ada);
  const std::vector several{user("bea"), user("new"), user("ada"), user("new")};
  const auto subjects = subjects_.subjects(several).value();
  ASSERT_EQ(subjects.size(), 4u);
  EXPECT_EQ(subjects[2], ada);
  EXPECT_EQ(subjects[1], subjects[3]);
  EXPECT_EQ(subjects[1], subjects_.find(user("new")).value());
}

TEST_P(StoreContract, TheSameTextOfAnotherKindIsSomebodyElse) {
  std::vector<Identifier> all;
  for (size_t kind = 0; kind < kIdentifierKinds; ++kind)
    all.push_back({static_cast<IdentifierKind>(kind), "7"});
  const auto subjects = subjects_.subjects(all).value();
  EXPECT_EQ(std::set(subjects.begin(), subjects.end()).size(), kIdentifierKinds);
  EXPECT_EQ(subjects_.erase(std::vector{all[2]}).value(), std::vector{subjects[2]});
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(subjects_.find(all[i]).ok(), i != 2) << i;
}

TEST_P(StoreContract, ASubjectLeadsBackToItsIdentifier) {
  const std::vector some{user("ada"), Identifier{IdentifierKind::kDevice, "phone"}};
  auto subjects = subjects_.subjects(some).value();
  subjects.insert(subjects.begin(), "not a subject");
  auto back = subjects_.identifiers(subjects).value();
  ASSERT_EQ(back.size(), 3u);
  EXPECT_EQ(back[0], std::nullopt);
  EXPECT_EQ(back[1], some[0]);
  EXPECT_EQ(back[2], some[1]);
  ASSERT_TRUE(subjects_.erase(std::vector{some[0]}).ok());
  back = subjects_.identifiers(subjects).value();
  EXPECT_EQ(back[1], std::nullopt);
  EXPECT_EQ(back[2], some[1]);
}

TEST_P(StoreContract, ErasedIdentifiersAreSomebodyNew) {
  const std::vector several{user("ada"), user("unknown"), Identifier{IdentifierKind::kEmail, "a@b.example"},
                            user("ada")};
  const auto ada = subjects_.subject(several[0]).value(), email = subjects_.subject(several[2]).value();
  EXPECT_EQ(subjects_.erase(several).value(), (std::vector{ada, email}));
  EXPECT_EQ(subjects_.find(several[0]).error().code, Code::kNotFound);
  EXPECT_EQ(subjects_.find(several[1]).error().code, Code::kNotFound);
  EXPECT_NE(subjects_.subject(several[0]).value(), ada);
  EXPECT_NE(subjects_.subject(several[2]).value(), email);
}

TEST_P(StoreContract, ManyThreadsAgreeOnASubject) {
  std::vector<std::set<std::string>> seen(8);
  std::vector<std::thread> threads;
  for (auto& mine : seen)
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i)
        mine.insert(subjects_.subject(user("shopper " + std::to_string(i))).value());
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(seen[0].size(), 20u);
  for (const auto& other : seen) EXPECT_EQ(other, seen[0]);
}

TEST_P(StoreContract, TellsWhatChangedSinceAMark) {
  ASSERT_TRUE(put({some_garment("A", 1), some_garment("B", 1), some_garment("C", 1)}).ok());
  const StoreMark before = garments_.mark().value();
  EXPECT_FALSE(before.store.empty());
  EXPECT_EQ(garments_.mark().value(), before);
  const auto since = [&](uint64_t changes) {
    std::string ids;
    const auto add = [&](GarmentVersion&& version) -> Result<Done> {
      ids += version.garment.id + (version.sold ? " " : "- ");
      return kOk;
    };
    EXPECT_TRUE(garments_.for_each_version_since(changes, add).ok());
    const auto add_vector = [&](StoredEmbedding&& embedding) -> Result<Done> {
      ids += "vector of " + embedding.garment_id + ' ';
      return kOk;
    };
    EXPECT_TRUE(garments_.for_each_embedding_since(changes, add_vector).ok());
    return ids;
  };
  EXPECT_EQ(since(before.changes), "");
  ASSERT_TRUE(garments_.remove("C").ok());
  const StoreMark removed = garments_.mark().value();
  const StoredEmbedding embedding{"A", "Red", 1, {1, 0}, {}, {}, ""};
  ASSERT_TRUE(garments_.put_embeddings({&embedding, 1}).ok());
  EXPECT_EQ(since(before.changes), "A C- vector of A ");
  EXPECT_EQ(since(removed.changes), "A vector of A ");
  ASSERT_TRUE(put({some_garment("B", 2)}).ok());
  EXPECT_EQ(since(removed.changes), "A B vector of A ");
  EXPECT_GT(garments_.mark().value().changes, removed.changes);
  EXPECT_EQ(garments_.mark().value().store, before.store);
}

TEST_P(StoreContract, ReadersAndWritersAtOnceSeeWholeGarments) {
  Garment garment = some_garment("A", 1);
  ASSERT_TRUE(put({garment}).ok());
  std::thread writer([&] {
    for (int i = 1; i <= 30; ++i) {
      Garment next = some_garment("A", static_cast<size_t>(i));
      next.title = std::to_string(i);
      EXPECT_TRUE(put({next}).ok());
    }
  });
  for (int i = 0; i < 300; ++i) {
    const auto read = garments_.get("A");
    ASSERT_TRUE(read.ok());
    if (read->title != garment.title) {
      EXPECT_EQ(read->title, std::to_string(read->variants.size()));
    }
  }
  writer.join();
}

INSTANTIATE_TEST_SUITE_P(All, StoreContract,
                         testing::Values(Backend{"Memory", make_memory}, Backend{"Sqlite", make_sqlite}),
                         [](const auto& backend) { return std::string(backend.param.name); });

}  // namespace
}  // namespace modiste
