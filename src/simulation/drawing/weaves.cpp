#include "simulation/drawing/weaves.h"

#include <fmt/format.h>

namespace modiste::drawing {
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

std::string fine_knit(const Tones& t) {
  return tile_element(5, 5,
                      line_mark("M0 .6L2.5 3.4L5 .6", t.low, 0.9, t.deep * 0.55) +
                          line_mark("M0 2.6L2.5 5.4L5 2.6", t.high, 0.6, 0.16));
}

std::string rib_knit(const Tones& t) {
  return tile_element(
      7, 12, line_mark("M.8 0V12", t.low, 1.8, t.deep * 0.8) + line_mark("M4.3 0V12", t.high, 1.8, 0.3));
}

std::string chunky_knit(const Tones& t) {
  return tile_element(
      11, 9,
      line_mark("M0 1L5.5 6.4L11 1M0 10L5.5 15.4L11 10M0 -8L5.5 -2.6L11 -8", t.low, 1.7, t.deep) +
          line_mark("M0 4.2L5 9.2M11 4.2L6 9.2M0 -4.8L5 .2M11 -4.8L6 .2", t.high, 1.8, 0.32) +
          line_mark("M0 0V9", t.low, 1, t.deep * 0.6));
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

std::string twill(const Tones& t, double size, double strength) {
  return tile_element(size, size,
                      line_mark(fmt::format("M-1 {0:.3g}L{0:.3g} -1M{1:.3g} {2:.3g}L{2:.3g} {1:.3g}",
                                            size + 0.0, size * 0.5, size * 1.5),
                                t.high, size * 0.28, 0.20 * strength) +
                          line_mark(fmt::format("M-1 {:.3g}L{:.3g} -1", size * 0.5 + 0.0, size * 0.5), t.low,
                                    size * 0.28, t.deep * 0.6 * strength));
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
  for (int i = 0; i < 46; ++i) {
    std::string& to = i % 3 == 0 ? low : (i % 3 == 1 ? high : fleck);
    to += fmt::format("M{} {}l{} {}", number(rng.uniform(0, 30)), number(rng.uniform(0, 30)),
                      number(rng.uniform(-1.6, 1.6)), number(rng.uniform(0.6, 2)));
  }
  return tile_element(31, 31,
                      line_mark(low, t.low, 1, t.deep * amount) + line_mark(high, t.high, 0.9, 0.4 * amount) +
                          line_mark(fleck, colour, 0.9, 0.5 * amount));
}

std::string corduroy(const Tones& t) {
  return tile_element(6, 10,
                      line_mark("M.8 0V10", t.low, 1.6, t.deep) + line_mark("M3.6 0V10", t.high, 1.6, 0.24));
}

std::string canvas_weave(const Tones& t) {
  return tile_element(3.2, 3.2, line_mark("M0 .4H3.2M.4 0V3.2", t.low, 0.6, t.deep * 0.45));
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

std::string sequins(const Tones& t) {
  std::string marks;
  const auto disc = [&](double x, double y, double opacity) {
    marks += fmt::format("<circle cx='{}' cy='{}' r='3.4' fill='{}' fill-opacity='{}'/>", number(x),
                         number(y), t.high.hex(), opacity);
  };
  disc(3, 2.5, 0.28), disc(10, 2.5, 0.12), disc(6.5, 7.5, 0.2), disc(13.5, 7.5, 0.36), disc(-0.5, 7.5, 0.36);
  marks += line_mark("M0 4A3.4 3.4 0 0 0 6 4M7 4A3.4 3.4 0 0 0 13 4M3.5 9A3.4 3.4 0 0 0 9.5 9", t.low, 0.9,
                     t.deep);
  return tile_element(14, 10, marks);
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

std::string straw(const Tones& t) {
  return tile_element(10, 10,
                      line_mark("M0 2.500H5M5 7.500H10", t.high, 2.6, 0.5) +
                          line_mark("M2.5 5V10M7.5 0V5", t.high, 2.6, 0.28) +
                          line_mark("M0 5H10M0 0H10M5 0V10M0 0V10", t.low, 0.9, t.deep));
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
      return twill(t, 3.2, 1);
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
      return sequins(t);
    case Material::kLace:
      return lace(t);
    case Material::kStraw:
      return straw(t);
    default:
      return {};
  }
}

}  // namespace

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

}  // namespace modiste::drawing
