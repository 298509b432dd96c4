#include "serving/engine.h"

namespace modiste {
namespace {

TextEmbedder embedder_of(Encoder* encoder) {
  if (encoder == nullptr) return {};
  return [encoder](std::string_view word) -> Vector {
    const std::string text(word);
    auto vectors = encoder->encode_texts({&text, 1});
    return vectors.ok() ? std::move(vectors->front()) : Vector{};
  };
}

}  // namespace

Engine::Engine(const EnginePorts& ports, const Vocabulary& vocabulary, EngineOptions options)
    : ports_(ports),
      options_(std::move(options)),
      catalog_(vocabulary),
      normaliser_(vocabulary, embedder_of(ports.encoder)),
      indexes_(vocabulary, ports.encoder == nullptr ? "" : ports.encoder->id(),
               ports.encoder == nullptr ? 0 : ports.encoder->dimension()),
      sizing_(catalog_),
      style_clusters_(vocabulary, options_.aesthetics),
      profiles_({catalog_, embeddings_, ports.log, neighbours_, popularity_, sizing_, style_clusters_},
                options_.profiles),
      contexts_(vocabulary, ports.weather, ports.occasions, options_.context),
      impressions_(options_.impressions) {}

Engine::~Engine() = default;

}  // namespace modiste
