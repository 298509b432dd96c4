// Points, Bezier paths and the warp that keeps drawn things from looking pasted.
//
// Garments are drawn in their own units, about 6 to the centimetre, x from the centre line to the viewer's
// right, y down. Values only; nothing here fails.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "base/rng.h"

namespace modiste::drawn_shop::drawing {

struct Point {
  double x = 0, y = 0;
  friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend Point operator*(Point a, double k) { return {a.x * k, a.y * k}; }
  friend bool operator==(Point a, Point b) { return a.x == b.x && a.y == b.y; }
};

[[nodiscard]] double length(Point p);
[[nodiscard]] Point unit(Point p);                                  // {0, 0} stays
[[nodiscard]] inline Point normal(Point p) { return {-p.y, p.x}; }  // a quarter turn clockwise on screen
[[nodiscard]] inline Point mix(Point a, Point b, double t) { return a + (b - a) * t; }
[[nodiscard]] inline Point mirror(Point p) { return {-p.x, p.y}; }

struct Box {
  Point low{1e9, 1e9}, high{-1e9, -1e9};
  void add(Point p);
  void add(const Box& other);
  [[nodiscard]] double width() const { return high.x - low.x; }
  [[nodiscard]] double height() const { return high.y - low.y; }
  [[nodiscard]] Point middle() const { return mix(low, high, 0.5); }
};

// One run of lines and cubic curves.
class Path {
 public:
  struct Segment {
    Point c1, c2, to;
    bool straight = false;
  };

  Path() = default;
  explicit Path(Point start) : start_(start) {}

  Path& line(Point to);
  Path& line(std::initializer_list<Point> to);
  Path& curve(Point c1, Point c2, Point to);
  Path& quad(Point c, Point to);
  // A smooth curve through the points (Catmull-Rom, end tangents towards the neighbour); 0 < slack <= 1.
  Path& through(std::initializer_list<Point> points, double slack = 1);
  Path& through(std::span<const Point> points, double slack = 1);
  // Goes on along another path: straight to its start when that is elsewhere.
  Path& join(const Path& next);
  Path& close();

  [[nodiscard]] Path reversed() const;
  [[nodiscard]] Path mirrored() const;  // in x = 0
  [[nodiscard]] Path moved(Point by) const;
  [[nodiscard]] Path scaled(double kx, double ky) const;
  [[nodiscard]] Path turned(double degrees, Point about) const;
  [[nodiscard]] Point start() const { return start_; }
  [[nodiscard]] Point end() const { return segments_.empty() ? start_ : segments_.back().to; }
  // t from 0 to 1 over the segments, each taking an equal share.
  [[nodiscard]] Point at(double t) const;
  [[nodiscard]] Box box() const;
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }

 private:
  template <class Move>
  [[nodiscard]] Path mapped(Move move) const;

  Point start_;
  std::vector<Segment> segments_;
  bool closed_ = false;
};

// A path and its mirror image as one closed outline; the half runs from the centre line round the right side.
[[nodiscard]] Path symmetric(const Path& right_half);
[[nodiscard]] Path rectangle(Point low, Point high, double radius = 0);
[[nodiscard]] Path ellipse(Point centre, double rx, double ry);

// A smooth displacement of the whole drawing by a few units, so that no two garments share their outline and
// seams, buttons and prints move along with the cloth.
class Warp {
 public:
  Warp() = default;
  Warp(Rng& rng, double amplitude);
  [[nodiscard]] Point operator()(Point p) const;

 private:
  struct Wave {
    double fx = 0, fy = 0, phase = 0, dx = 0, dy = 0;
  };
  std::vector<Wave> waves_;
};

// Path data with one decimal, or in whole units for marks that are blurred anyway.
enum class Detail { kFine, kCoarse };
[[nodiscard]] std::string path_data(const Path& path, const Warp& warp, Detail detail = Detail::kFine);

// "12.3", "-4", never "-0".
[[nodiscard]] std::string number(double value);

}  // namespace modiste::drawn_shop::drawing
