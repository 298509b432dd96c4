#include "feeds/feed_directory.h"

#include <algorithm>
#include <unordered_map>

#include "feeds/combinations.h"
#include "feeds/csv_table.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

enum class Role { kProducts, kPhotos, kLinks, kUpsell, kCombinations, kOther };

// An input whose first bytes were looked at and are read again.
class PeekedInput final : public FeedInput {
 public:
  explicit PeekedInput(FeedInput& input) : input_(input) {}

  Result<std::string_view> peek() {
    head_.resize(Utf8Input::kHeadBytes);
    size_t got = 0;
    while (got < head_.size()) {
      TRY_ASSIGN(const size_t piece, input_.read(std::span(head_).subspan(got)));
      if (piece == 0) break;
      got += piece;
    }
    head_.resize(got);
    return std::string_view(head_);
  }

  [[nodiscard]] std::string name() const override { return input_.name(); }

  Result<size_t> read(std::span<char> buffer) override {
    if (pos_ == head_.size()) return input_.read(buffer);
    const size_t count = std::min(buffer.size(), head_.size() - pos_);
    std::copy_n(head_.begin() + static_cast<std::ptrdiff_t>(pos_), count, buffer.begin());
    pos_ += count;
    return count;
  }

 private:
  FeedInput& input_;
  std::string head_;
  size_t pos_ = 0;
};

struct File {
  std::unique_ptr<PeekedInput> input;
  Role role = Role::kOther;
  const FeedReader* reader = nullptr;  // of products
  bool is_table = false;               // its first line has several cells
};

std::string file_name(std::string_view path) {
  return ascii_lower(path.substr(path.find_last_of("/\\") + 1));
}

Result<File> classify(FeedInput& input) {
  File file;
  file.input = std::make_unique<PeekedInput>(input);
  TRY_ASSIGN(const std::string_view head, file.input->peek());
  MemoryInput memory(input.name(), head);
  const GarmentSink no_sink;
  FeedRun run(memory, {}, no_sink, {});
  if (const auto table = CsvTable::detect(run); table.ok()) {
    const auto& columns = (*table)->columns();
    file.is_table = columns.size() > 1;
    if (are_combinations(columns)) file.role = Role::kCombinations;
    if (columns == std::vector<std::string>{"sku", "image"}) file.role = Role::kPhotos;
    if (columns == std::vector<std::string>{"sku", "linked_sku"})
      file.role = file_name(input.name()).find("upsell") == std::string::npos ? Role::kLinks : Role::kUpsell;
  }
  if (file.role != Role::kOther) return file;
  if (const auto reader = detect_feed(head); reader.ok()) {
    file.role = Role::kProducts;
    file.reader = *reader;
  }
  return file;
}

using Lists = std::unordered_map<std::string, std::vector<std::string>>;

// A row's second cell may list several, one a line.
Result<FeedReport> read_lists(FeedInput& input, std::string_view column, Lists& lists) {
  const GarmentSink no_sink;
  FeedRun run(input, {}, no_sink, {});
  TRY_ASSIGN(const auto table, CsvTable::detect(run));
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return run.finish();
    auto& list = lists[std::string(table->cell("sku"))];
    for (auto& value : split_list(table->cell(column), "\n"))
      if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
  }
}

void add_to_total(FeedReport& total, FeedReport report) {
  total.rows_read += report.rows_read;
  total.garments += report.garments;
  total.variants += report.variants;
  total.images += report.images;
  total.rows_refused += report.rows_refused;
  total.rows_without_id += report.rows_without_id;
  for (auto& refusal : report.refusals)
    if (total.refusals.size() < kRefusalsMax) total.refusals.push_back(std::move(refusal));
  std::move(report.notes.begin(), report.notes.end(), std::back_inserter(total.notes));
  std::move(report.withdrawn.begin(), report.withdrawn.end(), std::back_inserter(total.withdrawn));
  total.mentioned.merge(report.mentioned);
}

std::string role_name(const File& file) {
  switch (file.role) {
    case Role::kProducts:
      return std::string(file.reader->name);
    case Role::kPhotos:
      return "photos";
    case Role::kLinks:
      return "links";
    case Role::kCombinations:
      return "combinations";
    case Role::kUpsell:
      return "upsell links, not read";
    case Role::kOther:
      break;
  }
  return "unsupported format";
}

class DirectoryReader {
 public:
  DirectoryReader(const FeedOptions& options, const GarmentSink& sink, const FeedProgress& progress)
      : options_(options), sink_(sink), progress_(progress) {
    options_.combinations = &combinations_;
  }

  Result<DirectoryReport> read(std::span<FeedInput* const> inputs) {
    std::vector<File> files;
    for (FeedInput* input : inputs) {
      TRY_ASSIGN(auto file, classify(*input));
      // A text without columns is a note for people; what ends otherwise was meant as a feed.
      const bool is_note = file_name(input->name()).find(".txt") != std::string::npos && !file.is_table;
      report_.files.push_back({input->name(), role_name(file), {}, file.role == Role::kOther && !is_note});
      files.push_back(std::move(file));
    }
    if (std::none_of(files.begin(), files.end(),
                     [](const File& file) { return file.role == Role::kProducts; }))
      return Error{Code::kInvalid, "no file has a supported catalog format", "",
                   "a product feed: one of " + feed_reader_names()};
    for (const Role role : {Role::kPhotos, Role::kLinks, Role::kCombinations, Role::kProducts})
      for (size_t i = 0; i < files.size(); ++i)
        if (files[i].role == role) TRY(read_file(files[i], report_.files[i].report));
    return std::move(report_);
  }

 private:
  Result<Done> read_file(File& file, FeedReport& report) {
    if (file.role == Role::kPhotos) {
      TRY_ASSIGN(report, read_lists(*file.input, "image", photos_));
    } else if (file.role == Role::kLinks) {
      TRY_ASSIGN(report, read_lists(*file.input, "linked_sku", links_));
    } else if (file.role == Role::kCombinations) {
      TRY_ASSIGN(report, read_combinations(*file.input, options_, combinations_));
    } else {
      joined_images_ = 0;
      const auto progress = [this, last = size_t{0}](size_t bytes) mutable {
        bytes_read_ += bytes - last;
        last = bytes;
        if (progress_) progress_(bytes_read_);
      };
      TRY_ASSIGN(report, read_feed(
                             *file.input, *file.reader, options_,
                             [this](Garment&& garment) { return join(std::move(garment)); }, progress));
      report.images += joined_images_;
    }
    add_to_total(report_.total, report);
    return kOk;
  }

  Result<Done> join(Garment&& garment) {
    const size_t images_before = garment.images.size();
    if (const auto photos = photos_.find(garment.id); photos != photos_.end())
      for (const auto& photo : photos->second) add_image(garment, photo, "");
    joined_images_ += garment.images.size() - images_before;
    if (const auto links = links_.find(garment.id); links != links_.end()) {
      garment.goes_with.insert(garment.goes_with.end(), links->second.begin(), links->second.end());
      keep_links(garment);
    }
    return sink_(std::move(garment));
  }

  FeedOptions options_;
  const GarmentSink& sink_;
  const FeedProgress& progress_;
  DirectoryReport report_;
  Lists photos_, links_;
  Combinations combinations_;
  size_t joined_images_ = 0, bytes_read_ = 0;
};

}  // namespace

Result<DirectoryReport> read_feed_directory(std::span<FeedInput* const> files, const FeedOptions& options,
                                            const GarmentSink& sink, const FeedProgress& progress) {
  return DirectoryReader(options, sink, progress).read(files);
}

std::vector<std::string> image_file_candidates(std::string_view reference) {
  if (reference.find("://") != std::string_view::npos || reference.starts_with("//")) return {};
  while (reference.starts_with('/')) reference.remove_prefix(1);
  const std::string path(reference);
  for (const auto& step : split_list(path, "/\\"))
    if (step == "..") return {};
  if (path.empty()) return {};
  const std::string name = path.substr(path.rfind('/') + 1);
  std::vector<std::string> candidates;
  for (auto candidate : {path, "images/" + path, "images/" + name, name})
    if (std::find(candidates.begin(), candidates.end(), candidate) == candidates.end())
      candidates.push_back(std::move(candidate));
  return candidates;
}

}  // namespace modiste
