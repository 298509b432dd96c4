// Collects one SVG drawing: definitions, a shadow of the silhouette, the marks, and at the end the frame. The
// view "worn" of the picture shows the garment alone, where it sits on a figure (worn.h).
//
// Threads: one owner. Everything is written through the warp. The result fits the frame whatever the units
// drawn.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "drawn_shop/drawing/geometry.h"
#include "drawn_shop/drawing/palette.h"
#include "drawn_shop/drawing/worn.h"

namespace modiste::drawn_shop::drawing {

struct Stroke {
  std::string colour;
  double width = 1;
  double opacity = 1;
  std::string_view dash = {};  // e.g. "4 2.5"
  bool round = true;           // ends and joins
};

// Where a garment is in the photo: on the wall (a soft shadow behind it) or on the ground (a contact shadow
// below).
enum class Stand { kWall, kGround };

struct Frame {
  Ink backdrop{};
  Stand stand = Stand::kWall;
  double width_max = 396, height_max = 500;  // of the drawing, in the 480 x 600 picture
  double scale_max = 1.18;
};

class Canvas {
 public:
  explicit Canvas(Warp warp) : warp_(std::move(warp)) {}

  // Adds a definition once per key; "{id}" in the element becomes its id. Answers the id.
  std::string define(std::string_view key, std::string_view element);
  // Defines the path and answers its id, so that fills, strokes and clips share one copy.
  std::string define(const Path& path);
  // Counts the path into the picture's frame; cast: and into the shadow.
  void silhouette(const Path& path, const std::string& id, bool cast = true);

  void fill(const Path& path, std::string_view paint, double opacity = 1);
  void stroke(const Path& path, const Stroke& stroke);
  void use(const std::string& id, std::string_view attributes);
  void raw(std::string_view text) { body_ += text; }
  void begin_clip(const Path& path);                       // until end()
  void begin_clip(std::span<const std::string> path_ids);  // to their union
  void begin_blur(double deviation);                       // until end()
  void begin(std::string_view attributes) {
    body_ += "<g ";
    body_ += attributes;
    body_ += '>';
  }
  void end() { body_ += "</g>"; }

  // objectBoundingBox gradients; stops are {offset, colour, opacity}.
  struct Stop {
    double offset;
    Ink colour;
    double opacity = 1;
  };
  std::string linear(Point from, Point to, std::initializer_list<Stop> stops);  // "url(#...)"
  std::string radial(Point centre, double radius, std::initializer_list<Stop> stops);

  [[nodiscard]] const Warp& warp() const { return warp_; }
  [[nodiscard]] std::string finish(const Frame& frame, const WornPlace& worn) const;

 private:
  Warp warp_;
  std::string defs_, body_, shadow_;
  std::map<std::string, std::string, std::less<>> ids_;
  Box bounds_;
};

}  // namespace modiste::drawn_shop::drawing
