#include "learning/models/booster.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include "base/check.h"

namespace modiste {
namespace {

// Its calls fail for wrong arguments only: our bug.
void booster_call(int answer) {
  if (answer != 0) fmt::print(stderr, "{}\n", XGBGetLastError());
  CHECK(answer == 0);
}

}  // namespace

Booster::Booster(std::span<const float> values, size_t columns, float unknown,
                 std::span<const Setting> settings)
    : rows_(values.size() / columns) {
  CHECK(rows_ > 0 && values.size() % columns == 0);
  DMatrixHandle matrix = nullptr;
  booster_call(XGDMatrixCreateFromMat(values.data(), rows_, columns, unknown, &matrix));
  matrix_ = {matrix, [](void* handle) { XGDMatrixFree(handle); }};
  BoosterHandle booster = nullptr;
  const DMatrixHandle cached[] = {matrix};
  booster_call(XGBoosterCreate(cached, 1, &booster));
  booster_ = {booster, [](void* handle) { XGBoosterFree(handle); }};
  for (const Setting& setting : settings) set(setting);
}

void Booster::set(const Setting& setting) {
  booster_call(XGBoosterSetParam(booster_.get(), setting.first, setting.second.c_str()));
}

std::span<const float> Booster::sums() const {
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* sums = nullptr;
  booster_call(XGBoosterPredictFromDMatrix(
      booster_.get(), matrix_.get(),
      R"({"type": 1, "training": true, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})",
      &shape, &dimensions, &sums));
  return {sums, rows_};
}

void Booster::boost(std::vector<float>& gradient, std::vector<float>& hessian) {
  CHECK(gradient.size() == rows_ && hessian.size() == rows_);
  booster_call(XGBoosterBoostOneIter(booster_.get(), matrix_.get(), gradient.data(), hessian.data(), rows_));
}

std::string_view Booster::model(std::string_view format) const {
  bst_ulong length = 0;
  const char* text = nullptr;
  booster_call(XGBoosterSaveModelToBuffer(
      booster_.get(), fmt::format(R"({{"format": "{}"}})", format).c_str(), &length, &text));
  return {text, length};
}

std::vector<float> Booster::sums_of(std::span<const float> rows, size_t columns, size_t trees) const {
  CHECK(rows.size() % columns == 0 && trees > 0);  // to the library, 0 means all
  if (rows.empty()) return {};
  const std::string array =
      fmt::format(R"({{"data": [{}, true], "shape": [{}, {}], "typestr": "<f4", "version": 3}})",
                  reinterpret_cast<uintptr_t>(rows.data()), rows.size() / columns, columns);
  const std::string config = fmt::format(
      R"({{"type": 1, "training": false, "iteration_begin": 0, "iteration_end": {}, "strict_shape": false, "missing": NaN, "cache_id": 0}})",
      trees);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* sums = nullptr;
  booster_call(XGBoosterPredictFromDense(booster_.get(), array.c_str(), config.c_str(), nullptr, &shape,
                                         &dimensions, &sums));
  return {sums, sums + rows.size() / columns};
}

}  // namespace modiste
