#include "nn/onnx_session.h"

#include <onnxruntime_api.h>
#include <spdlog/spdlog.h>

#include <functional>
#include <numeric>
#include <string>
#include <utility>

#include "nn/threads.h"

namespace modiste {
namespace {

constexpr uint32_t kApiVersion = 24;

struct Runtime {
  const OrtApi* api = nullptr;
  OrtEnv* env = nullptr;            // lives as long as the program, as ONNX Runtime asks for
  OrtMemoryInfo* memory = nullptr;  // "plain memory of the processor"
};

// Empty when all went well.
std::string take_error(const OrtApi& api, OrtStatus* status) {
  if (status == nullptr) return {};
  std::string text = api.GetErrorMessage(status);
  api.ReleaseStatus(status);
  return text.empty() ? "unknown error" : text;
}

Error unusable(std::string what) {
  return {Code::kUnavailable, "ONNX Runtime cannot be used: " + std::move(what), "", ""};
}

Result<Runtime> start_runtime() {
  Runtime out;
  out.api = OrtGetApiBase()->GetApi(kApiVersion);
  if (out.api == nullptr)
    return unusable(std::string("its version is ") + OrtGetApiBase()->GetVersionString());
  if (auto error = take_error(*out.api, out.api->CreateEnv(ORT_LOGGING_LEVEL_ERROR, "modiste", &out.env));
      !error.empty())
    return unusable(std::move(error));
  if (auto error = take_error(
          *out.api, out.api->CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, &out.memory));
      !error.empty())
    return unusable(std::move(error));
  return out;
}

const Result<Runtime>& runtime() {
  static const auto started = start_runtime();
  return started;
}

// Borrows its bytes.
class Tensor {
 public:
  Tensor(const Runtime& of, ElementType type, const std::vector<int64_t>& shape,
         std::span<const std::byte> bytes)
      : api_(*of.api) {
    // The interface has no const; inputs and weights are only read.
    const auto error =
        take_error(api_, api_.CreateTensorWithDataAsOrtValue(
                             of.memory, const_cast<std::byte*>(bytes.data()), bytes.size(), shape.data(),
                             shape.size(), static_cast<ONNXTensorElementDataType>(type), &value_));
    if (!error.empty()) spdlog::critical("ONNX Runtime: {}", error);
    CHECK(error.empty());
  }
  ~Tensor() {
    if (value_ != nullptr) api_.ReleaseValue(value_);
  }
  Tensor(Tensor&& other) noexcept : api_(other.api_), value_(std::exchange(other.value_, nullptr)) {}
  Tensor(const Tensor&) = delete;
  Tensor& operator=(const Tensor&) = delete;
  Tensor& operator=(Tensor&&) = delete;

  [[nodiscard]] OrtValue* get() const { return value_; }

 private:
  const OrtApi& api_;
  OrtValue* value_ = nullptr;
};

// The weights must outlive the opening of the session.
std::string set_options(const Runtime& of, OrtSessionOptions* options, const OnnxGraph& graph) {
  const OrtApi& api = *of.api;
  // Without an arena what a call used is free after it, and without spinning a waiting thread costs nothing.
  if (auto error = take_error(api, api.DisableCpuMemArena(options)); !error.empty()) return error;
  if (auto error = take_error(api, api.SetIntraOpNumThreads(options, nn_threads())); !error.empty())
    return error;
  for (const auto& [key, value] :
       {std::pair{"session.intra_op.allow_spinning", "0"}, std::pair{"session.inter_op.allow_spinning", "0"}})
    if (auto error = take_error(api, api.AddSessionConfigEntry(options, key, value)); !error.empty())
      return error;
  std::vector<Tensor> tensors;
  std::vector<const char*> names;
  std::vector<const OrtValue*> values;
  for (const auto& weight : graph.weights()) {
    names.push_back(weight.name.c_str());
    values.push_back(
        tensors
            .emplace_back(of, ElementType::kFloat, weight.tensor.shape, bytes_of_values(weight.tensor.values))
            .get());
  }
  return take_error(api, api.AddExternalInitializers(options, names.data(), values.data(), names.size()));
}

}  // namespace

struct OnnxSession::State {
  const Runtime& runtime;
  OrtSession* session = nullptr;
  std::vector<std::string> inputs;
  std::string output;

  State(const Runtime& of, OrtSession* opened, const OnnxGraph& graph)
      : runtime(of), session(opened), inputs(graph.inputs()), output(graph.output_name()) {}
  ~State() { runtime.api->ReleaseSession(session); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

OnnxSession::OnnxSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
OnnxSession::OnnxSession(OnnxSession&&) noexcept = default;
OnnxSession& OnnxSession::operator=(OnnxSession&&) noexcept = default;
OnnxSession::~OnnxSession() = default;

Result<OnnxSession> OnnxSession::open(const OnnxGraph& graph) {
  if (!runtime().ok()) return runtime().error();
  const Runtime& of = *runtime();
  OrtSessionOptions* options = nullptr;
  if (auto error = take_error(*of.api, of.api->CreateSessionOptions(&options)); !error.empty())
    return unusable(std::move(error));
  auto error = set_options(of, options, graph);
  OrtSession* session = nullptr;
  if (error.empty()) {
    const auto model = graph.model();
    error = take_error(*of.api,
                       of.api->CreateSessionFromArray(of.env, model.data(), model.size(), options, &session));
  }
  of.api->ReleaseSessionOptions(options);
  if (!error.empty()) return unusable(std::move(error));
  return OnnxSession(std::make_unique<State>(of, session, graph));
}

std::vector<float> OnnxSession::run(std::span<const OnnxInput> inputs,
                                    const std::vector<int64_t>& shape) const {
  const auto& [of, session, input_names, output_name] = *state_;
  CHECK(inputs.size() == input_names.size());
  std::vector<Tensor> tensors;
  std::vector<const char*> names;
  std::vector<const OrtValue*> values;
  for (size_t i = 0; i < inputs.size(); ++i) {
    names.push_back(input_names[i].c_str());
    values.push_back(tensors.emplace_back(of, inputs[i].type, inputs[i].shape, inputs[i].values).get());
  }
  std::vector<float> out(
      static_cast<size_t>(std::accumulate(shape.begin(), shape.end(), int64_t{1}, std::multiplies<>())));
  const Tensor result(of, ElementType::kFloat, shape, bytes_of_values(out));
  const char* name = output_name.c_str();
  OrtValue* written = result.get();
  const auto error = take_error(
      *of.api, of.api->Run(session, nullptr, names.data(), values.data(), names.size(), &name, 1, &written));
  if (!error.empty()) spdlog::critical("ONNX Runtime: {}", error);
  CHECK(error.empty());
  return out;
}

}  // namespace modiste
