#include "shop/catalog_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "io/file_input.h"
#include "io/read_file.h"
#include "shop/progress.h"

namespace modiste {
namespace {

constexpr size_t kBatchGarments =
    16;                         // enough photos for the networks' batches, few enough for lively progress
constexpr size_t kListed = 12;  // of each kind of trouble, in the printed report

class Import {
 public:
  Import(const std::filesystem::path& source, const Normaliser& normaliser, ImageFolder& images,
         const Upserter& upsert)
      : folder_(std::filesystem::is_directory(source) ? source : source.parent_path()),
        normaliser_(normaliser),
        images_(images),
        upsert_(upsert) {}

  Result<Done> take(Garment&& garment) {
    Garment understood = garment;
    normaliser_.normalise(understood, &report_.words);
    store_photos(garment);
    batch_.push_back(std::move(garment));
    return batch_.size() == kBatchGarments ? flush() : Result<Done>(kOk);
  }

  Result<Done> flush() {
    if (batch_.empty()) return kOk;
    std::vector<std::string> ids;
    for (const auto& garment : batch_) ids.push_back(garment.id);
    TRY_ASSIGN(auto results, upsert_(std::exchange(batch_, {})));
    for (size_t i = 0; i < results.size(); ++i) {
      if (!results[i].ok()) {
        report_.refused.push_back(fmt::format("{}: {}", ids[i], results[i].error().message()));
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

  ImportReport& report() { return report_; }

 private:
  // References become names in the shop's image folder; those that lead nowhere are dropped and reported.
  void store_photos(Garment& garment) {
    std::vector<GarmentImage> kept;
    for (auto& image : garment.images) {
      if (image.url.find("://") != std::string::npos || images_.path(image.url).ok()) {
        kept.push_back(std::move(image));
        continue;
      }
      auto name = store(image.url);
      if (name.ok()) {
        kept.push_back({std::move(*name), image.colour});
        ++report_.photos_stored;
      } else {
        report_.photo_problems.push_back(fmt::format("{}: {}", garment.id, name.error().message()));
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
  ImageFolder& images_;
  const Upserter& upsert_;
  std::vector<Garment> batch_;
  ImportReport report_;
  ProgressLine line_{"garments", 0};
};

Result<std::vector<std::filesystem::path>> files_of(const std::filesystem::path& source) {
  if (!std::filesystem::exists(source))
    return Error{Code::kNotFound, "there is no such file or folder", source.string(), ""};
  if (!std::filesystem::is_directory(source)) return std::vector{source};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(source)) {
    const auto extension = entry.path().extension();
    if (extension == ".csv" || extension == ".tsv" || extension == ".txt" || extension == ".xml" ||
        extension == ".jsonl")
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

template <class List, class Print>
void print_some(std::string_view title, const List& list, const Print& print_one) {
  if (list.empty()) return;
  fmt::print("\n{} ({})\n", title, list.size());
  for (size_t i = 0; i < std::min(kListed, list.size()); ++i) print_one(list[i]);
  if (list.size() > kListed) fmt::print("  ... and {} more\n", list.size() - kListed);
}

}  // namespace

Result<DirectoryReport> read_catalog(const std::filesystem::path& source, const GarmentSink& sink) {
  TRY_ASSIGN(const auto files, files_of(source));
  std::vector<std::unique_ptr<FileInput>> inputs;
  std::vector<FeedInput*> borrowed;
  for (const auto& file : files) {
    TRY_ASSIGN(auto input, FileInput::open(file));
    inputs.push_back(std::make_unique<FileInput>(std::move(input)));
    borrowed.push_back(inputs.back().get());
  }
  return read_feed_directory(borrowed, sink);
}

Result<ImportReport> import_catalog(const std::filesystem::path& source, const Normaliser& normaliser,
                                    ImageFolder& images, const Upserter& upsert) {
  const auto started = std::chrono::steady_clock::now();
  Import import(source, normaliser, images, upsert);
  TRY_ASSIGN(auto feed,
             read_catalog(source, [&](Garment&& garment) { return import.take(std::move(garment)); }));
  TRY(import.flush());
  import.report().feed = std::move(feed);
  import.report().seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return std::move(import.report());
}

void print(const ImportReport& report, const Vocabulary& vocabulary) {
  const FeedReport& feed = report.feed.total;
  fmt::print("\n{:>8} rows read\n{:>8} garments with {} variants and {} images\n", feed.rows_read,
             feed.garments, feed.variants, feed.images);
  fmt::print("{:>8} garments in the shop now ({} new)\n", report.accepted, report.created);
  if (report.embedded > 0)
    fmt::print("{:>8} items embedded in {:.0f} s ({:.1f} a second)\n", report.embedded, report.seconds,
               static_cast<double>(report.embedded) / report.seconds);
  fmt::print("{:>7.1f}% of {} supplier words understood\n", 100 * report.words.understood_share(),
             report.words.words());
  fmt::print("{:>8} rows refused\n", feed.rows_refused);

  for (const auto& file : report.feed.files) fmt::print("  {:<36} {}\n", file.file, file.role);
  print_some("Rows refused", feed.refusals, [](const Refusal& refusal) {
    fmt::print("  {} line {}{}: {}\n", refusal.file, refusal.line,
               refusal.column.empty() ? "" : ", " + refusal.column, refusal.reason);
  });
  print_some("Garments refused", report.refused, [](const std::string& text) { fmt::print("  {}\n", text); });
  print_some("Words not understood", report.words.unknown(), [](const VocabularyReport::Unknown& word) {
    fmt::print("  {} '{}' ({} times)\n", word.where, word.word, word.count);
  });
  print_some("Photos that could not be used", report.photo_problems,
             [](const std::string& text) { fmt::print("  {}\n", text); });
  print_some("Photos that contradict the supplier", report.conflicts,
             [&](const PhotoConflict& conflict) { fmt::print("  {}\n", conflict.message(vocabulary)); });
}

}  // namespace modiste
