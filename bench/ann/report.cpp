#include "report.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

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
  std::string out = "\nmodiste under filters (random items allowed; truth among the allowed)\n";
  out += fmt::format("  {:>9} {:>6} {:>9} {:>11} {:>9} {:>9}\n", "admitted", "ef", "recall@10", "QPS 1 thr",
                     "p50 us", "p99 us");
  for (const auto& [admitted, p] : report.filtered)
    out += fmt::format("  {:>8.1f}% {:>6} {:>9.4f} {:>11.0f} {:>9.0f} {:>9.0f}\n", admitted * 100,
                       p.expansion, p.recall, p.qps_one_thread, p.p50_us, p.p99_us);
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

// Recall is plotted as the miss rate on a log scale, as throughput is: this spreads out the high recalls.
class Plot {
 public:
  explicit Plot(const Report& report) {
    for (const Curve& curve : report.curves)
      for (const Point& p : curve.points) {
        miss_max_ = std::max(miss_max_, miss(p));
        miss_min_ = std::min(miss_min_, miss(p));
        qps_max_ = std::max(qps_max_, p.qps_one_thread);
        qps_min_ = std::min(qps_min_, p.qps_one_thread);
      }
    qps_max_ *= 1.15;
    qps_min_ /= 1.15;
  }

  static double miss(const Point& p) { return std::max(2e-4, 1 - p.recall); }
  [[nodiscard]] double x(double miss_rate) const {
    return kLeft + (kRight - kLeft) * std::log(miss_max_ / miss_rate) / std::log(miss_max_ / miss_min_);
  }
  [[nodiscard]] double y(double qps) const {
    return kBottom - (kBottom - kTop) * std::log(qps / qps_min_) / std::log(qps_max_ / qps_min_);
  }

  [[nodiscard]] std::string axes() const {
    std::string out;
    for (const double recall : {0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999})
      if (1 - recall <= miss_max_ && 1 - recall >= miss_min_)
        out += fmt::format(
            "<path class='g' d='M{0:.1f} {1}V{2}'/><text x='{0:.1f}' y='{3}' text-anchor='middle'>{4}</text>",
            x(1 - recall), kTop, kBottom, kBottom + 20, recall);
    for (double decade = 10; decade < 1e7; decade *= 10)
      for (const double step : {1.0, 2.0, 5.0})
        if (const double qps = decade * step; qps > qps_min_ && qps < qps_max_)
          out += fmt::format(
              "<path class='g' d='M{0} {1:.1f}H{2}'/><text x='{3}' y='{4:.1f}' "
              "text-anchor='end'>{5:.0f}</text>",
              kLeft, y(qps), kRight, kLeft - 8, y(qps) + 4, qps);
    out += fmt::format("<text x='{}' y='{}' text-anchor='middle'>recall@10 (log of the miss rate)</text>",
                       (kLeft + kRight) / 2, kBottom + 42);
    out += fmt::format("<text x='{}' y='{}'>queries per second, one thread</text>", kLeft, kTop - 12);
    return out;
  }

  [[nodiscard]] std::string line(const Curve& curve, const char* colour) const {
    std::string points, dots;
    for (const Point& p : curve.points) {
      points += fmt::format("{:.1f},{:.1f} ", x(miss(p)), y(p.qps_one_thread));
      dots += fmt::format(
          "<circle cx='{:.1f}' cy='{:.1f}' r='3.5' fill='{}'><title>{} ef {}: recall {:.4f}, {:.0f} "
          "QPS</title></circle>",
          x(miss(p)), y(p.qps_one_thread), colour, curve.name, p.expansion, p.recall, p.qps_one_thread);
    }
    return fmt::format("<polyline fill='none' stroke='{}' stroke-width='2' points='{}'/>{}", colour, points,
                       dots);
  }

  static constexpr double kLeft = 70, kRight = 690, kTop = 60, kBottom = 380;

 private:
  double miss_max_ = 0, miss_min_ = 1, qps_max_ = 0, qps_min_ = 1e12;
};

constexpr const char* kColours[] = {"#b0305c", "#3a6ea5", "#8a8d91"};

Result<Done> write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Error{Code::kUnavailable, "cannot write the file", path.string(), {}};
  return kOk;
}

std::string escape(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
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
  for (const auto& [admitted, point] : report.filtered) {
    auto entry = to_json(point);
    entry["admitted"] = admitted;
    filtered.push_back(std::move(entry));
  }
  return boost::json::serialize(boost::json::object{{"dataset", report.dataset},
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

std::string as_svg(const Report& report) {
  const Plot plot(report);
  std::string out =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 720 440' font-family='Inter, sans-serif' "
      "font-size='12'>"
      "<style>.g{stroke:#ddd}text{fill:#444}</style><rect width='720' height='440' fill='#fff'/>";
  out += fmt::format("<text x='{}' y='26' font-size='15'>{}</text>", Plot::kLeft, escape(report.dataset));
  out += plot.axes();
  for (size_t i = 0; i < report.curves.size(); ++i) {
    const Curve& curve = report.curves[i];
    out += plot.line(curve, kColours[i % std::size(kColours)]);
    out += fmt::format(
        "<circle cx='520' cy='{0:.0f}' r='4' fill='{1}'/><text x='532' y='{2:.0f}'>{3} ({4:.0f} MB)</text>",
        76 + 20.0 * static_cast<double>(i), kColours[i % std::size(kColours)],
        80 + 20.0 * static_cast<double>(i), curve.name, curve.build.resident_mb);
  }
  return out + "</svg>\n";
}

std::string as_html(const Report& report) {
  return "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' "
         "content='width=device-width'>"
         "<title>Nearest neighbours: modiste and hnswlib</title>"
         "<style>body{font:15px/1.5 Inter,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
         "pre{overflow-x:auto;font-size:13px}</style><h1>Nearest neighbours</h1>" +
         as_svg(report) + "<pre>" + escape(as_text(report)) + "</pre></html>\n";
}

Result<Done> write_report(const Report& report, const std::string& folder) {
  const std::filesystem::path path(folder);
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) return Error{Code::kUnavailable, "cannot create the folder: " + failed.message(), folder, {}};
  TRY(write_file(path / "ann.txt", as_text(report)));
  TRY(write_file(path / "ann.json", as_json(report)));
  TRY(write_file(path / "ann.svg", as_svg(report)));
  TRY(write_file(path / "ann.html", as_html(report)));
  return kOk;
}

}  // namespace modiste::bench
