#include "shop/imports/catalog_import.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <unordered_set>

#include "base/contains.h"
#include "base/text.h"
#include "io/file_input.h"
#include "io/read_file.h"
#include "shop/console/progress_line.h"

namespace modiste {
namespace {

constexpr size_t kBatchPhotos = 16;  // enough for the networks' batches, few enough for lively progress
constexpr size_t kCatalogBatchGarments = 128;  // without photos; one transaction each

constexpr std::array<std::string_view, 6> kEndings{".csv", ".tsv", ".txt", ".xml", ".json", ".jsonl"};
// Of files that hold a feed in a form that is not read; archives may as well hold photos.
constexpr std::array<std::string_view, 4> kSheetEndings{".xlsx", ".xls", ".ods", ".numbers"};
constexpr std::array<std::string_view, 7> kArchiveEndings{".zip", ".rar", ".7z", ".bz2",
                                                          ".xz",  ".zst", ".gz"};

// ".csv" of "feed.csv.gz", which is unpacked as it is read.
std::string ending_of(const std::filesystem::path& file) {
  const std::string last = ascii_lower(file.extension().string());
  if (last != ".gz") return last;
  const std::string before = ascii_lower(file.stem().extension().string());
  return contains(kEndings, before) ? before : last;
}

class Import {
 public:
  Import(const std::filesystem::path& source, const Normaliser& normaliser, ImageStore& images,
         const ImportTarget& target, bool whole)
      : folder_(std::filesystem::is_directory(source) ? source : source.parent_path()),
        normaliser_(normaliser),
        images_(images),
        target_(target),
        tries_again_(whole) {}

  Result<Done> take(Garment&& garment) {
    if (target_.words == nullptr) {
      Garment understood = garment;
      normaliser_.normalise(understood, &report_.words);
    }
    store_photos(garment);
    batch_.push_back(std::move(garment));
    batch_photos_ += batch_.back().images.size();
    return batch_photos_ >= kBatchPhotos || batch_.size() >= kCatalogBatchGarments ? flush()
                                                                                   : Result<Done>(kOk);
  }

  Result<Done> flush() {
    if (batch_.empty()) return kOk;
    batch_photos_ = 0;
    auto sent = batch_;
    TRY_ASSIGN(auto results, target_.upsert(std::exchange(batch_, {})));
    for (size_t i = 0; i < results.size(); ++i) {
      if (!results[i].ok() && tries_again_) {
        refused_once_.push_back(std::move(sent[i]));
        continue;
      }
      if (!results[i].ok()) {
        report_.refused.add(fmt::format("garment '{}'", sent[i].id), 0, results[i].error().message());
        continue;
      }
      Upserted& done = *results[i];
      ++report_.accepted;
      report_.created += done.created ? 1 : 0;
      report_.embedded += done.embedded;
      std::move(done.photo_problems.begin(), done.photo_problems.end(),
                std::back_inserter(report_.photo_problems));
      std::move(done.conflicts.begin(), done.conflicts.end(), std::back_inserter(report_.conflicts));
    }
    line_.at(report_.accepted,
             report_.embedded > 0 ? fmt::format("{} items embedded", report_.embedded) : "");
    return kOk;
  }

  // After what a whole feed no longer has was removed: a garment that has a new id has its skus free now.
  Result<Done> try_again() {
    tries_again_ = false;
    for (auto& garment : std::exchange(refused_once_, {})) {
      batch_.push_back(std::move(garment));
      if (batch_.size() >= kCatalogBatchGarments) TRY(flush());
    }
    return flush();
  }

  ImportReport& report() { return report_; }

 private:
  // References become names in the shop's image folder; those that lead nowhere are dropped and reported.
  void store_photos(Garment& garment) {
    std::vector<GarmentImage> kept;
    for (auto& image : garment.images) {
      if (image.url.starts_with("//")) image.url.insert(0, "https:");  // the address without its scheme
      if (image.url.find("://") != std::string::npos || images_.read(image.url).ok()) {
        kept.push_back(std::move(image));
        continue;
      }
      auto name = store(image.url);
      if (name.ok()) {
        kept.push_back({std::move(*name), image.colour});
        ++report_.photos_stored;
      } else {
        report_.photo_problems.push_back(fmt::format("garment '{}': {}", garment.id, name.error().message()));
      }
    }
    garment.images = std::move(kept);
  }

  Result<std::string> store(const std::string& reference) const {
    for (const auto& candidate : image_file_candidates(reference)) {
      const auto file = folder_ / candidate;
      if (!std::filesystem::is_regular_file(file)) continue;
      TRY_ASSIGN(const auto bytes, read_file(file));
      return images_.keep(bytes);
    }
    return Error{Code::kNotFound, fmt::format("photo '{}' is not in the folder", reference), "", ""};
  }

  std::filesystem::path folder_;
  const Normaliser& normaliser_;
  ImageStore& images_;
  const ImportTarget& target_;
  std::vector<Garment> batch_;
  size_t batch_photos_ = 0;
  bool tries_again_ = false;
  std::vector<Garment> refused_once_;
  ImportReport report_;
  ProgressLine line_{"garments", 0};
};

struct SourceFiles {
  std::vector<std::filesystem::path> feeds;
  std::vector<std::filesystem::path> passed_over;  // may hold a feed, in a form that is not read
};

Result<SourceFiles> files_of(const std::filesystem::path& source) {
  std::error_code error;
  if (!std::filesystem::exists(source, error))
    return Error{Code::kNotFound, "there is no such file or folder", source.string(),
                 "a feed, or a folder of feeds and photos"};
  if (!std::filesystem::is_directory(source, error)) return SourceFiles{{source}, {}};
  SourceFiles files;
  for (auto entry = std::filesystem::directory_iterator(source, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string ending = ending_of(entry->path());
    if (contains(kEndings, ending)) files.feeds.push_back(entry->path());
    if (contains(kSheetEndings, ending) || contains(kArchiveEndings, ending))
      files.passed_over.push_back(entry->path());
  }
  if (error)
    return Error{Code::kUnavailable, "the folder cannot be read: " + error.message(), source.string(),
                 "a folder that this user may read"};
  if (files.feeds.empty())
    return Error{Code::kNotFound, "the folder holds no catalog files", source.string(),
                 fmt::format("files ending in {}", fmt::join(kEndings, ", "))};
  std::sort(files.feeds.begin(), files.feeds.end());
  std::sort(files.passed_over.begin(), files.passed_over.end());
  return files;
}

// What is gone already, as by another hand meanwhile, is as it should be.
Result<Done> remove_one(const ImportTarget& target, const std::string& id) {
  auto removed = target.remove(id);
  if (!removed.ok() && removed.error().code == Code::kNotFound) return kOk;
  return removed;
}

// What the feed takes out of sale, and what a whole feed no longer has.
Result<Done> remove_what_is_gone(const ImportTarget& target, const ImportOptions& options,
                                 ImportReport& report) {
  const FeedReport& feed = report.feed.total;
  if (!options.whole && feed.withdrawn.empty()) return kOk;
  TRY_ASSIGN(const auto ids, target.ids());
  const std::unordered_set<std::string> withdrawn(feed.withdrawn.begin(), feed.withdrawn.end());
  std::vector<std::string> missing;
  for (const auto& id : ids) {
    if (withdrawn.contains(id)) {
      TRY(remove_one(target, id));
      ++report.withdrawn;
    } else if (options.whole && !feed.mentioned.contains(id)) {
      missing.push_back(id);
    }
  }
  report.missing = missing.size();
  if (missing.empty()) return kOk;
  if (!options.forced) {
    const auto& files = report.feed.files;
    const auto unread = std::find_if(files.begin(), files.end(),
                                     [](const FileOutcome& file) { return file.may_hold_products; });
    if (unread != files.end())
      report.kept_because = fmt::format("'{}' could not be read and may hold them", unread->file);
    else if (feed.rows_without_id > 0)
      report.kept_because = fmt::format("{} rows could not be read and may hold them", feed.rows_without_id);
    else if (static_cast<double>(missing.size()) >
             options.removals_share_max * static_cast<double>(ids.size()))
      report.kept_because =
          fmt::format("they are {:.0f}% of the shop, and at most {:.0f}% are removed",
                      100.0 * static_cast<double>(missing.size()) / static_cast<double>(ids.size()),
                      100 * options.removals_share_max);
    if (!report.kept_because.empty()) return kOk;
  }
  for (const auto& id : missing) {
    TRY(remove_one(target, id));
    ++report.removed;
  }
  return kOk;
}

}  // namespace

Result<DirectoryReport> read_catalog(const std::filesystem::path& source, const FeedOptions& options,
                                     const GarmentSink& sink) {
  TRY_ASSIGN(const auto files, files_of(source));
  std::vector<std::unique_ptr<FileInput>> inputs;
  std::vector<FeedInput*> borrowed;
  for (const auto& file : files.feeds) {
    TRY_ASSIGN(auto input, FileInput::open(file));
    inputs.push_back(std::make_unique<FileInput>(std::move(input)));
    borrowed.push_back(inputs.back().get());
  }
  auto report = read_feed_directory(borrowed, options, sink);
  if (report.ok())
    for (const auto& file : files.passed_over)
      report->files.push_back({file.string(),
                               "passed over; save it as CSV or XML",
                               {},
                               contains(kSheetEndings, ending_of(file))});
  // Nothing to import is a result like "0 garments", not a mistake in how the program was called.
  if (report.ok() || report.error().code != Code::kInvalid) return report;
  Error error = std::move(report).error();
  error.code = Code::kNotFound;
  error.where = source.string() + (error.where.empty() ? "" : ", " + error.where);
  return error;
}

namespace {

Result<Done> import_all(const std::filesystem::path& source, const ImportTarget& target,
                        const ImportOptions& options, Import& import) {
  TRY_ASSIGN(import.report().feed, read_catalog(source, options.feed, [&](Garment&& garment) {
               return import.take(std::move(garment));
             }));
  TRY(import.flush());
  TRY(remove_what_is_gone(target, options, import.report()));
  return import.try_again();
}

}  // namespace

Result<ImportReport> import_catalog(const std::filesystem::path& source, const Normaliser& normaliser,
                                    ImageStore& images, const ImportTarget& target,
                                    const ImportOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  Import import(source, normaliser, images, target, options.whole);
  const auto done = import_all(source, target, options, import);
  ImportReport& report = import.report();
  if (target.words != nullptr) report.words = *target.words;
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  if (done.ok()) return std::move(report);
  if (options.broke_off && (report.accepted > 0 || report.refused.count() > 0)) options.broke_off(report);
  return done.error();
}

}  // namespace modiste
