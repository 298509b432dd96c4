#include "shop/imports/catalog_import.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "io/gzip.h"
#include "io/test_directory.h"
#include "storage/images/image_folder.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPixel =  // a GIF of one pixel
    "GIF89a\1\0\1\0\0\0\0;";

std::string line_of(const std::string& id, const std::string& photo = "") {
  Garment garment;
  garment.id = id;
  garment.title = "Dress " + id;
  garment.brand = "Luma";
  garment.currency = "EUR";
  if (!photo.empty()) garment.images.push_back({photo, ""});
  garment.variants.push_back({id + "-S", "S", "", 40.0, {}, {}, 3});
  return to_json_line(garment) + "\n";
}

class CatalogImport : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    fs::create_directories((directory_.path() / name).parent_path());
    std::ofstream(directory_.path() / name, std::ios::binary) << text;
    return directory_.path() / name;
  }
  // Into a shop that takes every garment but those whose id begins with "bad".
  Result<ImportReport> import(const fs::path& source, const ImportOptions& options = {}) {
    auto images = ImageFolder::open(directory_.path() / "kept").value();
    const Normaliser normaliser(Vocabulary::standard());
    ImportTarget target;
    target.upsert = [this](std::vector<Garment> garments) { return take(std::move(garments)); };
    target.ids = [this]() -> Result<std::vector<std::string>> {
      return std::vector<std::string>(for_sale_.begin(), for_sale_.end());
    };
    target.remove = [this](const std::string& id) -> Result<Done> {
      for_sale_.erase(id);
      if (id == removed_meanwhile_) return Error{Code::kNotFound, "no garment '" + id + "'", "", ""};
      return kOk;
    };
    return import_catalog(source, normaliser, images, target, options);
  }
  Result<std::vector<Result<Upserted>>> take(std::vector<Garment> garments) {
    std::vector<Result<Upserted>> results;
    for (auto& garment : garments) {
      Upserted done;
      done.garment_id = garment.id;
      done.created = true;
      const auto holder = sku_holders_.find(garment.id);
      if (holder != sku_holders_.end() && for_sale_.contains(holder->second)) {
        results.emplace_back(Error{Code::kConflict, "its sku belongs to another garment", "", ""});
      } else if (garment.id.starts_with("bad")) {
        results.emplace_back(Error{Code::kInvalid, "no variants", "/variants", "at least one"});
      } else {
        for_sale_.insert(garment.id);
        results.emplace_back(std::move(done));
      }
      taken_.push_back(std::move(garment));
    }
    return results;
  }
  std::set<std::string> for_sale_;
  std::string removed_meanwhile_;                   // by somebody else, after ids() were told
  std::map<std::string, std::string> sku_holders_;  // which garment has the sku of another, by the other's id
  TestDirectory directory_;
  std::vector<Garment> taken_;
};

TEST_F(CatalogImport, GoodRowsGoInWithTheirPhotos) {
  write("feed/images/a.gif", std::string(kPixel));
  write("feed/garments.jsonl", line_of("MH01", "/a.gif") + "not json\n" + line_of("MH02", "missing.jpg") +
                                   line_of("bad1") + line_of("bad2"));
  const auto report = import(directory_.path() / "feed");
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->accepted, 2U);
  EXPECT_EQ(report->created, 2U);
  EXPECT_EQ(report->photos_stored, 1U);
  ASSERT_EQ(taken_.size(), 4U);
  ASSERT_EQ(taken_[0].images.size(), 1U);
  EXPECT_TRUE(taken_[0].images[0].url.ends_with(".gif"));
  EXPECT_TRUE(fs::exists(directory_.path() / "kept" / taken_[0].images[0].url));
  EXPECT_TRUE(taken_[1].images.empty()) << "a reference that leads nowhere is dropped";
  ASSERT_EQ(report->photo_problems.size(), 1U);
  EXPECT_EQ(report->feed.total.rows_refused, 1U);
  EXPECT_EQ(report->refused.count(), 2U);
  EXPECT_EQ(report->refused.text(), "  2 x garment 'bad1': no variants (/variants); expected at least one\n");
  EXPECT_TRUE(expect_garments(*report, "feed").ok());
}

TEST_F(CatalogImport, AnAddressWithoutItsSchemeIsOne) {
  const auto report = import(write("garments.jsonl", line_of("MH01", "//img.example/a,1.jpg")));
  ASSERT_TRUE(report.ok()) << report.error().message();
  ASSERT_EQ(taken_.at(0).images.size(), 1U);
  EXPECT_EQ(taken_[0].images[0].url, "https://img.example/a,1.jpg");
}

TEST_F(CatalogImport, AGzippedFeedIsRead) {
  const auto report = import(write("garments.jsonl.gz", gzip(line_of("MH01"))));
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->accepted, 1U);
}

TEST_F(CatalogImport, NothingFoundIsAnError) {
  EXPECT_EQ(import(directory_.path() / "nowhere").error().code, Code::kNotFound);
  fs::create_directories(directory_.path() / "empty");
  const auto empty = import(directory_.path() / "empty").error();
  EXPECT_EQ(empty.code, Code::kNotFound);
  EXPECT_NE(empty.message().find(".jsonl"), std::string::npos) << "says what was looked for";

  const auto header = import(write("header.csv", "id,title,price,image_link,availability,link\n"));
  const auto none = header.ok() ? expect_garments(*header, "header.csv") : Result<Done>(header.error());
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().where.find("header.csv"), std::string::npos);
  EXPECT_NE(none.error().code, Code::kInvalid) << "the program exits with 1, not 2";

  const auto refused = import(write("bad.jsonl", line_of("bad1") + line_of("bad2")));
  ASSERT_TRUE(refused.ok());
  const auto all = expect_garments(*refused, "bad.jsonl");
  ASSERT_FALSE(all.ok());
  EXPECT_NE(all.error().what.find("all 2 garments"), std::string::npos);
}

TEST_F(CatalogImport, WhatIsGoneAlreadyDoesNotEndIt) {
  for_sale_ = {"A", "B", "C", "D", "E"};
  removed_meanwhile_ = "B";
  ImportOptions options;
  options.whole = options.forced = true;
  const auto report = import(write("whole.jsonl", line_of("A")), options);
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(for_sale_, (std::set<std::string>{"A"}));
}

TEST_F(CatalogImport, APartOfTheCatalogRemovesNothing) {
  for_sale_ = {"A", "B", "C"};
  ASSERT_TRUE(import(write("part.jsonl", line_of("A"))).ok());
  EXPECT_EQ(for_sale_, (std::set<std::string>{"A", "B", "C"}));
}

TEST_F(CatalogImport, AWholeFeedRemovesWhatItDoesNotHave) {
  for_sale_ = {"A", "B", "C", "D", "E", "GONE"};
  const std::string five = line_of("A") + line_of("B") + line_of("C") + line_of("D") + line_of("E");
  const auto report = import(write("whole.jsonl", five), {.feed = {}, .whole = true});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->missing, 1U);
  EXPECT_EQ(report->removed, 1U);
  EXPECT_EQ(for_sale_, (std::set<std::string>{"A", "B", "C", "D", "E"}));
  EXPECT_TRUE(expect_garments(*report, "whole.jsonl").ok());
}

TEST_F(CatalogImport, AGarmentThatHasANewIdTakesItsSkusFromTheOldOne) {
  for_sale_ = {"A", "B", "C", "D", "E", "OLD"};
  sku_holders_ = {{"NEW", "OLD"}};
  const std::string rest = line_of("A") + line_of("B") + line_of("C") + line_of("D") + line_of("E");
  const auto path = write("whole.jsonl", line_of("NEW") + rest);
  const auto part = import(path);
  ASSERT_TRUE(part.ok());
  EXPECT_EQ(part->refused.count(), 1U);
  EXPECT_TRUE(for_sale_.contains("OLD")) << "a part of the catalog removes nothing";
  const auto whole = import(path, {.feed = {}, .whole = true});
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->refused.count(), 0U);
  EXPECT_EQ(whole->accepted, 6U);
  EXPECT_EQ(for_sale_, (std::set<std::string>{"A", "B", "C", "D", "E", "NEW"}));
}

TEST_F(CatalogImport, AWholeFeedThatLacksTooMuchRemovesNothingUnlessForced) {
  for_sale_ = {"A", "B", "C", "D"};
  const auto path = write("whole.jsonl", line_of("A"));
  const auto kept = import(path, {.feed = {}, .whole = true});
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept->removed, 0U);
  EXPECT_EQ(kept->missing, 3U);
  EXPECT_EQ(for_sale_.size(), 4U);
  const auto refused = expect_garments(*kept, path);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kConflict);
  EXPECT_NE(refused.error().message().find("75% of the shop"), std::string::npos)
      << refused.error().message();
  EXPECT_NE(refused.error().message().find("--force"), std::string::npos);
  EXPECT_EQ(import(path, {.feed = {}, .whole = true, .removals_share_max = 0.8})->removed, 3U);
  for_sale_ = {"A", "B", "C", "D"};
  EXPECT_EQ(import(path, {.feed = {}, .whole = true, .forced = true})->removed, 3U);
  EXPECT_EQ(for_sale_, std::set<std::string>{"A"});
}

TEST_F(CatalogImport, AGarmentWhoseRowIsRefusedIsNotMissing) {
  for_sale_ = {"A", "bad1", "NEGATIVE", "D", "E", "F"};
  std::string negative = line_of("NEGATIVE");
  negative.replace(negative.find("\"price\":40"), 10, "\"price\":-4");
  const std::string rows =
      line_of("A") + line_of("bad1") + negative + line_of("D") + line_of("E") + line_of("F");
  EXPECT_EQ(import(write("whole.jsonl", rows), {.feed = {}, .whole = true})->missing, 0U);
  EXPECT_EQ(for_sale_.size(), 6U);
  // A row that cannot be read may be anybody's.
  for_sale_.insert("G");
  const auto torn = import(write("torn.jsonl", rows + "not json\n"), {.feed = {}, .whole = true});
  EXPECT_EQ(torn->missing, 1U);
  EXPECT_EQ(torn->removed, 0U);
  EXPECT_NE(torn->kept_because.find("could not be read"), std::string::npos);
}

TEST_F(CatalogImport, WhatTheFeedTakesOutOfSaleIsRemoved) {
  for_sale_ = {"old", "tee"};
  const auto report =
      import(write("products.csv",
                   "Handle,Title,Variant Price,Status\nold,Old,10,archived\ntee,Tee,10,active\n"
                   "never,Never,10,draft\n"));
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->withdrawn, 1U);
  EXPECT_EQ(for_sale_, std::set<std::string>{"tee"});
}

TEST_F(CatalogImport, AWholeFolderWithAFileThatNobodyReadRemovesNothing) {
  const auto kept_because = [&](const std::string& folder) {
    for_sale_ = {"A", "B", "C", "D", "E", "GONE"};
    const auto report = import(directory_.path() / folder, {.feed = {}, .whole = true});
    EXPECT_TRUE(report.ok());
    EXPECT_EQ(for_sale_.size(), report->kept_because.empty() ? 5U : 6U);
    return report->kept_because;
  };
  const std::string five = line_of("A") + line_of("B") + line_of("C") + line_of("D") + line_of("E");
  write("page/a.jsonl", five);
  write("page/b.csv", "<!DOCTYPE html><html><body>503 Service Unavailable</body></html>\n");
  EXPECT_NE(kept_because("page").find("b.csv' could not be read"), std::string::npos);
  write("sheet/a.jsonl", five);
  write("sheet/b.xlsx", "PK");
  EXPECT_NE(kept_because("sheet").find("b.xlsx"), std::string::npos);
  write("notes/a.jsonl", five);
  write("notes/readme.txt", "What lies here\nis the catalog.\n");
  write("notes/photos.zip", "PK");
  EXPECT_EQ(kept_because("notes"), "");
}

TEST_F(CatalogImport, AGzippedFeedOfAFolderIsReadAndOthersAreNamed) {
  write("folder/a.jsonl", line_of("A"));
  write("folder/b.JSONL.gz", gzip(line_of("B")));
  write("folder/photos.zip", "PK");
  const auto report = import(directory_.path() / "folder");
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(for_sale_, (std::set<std::string>{"A", "B"}));
  ASSERT_EQ(report->feed.files.size(), 3U);
  EXPECT_NE(report->feed.files[2].file.find("photos.zip"), std::string::npos);
  EXPECT_NE(report->feed.files[2].role.find("passed over"), std::string::npos);
}

}  // namespace
}  // namespace modiste
