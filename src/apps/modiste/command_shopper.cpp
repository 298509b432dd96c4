// `modiste shopper`: shows, exports and erases one shopper, and splits or joins linked identities.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "apps/modiste/commands.h"
#include "identity/stated_identifier.h"
#include "io/atomic_write.h"
#include "shop/remote/shopper_access.h"

namespace modiste {
namespace {

struct ShopperArguments {
  std::string id, kind = "user", link, out;
};

Result<ShopperAccess> open(const Config& config, const ShopperArguments& given) {
  return ShopperAccess::open(config,
                             stated_identifier(enum_from_name<IdentifierKind>(given.kind).value(), given.id));
}

std::string shares(const std::map<std::string, double>& of) {
  std::vector<std::pair<double, std::string>> sorted;
  for (const auto& [name, share] : of) sorted.emplace_back(share, name);
  std::sort(sorted.rbegin(), sorted.rend());
  std::string text;
  for (const auto& [share, name] : sorted)
    text += fmt::format("{}{} {:.0f}%", text.empty() ? "" : ", ", name, 100 * share);
  return text;
}

void print(const StyleView& style) {
  constexpr size_t kLeaningsShown = 8;
  fmt::print("{}: {} signals, {} likes, {} passes, {} saves, {} purchases\n", style.shopper_id, style.signals,
             style.likes, style.passes, style.saves, style.purchases);
  std::string leans;
  for (size_t i = 0; i < std::min(kLeaningsShown, style.affinities.size()); ++i)
    leans +=
        fmt::format("{}{} {:+.2f}", i == 0 ? "" : ", ", style.affinities[i].label, style.affinities[i].score);
  if (!leans.empty()) fmt::print("  leans to   {}\n", leans);
  for (const auto& mode : style.modes) {
    fmt::print("  mode       {:.0f}%  {}{}, {} sessions\n", 100 * mode.share, mode.name,
               mode.tentative ? " (tentative)" : "", mode.sessions);
    if (!mode.occasions.empty()) fmt::print("             for {}\n", shares(mode.occasions));
  }
  for (const auto& size : style.sizes_known)
    fmt::print("  size       {} ({}), of {} pieces\n", size.size, size.chart, size.observations);
  if (style.price_typical) fmt::print("  price      {:.2f}\n", *style.price_typical);
}

void print(const IdentityView& identity) {
  fmt::print("  person     {}{}{}\n", identity.person, identity.personalisation ? "" : ", no personalisation",
             identity.training ? "" : ", no training");
  for (const auto& known : identity.identifiers) fmt::print("  {:<10} {}\n", name_of(known.kind), known.id);
  for (const auto& link : identity.links)
    fmt::print("  link       {}  {} ({})\n", link.link, link.why, name_of(link.effect));
}

Result<Done> show(const Config& config, const ShopperArguments& given) {
  TRY_ASSIGN(auto shopper, open(config, given));
  TRY_ASSIGN(const auto identity, shopper.identity());  // kNotFound for an unknown identifier
  TRY_ASSIGN(const auto style, shopper.style());
  return print(style), print(identity), kOk;
}

Result<Done> export_all(const Config& config, const ShopperArguments& given) {
  TRY_ASSIGN(auto shopper, open(config, given));
  TRY_ASSIGN(const auto text, shopper.everything());
  if (given.out.empty()) return fmt::print("{}\n", text), kOk;
  TRY(write_atomically(given.out, text));
  return fmt::print("everything stored about {} is in {}\n", given.id, given.out), kOk;
}

Result<Done> erase(const Config& config, const ShopperArguments& given) {
  TRY_ASSIGN(auto shopper, open(config, given));
  TRY(shopper.erase());
  return fmt::print(
             "{} is erased: the log keeps the events, but nothing links them to the shopper any more\n",
             given.id),
         kOk;
}

Result<Done> set_link(const Config& config, const ShopperArguments& given, bool merges) {
  TRY_ASSIGN(auto shopper, open(config, given));
  TRY_ASSIGN(const auto identity, shopper.set_link(given.link, merges));
  return print(identity), kOk;
}

}  // namespace

void add_shopper(CLI::App& app, Command& chosen) {
  auto* shopper = app.add_subcommand("shopper",
                                     "One shopper: show, export or erase a profile, split or join "
                                     "identities\nAsks the running server if there is one.");
  shopper->require_subcommand(1);
  auto given = std::make_shared<ShopperArguments>();
  using Act = Result<Done> (*)(const Config&, const ShopperArguments&);
  const auto add = [&](const char* name, const char* doc, Act act) {
    auto* command = shopper->add_subcommand(name, doc);
    command->add_option("id", given->id, "Identifier as it was sent in events")->required();
    const auto& kinds = EnumNames<IdentifierKind>::kNames;
    command->add_option("--kind", given->kind, "Kind of the identifier (user)")
        ->check(CLI::IsMember(std::vector<std::string>(kinds.begin(), kinds.end())));
    command->callback(
        [&chosen, given, act] { chosen = [given, act](const Config& c) { return act(c, *given); }; });
    return command;
  };
  add("show", "Style, modes, occasions, sizes, and which identifiers are one person", show);
  add("export", "Everything that is stored about the shopper, as JSON", export_all)
      ->add_option("--out", given->out, "File (default: standard output)");
  add("erase",
      "Erase a shopper: profile, refused events, photos and identifier mappings\n"
      "The events stay in the log, but nothing links them to the shopper.",
      erase);
  add("unlink", "Split two linked identities; both profiles are rebuilt from their own events",
      [](const Config& c, const ShopperArguments& g) { return set_link(c, g, false); })
      ->add_option("link", given->link, "As `shopper show` lists it")
      ->required();
  add("relink", "Join two identities again that `unlink` split",
      [](const Config& c, const ShopperArguments& g) { return set_link(c, g, true); })
      ->add_option("link", given->link, "As `shopper show` lists it")
      ->required();
}

}  // namespace modiste
