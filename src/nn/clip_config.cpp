#include "nn/clip_config.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/json.h"
#include "nn/corrupt.h"

namespace modiste {
namespace {

// One JSON object of the config; keeps the first invalid field.
class ConfigFields {
 public:
  ConfigFields(const json::object& object, std::string_view name) : object_(object), name_(name) {}

  void read(std::string_view key, int64_t& into, int64_t low, int64_t high) {
    const auto* value = present(key);
    if (value == nullptr) return;
    if (!value->is_int64() || value->get_int64() < low || value->get_int64() > high)
      return fail(key, fmt::format("an integer from {} to {}", low, high));
    into = value->get_int64();
  }

  void read_epsilon(double& into) {
    const auto* value = present("layer_norm_eps");
    if (value == nullptr) return;
    const double number = value->is_number() ? value->to_number<double>() : 0;
    if (!(number > 0 && number < 1)) return fail("layer_norm_eps", "a number between 0 and 1");
    into = number;
  }

  void read_activation(bool& quick_gelu) {
    const auto* value = present("hidden_act");
    if (value == nullptr) return;
    if (*value != "quick_gelu" && *value != "gelu") return fail("hidden_act", "quick_gelu or gelu");
    quick_gelu = *value == "quick_gelu";
  }

  void fail(std::string_view key, std::string expected) {
    if (status_.ok())
      status_ = corrupt("field is not one of CLIP's", fmt::format("{}/{}", name_, key), std::move(expected));
  }
  [[nodiscard]] const Result<Done>& status() const { return status_; }

 private:
  [[nodiscard]] const json::value* present(std::string_view key) const {
    const auto* value = object_.if_contains(key);
    return value != nullptr && !value->is_null() ? value : nullptr;
  }

  const json::object& object_;
  std::string_view name_;
  Result<Done> status_ = kOk;
};

// text_config overridden by text_config_dict, as Hugging Face merges them; the same for vision.
json::object section(const json::object& root, std::string_view name) {
  json::object out;
  for (const auto& key : {std::string(name), std::string(name) + "_dict"}) {
    const auto* value = root.if_contains(key);
    if (value == nullptr || !value->is_object()) continue;
    for (const auto& entry : value->get_object()) out.insert_or_assign(entry.key(), entry.value());
  }
  return out;
}

void read_tower(ConfigFields& fields, ClipTowerConfig& tower) {
  fields.read("hidden_size", tower.hidden_size, 1, 8192);
  fields.read("intermediate_size", tower.intermediate_size, 1, 65'536);
  fields.read("num_hidden_layers", tower.num_hidden_layers, 1, 128);
  fields.read("num_attention_heads", tower.num_attention_heads, 1, 128);
  fields.read_epsilon(tower.layer_norm_eps);
  fields.read_activation(tower.quick_gelu);
  if (tower.hidden_size % tower.num_attention_heads != 0)
    fields.fail("num_attention_heads", fmt::format("a divisor of hidden_size, {}", tower.hidden_size));
}

}  // namespace

Result<ClipConfig> ClipConfig::parse(std::span<const std::byte> config_json) {
  auto parsed = parse_json({reinterpret_cast<const char*>(config_json.data()), config_json.size()});
  if (!parsed.ok()) return corrupt("not JSON: " + parsed.error().message(), "config.json");
  if (!parsed->is_object()) return corrupt("not an object", "config.json");
  const auto& root = parsed->get_object();
  if (const auto* type = root.if_contains("model_type"); type != nullptr && *type != "clip")
    return corrupt("model is of another architecture: " + json::serialize(*type), "config.json/model_type",
                   "clip");

  ClipConfig out;
  ConfigFields top(root, "config.json");
  top.read("projection_dim", out.projection_dim, 1, 8192);
  TRY(top.status());

  const auto text = section(root, "text_config");
  ConfigFields text_fields(text, "text_config");
  read_tower(text_fields, out.text);
  text_fields.read("vocab_size", out.vocab_size, 1, 10'000'000);
  text_fields.read("max_position_embeddings", out.max_position_embeddings, 2, 4096);
  text_fields.read("eos_token_id", out.eos_token_id, 0, 10'000'000);
  TRY(text_fields.status());

  const auto vision = section(root, "vision_config");
  ConfigFields vision_fields(vision, "vision_config");
  read_tower(vision_fields, out.vision);
  vision_fields.read("image_size", out.image_size, 1, 2048);
  vision_fields.read("patch_size", out.patch_size, 1, out.image_size);
  int64_t channels = 3;
  vision_fields.read("num_channels", channels, 3, 3);
  TRY(vision_fields.status());
  return out;
}

}  // namespace modiste
