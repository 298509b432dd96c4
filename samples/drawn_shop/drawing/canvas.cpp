#include "drawn_shop/drawing/canvas.h"

#include <fmt/format.h>

#include <algorithm>

namespace modiste::drawn_shop::drawing {
namespace {

constexpr double kWidth = 480, kHeight = 600;

std::string stops_text(std::initializer_list<Canvas::Stop> stops) {
  std::string text;
  for (const auto& s : stops) {
    text += fmt::format("<stop offset='{:.3g}' stop-color='{}'", s.offset, s.colour.hex());
    if (s.opacity < 1) text += fmt::format(" stop-opacity='{:.3g}'", s.opacity);
    text += "/>";
  }
  return text;
}

// The view of a figure's frame, whose units are those of `worn`, through a picture that shows the drawing
// moved and scaled. In that view the backdrop and the shadow are not shown.
std::string worn_view(const OnFigure& worn, Point moved, double scale) {
  const double unit = scale / worn.scale;
  const auto x = moved.x + unit * (kFigure.low.x - worn.moved.x),
             y = moved.y + unit * (kFigure.low.y - worn.moved.y);
  return fmt::format(
      "<style>#worn:target~.back{{display:none}}</style><view id='worn' viewBox='{:.2f} {:.2f} {:.2f} "
      "{:.2f}'/>",
      x, y, unit * kFigure.width(), unit * kFigure.height());
}

std::string backdrop(const Frame& frame) {
  const Ink& paper = frame.backdrop;
  const bool ground = frame.stand == Stand::kGround;
  std::string text = fmt::format(
      "<linearGradient id='bg' x1='0' y1='0' x2='.55' y2='1'><stop offset='0' stop-color='{}'/><stop "
      "offset='.55' "
      "stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>",
      paper.tint(0.35).hex(), paper.hex(), paper.shade(0.045).hex());
  if (ground)
    text += fmt::format(
        "<linearGradient id='fl' x1='0' y1='0' x2='0' y2='1'><stop offset='0' stop-color='{0}' "
        "stop-opacity='0'/>"
        "<stop offset='.3' stop-color='{0}' stop-opacity='.55'/><stop offset='1' stop-color='{0}' "
        "stop-opacity='.1'/>"
        "</linearGradient>",
        paper.shade(0.07).hex());
  return text;
}

}  // namespace

std::string Canvas::define(std::string_view key, std::string_view element) {
  if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
  std::string id = fmt::format("d{}", ids_.size());
  std::string text(element);
  for (size_t at = text.find("{id}"); at != std::string::npos; at = text.find("{id}", at))
    text.replace(at, 4, id);
  defs_ += text;
  ids_.emplace(key, id);
  return id;
}

std::string Canvas::define(const Path& path) {
  const std::string data = path_data(path, warp_);
  return define(data, "<path id='{id}' d='" + data + "'/>");
}

void Canvas::silhouette(const Path& path, const std::string& id, bool cast) {
  bounds_.add(path.box());
  if (cast && !id.empty()) shadow_ += "<use href='#" + id + "'/>";
}

void Canvas::fill(const Path& path, std::string_view paint, double opacity) {
  body_ += fmt::format("<path d='{}' fill='{}'", path_data(path, warp_), paint);
  if (opacity < 1) body_ += fmt::format(" fill-opacity='{:.3g}'", opacity);
  body_ += "/>";
}

void Canvas::stroke(const Path& path, const Stroke& s) {
  body_ += fmt::format("<path d='{}' fill='none' stroke='{}' stroke-width='{:.3g}'", path_data(path, warp_),
                       s.colour, s.width);
  if (s.opacity < 1) body_ += fmt::format(" stroke-opacity='{:.3g}'", s.opacity);
  if (!s.dash.empty()) body_ += fmt::format(" stroke-dasharray='{}'", s.dash);
  if (s.round && s.dash.empty()) body_ += " stroke-linecap='round' stroke-linejoin='round'";
  body_ += "/>";
}

void Canvas::use(const std::string& id, std::string_view attributes) {
  body_ += fmt::format("<use href='#{}' {}/>", id, attributes);
}

void Canvas::begin_clip(const Path& path) {
  const std::string id = define(path);
  begin_clip(std::span(&id, 1));
}

void Canvas::begin_clip(std::span<const std::string> path_ids) {
  std::string uses;
  for (const std::string& id : path_ids) uses += "<use href='#" + id + "'/>";
  const std::string id = define("clip " + uses, "<clipPath id='{id}'>" + uses + "</clipPath>");
  body_ += "<g clip-path='url(#" + id + ")'>";
}

void Canvas::begin_blur(double deviation) {
  const auto id = define(
      fmt::format("blur {:.2g}", deviation),
      fmt::format(
          "<filter id='{{id}}' x='-.1' y='-.1' width='1.2' height='1.2' color-interpolation-filters='sRGB'>"
          "<feGaussianBlur stdDeviation='{:.2g}'/></filter>",
          deviation));
  body_ += fmt::format("<g filter='url(#{})'>", id);
}

std::string Canvas::linear(Point from, Point to, std::initializer_list<Stop> stops) {
  const std::string text = fmt::format("x1='{:.3g}' y1='{:.3g}' x2='{:.3g}' y2='{:.3g}'>{}</linearGradient>",
                                       from.x, from.y, to.x, to.y, stops_text(stops));
  return "url(#" + define("l" + text, "<linearGradient id='{id}' " + text) + ")";
}

std::string Canvas::radial(Point centre, double radius, std::initializer_list<Stop> stops) {
  const std::string text = fmt::format("cx='{:.3g}' cy='{:.3g}' r='{:.3g}'>{}</radialGradient>", centre.x,
                                       centre.y, radius, stops_text(stops));
  return "url(#" + define("r" + text, "<radialGradient id='{id}' " + text) + ")";
}

std::string Canvas::finish(const Frame& frame, const WornPlace& worn) const {
  const double scale =
      std::min({frame.scale_max, frame.width_max / bounds_.width(), frame.height_max / bounds_.height()});
  const bool ground = frame.stand == Stand::kGround;
  const Point middle = bounds_.middle();
  // Things on the ground sit a little below the middle, on one floor line whatever their height.
  const double dy = ground ? kHeight * 0.71 - bounds_.high.y * scale : kHeight / 2 - middle.y * scale;
  const double dx = kWidth / 2 - middle.x * scale;
  const std::string ink = frame.backdrop.shade(0.62).hex();

  std::string out =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 480 600' width='480' height='600'><defs>";
  out += backdrop(frame);
  if (ground)
    out += fmt::format(
        "<radialGradient id='gs'><stop offset='0' stop-color='{0}' stop-opacity='.5'/><stop offset='.45' "
        "stop-color='{0}' stop-opacity='.3'/><stop offset='.75' stop-color='{0}' stop-opacity='.09'/><stop "
        "offset='1' "
        "stop-color='{0}' stop-opacity='0'/></radialGradient>",
        ink);
  else
    out +=
        "<filter id='sh' x='-.15' y='-.15' width='1.3' height='1.35' color-interpolation-filters='sRGB'>"
        "<feGaussianBlur stdDeviation='9'/></filter>";
  out += defs_;
  out += "</defs>" + worn_view(on_figure(worn, bounds_), {dx, dy}, scale);
  out += "<rect class='back' width='480' height='600' fill='url(#bg)'/>";
  if (ground) out += "<rect class='back' y='330' width='480' height='270' fill='url(#fl)'/>";
  const std::string place = fmt::format("transform='translate({:.2f} {:.2f}) scale({:.4f})'>", dx, dy, scale);
  out += "<g class='back' " + place;
  if (ground) {
    const double floor = bounds_.high.y;
    // A gradient, not a blur: the shadow is flat and wide.
    out += fmt::format("<ellipse cx='{}' cy='{}' rx='{}' ry='{}' fill='url(#gs)'/>", number(middle.x + 8),
                       number(floor + 1), number(bounds_.width() * 0.58), number(26 / scale));
  } else {
    out += fmt::format("<g filter='url(#sh)' fill='{}' opacity='.36' transform='translate({} {})'>", ink,
                       number(9 / scale), number(13 / scale));
    out += shadow_ + "</g>";
  }
  out += "</g><g " + place + body_ + "</g></svg>";
  return out;
}

}  // namespace modiste::drawn_shop::drawing
