#include "report.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

namespace modiste::bench {
namespace {

constexpr double kRecallTargets[] = {0.90, 0.95, 0.97, 0.98, 0.99, 0.995};

std::string curve_table(const Curve& curve) {
  std::string out = fmt::format("\n{}: {}\n  built in {:.1f} s, {:.0f} MB resident\n", curve.name, curve.note,
                                curve.build.seconds, curve.build.resident_mb);
  out += fmt::format("  {:>6} {:>9} {:>11} {:>12} {:>9} {:>9}\n", "ef", "recall@10", "QPS 1 thr", "QPS 2 thr",
                     "p50 us", "p99 us");
  for (const Point& p : curve.points)
    out += fmt::format("  {:>6} {:>9.4f} {:>11.0f} {:>12.0f} {:>9.0f} {:>9.0f}\n", p.expansion, p.recall,
                       p.qps_one_thread, p.qps_two_threads, p.p50_us, p.p99_us);
  return out;
}

std::string equal_recall_table(const Curve& ours, const Curve& rival) {
  std::string out = fmt::format("\nat equal recall (interpolated): QPS of {} / {}\n", ours.name, rival.name);
  out += fmt::format("  {:>9} {:>25} {:>25}\n", "recall@10", "1 thread", "2 threads");
  for (const double recall : kRecallTargets) {
    const auto cell = [&](double Point::*qps) {
      const double a = qps_at(ours, recall, qps), b = qps_at(rival, recall, qps);
      return a == 0 || b == 0 ? std::string("-") : fmt::format("{:.0f} / {:.0f} = {:.2f}", a, b, a / b);
    };
    out += fmt::format("  {:>9.3f} {:>25} {:>25}\n", recall, cell(&Point::qps_one_thread),
                       cell(&Point::qps_two_threads));
  }
  return out + fmt::format("  memory {:.0f} MB / {:.0f} MB = {:.2f}\n", ours.build.resident_mb,
                           rival.build.resident_mb, ours.build.resident_mb / rival.build.resident_mb);
}

std::string filtered_table(const Report& report) {
  if (report.filtered.empty()) return {};
  std::string out = "\nunder filters (random items admitted; truth among the admitted)\n";
  out += fmt::format("  {:<12} {:>9} {:>6} {:>9} {:>11} {:>9} {:>9}\n", "", "admitted", "ef", "recall@10",
                     "QPS 1 thr", "p50 us", "p99 us");
  for (const auto& [rival, admitted, p] : report.filtered)
    out += fmt::format("  {:<12} {:>8.1f}% {:>6} {:>9.4f} {:>11.0f} {:>9.0f} {:>9.0f}\n", rival,
                       admitted * 100, p.expansion, p.recall, p.qps_one_thread, p.p50_us, p.p99_us);
  return out;
}

boost::json::object to_json(const Point& p) {
  return {{"ef", p.expansion},
          {"recall", p.recall},
          {"qps_one_thread", p.qps_one_thread},
          {"qps_two_threads", p.qps_two_threads},
          {"p50_us", p.p50_us},
          {"p99_us", p.p99_us}};
}

boost::json::object to_json(const Curve& curve) {
  boost::json::array points;
  for (const Point& point : curve.points) points.push_back(to_json(point));
  return {{"name", curve.name},
          {"note", curve.note},
          {"build_seconds", curve.build.seconds},
          {"resident_mb", curve.build.resident_mb},
          {"points", std::move(points)}};
}

boost::json::array equal_recall_json(const Report& report) {
  boost::json::array rows;
  for (const double recall : kRecallTargets) {
    const auto ratio = [&](double Point::*qps) -> boost::json::value {
      const double a = qps_at(report.curves[0], recall, qps), b = qps_at(report.curves[1], recall, qps);
      return a == 0 || b == 0 ? boost::json::value() : boost::json::value(a / b);
    };
    rows.push_back({{"recall", recall},
                    {"one_thread", ratio(&Point::qps_one_thread)},
                    {"two_threads", ratio(&Point::qps_two_threads)}});
  }
  return rows;
}

Result<Done> write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Error{Code::kUnavailable, "cannot be written", path.string(), {}};
  return kOk;
}

}  // namespace

double Report::memory_share() const { return curves[0].build.resident_mb / curves[1].build.resident_mb; }

std::string as_text(const Report& report) {
  std::string out = fmt::format(
      "{}, inner product of unit vectors, recall@10, {} queries, medians of {} passes\nM {}, efConstruction "
      "{}, built "
      "on {} threads; {}\n",
      report.dataset, report.queries, report.passes, report.build.connectivity, report.build.expansion_add,
      report.build.threads, report.machine);
  for (const Curve& curve : report.curves) out += curve_table(curve);
  out += curve_table(report.brute_force);
  for (size_t i = 1; i < report.curves.size(); ++i)
    out += equal_recall_table(report.curves[0], report.curves[i]);
  return out + filtered_table(report);
}

std::string as_json(const Report& report) {
  boost::json::array curves, filtered;
  for (const Curve& curve : report.curves) curves.push_back(to_json(curve));
  curves.push_back(to_json(report.brute_force));
  for (const auto& [rival, admitted, point] : report.filtered) {
    auto entry = to_json(point);
    entry["name"] = rival;
    entry["admitted"] = admitted;
    filtered.push_back(std::move(entry));
  }
  return boost::json::serialize(boost::json::object{{"report", "ann"},
                                                    {"dataset", report.dataset},
                                                    {"metric", "inner product of unit vectors, recall@10"},
                                                    {"machine", report.machine},
                                                    {"queries", report.queries},
                                                    {"passes", report.passes},
                                                    {"M", report.build.connectivity},
                                                    {"efConstruction", report.build.expansion_add},
                                                    {"build_threads", report.build.threads},
                                                    {"curves", std::move(curves)},
                                                    {"equal_recall_qps_ratio", equal_recall_json(report)},
                                                    {"memory_share", report.memory_share()},
                                                    {"filtered", std::move(filtered)}}) +
         "\n";
}

Result<Done> write_report(const Report& report, const std::string& folder) {
  const std::filesystem::path path(folder);
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) return Error{Code::kUnavailable, "the folder cannot be made: " + failed.message(), folder, {}};
  TRY(write_file(path / "ann.txt", as_text(report)));
  TRY(write_file(path / "ann.json", as_json(report)));
  return kOk;
}

}  // namespace modiste::bench
