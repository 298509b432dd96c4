#include "learning/evaluation/fit_report.h"

namespace modiste {
namespace {

json::array to_json_list(const std::vector<FitScores>& all) {
  json::array list;
  for (const auto& s : all)
    list.push_back(json::object{
        {"name", s.name},
        {"rows", s.rows},
        {"auc", s.auc},
        {"auc_of", json::object{{"small", s.auc_of[0]}, {"fit", s.auc_of[1]}, {"large", s.auc_of[2]}}},
        {"log_loss", s.log_loss},
        {"accuracy", s.accuracy},
        {"calibration_error", s.calibration_error}});
  return list;
}

json::array to_json_list(const std::vector<FitBound>& bounds) {
  json::array list;
  for (const FitBound& one : bounds)
    list.push_back(
        json::object{{"bound", one.bound}, {"rows", one.rows}, {"share", one.share}, {"fitted", one.fitted}});
  return list;
}

json::object to_json_object(const FitReport& report) {
  json::array sizes, bands;
  for (const auto& s : report.sizes)
    sizes.push_back(json::object{{"name", s.name},
                                 {"rows", s.rows},
                                 {"mean", s.mean},
                                 {"within_half", s.within_half},
                                 {"within_one", s.within_one}});
  for (const auto& band : report.calibration)
    bands.push_back(json::object{
        {"predictions", band.predictions}, {"predicted", band.predicted}, {"happened", band.happened}});
  const FitParameters& p = report.parameters;
  json::array prior_variance(p.prior_variance.begin(), p.prior_variance.end());
  return {{"rows", report.rows},
          {"trained", report.trained},
          {"tested", report.tested},
          {"cold", report.cold},
          {"garments", report.garments},
          {"all", to_json_list(report.all)},
          {"of_cold", to_json_list(report.of_cold)},
          {"sizes", std::move(sizes)},
          {"calibration", std::move(bands)},
          {"bounds", to_json_list(report.bounds)},
          {"bounds_untrained", to_json_list(report.bounds_untrained)},
          {"parameters", json::object{{"slope", p.slope},
                                      {"threshold_small", p.threshold_small},
                                      {"threshold_large", p.threshold_large},
                                      {"choice_variance", p.choice_variance},
                                      {"prior_variance", std::move(prior_variance)},
                                      {"run_variance", p.run_variance},
                                      {"tolerance_variance", p.tolerance_variance}}},
          {"seconds", report.seconds}};
}

}  // namespace

json::value to_report_json(const FitReport& by_time, const FitReport& at_random) {
  return json::object{
      {"report", "fit"}, {"by_time", to_json_object(by_time)}, {"at_random", to_json_object(at_random)}};
}

}  // namespace modiste
