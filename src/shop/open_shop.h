// A shop opened from its data directory: stores, encoder and services wired together. The only place that
// chooses implementations.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/mutex.h"
#include "learning/registry/model_registry.h"
#include "providers/cached_weather.h"
#include "serving/shop.h"
#include "shop/config.h"
#include "shop/models/shop_models.h"
#include "shop/opening_report.h"
#include "shop/snapshot_state.h"
#include "storage/files/data_directory.h"
#include "storage/open_storage.h"
#include "storage/profile_files/file_profile_store.h"

namespace modiste {

// What a process does with the shop: one that only takes garments and events in answers nothing, and the
// garments of a history are not embedded (they have no photos, and their titles repeat their attributes).
// Only the server may change what the directory keeps of the configuration (shop/kept_settings.h).
enum class OpenFor { kAnswers, kIntake, kHistory, kServing };

class OpenShop {
 public:
  // Locks the directory, loads catalog, index and encoder, folds the log. kConflict: another process has it
  // open, or it is kept with other settings.
  static Result<std::unique_ptr<OpenShop>> open(const Config& config, OpenFor purpose, OpeningReport& report);
  // The same for a command: what it tells is shown on stderr.
  static Result<std::unique_ptr<OpenShop>> open(const Config& config, OpenFor purpose = OpenFor::kAnswers);

  [[nodiscard]] Shop& services() { return *services_; }
  [[nodiscard]] ImageStore& images() { return *storage_.images; }
  [[nodiscard]] DeadLetters& dead_letters() { return *storage_.dead_letters; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] const DataPaths& directory() const { return directory_; }
  [[nodiscard]] SealedLog& log() { return *storage_.sealed_log; }
  [[nodiscard]] ShopModels& models() { return *models_; }
  // Null without an encoder.
  [[nodiscard]] Encoder* encoder() { return encoder_.get(); }
  // Empty when no weather service is asked.
  [[nodiscard]] std::optional<WeatherStats> weather() const;
  // Writes the index, so that the next start need not build it, if the catalog changed since it was written.
  // Called after imports, before backups and at shutdown, from any thread.
  Result<Done> save_index();
  // What was folded from the log, so that the next start need not fold it again.
  [[nodiscard]] SnapshotState& snapshots() { return *snapshots_; }

 private:
  explicit OpenShop(DataPaths directory) : directory_(std::move(directory)) {}
  Result<Done> load_index();
  Result<Done> open_services(ShopPorts ports, const ShopOptions& options, std::optional<int> encoder_version,
                             OpeningReport& report);
  Result<Done> load(const std::function<Result<Done>()>& open_services, OpeningReport& report);

  SystemClock clock_;
  bool use_index_ = true;
  Mutex index_mutex_;
  std::optional<StoreMark> index_of_ GUARDED_BY(index_mutex_);  // what the saved index is of, as far as known
  DataPaths directory_;
  Storage storage_;
  std::unique_ptr<Encoder> encoder_;
  std::unique_ptr<CachedWeather> weather_;
  std::unique_ptr<ModelRegistry> registry_;
  std::unique_ptr<FileProfileStore> profiles_;
  std::unique_ptr<Shop> services_;
  std::unique_ptr<ShopModels> models_;
  std::unique_ptr<SnapshotFolder> snapshot_folder_;
  std::unique_ptr<SnapshotState> snapshots_;
};

// The registry in a folder, which is made when it is missing.
Result<std::unique_ptr<ModelRegistry>> open_registry(const std::filesystem::path& folder);

// The encoder that a specification names ("modiste", "clip:DIR", "none" -> null), with its files found in the
// installation. The heads of "modiste" are the champion of the registry given, and the shipped ones without.
Result<std::unique_ptr<Encoder>> open_encoder(const std::string& spec, int threads,
                                              const ModelRegistry* registry = nullptr);

// Where Modiste's own files stand.
struct Installation {
  std::filesystem::path models;          // the registry that ships
  std::filesystem::path web;             // the built web app, if it was built
  std::filesystem::path resnet, minilm;  // the networks' weights
};

// Of the nearest folder above the program that has them: share/modiste where it is installed, else the clone.
Result<Installation> installation();

}  // namespace modiste
