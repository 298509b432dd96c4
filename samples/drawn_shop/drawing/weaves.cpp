#include "drawn_shop/drawing/weaves.h"

#include <fmt/format.h>

namespace modiste::drawn_shop::drawing {
namespace {

std::string line_mark(std::string_view d, const Ink& ink, double width, double opacity) {
  return fmt::format("<path d='{}' fill='none' stroke='{}' stroke-width='{:.3g}' stroke-opacity='{:.3g}'/>",
                     d, ink.hex(), width, opacity);
}

struct Tones {
  Ink low, high;
  double deep;  // opacity of low marks: dark cloth needs less
};

Tones tones_of(const Ink& ground) {
  if (ground.dark()) return {ground.shade(0.6), ground.tint(0.35), 0.5};
  return {ground.shade(0.45), ground.tint(0.7), 0.34};
}

// Tiles are some 60 units wide however small the stitch: a rasteriser pays for each repetition of a tile
// (measured with librsvg: 95 ms for a body of 3 unit tiles, 7 ms for the same marks on 64 unit ones).

// The mark at every point of a grid over the tile, one step beyond its edges.
std::string grid(std::string_view mark, Point first, Point step, Point size) {
  std::string data;
  for (double y = first.y - step.y; y < size.y + step.y; y += step.y)
    for (double x = first.x - step.x; x < size.x + step.x; x += step.x)
      data += fmt::format("M{} {}{}", number(x), number(y), mark);
  return data;
}

// Parallel lines across the tile.
std::string upright(double first, double step, double width, double height) {
  std::string data;
  for (double x = first; x < width; x += step) data += fmt::format("M{} 0V{}", number(x), number(height));
  return data;
}

std::string level(double first, double step, double width, double height) {
  std::string data;
  for (double y = first; y < height; y += step) data += fmt::format("M0 {}H{}", number(y), number(width));
  return data;
}

std::string fine_knit(const Tones& t) {
  const Point size{60, 40};
  return tile_element(size.x, size.y,
                      line_mark(zigzags(0.6, 5, 2.5, 2.8, size), t.low, 0.9, t.deep * 0.55) +
                          line_mark(zigzags(2.6, 5, 2.5, 2.8, size), t.high, 0.6, 0.16));
}

std::string rib_knit(const Tones& t) {
  return tile_element(63, 64,
                      line_mark(upright(0.8, 7, 63, 64), t.low, 1.8, t.deep * 0.8) +
                          line_mark(upright(4.3, 7, 63, 64), t.high, 1.8, 0.3));
}

std::string chunky_knit(const Tones& t) {
  const Point size{55, 45};
  return tile_element(size.x, size.y,
                      line_mark(zigzags(1, 9, 5.5, 5.4, size), t.low, 1.7, t.deep) +
                          line_mark(zigzags(4.6, 9, 5.5, 5.4, size), t.high, 1.8, 0.3) +
                          line_mark(upright(0, 11, 56, 45), t.low, 1, t.deep * 0.6));
}

// Two strands crossing between columns of purl.
std::string cable_knit(const Tones& t) {
  std::string marks;
  for (const char* x : {"3", "9", "37", "43"})
    marks += line_mark(fmt::format("M{} 0V40", x), t.low, 1.6, t.deep * 0.7);
  marks +=
      line_mark("M14 0C14 14 33 12 33 24C33 34 26 36 23 40M33 0C33 6 28 10 26 12M21 18C16 23 14 27 14 40",
                t.low, 2.2, t.deep * 1.25);
  marks += line_mark("M23 0C20 5 14 8 14 16M23.5 20C19 26 19.5 34 19.5 40M19.5 0C19.5 14 28.5 14 28.5 26",
                     t.high, 3, 0.34);
  return tile_element(46, 40, marks);
}

// Diagonals that meet across the tile's edges.
std::string twill(const Tones& t) {
  constexpr double kSize = 64, kStep = 3.2;
  std::string low, high;
  bool odd = false;
  for (double at = kStep / 2; at < 2 * kSize; at += kStep / 2, odd = !odd)
    (odd ? high : low) +=
        at <= kSize ? fmt::format("M{0} -.5L-.5 {0}", number(at - 0.5))
                    : fmt::format("M{0} {1}L{1} {0}", number(kSize + 0.5), number(at - kSize - 0.5));
  return tile_element(kSize, kSize,
                      line_mark(high, t.high, 0.9, 0.2) + line_mark(low, t.low, 0.9, t.deep * 0.6));
}

std::string linen(const Tones& t, Rng& rng) {
  // Uneven threads, too fine and too far apart to read as a pattern.
  std::string low, high;
  for (int i = 0; i < 44; ++i) {
    const double x = rng.uniform(0, 80), y = rng.uniform(0, 80), size = rng.uniform(10, 46);
    std::string& to = i % 2 == 0 ? low : high;
    to += i % 4 < 2 ? fmt::format("M{} {}h{}", number(x), number(y), number(size))
                    : fmt::format("M{} {}v{}", number(x), number(y), number(size));
  }
  return tile_element(80, 80, line_mark(low, t.low, 0.45, t.deep * 0.6) + line_mark(high, t.high, 0.5, 0.28));
}

std::string flecks(const Tones& t, const Ink& colour, Rng& rng, double amount) {
  std::string low, high, fleck;
  for (int i = 0; i < 105; ++i) {
    std::string& to = i % 3 == 0 ? low : (i % 3 == 1 ? high : fleck);
    const double dy = rng.uniform(0.6, 2), dx = rng.uniform(-1.6, 1.6);
    const double y = rng.uniform(0, 50), x = rng.uniform(0, 50);
    to += fmt::format("M{} {}l{} {}", number(x), number(y), number(dx), number(dy));
  }
  return tile_element(60, 60,
                      line_mark(low, t.low, 1, t.deep * amount) + line_mark(high, t.high, 0.9, 0.4 * amount) +
                          line_mark(fleck, colour, 0.9, 0.5 * amount));
}

std::string corduroy(const Tones& t) {
  return tile_element(60, 64,
                      line_mark(upright(0.8, 6, 60, 64), t.low, 1.6, t.deep) +
                          line_mark(upright(3.6, 6, 60, 64), t.high, 1.6, 0.24));
}

std::string canvas_weave(const Tones& t) {
  return tile_element(
      64, 64, line_mark(upright(0.4, 3.2, 64, 64) + level(0.4, 3.2, 64, 64), t.low, 0.6, t.deep * 0.45));
}

std::string fleece(const Tones& t, Rng& rng) {
  std::string low, high;
  for (int i = 0; i < 34; ++i) {
    const double x = rng.uniform(1, 39), y = rng.uniform(1, 39), r = rng.uniform(2, 3.6);
    low += fmt::format("M{0} {1}a{2} {2} 0 1 0 {3} {3}", number(x), number(y), number(r), number(r * 0.9));
    high += fmt::format("M{0} {1}a{2} {2} 0 0 1 {2} -{2}", number(x - 1), number(y), number(r));
  }
  return tile_element(40, 40, line_mark(low, t.low, 1, t.deep * 0.8) + line_mark(high, t.high, 1.1, 0.4));
}

std::string discs(const std::string& data, const Ink& ink, double size, double opacity) {
  return fmt::format(
      "<path d='{}' stroke='{}' stroke-width='{}' stroke-opacity='{}' stroke-linecap='round'/>", data,
      ink.hex(), number(size), opacity);
}

// Overlapping discs, each at its own angle to the light.
std::string sequins(const Tones& t, Rng& rng) {
  std::string bright, dull, rims;
  for (int row = 0; row < 12; ++row)
    for (int i = 0; i < 9; ++i) {
      const double x = i * 7 + (row % 2) * 3.5, y = row * 5 + 2.5;
      (rng.chance(0.35) ? bright : dull) += fmt::format("M{} {}h.01", number(x), number(y));
      rims += fmt::format("M{} {}a3.4 3.4 0 0 0 6.4 0", number(x - 3.2), number(y + 0.8));
    }
  return tile_element(
      63, 60,
      discs(dull, t.high, 6.4, 0.1) + discs(bright, t.high, 6.4, 0.34) + line_mark(rims, t.low, 0.8, t.deep));
}

// Flowers of thread on a fine net.
std::string lace(const Tones& t) {
  std::string net, petals;
  for (int i = 0; i <= 30; i += 5) {
    net += fmt::format("M{} 0L{} 30M{} 0L{} 30", i - 15, i, i + 15, i);
    net += fmt::format("M{} 0L{} 30M{} 0L{} 30", i, i - 15, i, i + 15);
  }
  for (const double centre : {7.5, 22.5})
    for (int i = 0; i < 5; ++i)
      petals += fmt::format(
          "<ellipse cx='{0}' cy='{1}' rx='2.3' ry='3.7' fill='{2}' fill-opacity='.5' transform='rotate({3} "
          "{0} "
          "{0})'/>",
          number(centre), number(centre - 4.6), t.high.hex(), i * 72);
  return tile_element(30, 30, line_mark(net, t.low, 0.5, 0.4) + petals);
}

// Plaited: strands over and under in turn.
std::string straw(const Tones& t) {
  const Point size{60, 60};
  return tile_element(
      60, 60,
      line_mark(grid("h5", {0, 2.5}, {10, 10}, size) + grid("h5", {5, 7.5}, {10, 10}, size), t.high, 2.6,
                0.5) +
          line_mark(grid("v5", {2.5, 5}, {10, 10}, size) + grid("v5", {7.5, 0}, {10, 10}, size), t.high, 2.6,
                    0.28) +
          line_mark(upright(0, 5, 60, 60) + level(0, 5, 60, 60), t.low, 0.9, t.deep));
}

std::string element_of(const Cloth& cloth, Rng& rng) {
  const Tones t = tones_of(cloth.ground);
  switch (cloth.knit) {
    case Knit::kFine:
      return fine_knit(t);
    case Knit::kRib:
      return rib_knit(t);
    case Knit::kCable:
      return cable_knit(t);
    case Knit::kChunky:
      return chunky_knit(t);
    case Knit::kNone:
      break;
  }
  switch (cloth.material) {
    case Material::kDenim:
      return twill(t);
    case Material::kLinen:
      return linen(t, rng);
    case Material::kTweed:
      return flecks(t, cloth.accent, rng, 1);
    case Material::kWool:
    case Material::kCashmere:
      return flecks(t, cloth.ground.tint(0.3), rng, 0.28);
    case Material::kMohair:
      return flecks(t, cloth.ground.tint(0.5), rng, 0.6);
    case Material::kSuede:
      return flecks(t, cloth.ground.shade(0.3), rng, 0.3);
    case Material::kCorduroy:
      return corduroy(t);
    case Material::kCanvas:
      return canvas_weave(t);
    case Material::kFleece:
      return fleece(t, rng);
    case Material::kSequin:
      return sequins(t, rng);
    case Material::kLace:
      return lace(t);
    case Material::kStraw:
      return straw(t);
    default:
      return {};
  }
}

}  // namespace

std::string zigzags(double first, double step, double half, double drop, Point size) {
  std::string data;
  for (double y = first - step; y < size.y + step; y += step) {
    data += fmt::format("M0 {}", number(y));
    for (double x = 0; x < size.x; x += 2 * half)
      data += fmt::format("l{0} {1} {0} -{1}", number(half), number(drop));
  }
  return data;
}

std::string tile_element(double width, double height, std::string_view marks) {
  return fmt::format(
      "<pattern id='{{id}}' patternUnits='userSpaceOnUse' width='{0:.4g}' height='{1:.4g}'>{2}</pattern>",
      width, height, marks);
}

std::string weave_of(Canvas& canvas, const Cloth& cloth) {
  Rng rng(hash64("weave", cloth.seed));
  const std::string element = element_of(cloth, rng);
  if (element.empty()) return {};
  return canvas.define(element, element);
}

}  // namespace modiste::drawn_shop::drawing
