#include "drawn_shop/drawing/prints.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numbers>

#include "drawn_shop/drawing/weaves.h"

namespace modiste::drawn_shop::drawing {
namespace {

// One family of parallel lines: every `period`, `width` wide.
struct Lines {
  bool along = false;  // with the grain (upright on a body) or across it
  double period = 20, width = 6, offset = 0;
  Ink ink;
  double opacity = 1;
};

// Lines across sag a little and lines along draw in at the middle, as on a body.
std::string line_data(const Canvas& canvas, const Lines& lines, const Grain& grain, const Box& local) {
  const double u0 = local.low.x - 8, u1 = local.high.x + 8, v0 = local.low.y - 8, v1 = local.high.y + 8;
  const double sag = std::min(9.0, 0.03 * (u1 - u0)), middle = (v0 + v1) / 2;
  const double low = lines.along ? u0 : v0, high = lines.along ? u1 : v1 + sag;
  std::string data;
  const auto add = [&](Point from, Point through, Point to) {
    const Warp& warp = canvas.warp();
    const Point a = warp(from), b = warp(through), c = warp(to);
    data += fmt::format("M{} {}Q{} {} {} {}", number(a.x), number(a.y), number(b.x), number(b.y), number(c.x),
                        number(c.y));
  };
  for (double at = lines.offset + std::floor((low - lines.offset) / lines.period) * lines.period; at < high;
       at += lines.period) {
    if (lines.along)
      add(grain(at, v0), grain(at * 0.955, middle), grain(at, v1));
    else
      add(grain(u0, at - sag), grain((u0 + u1) / 2, at + sag), grain(u1, at - sag));
  }
  return data;
}

void draw(Canvas& canvas, const Lines& lines, const Grain& grain, const Box& local) {
  const std::string data = line_data(canvas, lines, grain, local);
  canvas.use(canvas.define(data, "<path id='{id}' d='" + data + "'/>"),
             fmt::format("fill='none' stroke='{}' stroke-width='{:.3g}' stroke-opacity='{:.3g}'",
                         lines.ink.hex(), lines.width, lines.opacity));
}

std::vector<Lines> stripe_lines(const Cloth& cloth) {
  const double k = cloth.print_scale;
  switch (cloth.seed % 4) {
    case 0:
      return {{false, 22 * k, 7 * k, 6, cloth.figure, 1}};  // Breton
    case 1:
      return {{false, 40 * k, 20 * k, 6, cloth.figure, 1}};  // rugby
    case 2:
      return {{false, 34 * k, 9 * k, 6, cloth.figure, 1},
              {false, 34 * k, 2.4 * k, 6 + 12 * k, cloth.accent, 1}};
    default:
      return {{false, 12 * k, 3 * k, 4, cloth.figure, 1}};
  }
}

std::vector<Lines> lines_of(const Cloth& cloth) {
  const double k = cloth.print_scale;
  const Ink &figure = cloth.figure, &accent = cloth.accent;
  switch (cloth.print) {
    case Print::kStripe:
      return stripe_lines(cloth);
    case Print::kPinstripe: {
      if (cloth.seed % 2 == 0) return {{true, 13 * k, 1.3, 4, figure, 0.8}};
      return {{true, 15 * k, 4.6 * k, 4, figure, 0.75}};  // shirting
    }
    case Print::kCheck:  // windowpane
      return {{true, 36 * k, 2.2, 9, figure, 0.75},
              {false, 36 * k, 2.2, 6, figure, 0.75},
              {true, 36 * k, 1, 9 + 5 * k, accent, 0.5},
              {false, 36 * k, 1, 6 + 5 * k, accent, 0.5}};
    case Print::kTartan:
      return {
          {true, 52 * k, 20 * k, 10, figure, 0.55},        {false, 52 * k, 20 * k, 8, figure, 0.55},
          {true, 52 * k, 4 * k, 10 + 20 * k, figure, 0.5}, {false, 52 * k, 4 * k, 8 + 20 * k, figure, 0.5},
          {true, 52 * k, 1.8, 10, accent, 0.85},           {false, 52 * k, 1.8, 8, accent, 0.85}};
    default:  // gingham
      return {{true, 18 * k, 9 * k, 4, figure, 0.5}, {false, 18 * k, 9 * k, 4, figure, 0.5}};
  }
}

// Collects marks (ids of definitions) of a tile; one that crosses an edge is repeated on the other side.
class Tile {
 public:
  explicit Tile(double size) : size_(size) {}
  void place(Point at, double reach, double turn, double scale, const std::string& mark) {
    for (const double dx : {-size_, 0.0, size_})
      for (const double dy : {-size_, 0.0, size_}) {
        const Point p = at + Point{dx, dy};
        if (p.x < -reach || p.y < -reach || p.x > size_ + reach || p.y > size_ + reach) continue;
        marks_ += fmt::format("<g transform='translate({} {}) rotate({:.0f}) scale({:.2g})'>{}</g>",
                              number(p.x), number(p.y), turn, scale, mark);
      }
  }
  [[nodiscard]] std::string element() const { return tile_element(size_, size_, marks_); }

 private:
  double size_;
  std::string marks_;
};

std::string define_mark(Canvas& canvas, const std::string& mark) {
  return canvas.define(mark, "<g id='{id}'>" + mark + "</g>");
}

// Points at least `gap` apart on the torus, by best of several darts.
std::vector<Point> scatter(Rng& rng, double size, size_t count) {
  std::vector<Point> points;
  while (points.size() < count) {
    Point best;
    double best_gap = -1;
    for (int dart = 0; dart < 12; ++dart) {
      const Point p{rng.uniform(0, size), rng.uniform(0, size)};
      double gap = size;
      for (const Point q : points) {
        const double dx = std::abs(p.x - q.x), dy = std::abs(p.y - q.y);
        gap = std::min(gap, std::hypot(std::min(dx, size - dx), std::min(dy, size - dy)));
      }
      if (gap > best_gap) best = p, best_gap = gap;
    }
    points.push_back(best);
  }
  return points;
}

std::string blossom(int petals, double radius, double fullness) {
  Path path({0, 0});
  for (int i = 0; i < petals; ++i) {
    const double angle = 2 * std::numbers::pi * i / petals, spread = std::numbers::pi / petals * fullness;
    const auto polar = [&](double a, double r) { return Point{std::cos(a) * r, std::sin(a) * r}; };
    path.curve(polar(angle - spread, radius * 0.9), polar(angle - spread * 0.7, radius * 1.25),
               polar(angle, radius));
    path.curve(polar(angle + spread * 0.7, radius * 1.25), polar(angle + spread, radius * 0.9), {0, 0});
  }
  return path_data(path.close(), {});
}

std::string flower_mark(const Ink& petal, const Ink& heart, const Ink& leaf, bool leaves) {
  std::string mark;
  if (leaves)
    mark += fmt::format(
        "<path d='M0 0C6 7 14 9 21 6C15 1 8 -1 0 0ZM0 0C-7 5 -10 12 -8 20C-3 15 0 8 0 0Z' fill='{0}'/>"
        "<path d='M0 0C4 10 9 18 17 23' fill='none' stroke='{0}' stroke-width='1'/>",
        leaf.hex());
  mark += fmt::format("<path d='{}' fill='{}'/><path d='{}' fill='{}'/><circle r='2.4' fill='{}'/>",
                      blossom(5, 11, 1.05), petal.hex(), blossom(5, 6.5, 0.6), petal.shade(0.14).hex(),
                      heart.hex());
  return mark;
}

// The same lines as a tile: suiting and coating hang straight.
std::string line_tile(const Cloth& cloth) {
  const std::vector<Lines> families = lines_of(cloth);
  const double period = families.front().period, size = period * std::ceil(48 / period);
  std::string marks;
  for (const Lines& lines : families) {
    std::string data;
    for (double at = std::fmod(lines.offset, period) - period; at < size + period; at += period)
      data += lines.along ? fmt::format("M{} 0V{}", number(at), number(size))
                          : fmt::format("M0 {}H{}", number(at), number(size));
    marks += fmt::format("<path d='{}' stroke='{}' stroke-width='{:.3g}' stroke-opacity='{:.3g}'/>", data,
                         lines.ink.hex(), lines.width, lines.opacity);
  }
  return tile_element(size, size, marks);
}

std::string floral_tile(Canvas& canvas, const Cloth& cloth, Rng& rng) {
  const double size = 92 * cloth.print_scale;
  const bool ditsy = cloth.seed % 3 == 0, botanical = cloth.seed % 3 == 1;
  const Ink leaf = cloth.ground.dark() ? Ink("#7f8f6c") : Ink("#6d7f5a");
  const Ink heart = cloth.ground.dark() ? Ink("#e3c983") : Ink("#b98a3c");
  Tile tile(size);
  const auto main = define_mark(canvas, flower_mark(cloth.figure, heart, leaf, true));
  const auto second = define_mark(canvas, flower_mark(cloth.accent, heart, leaf, !ditsy));
  const auto sprig = define_mark(canvas, fmt::format("<path d='M0 12C1 4 0 -4 -2 -12M0 4C5 3 8 -1 9 -5C4 -5 "
                                                     "1 -1 0 4ZM-1 -3C-6 -4 -9 -8 -9 -12C-4 -11 -2 -8 "
                                                     "-1 -3Z' "
                                                     "fill='{0}' stroke='{0}' stroke-width='.8'/>",
                                                     leaf.hex()));
  const auto points = scatter(rng, size, ditsy ? 13 : 8);
  for (size_t i = 0; i < points.size(); ++i) {
    const double turn = rng.uniform(0, 360), jitter = rng.uniform(0.85, 1.15) * cloth.print_scale;
    if (i % 3 == 2)
      tile.place(points[i], 16, turn, jitter * (ditsy ? 0.6 : 1), sprig);
    else
      tile.place(points[i], 30, turn, jitter * (ditsy ? 0.45 : (botanical && i % 3 == 0 ? 1.25 : 0.75)),
                 i % 3 == 0 ? main : second);
  }
  return tile.element();
}

std::string dots_tile(const Cloth& cloth) {
  // Dots are round ends of lines without length; four repeats a tile, see weaves.cpp.
  const double step = 17 * cloth.print_scale, size = 4 * step,
               r = (cloth.seed % 2 == 0 ? 2.0 : 3.6) * cloth.print_scale;
  std::string data;
  for (int row = 0; row < 8; ++row)
    for (int i = 0; i < 4; ++i)
      data += fmt::format("M{} {}h.01", number((i + (row % 2 == 0 ? 0.25 : 0.75)) * step),
                          number((row + 0.5) * step / 2));
  return tile_element(size, size,
                      fmt::format("<path d='{}' stroke='{}' stroke-width='{:.3g}' stroke-linecap='round'/>",
                                  data, cloth.figure.hex(), 2 * r));
}

// Broken rings round a darker heart, and spots between them.
std::string leopard_tile(const Cloth& cloth, Rng& rng) {
  const double size = 96 * cloth.print_scale;
  std::string rings, hearts, spots;
  const auto repeat = [&](Point p, double reach, const auto& mark) {
    for (const double dx : {-size, 0.0, size})
      for (const double dy : {-size, 0.0, size}) {
        const Point q = p + Point{dx, dy};
        if (q.x > -reach && q.y > -reach && q.x < size + reach && q.y < size + reach) mark(q);
      }
  };
  const auto points = scatter(rng, size, 38);
  for (size_t i = 0; i < points.size(); ++i) {
    const double r = (i < 20 ? rng.uniform(5, 7) : 0) * cloth.print_scale, start = rng.uniform(0, 6.3);
    if (r == 0) {
      const Point step{rng.uniform(-2.5, 2.5), rng.uniform(0.5, 2.5)};
      repeat(points[i], 6, [&](Point q) {
        spots += fmt::format("M{} {}l{} {}", number(q.x), number(q.y), number(step.x), number(step.y));
      });
      continue;
    }
    repeat(points[i], 10, [&](Point q) { hearts += path_data(ellipse(q, r * 0.75, r * 0.6), {}); });
    for (int arc = 0; arc < 3; ++arc) {
      const double from = start + arc * 2.1, to = from + rng.uniform(0.9, 1.7), squash = 0.8;
      const auto at = [&](double angle, double radius) {
        return Point{std::cos(angle) * radius, std::sin(angle) * radius * squash};
      };
      const Point a = at(from, r), b = at((from + to) / 2, r * 1.25), c = at(to, r);
      repeat(points[i], 10, [&](Point q) {
        rings += fmt::format("M{} {}Q{} {} {} {}", number(q.x + a.x), number(q.y + a.y), number(q.x + b.x),
                             number(q.y + b.y), number(q.x + c.x), number(q.y + c.y));
      });
    }
  }
  return tile_element(size, size,
                      fmt::format("<path d='{}' fill='{}' fill-opacity='.7'/><path d='{}' fill='none' "
                                  "stroke='{}' stroke-width='{:.2g}' "
                                  "stroke-linecap='round'/><path d='{}' fill='none' stroke='{}' "
                                  "stroke-width='3' stroke-linecap='round'/>",
                                  hearts, cloth.accent.hex(), rings, cloth.figure.hex(),
                                  3.6 * cloth.print_scale, spots, cloth.figure.hex()));
}

std::string herringbone_tile(const Cloth& cloth) {
  const Point size{64, 30};
  return tile_element(size.x, size.y,
                      fmt::format("<path d='{}' fill='none' stroke='{}' stroke-width='1.25'/>",
                                  zigzags(0, 3, 8, 6, size), cloth.figure.hex()));
}

std::string houndstooth_tile(const Cloth& cloth) {
  const double step = 12.4 * cloth.print_scale, k = step / 20;
  std::string data;
  for (int row = 0; row < 5; ++row)
    for (int i = 0; i < 5; ++i)
      data += fmt::format("M{} {}h10v10h-10zM{} {}h10l-10 10zM{} {}h10l-10 10zM{} {}v4l-6 6h-4v-10z", i * 20,
                          row * 20, i * 20 + 10, row * 20, i * 20, row * 20 + 10, i * 20 + 20, row * 20 + 10);
  return tile_element(
      step * 5, step * 5,
      fmt::format("<path transform='scale({:.3g})' d='{}' fill='{}'/>", k, data, cloth.figure.hex()));
}

std::string geometric_tile(const Cloth& cloth) {
  const double k = cloth.print_scale;
  switch (cloth.seed % 3) {
    case 0:  // lozenges
      return fmt::format(
          "<pattern id='{{id}}' patternUnits='userSpaceOnUse' width='{0:.4g}' height='{1:.4g}'><g "
          "transform='scale({2:.3g})'>"
          "<path d='M12 2L21 16L12 30L3 16Z' fill='{3}'/><path d='M12 9L16.5 16L12 23L7.5 16Z' "
          "fill='{4}'/><path d='M0 28L2 32L0 "
          "36L-2 32ZM24 28L26 32L24 36L22 32ZM0 -4L2 0L0 4L-2 0ZM24 -4L26 0L24 4L22 0Z' "
          "fill='{4}'/></g></pattern>",
          24 * k, 32 * k, k, cloth.figure.hex(), cloth.accent.hex());
    case 1:  // scallops
      return fmt::format(
          "<pattern id='{{id}}' patternUnits='userSpaceOnUse' width='{0:.4g}' height='{1:.4g}'><g "
          "transform='scale({2:.3g})' fill='none' "
          "stroke-width='1.6'><path d='M0 12A12 12 0 0 0 24 12M-12 24A12 12 0 0 0 12 24M12 24A12 12 0 0 0 36 "
          "24M-12 0A12 12 0 0 0 "
          "12 0M12 0A12 12 0 0 0 36 0' stroke='{3}'/><path d='M5 12A7 7 0 0 0 19 12M-7 24A7 7 0 0 0 7 24M17 "
          "24A7 7 0 0 0 31 24M-7 "
          "0A7 7 0 0 0 7 0M17 0A7 7 0 0 0 31 0' stroke='{4}'/></g></pattern>",
          24 * k, 24 * k, k, cloth.figure.hex(), cloth.accent.hex());
    default:  // brush strokes
      return fmt::format(
          "<pattern id='{{id}}' patternUnits='userSpaceOnUse' width='{0:.4g}' height='{0:.4g}'><g "
          "transform='scale({1:.3g})' fill='none' "
          "stroke-linecap='round' stroke-width='3'><path d='M6 6L13 10M30 14L36 9M16 28L22 33' "
          "stroke='{2}'/><path d='M24 22L31 "
          "25M5 22L10 17M34 34L38 38M20 5L23 11' stroke='{3}'/></g></pattern>",
          42 * k, k, cloth.figure.hex(), cloth.accent.hex());
  }
}

}  // namespace

void draw_lines(Canvas& canvas, const Cloth& cloth, const Grain& grain, const Box& local) {
  // Pieces cut straight share one set of lines, wide enough for a whole garment: pockets match their fronts.
  const bool straight = grain.degrees == 0 && grain.origin == Point{};
  Box box = local;
  if (straight) box.add(Box{{-118, -20}, {118, 400}});
  for (const Lines& lines : lines_of(cloth)) draw(canvas, lines, grain, box);
}

std::string tile_of(Canvas& canvas, const Cloth& cloth) {
  Rng rng(hash64("print", cloth.seed));
  std::string element;
  switch (cloth.print) {
    case Print::kFloral:
      element = floral_tile(canvas, cloth, rng);
      break;
    case Print::kDots:
      element = dots_tile(cloth);
      break;
    case Print::kAnimal:
      element = leopard_tile(cloth, rng);
      break;
    case Print::kHerringbone:
      element = herringbone_tile(cloth);
      break;
    case Print::kHoundstooth:
      element = houndstooth_tile(cloth);
      break;
    case Print::kPinstripe:
    case Print::kCheck:
    case Print::kTartan:
    case Print::kGingham:
      element = line_tile(cloth);
      break;
    default:
      element = geometric_tile(cloth);
      break;
  }
  return canvas.define(element, element);
}

void draw_tie_dye(Canvas& canvas, const Cloth& cloth, const Box& box) {
  Rng rng(hash64("dye", cloth.seed));
  const Point centre{rng.uniform(-40, 40), rng.uniform(140, 230)};
  canvas.begin_blur(6);
  for (int ring = 7; ring > 0; --ring) {
    std::vector<Point> points;
    const double radius = ring * 42.0;
    for (int i = 0; i <= 14; ++i) {
      const double angle = 2 * std::numbers::pi * i / 14 + ring * 0.7;
      const double r = radius * rng.uniform(0.86, 1.12);
      points.push_back(centre + Point{std::cos(angle) * r, std::sin(angle) * r * 0.9});
    }
    points.back() = points.front();
    Path path(points.front());
    path.through(std::span<const Point>(points).subspan(1));
    const Ink& ink = ring % 3 == 0 ? cloth.accent : (ring % 3 == 1 ? cloth.figure : cloth.ground);
    canvas.use(canvas.define(path.close()), fmt::format("fill='{}' fill-opacity='.8'", ink.hex()));
  }
  canvas.end();
  static_cast<void>(box);
}

}  // namespace modiste::drawn_shop::drawing
