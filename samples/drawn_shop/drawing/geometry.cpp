#include "drawn_shop/drawing/geometry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace modiste::drawn_shop::drawing {

double length(Point p) { return std::hypot(p.x, p.y); }

Point unit(Point p) {
  const double size = length(p);
  return size > 0 ? p * (1 / size) : Point{};
}

void Box::add(Point p) {
  low = {std::min(low.x, p.x), std::min(low.y, p.y)};
  high = {std::max(high.x, p.x), std::max(high.y, p.y)};
}

void Box::add(const Box& other) {
  add(other.low);
  add(other.high);
}

Path& Path::line(Point to) {
  const Point from = end();
  segments_.push_back({mix(from, to, 1.0 / 3), mix(from, to, 2.0 / 3), to, true});
  return *this;
}

Path& Path::line(std::initializer_list<Point> to) {
  for (const Point p : to) line(p);
  return *this;
}

Path& Path::curve(Point c1, Point c2, Point to) {
  segments_.push_back({c1, c2, to, false});
  return *this;
}

Path& Path::quad(Point c, Point to) {
  const Point from = end();
  return curve(mix(from, c, 2.0 / 3), mix(to, c, 2.0 / 3), to);
}

Path& Path::through(std::initializer_list<Point> points, double slack) {
  return through(std::span<const Point>(points.begin(), points.size()), slack);
}

Path& Path::through(std::span<const Point> points, double slack) {
  std::vector<Point> all{end()};
  all.insert(all.end(), points.begin(), points.end());
  const auto tangent = [&](size_t i) {
    if (i == 0) return (all[1] - all[0]) * 0.8;
    if (i + 1 == all.size()) return (all[i] - all[i - 1]) * 0.8;
    return (all[i + 1] - all[i - 1]) * 0.5;
  };
  for (size_t i = 0; i + 1 < all.size(); ++i) {
    // A tangent longer than its chord would make a loop.
    const double chord = length(all[i + 1] - all[i]);
    const auto handle = [&](size_t at) {
      const Point t = tangent(at);
      return unit(t) * (std::min(length(t), chord * 1.1) * slack / 3);
    };
    curve(all[i] + handle(i), all[i + 1] - handle(i + 1), all[i + 1]);
  }
  return *this;
}

Path& Path::join(const Path& next) {
  if (length(next.start_ - end()) > 1e-6) line(next.start_);
  segments_.insert(segments_.end(), next.segments_.begin(), next.segments_.end());
  return *this;
}

Path& Path::close() {
  closed_ = true;
  return *this;
}

Path Path::reversed() const {
  Path result(end());
  for (size_t i = segments_.size(); i-- > 0;) {
    const Point to = i == 0 ? start_ : segments_[i - 1].to;
    result.segments_.push_back({segments_[i].c2, segments_[i].c1, to, segments_[i].straight});
  }
  result.closed_ = closed_;
  return result;
}

template <class Move>
Path Path::mapped(Move move) const {
  Path result(move(start_));
  result.closed_ = closed_;
  result.segments_.reserve(segments_.size());
  for (const Segment& s : segments_)
    result.segments_.push_back({move(s.c1), move(s.c2), move(s.to), s.straight});
  return result;
}

Path Path::mirrored() const {
  return mapped([](Point point) { return mirror(point); });
}

Path Path::moved(Point by) const {
  return mapped([by](Point p) { return p + by; });
}

Path Path::scaled(double kx, double ky) const {
  return mapped([=](Point p) { return Point{p.x * kx, p.y * ky}; });
}

Path Path::turned(double degrees, Point about) const {
  const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  return mapped([=](Point p) {
    const Point q = p - about;
    return about + Point{q.x * c - q.y * s, q.x * s + q.y * c};
  });
}

Point Path::at(double t) const {
  if (segments_.empty()) return start_;
  const double scaled = std::clamp(t, 0.0, 1.0) * static_cast<double>(segments_.size());
  const size_t i = std::min(static_cast<size_t>(scaled), segments_.size() - 1);
  const double u = scaled - static_cast<double>(i), v = 1 - u;
  const Point from = i == 0 ? start_ : segments_[i - 1].to;
  const Segment& s = segments_[i];
  return from * (v * v * v) + s.c1 * (3 * v * v * u) + s.c2 * (3 * v * u * u) + s.to * (u * u * u);
}

Box Path::box() const {
  Box result;
  result.add(start_);
  const size_t steps = segments_.size() * 8;
  for (size_t i = 1; i <= steps; ++i) result.add(at(static_cast<double>(i) / static_cast<double>(steps)));
  return result;
}

Path symmetric(const Path& right_half) {
  Path whole = right_half;
  whole.join(right_half.mirrored().reversed());
  return whole.close();
}

Path rectangle(Point low, Point high, double radius) {
  const double r = radius, k = radius * 0.45;
  Path path({low.x + r, low.y});
  path.line({high.x - r, low.y});
  if (r > 0) path.curve({high.x - k, low.y}, {high.x, low.y + k}, {high.x, low.y + r});
  path.line({high.x, high.y - r});
  if (r > 0) path.curve({high.x, high.y - k}, {high.x - k, high.y}, {high.x - r, high.y});
  path.line({low.x + r, high.y});
  if (r > 0) path.curve({low.x + k, high.y}, {low.x, high.y - k}, {low.x, high.y - r});
  path.line({low.x, low.y + r});
  if (r > 0) path.curve({low.x, low.y + k}, {low.x + k, low.y}, {low.x + r, low.y});
  return path.close();
}

Path ellipse(Point c, double rx, double ry) {
  const double kx = rx * 0.5523, ky = ry * 0.5523;
  return Path({c.x - rx, c.y})
      .curve({c.x - rx, c.y - ky}, {c.x - kx, c.y - ry}, {c.x, c.y - ry})
      .curve({c.x + kx, c.y - ry}, {c.x + rx, c.y - ky}, {c.x + rx, c.y})
      .curve({c.x + rx, c.y + ky}, {c.x + kx, c.y + ry}, {c.x, c.y + ry})
      .curve({c.x - kx, c.y + ry}, {c.x - rx, c.y + ky}, {c.x - rx, c.y})
      .close();
}

Warp::Warp(Rng& rng, double amplitude) {
  constexpr size_t kWaves = 3;
  for (size_t i = 0; i < kWaves; ++i) {
    // Wavelengths of 260 to 600 units: longer than any detail, shorter than a garment.
    const double angle = rng.uniform(0, 2 * std::numbers::pi);
    const double frequency = 2 * std::numbers::pi / rng.uniform(260, 600);
    waves_.push_back({std::cos(angle) * frequency, std::sin(angle) * frequency,
                      rng.uniform(0, 2 * std::numbers::pi), rng.uniform(-1, 1) * amplitude,
                      rng.uniform(-0.6, 0.6) * amplitude});
  }
}

Point Warp::operator()(Point p) const {
  Point moved = p;
  for (const Wave& w : waves_) {
    const double s = std::sin(w.fx * p.x + w.fy * p.y + w.phase);
    moved = moved + Point{w.dx * s, w.dy * s};
  }
  return moved;
}

std::string number(double value) {
  const double rounded = std::round(value * 10) / 10;
  return rounded == 0 ? "0" : fmt::format("{:.6g}", rounded);
}

namespace {
void append(std::string& out, Point p, const Warp& warp, Detail detail) {
  Point q = warp(p);
  if (detail == Detail::kCoarse) q = {std::round(q.x), std::round(q.y)};
  const std::string y = number(q.y);
  out += number(q.x);
  if (y.front() != '-') out += ' ';
  out += y;
}
}  // namespace

std::string path_data(const Path& path, const Warp& warp, Detail detail) {
  std::string out = "M";
  append(out, path.start(), warp, detail);
  for (const auto& s : path.segments()) {
    out += s.straight ? 'L' : 'C';
    if (!s.straight) {
      append(out, s.c1, warp, detail);
      out += ' ';
      append(out, s.c2, warp, detail);
      out += ' ';
    }
    append(out, s.to, warp, detail);
  }
  if (path.closed()) out += 'Z';
  return out;
}

}  // namespace modiste::drawn_shop::drawing
