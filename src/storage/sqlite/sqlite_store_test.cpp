// What the SQLite store promises beyond the contract: restarts, damage, erasure, speed.
#include "storage/sqlite/sqlite_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "base/rng.h"
#include "io/test_directory.h"
#include "storage/sqlite/database_copy.h"
#include "storage/test_garments.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

const Identifier kAda{IdentifierKind::kUser, "ada"};
// What erasure is tried with: the kind beside it must not matter.
const std::string kPlanted = "ada.lovelace@example.com";
const Identifier kPlantedEmail{IdentifierKind::kEmail, kPlanted};

class SqliteStoreTest : public testing::Test {
 protected:
  [[nodiscard]] fs::path file() const { return directory_.path() / "modiste.db"; }
  std::unique_ptr<SqliteStore> open() {
    auto store = SqliteStore::open(file());
    EXPECT_TRUE(store.ok()) << store.error().message();
    return std::move(store).value();
  }
  Error refusal() {
    auto store = SqliteStore::open(file());
    EXPECT_FALSE(store.ok());
    return store.ok() ? Error{} : store.error();
  }
  void write_file(const std::string& bytes) {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }
  [[nodiscard]] std::string read_file(const fs::path& path) const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // Files of the data directory that hold the text.
  [[nodiscard]] std::vector<std::string> files_with(const std::string& text) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(directory_.path()))
      if (entry.is_regular_file() && read_file(entry.path()).find(text) != std::string::npos)
        found.push_back(entry.path().filename().string());
    return found;
  }

  TestDirectory directory_;
};

TEST_F(SqliteStoreTest, ReopensWithEverything) {
  std::string subject;
  {
    auto store = open();
    ASSERT_TRUE(store->put(std::vector{full_garment("A")}).ok());
    ASSERT_TRUE(store->put_embeddings(std::vector{some_embedding("A", "Red")}).ok());
    subject = store->subject(kAda).value();
  }
  auto store = open();
  EXPECT_EQ(to_json_text(store->get("A").value()), to_json_text(full_garment("A")));
  EXPECT_EQ(store->subject(kAda).value(), subject);
  size_t embeddings = 0;
  ASSERT_TRUE(
      store->for_each_embedding([&](StoredEmbedding&&) -> Result<Done> { return ++embeddings, kOk; }).ok());
  EXPECT_EQ(embeddings, 1u);
  EXPECT_TRUE(store->check().ok());
}

// A database as version 1 left it: its shoppers become users, and the old table leaves no byte behind that an
// erasure would miss.
TEST_F(SqliteStoreTest, MovesTheShoppersOfVersion1) {
  const std::string subject(32, 'a');
  open().reset();
  {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
    database.exec(
        "DROP TABLE identifiers; DROP TABLE dead_letters; DROP TABLE dropped_colours;"
        "DROP TABLE look_pools; DROP TABLE shop_outfits; DROP TABLE photo_conflicts; ALTER TABLE garments "
        "DROP COLUMN removed_at;"
        "ALTER TABLE embeddings DROP COLUMN encoder; DROP INDEX garments_by_change;"
        "ALTER TABLE garments DROP COLUMN changed; DELETE FROM meta;"
        " DELETE FROM migrations WHERE version > 1;"
        "CREATE TABLE subjects (shopper_id TEXT NOT NULL PRIMARY KEY, subject TEXT NOT NULL UNIQUE) WITHOUT "
        "ROWID;"
        "INSERT INTO subjects VALUES ('" +
        kPlanted + "', '" + subject + "'), ('ada', '" + std::string(32, 'b') + "')");
  }
  auto store = open();
  const Identifier planted{IdentifierKind::kUser, kPlanted};
  EXPECT_EQ(store->find(planted).value(), subject);
  EXPECT_EQ(store->find(kAda).value(), std::string(32, 'b'));
  EXPECT_EQ(store->identifiers(std::vector{subject}).value().at(0), planted);
  ASSERT_FALSE(files_with(kPlanted).empty());
  EXPECT_EQ(store->erase({&planted, 1}).value(), std::vector{subject});
  EXPECT_EQ(files_with(kPlanted), std::vector<std::string>{});
  EXPECT_EQ(files_with(subject), std::vector<std::string>{});
}

// A database as version 3 left it: everything in it is sold, and what is removed from now on is remembered.
TEST_F(SqliteStoreTest, RemembersFromVersion3On) {
  ASSERT_TRUE(open()->put(std::vector{full_garment("A"), some_garment("B")}).ok());
  {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
    database.exec(
        "DROP TABLE look_pools; DROP TABLE shop_outfits; DROP TABLE photo_conflicts; DROP TABLE "
        "dropped_colours;"
        "ALTER TABLE garments DROP COLUMN removed_at;"
        "ALTER TABLE embeddings DROP COLUMN encoder; DROP INDEX garments_by_change;"
        "ALTER TABLE garments DROP COLUMN changed; DELETE FROM meta;"
        "DELETE FROM migrations WHERE version > 3");
  }
  EXPECT_EQ(to_json_text(open()->get("A").value()), to_json_text(full_garment("A")));
  ASSERT_TRUE(open()->remove("A").ok());
  std::vector<bool> sold;
  ASSERT_TRUE(open()
                  ->for_each_version([&](GarmentVersion&& version) -> Result<Done> {
                    sold.push_back(version.sold);
                    return kOk;
                  })
                  .ok());
  EXPECT_EQ(sold, (std::vector{false, true}));
}

TEST_F(SqliteStoreTest, RefusesWhatIsNotADatabase) {
  write_file(std::string(8192, 'x'));
  const auto error = refusal();
  EXPECT_EQ(error.code, Code::kCorrupt);
  EXPECT_EQ(error.where, file().string());
  EXPECT_NE(error.what.find("not a database"), std::string::npos) << error.what;
}

TEST_F(SqliteStoreTest, RefusesATornDatabase) {
  {
    auto store = open();
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(store->put(std::vector{full_garment(std::to_string(i))}).ok());
  }
  const auto whole = read_file(file());
  for (const double share : {0.1, 0.5, 0.9}) {
    write_file(whole.substr(0, static_cast<size_t>(static_cast<double>(whole.size()) * share)));
    EXPECT_EQ(refusal().code, Code::kCorrupt) << share;
  }
}

TEST_F(SqliteStoreTest, TellsDamageInsideByCheckOrByReading) {
  {
    auto store = open();
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(store->put(std::vector{full_garment(std::to_string(i))}).ok());
  }
  auto bytes = read_file(file());
  for (size_t page = 2; page < bytes.size() / 4096; ++page) bytes.replace(page * 4096, 64, 64, '\xee');
  write_file(bytes);
  auto store = SqliteStore::open(file());
  ASSERT_TRUE(store.ok()) << "the first page is whole";
  EXPECT_EQ((*store)->check().error().code, Code::kCorrupt);
  EXPECT_EQ((*store)->for_each([](Garment&&) -> Result<Done> { return kOk; }).error().code, Code::kCorrupt);
}

TEST_F(SqliteStoreTest, RefusesANewerSchemaAndOthersDatabases) {
  open().reset();
  {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
    database.exec("INSERT INTO migrations (version, name) VALUES (99, 'from the future')");
  }
  EXPECT_EQ(refusal().code, Code::kConflict);
  EXPECT_NE(refusal().what.find("version 99"), std::string::npos);
  fs::remove(file());
  {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE theirs (x)");
  }
  EXPECT_EQ(refusal().code, Code::kConflict);
  SQLite::Database database(file().string());
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt(), 1) << "left as it was";
}

TEST_F(SqliteStoreTest, ADamagedRowIsNamed) {
  {
    auto store = open();
    ASSERT_TRUE(store->put(std::vector{some_garment("good"), some_garment("ill")}).ok());
    ASSERT_TRUE(store->put_embeddings(std::vector{some_embedding("good", "Red")}).ok());
  }
  {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
    database.exec("UPDATE garments SET body = '{\"id\": 7}' WHERE id = 'ill'");
    database.exec("UPDATE embeddings SET dimension = 3");
  }
  auto store = open();
  EXPECT_TRUE(store->get("good").ok());
  const auto error = store->get("ill").error();
  EXPECT_EQ(error.code, Code::kCorrupt);
  EXPECT_NE(error.what.find("garment 'ill'"), std::string::npos) << error.what;
  EXPECT_EQ(store->for_each_embedding([](StoredEmbedding&&) -> Result<Done> { return kOk; }).error().code,
            Code::kCorrupt);
}

// The promise of erasure, looked for in every byte of the directory, among many shoppers whose rows moved
// between pages before, with readers at work, and with the store open or closed.
TEST_F(SqliteStoreTest, AnErasedShopperIsInNoFile) {
  auto store = open();
  Rng rng(3);
  const auto others = [&](size_t count) {
    std::vector<Identifier> ids;
    for (size_t i = 0; i < count; ++i)
      ids.push_back({static_cast<IdentifierKind>(rng.below(kIdentifierKinds)), std::to_string(rng.next())});
    ASSERT_TRUE(store->subjects(ids).ok());
  };
  for (int round = 0; round < 5; ++round) {
    others(300);
    const auto subject = store->subject(kPlantedEmail).value();
    others(300);
    EXPECT_FALSE(files_with(kPlanted).empty()) << "the search finds what is there";
    EXPECT_EQ(store->erase({&kPlantedEmail, 1}).value(), std::vector{subject});
    EXPECT_EQ(files_with(kPlanted), std::vector<std::string>{});
    EXPECT_EQ(files_with(subject), std::vector<std::string>{}) << "nor is the subject's row";
  }
  store.reset();
  EXPECT_EQ(files_with(kPlanted), std::vector<std::string>{});
}

TEST_F(SqliteStoreTest, AGarmentWhoseVectorCannotBeStoredIsNotStored) {
  auto store = open();
  SQLite::Database(file().string(), SQLite::OPEN_READWRITE)
      .exec("CREATE TRIGGER full BEFORE INSERT ON embeddings BEGIN SELECT RAISE(ABORT, 'full'); END");
  const auto put =
      store->put_whole(std::vector{some_garment("A")}, std::vector{some_embedding("A", "Red")}, {});
  EXPECT_FALSE(put.ok());
  EXPECT_EQ(store->get("A").error().code, Code::kNotFound);
}

// The batch finds ada, then looks for many others while ada is erased: what it found is not remembered.
TEST_F(SqliteStoreTest, ABatchDoesNotRememberWhoWasErasedMeanwhile) {
  auto store = open();
  const auto erased = store->subject(kAda).value();
  std::vector<Identifier> batch{kAda};
  for (int i = 0; i < 30'000; ++i) batch.push_back({IdentifierKind::kSession, std::to_string(i)});
  std::atomic<bool> begun = false;
  std::thread sender([&] {
    begun = true;
    ASSERT_TRUE(store->subjects(batch).ok());
  });
  while (!begun) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ASSERT_TRUE(store->erase({&kAda, 1}).ok());
  sender.join();
  EXPECT_NE(store->subjects({&kAda, 1}).value().front(), erased);
}

TEST_F(SqliteStoreTest, ACopyThatTheDatabaseRefusesIsAnError) {
  auto store = open();
  ASSERT_TRUE(store->put(std::vector{full_garment("A")}).ok());
  const auto copy = directory_.path() / "copy.db";
  ASSERT_TRUE(copy_database(file(), copy).ok());
  SQLite::Database holder(copy.string(), SQLite::OPEN_READWRITE);
  holder.exec("BEGIN EXCLUSIVE");
  const auto refused = copy_database(file(), copy);
  ASSERT_FALSE(refused.ok()) << "nothing was copied";
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
}

TEST_F(SqliteStoreTest, ALookPoolThatCannotBeReadIsPassedOver) {
  std::vector<lookbook::LookPool> pools(2);
  pools[0].cluster_id = "a";
  pools[1].cluster_id = "b";
  ASSERT_TRUE(open()->put_pools(pools).ok());
  SQLite::Database(file().string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE look_pools SET body = '{' WHERE cluster_id = 'a'");
  const auto found = open()->pools();
  ASSERT_TRUE(found.ok()) << found.error().message();
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().cluster_id, "b");
}

TEST_F(SqliteStoreTest, AReaderThatTakesLongDoesNotHoldUpEachWriteAfterAnErasure) {
  auto store = open();
  ASSERT_TRUE(store->put(std::vector{some_garment("A")}).ok());
  ASSERT_TRUE(store->subject(kPlantedEmail).ok());
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_TRUE(store
                  ->for_each([&](Garment&&) -> Result<Done> {
                    TRY(store->erase({&kPlantedEmail, 1}));
                    for (int i = 0; i < 30; ++i) TRY(store->put(std::vector{some_garment("A")}));
                    return kOk;
                  })
                  .ok());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(2'500)) << "100 ms each";
}

TEST_F(SqliteStoreTest, AnErasureBehindALongReaderIsFinishedByALaterWrite) {
  auto store = open();
  ASSERT_TRUE(store->put(std::vector{some_garment("A")}).ok());
  ASSERT_TRUE(store->subject(kPlantedEmail).ok());
  ASSERT_TRUE(store
                  ->for_each([&](Garment&&) -> Result<Done> {
                    TRY(store->erase({&kPlantedEmail, 1}));
                    return kOk;
                  })
                  .ok());
  EXPECT_EQ(store->find(kPlantedEmail).error().code, Code::kNotFound);
  std::this_thread::sleep_for(std::chrono::milliseconds(1'100));
  ASSERT_TRUE(store->put(std::vector{full_garment("A")}).ok());
  EXPECT_EQ(files_with(kPlanted), std::vector<std::string>{});
}

TEST_F(SqliteStoreTest, ErasureSurvivesACrashBeforeTheScrub) {
  const auto copy = directory_.path() / "crashed";
  fs::create_directory(copy);
  {
    auto store = open();
    ASSERT_TRUE(store->subject(kPlantedEmail).ok());
    // The files as a crash would leave them: the WAL still holds the shopper.
    for (const char* name : {"modiste.db", "modiste.db-wal"})
      fs::copy_file(directory_.path() / name, copy / name);
    ASSERT_TRUE(store->erase({&kPlantedEmail, 1}).ok());
  }
  ASSERT_FALSE(files_with(kPlanted).empty());
  auto crashed = SqliteStore::open(copy / "modiste.db");
  ASSERT_TRUE(crashed.ok());
  ASSERT_TRUE((*crashed)->erase({&kPlantedEmail, 1}).ok());
  EXPECT_EQ(files_with(kPlanted), std::vector<std::string>{});
}

TEST_F(SqliteStoreTest, IsFast) {
  using Seconds = std::chrono::duration<double>;
  const auto now = [] { return std::chrono::steady_clock::now(); };
  auto store = open();
  std::vector<Garment> batch;
  for (int i = 0; i < 500; ++i) {
    Garment garment = full_garment("garment-" + std::to_string(i));
    garment.variants = some_garment(garment.id, 12).variants;
    batch.push_back(std::move(garment));
  }
  auto start = now();
  ASSERT_TRUE(store->put(batch).ok());
  const double put_s = Seconds(now() - start).count();
  start = now();
  for (const auto& garment : batch) ASSERT_TRUE(store->get(garment.id).ok());
  const double get_ms = Seconds(now() - start).count() * 1e3 / 500;
  std::vector<StoredEmbedding> embeddings;
  for (const auto& garment : batch) {
    embeddings.push_back(some_embedding(garment.id, "Red"));
    embeddings.back().vector.assign(128, 0.1f);
  }
  start = now();
  ASSERT_TRUE(store->put_embeddings(embeddings).ok());
  const double embeddings_s = Seconds(now() - start).count();
  std::printf("sqlite: put %.0f garments/s (%.0f rows/s), %.0f embeddings/s, get %.3f ms\n", 500 / put_s,
              500 * 13 / put_s, 500 / embeddings_s, get_ms);
  EXPECT_LT(get_ms, 1.0);
}

}  // namespace
}  // namespace modiste
